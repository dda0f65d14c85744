package source

import (
	"net/url"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate/blog"
)

// farewellMost is how many words a feed needs beside the title to say where a post
// appeared first. The longest seen is Bulgarian and has nine.
const farewellMost = 15

// farewell gives the last paragraph of a body where it is the feed's and not the
// author's: one that names the post by its title, leads to it, and says little else,
// in whatever language ("The post … appeared first on …."). Else it is nil.
func farewell(body *html.Node, p *blog.Post) *html.Node {
	last := lastBlock(body)
	if last == nil || p.URL == nil {
		return nil
	}
	for _, a := range find(last, named(atom.A)) {
		title := letters(blog.Words(a))
		if title == "" || !strings.EqualFold(title, letters(p.Title)) || !samePage(blog.Attr(a, "href"), p.URL) {
			continue
		}
		if rest := len(strings.Fields(blog.Words(last))) - len(strings.Fields(blog.Words(a))); rest <= farewellMost {
			return last
		}
	}
	return nil
}

// samePage tells whether an address leads to a page, whatever was added to it.
func samePage(href string, page *url.URL) bool {
	u := parseURL(href)
	if u == nil {
		return false
	}
	u = page.ResolveReference(u)
	return strings.EqualFold(strings.TrimPrefix(u.Host, "www."), strings.TrimPrefix(page.Host, "www.")) &&
		strings.TrimRight(u.EscapedPath(), "/") == strings.TrimRight(page.EscapedPath(), "/")
}
