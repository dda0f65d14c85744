package markdown

import (
	"fmt"
	"strings"

	"github.com/JohannesKaufmann/html-to-markdown/v2/converter"
	"golang.org/x/net/html"

	"replant/migrate/blog"
	"replant/migrate/dom"
)

// renderLink renders an anchor. One that leads nowhere, or to a script, is its text.
func renderLink(ctx converter.Context, f *flow, n *html.Node) {
	dest := strings.Trim(dom.Attr(n, "href"), whitespace)
	if dest == "" || blog.Runs(dest) {
		ctx.RenderChildNodes(ctx, f, n)
		return
	}
	if f.figure(n, dest) {
		return
	}
	title := oneLineOf(dom.Attr(n, "title"))
	if f.style.Title != nil {
		title = f.style.Title(dest, title)
	}
	renderSpan(ctx, f, n, mark{kind: link, dest: dest, title: title})
}

// destination spells an address as a link's.
func destination(address string) string {
	address = encoded(address)
	if !strings.ContainsAny(address, "&()") {
		return address
	}
	var b strings.Builder
	balanced := balance(address)
	for i := range len(address) {
		switch c := address[i]; {
		case c == '&' && entity(address[i:]): // goldmark takes \& for the beginning of one
			b.WriteString("&amp;")
		case (c == '(' || c == ')') && !balanced:
			b.WriteByte('\\')
			b.WriteByte(c)
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

// encodedChars are what encoded may encode of an address that is printable, beside an @/
// that it begins with.
const encodedChars = whitespace + "[]<>\\|`{"

// encoded returns an address in which nothing is encoded anew but what Markdown or a
// template would read as its own: signed addresses must stay as they are.
func encoded(address string) string {
	address = printable(strings.Trim(address, whitespace))
	if !strings.ContainsAny(address, encodedChars) && !strings.HasPrefix(address, "@/") {
		return address
	}
	var b strings.Builder
	for i := range len(address) {
		switch c := address[i]; {
		case c <= ' ' || strings.IndexByte("[]<>\\|`", c) >= 0,
			c == '{' && i+1 < len(address) && strings.IndexByte("{%", address[i+1]) >= 0,
			c == '{' && i > 0 && address[i-1] == '{',
			c == '@' && i == 0 && strings.HasPrefix(address, "@/"): // one of Zola's own pages
			fmt.Fprintf(&b, "%%%02X", c)
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

// balance reports whether parentheses come in pairs.
func balance(s string) bool {
	depth := 0
	for _, c := range []byte(s) {
		switch c {
		case '(':
			depth++
		case ')':
			depth--
		}
		if depth < 0 || depth > 30 { // goldmark and cmark give up at 32
			return false
		}
	}
	return depth == 0
}

// quoted spells a link's title, with the space in front of it, or "" for none.
func quoted(title string, at place) string {
	title = oneLineOf(title)
	if title == "" {
		return ""
	}
	w := writer{inLink: true, place: at}
	w.text(title, '"', true)
	return ` "` + strings.ReplaceAll(string(w.out), `"`, `\"`) + `"`
}

// shorten makes links whose text is their address autolinks, and texts that settle has parted
// one: a sign of the one may act together with the other.
func shorten(tokens []token) []token {
	linked := false
	for i := range tokens {
		linked = linked || tokens[i].kind == opening && tokens[i].mark.kind == link
	}
	if !linked {
		return join(tokens, text)
	}
	out := tokens[:0]
	for i := 0; i < len(tokens); i++ {
		if i+2 < len(tokens) && auto(tokens[i], tokens[i+1], tokens[i+2]) {
			out = append(out, token{kind: raw, text: "<" + tokens[i+1].text + ">"})
			i += 2
			continue
		}
		out = append(out, tokens[i])
	}
	return join(out, text)
}

// auto reports whether three tokens are a link that an autolink says as well.
func auto(a, b, c token) bool {
	if a.kind != opening || a.mark.kind != link || b.kind != text || c.kind != closing || c.mark != a.mark {
		return false
	}
	address := a.mark.dest
	if mail, ok := strings.CutPrefix(address, "mailto:"); ok && a.mark.title == "" && b.text == mail {
		at := strings.IndexByte(mail, '@')
		from, to := mailAt(mail, max(0, at))
		return at > 0 && from == 0 && to == len(mail)
	}
	web := strings.HasPrefix(address, "https://") || strings.HasPrefix(address, "http://")
	return web && a.mark.title == "" && b.text == address && destination(address) == address
}
