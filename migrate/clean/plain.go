package clean

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate/dom"
	"replant/migrate/regex"
)

// blankLines parts paragraphs where empty lines do, in a body that has no other mark of
// them: the text of an editor that leaves that to the blog's own pages (podcasts on
// WordPress).
func blankLines(body *html.Node) {
	if dom.First(body, dom.Named(atom.P, atom.Br)) != nil {
		return
	}
	for _, n := range dom.Children(body) {
		if n.Type != html.TextNode || !emptyLines().MatchString(n.Data) {
			continue
		}
		var parts []*html.Node
		for i, part := range emptyLines().Split(n.Data, -1) {
			if i > 0 {
				parts = append(parts, dom.Elem(atom.Br), dom.Elem(atom.Br))
			}
			parts = append(parts, dom.TextNode(part))
		}
		dom.Replace(n, parts...)
	}
}

var emptyLines = regex.Lazy(`\n[ \t]*\n\s*`)

// Paragraphs makes HTML of plain text: empty lines part paragraphs.
func Paragraphs(text string) string {
	text = strings.TrimSpace(strings.ReplaceAll(text, "\r\n", "\n"))
	if text == "" {
		return ""
	}
	var b strings.Builder
	for _, p := range emptyLines().Split(text, -1) {
		b.WriteString("<p>" + strings.ReplaceAll(html.EscapeString(p), "\n", "<br>\n") + "</p>\n")
	}
	return b.String()
}
