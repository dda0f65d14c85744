package assets

import (
	"net/url"
	"path"
	"slices"
	"strings"

	"golang.org/x/net/html"

	"replant/migrate/dom"
)

// follow looks whether a link around the picture leads to one at full size. Then that
// is what the page shows; the picture itself is a thumbnail. Only an address that ends
// as a picture's does is taken for one: what another shows, nobody knows before it is
// asked, and a link that a reader can follow must not be lost.
func (f *finder) follow(p *picture) {
	link := ancestor(p.node, f.root, "a")
	if link == nil || !f.holdsOne(link) {
		return
	}
	full, ok := f.address(attr(link, "href"))
	if !ok || full.url == nil || !pictureName(full.url) || !common(full.url) {
		return
	}
	dom.SetAttr(link, "href", full.text)
	p.link = link
	p.wants = slices.DeleteFunc(p.wants, func(a address) bool { return a.key == full.key })
	p.wants = slices.Insert(p.wants, 0, full)
}

// common tells whether all browsers show a picture of that name's kind. A link to
// another kind is not for showing.
func common(u *url.URL) bool {
	switch strings.ToLower(path.Ext(u.Path)) {
	case ".heic", ".heif", ".tif", ".tiff", ".jxl":
		return false
	}
	return true
}

// holdsOne tells whether a link holds one picture and no more, counting each link
// once.
func (f *finder) holdsOne(link *html.Node) bool {
	one, counted := f.single[link]
	if !counted {
		one = len(all(link, "img")) == 1
		f.single[link] = one
	}
	return one
}

// candidates gives the addresses that may hold a picture, best first, the given one
// last; none for nil.
func (o Options) candidates(u *url.URL) []*url.URL {
	if u == nil {
		return nil
	}
	var better []*url.URL
	if o.Original != nil {
		better = o.Original(u)
	}
	list := make([]*url.URL, 0, len(better)+1)
	for _, c := range better {
		if c.String() != u.String() {
			list = append(list, c)
		}
	}
	return append(list, u)
}

// alone tells whether a link shows nothing but its picture.
func alone(link *html.Node) bool {
	for n := range link.Descendants() {
		switch {
		case blank(n):
		case n.Type != html.ElementNode, !frames[n.Data]:
			return false
		}
	}
	return true
}

// frames are the elements that show nothing of their own around a picture.
var frames = map[string]bool{
	"img": true, "div": true, "span": true, "figure": true, "p": true, "center": true, "br": true,
	"em": true, "strong": true, "b": true, "i": true, "font": true, "small": true, "u": true,
}
