package proof

import (
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	extended "github.com/yuin/goldmark/extension/ast"
)

func (r *page) inline(n ast.Node) {
	switch n := n.(type) {
	case *ast.Text:
		r.show(r.src[n.Segment.Start:n.Segment.Stop])
		switch {
		case n.HardLineBreak():
			r.breakLine()
		case n.SoftLineBreak():
			r.part(space)
		}
	case *ast.String:
		r.words(string(n.Value))
	case *ast.CodeSpan:
		r.mark(code, 0, func() { r.span(n) })
	case *ast.Emphasis:
		is := em
		if n.Level == 2 {
			is = strong
		}
		r.mark(is, 0, func() { r.children(n) })
	case *extended.Strikethrough:
		r.mark(struck, 0, func() { r.children(n) })
	case *ast.Link:
		r.anchor(n, plain(string(n.Destination)))
	case *ast.AutoLink:
		end := r.leads(autoAddress(n, r.raw))
		r.words(string(n.Label(r.raw)))
		end()
	case *ast.Image:
		r.picture(n)
	case *ast.RawHTML:
		r.rawHTML(n)
	case *extended.TaskCheckBox:
		r.where.task = open
		if n.IsChecked {
			r.where.task = done
		}
	case *extended.FootnoteLink:
		r.put(noteMark, strconv.Itoa(n.Index))
	case *extended.FootnoteBacklink:
	default:
		r.children(n)
	}
}

// span reads what is in a code span, where nothing acts.
func (r *page) span(n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if t, ok := c.(*ast.Text); ok {
			r.words(string(t.Segment.Value(r.raw)))
		}
	}
}

func (r *page) anchor(n ast.Node, to string) {
	if id, ok := strings.CutPrefix(to, "#"); ok && r.headingIDs()[address(id)] {
		to = "#"
	}
	end := r.leads(to)
	r.children(n)
	end()
}

func autoAddress(n *ast.AutoLink, src []byte) string {
	addr := string(n.URL(src))
	if n.AutoLinkType == ast.AutoLinkEmail && !strings.HasPrefix(strings.ToLower(addr), "mailto:") {
		return "mailto:" + addr
	}
	return addr
}

// headingIDs gives the ids that headings have been given.
func (r *page) headingIDs() map[string]bool {
	if r.ids != nil {
		return r.ids
	}
	r.ids = map[string]bool{}
	_ = ast.Walk(r.doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if h, ok := n.(*ast.Heading); ok && entering {
			if id, ok := h.AttributeString("id"); ok {
				if b, ok := id.([]byte); ok {
					r.ids[address(string(b))] = true
				}
			}
		}
		return ast.WalkContinue, nil
	})
	return r.ids
}

func (r *page) picture(n *ast.Image) {
	var alt strings.Builder
	r.altText(&alt, n)
	text := r.note(oneLine(alt.String()))
	r.put(picture, address(plain(string(n.Destination)))).extra = text
}

func (r *page) altText(b *strings.Builder, n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch t := c.(type) {
		case *ast.Text:
			b.WriteString(plain(string(t.Segment.Value(r.raw))))
			if t.SoftLineBreak() || t.HardLineBreak() {
				b.WriteByte(' ')
			}
		case *ast.String:
			b.Write(t.Value)
		default:
			r.altText(b, c)
		}
	}
}
