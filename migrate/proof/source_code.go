package proof

import (
	"strings"

	"golang.org/x/net/html"
)

// code reads code in a line. Several lines of it are a block.
func (r *source) code(n *html.Node) {
	switch {
	case r.is&code != 0:
		r.children(n)
	case !r.line && hasLines(n):
		r.codeBlock(n)
	default:
		r.mark(code, 0, func() { r.children(n) })
	}
}

// hasLines tells whether code breaks its lines, and is code alone.
func hasLines(n *html.Node) (lines bool) {
	for d := range below(n) {
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
func (r *source) codeBlock(n *html.Node) {
	text := listing(n)
	if r.line {
		r.part(space)
		r.mark(code, 0, func() { r.words(text) })
		r.part(space)
		return
	}
	if text != "" {
		language := r.note(declaredLanguage(n))
		r.mark(0, ^marks(0), func() { r.alone(codeBlock, text).extra = language })
	}
	for d := range below(n) {
		if isTag(d, "img") {
			r.picture(d)
			r.part(newBlock)
		}
	}
}

// listing gives the text of code as it looks: without the numbers beside it, and
// without empty lines at either end.
func listing(n *html.Node) string {
	var b strings.Builder
	l := lister{Builder: &b}
	l.node(n)
	return trimListing(b.String())
}

type lister struct{ *strings.Builder }

func (l lister) node(n *html.Node) {
	if n.Type == html.TextNode {
		text := n.Data
		if before := n.PrevSibling; before != nil && lineEnd(before) {
			text = strings.TrimPrefix(text, "\n")
		}
		l.WriteString(text)
		return
	}
	box := false
	if n.Type == html.ElementNode {
		if nothing(n.Data) || gutter(attr(n, "class")) {
			return
		}
		if n.Data == "br" {
			l.WriteByte('\n')
		}
		box = boxes[n.Data] || blockTag(n.Data)
	}
	if box {
		l.newLine()
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		l.node(c)
	}
	if box && n.NextSibling != nil {
		l.newLine()
	}
}

// lineEnd tells whether an element ends a line by itself: what the source breaks after it
// shows nothing.
func lineEnd(n *html.Node) bool {
	if n.Data != "br" {
		return n.Data == "pre"
	}
	for up := n.Parent; up != nil; up = up.Parent {
		if up.Data == "pre" {
			return false
		}
	}
	return true
}

// newLine begins a line, unless one has just begun.
func (l lister) newLine() {
	if s := l.String(); s != "" && s[len(s)-1] != '\n' {
		l.WriteByte('\n')
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
	s = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\f", "").Replace(s)
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

// declaredLanguage gives what a listing is declared to be written in: by a class or an
// attribute, on the code, on the pre, or on the boxes that highlighters put around it.
// Several candidates stand apart by spaces.
func declaredLanguage(pre *html.Node) string {
	for c := pre.FirstChild; c != nil; c = c.NextSibling {
		if isTag(c, "code") {
			if l := declared(c); l != "" {
				return l
			}
		}
	}
	for n, up := pre, 0; n != nil && up < 4; n, up = n.Parent, up+1 {
		if n != pre && !wraps(n.Data) {
			break
		}
		if l := declared(n); l != "" {
			return l
		}
	}
	return ""
}

func wraps(tag string) bool {
	switch tag {
	case "div", "figure", "section", "span", "td", "tr", "tbody", "table":
		return true
	}
	return false
}

// declared gives the language that an element declares.
func declared(n *html.Node) string {
	for _, key := range []string{"data-lang", "data-language", "data-enlighter-language"} {
		if v := attr(n, key); v != "" {
			return v
		}
	}
	class := attr(n, "class")
	if class == "" {
		return ""
	}
	for _, c := range strings.FieldsFunc(class, func(r rune) bool { return r == ' ' || r == '\n' || r == '\t' || r == ';' || r == ',' }) {
		low := strings.ToLower(c)
		for _, prefix := range []string{"language-", "lang-", "lang:", "highlight-source-", "highlight-text-", "src-", "brush:"} {
			if name, ok := strings.CutPrefix(low, prefix); ok && name != "" {
				return name
			}
		}
	}
	if name, ok := strings.CutPrefix(class, "highlight "); ok && !strings.Contains(name, " ") { // Rouge
		return name
	}
	return ""
}
