package source

import (
	"path"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate/blog"
	"replant/migrate/clean"
	"replant/migrate/dom"
)

// placeholder are the alternative texts that Forem's editor writes for those who do
// not.
var placeholder = map[string]bool{"image description": true, "alt text": true}

// foremImages frees pictures of the link to themselves that Forem puts around them,
// unless its address does not look like a picture's: then it may be a page of its own,
// as a badge's or a button's is, and a reader can follow it.
func foremImages(body *html.Node) {
	for _, a := range dom.Find(body, dom.Class("article-body-image-wrapper")) {
		own := a.PrevSibling
		if !dom.Is(own, atom.A) || own.FirstChild != nil || dom.Attr(own, "href") == "" {
			own = nil
		}
		switch plain := pictureName(dom.Attr(a, "href")); {
		case plain && own != nil:
			relink(own, a)
		case plain:
			clean.Unwrap(a, clean.Handle)
		case own != nil: // both lead somewhere, and one picture cannot lead to two places
			own.AppendChild(dom.TextNode("↗"))
			a.Parent.RemoveChild(own)
			a.Parent.InsertBefore(own, a.NextSibling)
		}
	}
	for _, img := range dom.Find(body, dom.Named(atom.Img)) {
		if placeholder[strings.ToLower(strings.TrimSpace(dom.Attr(img, "alt")))] || blog.IsBlank(dom.Attr(img, "alt")) {
			dom.SetAttr(img, "alt", "")
		}
	}
}

// relink gives an author's own link its picture back: the parser, which nests no links,
// has pushed the picture out of it.
func relink(own, wrapper *html.Node) {
	for _, c := range dom.Take(wrapper) {
		own.AppendChild(c)
	}
	clean.Remove(wrapper, clean.Handle)
}

// pictureName tells whether an address ends as a picture's does.
func pictureName(addr string) bool {
	addr, _, _ = strings.Cut(addr, "?")
	switch strings.ToLower(path.Ext(addr)) {
	case ".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".avif":
		return true
	}
	return false
}
