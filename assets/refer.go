package assets

import (
	"net/url"
	"path"
	"slices"
	"strings"

	"golang.org/x/net/html"

	"replant/migrate/dom"
)

// refer points a picture's references to what was had of it.
func (s *store) refer(p *picture) {
	a := s.chosen(p)
	f := s.files[a.key]
	switch {
	case f.Err != nil && a.data != "":
		p.drop() // there is nowhere else to see it
		return
	case f.Err != nil:
		p.keepRemote()
		return
	}
	local := s.Prefix + f.File
	p.tidy(local, f.Own)
	switch {
	case p.link == nil || a.key != p.wants[0].key:
	case alone(p.link):
		dom.Unwrap(p.link)
	case s.credits(p.link, a.url):
	default:
		dom.SetAttr(p.link, "href", local)
	}
}

// relink points links elsewhere in the text, such as "see the picture above", to the files
// that their addresses became. As in follow, an address has to end as a picture's does. A
// link that says whose picture it is stays.
func (s *store) relink(root *html.Node, pictures []*picture) {
	local := map[string]string{}
	for _, p := range pictures {
		a := s.chosen(p)
		if f := s.files[a.key]; f.Err == nil {
			local[a.key] = s.Prefix + f.File
		}
	}
	for _, n := range all(root, "a") {
		a, ok := s.address(attr(n, "href"))
		if ref := local[a.key]; ok && ref != "" && a.url != nil && pictureName(a.url) && common(a.url) && !s.credits(n, a.url) {
			dom.SetAttr(n, "href", ref)
		}
	}
}

// credits reports whether a link may say where a picture was taken from: its words lead to
// another site. A picture of the blog's own, or on its platform's servers, is no one else's.
func (s *store) credits(link *html.Node, to *url.URL) bool {
	if s.Base == nil || s.Base.Host == "" || to == nil || sameSite(s.Base.Hostname(), to.Hostname()) {
		return false
	}
	return len(s.candidates(to)) == 1 && strings.TrimSpace(dom.Text(link)) != ""
}

// sameSite reports whether two hosts are of one site, as far as their last two labels say.
func sameSite(a, b string) bool { return siteOf(a) == siteOf(b) }

func siteOf(host string) string {
	labels := strings.Split(strings.ToLower(host), ".")
	return strings.Join(labels[max(0, len(labels)-2):], ".")
}

// keepRemote leaves a picture where it is, unless its address is one that runs:
// generators differ in what they do with those.
func (p *picture) keepRemote() {
	switch {
	case p.plays: // it may choose between its sources
	case runnable(p.remote.text):
		p.drop()
	default:
		p.tidy(p.remote.text, presumed(p.node))
	}
}

// runnable reports whether a browser may run what an address says.
func runnable(addr string) bool {
	switch scheme(addr) {
	case "javascript", "vbscript":
		return true
	case "data":
		return !strings.HasPrefix(strings.ToLower(addr), "data:image/")
	}
	return false
}

// drop takes a picture out of the text; a video stays, without poster.
func (p *picture) drop() {
	switch {
	case p.node == nil, p.plays:
	case is(p.node, "video"):
		dom.DelAttr(p.node, "poster")
	default:
		dom.Detach(p.node)
	}
}

// tidy leaves an element with the reference and what is said about the picture, which
// has that size of its own.
func (p *picture) tidy(ref string, own Size) {
	switch {
	case p.node == nil:
	case p.plays:
		dom.SetAttr(p.node, "src", ref)
		for _, s := range all(p.node, "source") {
			dom.Detach(s)
		}
	case is(p.node, "video"):
		dom.SetAttr(p.node, "poster", ref)
	default:
		resize(p.node, own)
		p.node.Attr = slices.DeleteFunc(p.node.Attr, func(a html.Attribute) bool { return !said(a) })
		dom.SetAttr(p.node, "src", ref)
		if fillers[strings.ToLower(attr(p.node, "alt"))] {
			dom.SetAttr(p.node, "alt", "")
		}
	}
}

// fillers are the alternative texts that editors write for authors who do not. A reader
// who cannot see the picture is better off without.
var fillers = map[string]bool{
	"image description": true, "alt text": true, "image": true, "img": true, "picture": true,
	"enter image description here": true, "no alt text provided for this image": true,
}

func said(a html.Attribute) bool {
	switch a.Key {
	case "src", "alt", "title", "width", "height":
		return a.Namespace == ""
	}
	return false
}

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

// common reports whether all browsers show a picture of that name's kind. A link to
// another kind is not for showing.
func common(u *url.URL) bool {
	switch strings.ToLower(path.Ext(u.Path)) {
	case ".heic", ".heif", ".tif", ".tiff", ".jxl":
		return false
	}
	return true
}

// holdsOne reports whether a link holds one picture and no more, counting each link
// once.
func (f *finder) holdsOne(link *html.Node) bool {
	one, counted := f.single[link]
	if !counted {
		one = len(all(link, "img")) == 1
		f.single[link] = one
	}
	return one
}

// candidates returns the addresses that may hold a picture, best first, the given one
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

// alone reports whether a link shows nothing but its picture.
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
