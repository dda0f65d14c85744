package source

import (
	"net/url"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate/blog"
	"replant/migrate/dom"
)

// farewellMost is how many words a feed needs beside its links to say where a post
// appeared first. The longest seen is Bulgarian and has nine.
const farewellMost = 15

// farewell gives the last paragraph of a body where it is the feed's and not the
// author's. It is known by its shape, since plug-ins translate its words and their users
// write their own ("The post … appeared first on …."): it leads to the post itself, by the
// post's title or beside a link to the blog, and says little else. Else it is nil.
func farewell(body *html.Node, p *blog.Post) *html.Node {
	last := lastBlock(body)
	if last == nil || p.URL == nil || dom.First(last, dom.Named(atom.Img)) != nil {
		return nil
	}
	var own, titled, home, other bool
	linked := 0
	for _, a := range dom.Find(last, dom.Named(atom.A)) {
		linked += len(strings.Fields(dom.Words(a)))
		href := dom.Attr(a, "href")
		switch {
		case dom.Empty(a):
		case samePage(href, p.URL):
			own = true
			title := letters(dom.Words(a))
			titled = titled || title != "" && strings.EqualFold(title, letters(p.Title))
		case above(href, p.URL):
			home = true
		default:
			other = true
		}
	}
	if rest := len(strings.Fields(dom.Words(last))) - linked; rest > farewellMost || !own {
		return nil
	}
	if titled || home && !other {
		return last
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
	return sameSite(u, page) && strings.TrimRight(u.EscapedPath(), "/") == strings.TrimRight(page.EscapedPath(), "/")
}

// above tells whether an address leads to the front of what a page lies in: its site, or
// a folder of it.
func above(href string, page *url.URL) bool {
	u := parseURL(href)
	if u == nil {
		return false
	}
	u = page.ResolveReference(u)
	return sameSite(u, page) && strings.HasPrefix(page.EscapedPath(), strings.TrimRight(u.EscapedPath(), "/")+"/") && u.RawQuery == ""
}

func sameSite(a, b *url.URL) bool {
	return strings.EqualFold(strings.TrimPrefix(a.Host, "www."), strings.TrimPrefix(b.Host, "www."))
}
