package proof

import (
	"strings"

	"golang.org/x/net/html"

	"replant/migrate/dom"
)

// code reads code in a line. Several lines of it are a block, but in a heading or a cell.
func (r *reader) code(n *html.Node) {
	switch {
	case r.is&code != 0:
		r.children(n)
	case !r.line && !r.where.cell && hasLines(n):
		r.codeBlock(n)
	default:
		r.mark(code, 0, func() { r.children(n) })
	}
}

// hasLines tells whether code breaks its lines, and is code alone.
func hasLines(n *html.Node) (lines bool) {
	for d := range dom.Below(n) {
		if d.Type != html.ElementNode {
			continue
		}
		switch d.Data {
		case "a", "img":
			return false
		case "br", "pre":
			lines = true
		}
	}
	return lines
}

// codeBlock reads a listing, and the pictures that stand in it.
func (r *reader) codeBlock(n *html.Node) {
	text := listing(n)
	if r.line {
		r.part(space)
		r.mark(code, 0, func() { r.words(text) })
		r.part(space)
		return
	}
	if text != "" {
		language := r.note(language(n))
		r.mark(0, ^marks(0), func() { r.alone(codeBlock, text).extra = language })
	}
	for d := range dom.Below(n) {
		if isTag(d, "img") {
			r.picture(d)
			r.part(newBlock)
		}
	}
}

// listing returns the text of code as it looks, without empty lines at either end.
func listing(n *html.Node) string {
	var l lister
	l.preformatted = n.Data != "code"
	l.node(n)
	return trimListing(l.String())
}

type lister struct {
	strings.Builder
	last         byte // that was written
	preformatted bool // line ends of the source show
}

func (l *lister) write(s string) {
	if s != "" {
		l.WriteString(s)
		l.last = s[len(s)-1]
	}
}

func (l *lister) node(n *html.Node) {
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
		l.node(c)
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

// blockTag tells whether an element that means something begins and ends a line too.
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
