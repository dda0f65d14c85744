package source

import (
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate/dom"
)

// blankLines parts paragraphs where empty lines do, in a body that has no other mark of
// them: the text of an editor that leaves that to the blog's own pages (podcasts on
// WordPress).
func blankLines(body *html.Node) {
	if dom.First(body, dom.Named(atom.P, atom.Br)) != nil {
		return
	}
	for _, n := range dom.Children(body) {
		if n.Type != html.TextNode || !emptyLines.MatchString(n.Data) {
			continue
		}
		var parts []*html.Node
		for i, part := range emptyLines.Split(n.Data, -1) {
			if i > 0 {
				parts = append(parts, dom.Elem(atom.Br), dom.Elem(atom.Br))
			}
			parts = append(parts, dom.TextNode(part))
		}
		dom.Replace(n, parts...)
	}
}
