package source

import (
	"regexp"
	"strings"

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

// emojiPicture is where pictures of characters lie: WordPress's, Facebook's, Twitter's
// and GitHub's.
var emojiPicture = regexp.MustCompile(`^(?:https?:)?//(?:s\.w\.org/images/core/emoji/|s\d\.wp\.com/(?:wp-content/mu-plugins/wpcom-smileys|i/emoji)/|` +
	`[\w.-]+\.fbcdn\.net/images/emoji\.php/|abs\.twimg\.com/emoji/|github\.githubassets\.com/images/icons/emoji/)`)

// emoji puts characters where pictures of them stand.
func emoji(body *html.Node) {
	for _, img := range find(body, named(atom.Img)) {
		named := blog.HasClass(img, "wp-smiley", "emoji") || emojiPicture.MatchString(strings.TrimSpace(blog.Attr(img, "src")))
		if alt := blog.Attr(img, "alt"); named && alt != "" {
			blog.Replace(img, text(alt))
		}
	}
}
