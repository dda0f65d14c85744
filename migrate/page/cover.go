package page

import (
	"net/url"
	"strings"

	"golang.org/x/net/html"

	"replant/assets"
	"replant/migrate/dom"
)

// cover makes a post's cover what its page calls it by: the file beside it, or, where that
// could not be had, the address it has.
func (made *Made) cover() {
	p := made.Post
	if p.Cover == nil {
		return
	}
	if file := assets.FileOf(made.Assets, p.Cover); file != "" {
		p.Cover = &url.URL{Path: made.Place.Prefix + file}
	}
	p.CoverLeads = p.CoverLeads || leads(p.Body, p.Cover.String())
}

// leads reports whether a body begins with the picture at an address.
func leads(body *html.Node, addr string) bool {
	for n := range body.Descendants() {
		switch {
		case n.Type == html.ElementNode && dom.Own(n.Data):
			return false // a video, a formula
		case n.Type == html.TextNode && !blank(n.Data):
			return false
		case n.Type == html.ElementNode && n.Data == "img":
			return dom.Attr(n, "src") == addr
		}
	}
	return false
}

func blank(text string) bool { return strings.TrimSpace(text) == "" }
