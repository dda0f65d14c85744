package clean

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate/dom"
)

// galleries are the classes of boxes around pictures that belong together.
var galleries = []string{
	"gallery", "wp-block-gallery", "wp-gallery", "tiled-gallery", "wp-block-jetpack-tiled-gallery", "wp-block-jetpack-slideshow",
	"kg-gallery-card", "image-gallery-embed", "photoset", "npf_row", "sqs-gallery", "sqs-block-gallery", "image-grid", "photo-grid",
	"gallery-grid", "image-gallery", "photo-gallery",
}

// galleryMost is how many pictures a gallery has at most.
const galleryMost = 300

// gallery decides whether a box is a gallery: two pictures at least, and nothing else but their
// captions. The lists that it is made of only arrange them.
func gallery(n *html.Node) {
	if dom.IsGallery(n) {
		dom.DelAttr(n, "role") // no source's own
	}
	class := dom.Attr(n, "class")
	if !ofGallery(class) || !dom.HasClass(n, galleries...) || !picturesAlone(n) {
		return
	}
	for p := n.Parent; p != nil; p = p.Parent {
		if dom.IsGallery(p) {
			return
		}
	}
	for _, part := range dom.Find(n, dom.Named(atom.Ul, atom.Ol, atom.Li, atom.Dl, atom.Dt, atom.Dd)) {
		dom.Rename(part, atom.Div)
	}
	if n.DataAtom == atom.Ul || n.DataAtom == atom.Ol || n.DataAtom == atom.Dl {
		dom.Rename(n, atom.Div)
	}
	dom.SetGallery(n)
}

// ofGallery reports whether a class may be one of galleries.
func ofGallery(class string) bool {
	return strings.Contains(class, "galler") || strings.Contains(class, "grid") || strings.Contains(class, "photoset") || strings.Contains(class, "npf_row")
}

// picturesAlone reports whether a box has several pictures and nothing else but captions.
func picturesAlone(n *html.Node) bool {
	pictures := 0
	for d := range dom.Below(n) {
		switch {
		case d.Type == html.TextNode && !dom.Gap(d) && dom.Enclosing(d, atom.Figcaption) == nil:
			return false
		case d.Type != html.ElementNode:
		case d.DataAtom == atom.Img:
			pictures++
		case dom.Own(d.Data), d.DataAtom == atom.Table, d.DataAtom == atom.Pre, d.DataAtom == atom.Video, d.DataAtom == atom.Audio,
			d.DataAtom == atom.Iframe, d.DataAtom == atom.Input, d.DataAtom == atom.Blockquote, d.DataAtom == atom.Hr, dom.Heading(d):
			return false
		}
	}
	return pictures > 1 && pictures <= galleryMost
}
