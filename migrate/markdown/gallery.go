package markdown

import (
	"strings"

	"github.com/JohannesKaufmann/html-to-markdown/v2/converter"
	"golang.org/x/net/html"

	"replant/migrate/blog"
	"replant/migrate/dom"
)

// gallery is what pictures that belong together consist of.
type gallery struct {
	items []*html.Node // each a picture with what stands around it, such as its caption
	words *html.Node   // the caption of all, behind the pictures; nil without one
}

// galleryOf reads a group of pictures; not ok where something else is in it.
func galleryOf(n *html.Node) (g gallery, ok bool) {
	if !g.read(n) {
		return gallery{}, false
	}
	return g, len(g.items) > 1
}

func (g *gallery) read(n *html.Node) bool {
	for c := firstShown(n.FirstChild); c != nil; c = firstShown(c.NextSibling) {
		picture, _ := captioned(c)
		switch {
		case c.Type == html.ElementNode && g.words != nil:
			return false // pictures behind the caption of others
		case picture != nil, pictureOf(c) != nil:
			g.items = append(g.items, c)
		case c.Type != html.ElementNode:
			return false
		case c.Data == "figcaption" && len(g.items) > 0:
			g.words = c
		case isBlock(c.Data):
			if !g.read(c) {
				return false
			}
		case !dom.Empty(c):
			return false
		}
	}
	return true
}

// renderGallery renders pictures that belong together as one group, by calls or by tags. It
// reports whether the target shows groups.
func renderGallery(ctx converter.Context, f *flow, n *html.Node) bool {
	if !dom.IsGallery(n) || !f.style.Captions || f.style.Gallery == nil && !f.style.HTML || f.depth > 0 || !takesCalls(f) {
		return false
	}
	g, ok := galleryOf(n)
	if !ok {
		return false
	}
	for d := range dom.Below(n) { // the group decides
		if dom.IsElement(d, "img") {
			dom.DelAttr(d, "width")
			dom.DelAttr(d, "height")
		}
	}
	if f.style.Gallery == nil {
		g.tags(ctx, f)
		return true
	}
	call, ok := g.call(ctx, f)
	if ok {
		f.put(block{kind: other, text: call})
	}
	return ok
}

// call returns the call for a gallery, where all in it can be called for.
func (g gallery) call(ctx converter.Context, f *flow) (call string, ok bool) {
	all := blog.Gallery{}
	for _, item := range g.items {
		picture, words := captioned(item)
		if picture == nil {
			picture = item
		}
		call, ok := callOf(ctx, f, picture, words)
		if !ok {
			return "", false
		}
		all.Pictures = append(all.Pictures, call)
	}
	if g.words != nil {
		if all.Caption, ok = onOneLine(ctx, f, g.words); !ok {
			return "", false
		}
	}
	call = f.style.Gallery(all)
	return call, call != ""
}

// grid lays pictures out in rows, as many in one as there is room for.
const grid = `<div style="display: grid; grid-template-columns: repeat(auto-fit, minmax(12rem, 1fr)); gap: 0.5rem">`

// tags renders a gallery as Markdown between tags.
func (g gallery) tags(ctx converter.Context, f *flow) {
	open := []string{grid}
	if g.words != nil {
		open = []string{"<figure>", grid}
	}
	f.put(block{kind: other, text: strings.Join(open, "\n")})
	for _, item := range g.items {
		f.end()
		ctx.RenderNodes(ctx, f, item)
		f.end()
	}
	f.put(block{kind: other, text: "</div>"})
	if g.words != nil {
		renderFolded(ctx, f, g.words, "</figure>")
	}
}
