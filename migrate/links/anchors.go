package links

import (
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
)

// HasHeading reports whether a body has a heading of that id: one that it says itself, else
// the one that its generator makes. Of headings that say the same, generators number the
// second and further ones.
func (p Page) HasHeading(body []byte, id string, made func(heading string) string) (has bool) {
	seen := map[string]int{}
	_ = ast.Walk(p.parse(body), func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		h, ok := n.(*ast.Heading)
		if !entering || !ok {
			return ast.WalkContinue, nil
		}
		own := made(words(h, body))
		if said, ok := h.AttributeString("id"); ok {
			if b, ok := said.([]byte); ok {
				own = string(b)
			}
		} else if n := seen[own]; n > 0 {
			seen[own]++
			own += "-" + strconv.Itoa(n)
		} else {
			seen[own] = 1
		}
		if has = own == id; has {
			return ast.WalkStop, nil
		}
		return ast.WalkSkipChildren, nil
	})
	return has
}

// words returns the text of a heading.
func words(n ast.Node, body []byte) string {
	var out strings.Builder
	_ = ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		switch n := n.(type) {
		case *ast.Text:
			if entering {
				out.WriteString(unescaped(string(n.Segment.Value(body))))
			}
		case *ast.AutoLink:
			if entering {
				out.Write(n.Label(body))
			}
		}
		return ast.WalkContinue, nil
	})
	return out.String()
}
