package site

import (
	"fmt"
	"net/url"
	"strings"

	"replant/migrate/regex"
)

// link gives a Markdown link that fills a paragraph. Where the address leads nowhere
// that a browser may go, the text stands alone.
func link(text, addr string) string {
	text = plain(text)
	u, err := url.Parse(addr)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return paragraph(text)
	}
	return fmt.Sprintf("[%s](%s)", text, destination(addr))
}

// acting are the characters that may mean something inside a line of Markdown.
const acting = "\\`*_[]<>&~|"

// plain writes a folded text so that a reader of the page sees it as it is, and no generator
// takes it for a template.
func plain(text string) string {
	var b strings.Builder
	var last rune
	for _, r := range text {
		template := last == '{' && (r == '{' || r == '%')
		if template || strings.ContainsRune(acting, r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
		last = r
	}
	return b.String()
}

// block begins what is no paragraph: a heading, a rule, a list, Hugo's attributes of a block.
var block = regex.Lazy(`^([0-9]*)([-+#=:.){])`)

// paragraph writes a plain text that begins a line.
func paragraph(text string) string { return block().ReplaceAllString(text, `$1\$2`) }

// entity is what a reader of Markdown resolves even in an address. A backslash in front
// would be right too, but Hugo's resolves it all the same.
var entity = regex.Lazy(`&(#?[0-9A-Za-z]+;)`)

// destination writes an address so that Markdown's end of it is its own, and leaves
// all else as the source has it: signed addresses must not change.
func destination(addr string) string {
	var b strings.Builder
	for _, c := range []byte(addr) {
		if c <= ' ' || c == 0x7F || strings.IndexByte("<>\\`|\"{}", c) >= 0 {
			fmt.Fprintf(&b, "%%%02X", c)
		} else {
			b.WriteByte(c)
		}
	}
	safe := entity().ReplaceAllString(strings.ToValidUTF8(b.String(), "%EF%BF%BD"), `&amp;$1`)
	if !balanced(safe) {
		return "<" + safe + ">"
	}
	return safe
}

// balanced tells whether an address's parentheses close one another.
func balanced(addr string) bool {
	depth := 0
	for _, c := range addr {
		switch c {
		case '(':
			depth++
		case ')':
			depth--
		}
		if depth < 0 {
			return false
		}
	}
	return depth == 0
}
