package clean

import (
	"net/url"
	"strings"

	"golang.org/x/net/html"

	"replant/migrate/blog"
	"replant/migrate/dom"
)

// addresses makes the links of a body absolute and free of the feed's tracking.
// Pictures and their like stay as they stand, since they are looked up from the post's
// own address later; but where a feed rebases its addresses, these change too. What it
// changes is recorded.
func addresses(body *html.Node, base *url.URL, rebased bool) {
	bin := binOf(body)
	for n := range dom.Below(body) {
		if n.Type != html.ElementNode {
			continue
		}
		for i, a := range n.Attr {
			switch {
			case a.Key == "href" || a.Key == "cite" || a.Key == "url" && dom.Own(n.Data):
				n.Attr[i].Val = link(base, a.Val)
			case rebased && (a.Key == "src" || a.Key == "poster"):
				n.Attr[i].Val = absolute(base, a.Val)
			case rebased && a.Key == "srcset":
				n.Attr[i].Val = sourceSet(base, a.Val)
			}
			if n.Attr[i].Val != a.Val {
				discard(bin, &html.Node{Type: n.Type, DataAtom: n.DataAtom, Data: n.Data, Attr: []html.Attribute{a}}, Respelled)
			}
		}
	}
}

// link makes a link absolute, but for one within the page.
func link(base *url.URL, href string) string {
	href = strings.TrimSpace(href)
	if href == "" || href[0] == '#' {
		return href
	}
	if strings.IndexByte(href, '?') < 0 && (strings.HasPrefix(href, "https://") || strings.HasPrefix(href, "http://")) {
		return href // which leads nowhere else, as most do
	}
	u := blog.ParseURL(href)
	switch {
	case u == nil:
		return href
	case base != nil && !u.IsAbs():
		return blog.Untracked(base.ResolveReference(u)).String()
	}
	if clean := blog.Untracked(u); clean.RawQuery != u.RawQuery {
		return clean.String()
	}
	return href
}

func absolute(base *url.URL, src string) string {
	u := blog.ParseURL(src)
	if u == nil || u.IsAbs() || base == nil {
		return src
	}
	return base.ResolveReference(u).String()
}

// sourceSet makes the addresses of a srcset absolute.
func sourceSet(base *url.URL, set string) string {
	candidates := strings.Split(set, ", ")
	for i, c := range candidates {
		src, size, _ := strings.Cut(strings.TrimSpace(c), " ")
		candidates[i] = strings.TrimSpace(absolute(base, src) + " " + size)
	}
	return strings.Join(candidates, ", ")
}
