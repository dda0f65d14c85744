package clean

import (
	"net/url"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate/blog"
	"replant/migrate/dom"
)

// LastBlock returns the last paragraph of a body that shows anything, be it called one or a
// box of mere words, or nil where the body ends in something else, and for no body.
func LastBlock(body *html.Node) *html.Node {
	for n := body; n != nil; {
		last := n.LastChild
		for last != nil && (last.Type != html.ElementNode && dom.Gap(last) || last.Type == html.ElementNode && dom.Empty(last)) {
			last = last.PrevSibling
		}
		switch {
		case last == nil:
			return nil
		case dom.Is(last, atom.P):
			return last
		case !dom.IsBlock(last):
			if dom.Is(n, atom.Div) && dom.First(n, dom.IsBlock) == nil {
				return n
			}
			return nil
		}
		n = last
	}
	return nil
}

// RemoveEnd removes a last paragraph, and the rule that parts it from the post.
func RemoveEnd(p *html.Node, why Reason) {
	before := p.PrevSibling
	for before != nil && (dom.Gap(before) || before.Type == html.ElementNode && before.DataAtom != atom.Hr && dom.Empty(before)) {
		before = before.PrevSibling
	}
	if dom.Is(before, atom.Hr) {
		dom.Detach(before)
	}
	Drop(p, why)
}

// farewellMost is how many words a feed needs beside its links to say where a post
// appeared first. The longest seen is Bulgarian and has nine.
const farewellMost = 15

// LastWords returns the last paragraph of a body where it is the feed's and not the
// author's. It is known by its shape, since plug-ins translate its words and their users
// write their own ("The post … appeared first on …."): it leads to the post itself, by the
// post's title or beside a link to the blog, and says little else. Else it is nil.
func LastWords(body *html.Node, p *blog.Post) *html.Node {
	last := LastBlock(body)
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
		case SamePage(href, p.URL):
			own = true
			title := blog.Letters(dom.Words(a))
			titled = titled || title != "" && strings.EqualFold(title, blog.Letters(p.Title))
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

// SamePage reports whether an address leads to a page, whatever was added to it.
func SamePage(href string, page *url.URL) bool {
	u := blog.ParseURL(href)
	if u == nil {
		return false
	}
	u = page.ResolveReference(u)
	return sameSite(u, page) && strings.TrimRight(u.EscapedPath(), "/") == strings.TrimRight(page.EscapedPath(), "/")
}

// above reports whether an address leads to the front of what a page lies in: its site, or
// a folder of it.
func above(href string, page *url.URL) bool {
	u := blog.ParseURL(href)
	if u == nil {
		return false
	}
	u = page.ResolveReference(u)
	return sameSite(u, page) && strings.HasPrefix(page.EscapedPath(), strings.TrimRight(u.EscapedPath(), "/")+"/") && u.RawQuery == ""
}

func sameSite(a, b *url.URL) bool {
	return strings.EqualFold(strings.TrimPrefix(a.Host, "www."), strings.TrimPrefix(b.Host, "www."))
}
