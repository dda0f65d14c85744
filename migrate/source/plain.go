package source

import (
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate/blog"
)

// blankLines parts paragraphs where empty lines do, in a body that has no other mark of
// them: the text of an editor that leaves that to the blog's own pages (podcasts on
// WordPress).
func blankLines(body *html.Node) {
	if first(body, named(atom.P, atom.Br)) != nil {
		return
	}
	for _, n := range children(body) {
		if n.Type != html.TextNode || !emptyLines.MatchString(n.Data) {
			continue
		}
		var parts []*html.Node
		for i, part := range emptyLines.Split(n.Data, -1) {
			if i > 0 {
				parts = append(parts, elem(atom.Br), elem(atom.Br))
			}
			parts = append(parts, text(part))
		}
		blog.Replace(n, parts...)
	}
}
