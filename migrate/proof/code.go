package proof

import (
	"cmp"
	"strings"

	"golang.org/x/net/html"

	"replant/migrate/blog"
	"replant/migrate/dom"
)

// code reads code in a line. Several lines of it are a block, but in a heading or a cell.
func (r *reader) code(n *html.Node) {
	switch {
	case r.to.is&code != 0:
		r.children(n)
	case !r.line && !r.to.where.cell && dom.HasLines(n):
		r.codeBlock(n)
	default:
		r.to.mark(code, 0, func() { r.children(n) })
	}
}

// codeBlock reads a listing, and the pictures that stand in it.
func (r *reader) codeBlock(n *html.Node) {
	text := listing(n)
	if r.line {
		r.to.part(space)
		r.to.mark(code, 0, func() { r.to.words(text) })
		r.to.part(space)
		return
	}
	if text != "" {
		language := r.to.note(dom.Language(n))
		r.to.mark(0, ^marks(0), func() { r.to.alone(codeBlock, text).extra = language })
	}
	for d := range dom.Below(n) {
		if dom.IsElement(d, "img") {
			r.picture(d)
			r.to.part(newBlock)
		}
	}
}

// listing returns the text of code as it looks, without empty lines at either end.
func listing(n *html.Node) string {
	var l lister
	l.preformatted = n.Data != "code"
	l.list(n)
	return trimListing(l.out.String())
}

type lister struct {
	out          strings.Builder
	last         byte // that was written
	preformatted bool // line ends of the source show
}

func (l *lister) write(s string) {
	if s != "" {
		l.out.WriteString(s)
		l.last = s[len(s)-1]
	}
}

func (l *lister) list(n *html.Node) {
	if n.Type == html.TextNode {
		text := n.Data
		if before := n.PrevSibling; before != nil && (before.Data == "pre" || before.Data == "br" && !l.preformatted) {
			text = strings.TrimPrefix(text, "\n") // that line has ended already
		}
		l.write(text)
		return
	}
	was, apart := l.preformatted, false
	if n.Type == html.ElementNode {
		if nothing(n.Data) {
			return
		}
		if n.Data == "br" {
			l.write("\n")
		}
		apart = box(n.Data) || blockTag(n.Data)
		l.preformatted = was || n.Data == "pre"
	}
	if apart {
		l.newLine()
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		l.list(c)
	}
	l.preformatted = was
	if apart && n.NextSibling != nil {
		l.newLine()
	}
}

// newLine begins a line, unless one has just begun.
func (l *lister) newLine() {
	if l.last != 0 && l.last != '\n' {
		l.write("\n")
	}
}

// blockTag reports whether an element that means something begins and ends a line too.
func blockTag(tag string) bool {
	switch tag {
	case "blockquote", "pre", "ul", "ol", "table", "hr", "dd", "dt", "h1", "h2", "h3", "h4", "h5", "h6":
		return true
	}
	return false
}

// trimListing drops empty lines at both ends of code, and what no text file holds.
func trimListing(s string) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	if strings.ContainsAny(s, "\r\f") {
		s = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\f", "").Replace(s)
	}
	if strings.IndexFunc(s, control) >= 0 {
		s = strings.Map(func(r rune) rune {
			if control(r) {
				return -1
			}
			return r
		}, s)
	}
	if strings.TrimSpace(s) == "" {
		return ""
	}
	for {
		first, rest, ok := strings.Cut(s, "\n")
		if !ok || strings.Trim(first, " \t") != "" {
			break
		}
		s = rest
	}
	end := strings.TrimRight(s, " \t\n")
	if i := strings.IndexByte(s[len(end):], '\n'); i >= 0 {
		return s[:len(end)+i]
	}
	return s
}

func control(r rune) bool {
	return r < ' ' && r != '\t' && r != '\n' || r >= 0x7f && r < 0xa0 || r == 0xfffe || r == 0xffff || r >= 0xfdd0 && r <= 0xfdef
}

// sameLanguage reports whether a page names the language of its source, by that name or by
// one that Chroma and Zola's grammars know it by. What a page adds where the source has none
// helps.
func sameLanguage(was, is string) bool {
	return was == "" || cmp.Or(blog.LanguageAliases[was], was) == cmp.Or(blog.LanguageAliases[is], is)
}
