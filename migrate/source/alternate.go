package source

import (
	"bytes"
	"slices"
	"strings"

	"golang.org/x/net/html"

	"replant/migrate/blog"
)

// feedTypes are the media types of a <link rel="alternate"> that leads to a feed.
var feedTypes = map[string]bool{
	"application/rss+xml": true, "application/atom+xml": true, "application/rdf+xml": true,
	"application/feed+json": true, "application/json": true,
}

// alternate gives the address of the first feed that a web page names as its own.
func alternate(page []byte) string {
	z := html.NewTokenizer(bytes.NewReader(page))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return ""
		case html.StartTagToken, html.SelfClosingTagToken:
			if t := z.Token(); t.Data == "link" {
				n := &html.Node{Attr: t.Attr}
				rel := strings.Fields(strings.ToLower(blog.Attr(n, "rel")))
				if slices.Contains(rel, "alternate") && feedTypes[strings.ToLower(blog.Attr(n, "type"))] {
					return blog.Attr(n, "href")
				}
			}
		}
	}
}
