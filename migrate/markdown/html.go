package markdown

import (
	"strings"

	"github.com/JohannesKaufmann/html-to-markdown/v2/converter"
	"golang.org/x/net/html"

	"replant/migrate/blog"
	"replant/migrate/dom"
)

// renderTagged renders an element that Markdown has no mark for as the tags that it has in
// HTML, where the style allows them.
func renderTagged(ctx converter.Context, f *flow, n *html.Node) bool {
	if !f.style.HTML || f.line.coding || !taggable(n) {
		return false
	}
	title := ""
	if t := oneLineOf(dom.Attr(n, "title")); t != "" {
		title = ` title="` + spanHTML.Replace(t) + `"`
	}
	f.line.raw("<" + n.Data + title + ">")
	ctx.RenderChildNodes(ctx, f, n)
	f.line.raw("</" + n.Data + ">")
	return true
}

// taggable reports whether an element is one that is worth its tags, and holds what
// stands between them as one piece: words on one line.
func taggable(n *html.Node) bool {
	switch n.Data {
	case "sub", "sup", "kbd", "mark", "abbr", "u":
	default:
		return false
	}
	shows := false
	for d := range n.Descendants() {
		switch {
		case d.Type == html.TextNode:
			shows = shows || strings.ContainsFunc(printable(d.Data), visible)
		case d.Type == html.ElementNode && (isBlock(d.Data) || breaks(d.Data)):
			return false
		}
	}
	return shows
}

// breaks reports whether an element that is no block ends a line or opened marks.
func breaks(tag string) bool {
	switch tag {
	case "br", "listing", "xmp", "iframe", "video", "audio", "embed", "object", "menu", "dir":
		return true
	}
	return dom.Own(tag)
}

// renderDetails renders what a reader unfolds, where the style allows its tags or has a call
// for it.
func renderDetails(ctx converter.Context, f *flow, n *html.Node) bool {
	switch {
	case n.Data != "details" || f.oneLine():
		return false
	case !f.style.HTML:
		return renderUnfolding(ctx, f, n)
	}
	open := ""
	if dom.HasAttr(n, "open") {
		open = " open"
	}
	f.put(block{kind: other, text: "<details" + open + ">"})
	for c := range n.ChildNodes() {
		if dom.IsElement(c, "summary") {
			renderFolded(ctx, f, c, "")
			continue
		}
		ctx.RenderNodes(ctx, f, c)
	}
	f.put(block{kind: other, text: "</details>"})
	return true
}

// renderFolded renders an element of one line, such as a summary, with its tags, and the tag
// that closes its container. One that is more than words stands between empty lines, since
// Markdown is not read on the line of a tag.
func renderFolded(ctx converter.Context, f *flow, n *html.Node, closing string) {
	begin, end := "<"+n.Data+">", "</"+n.Data+">"
	if closing != "" {
		end += "\n" + closing
	}
	if only := n.FirstChild; only != nil && only.Type == html.TextNode && only.NextSibling == nil {
		f.put(block{kind: other, text: begin + blockHTML.Replace(printable(dom.Words(n))) + end})
		return
	}
	f.put(block{kind: other, text: begin})
	ctx.RenderChildNodes(ctx, f, n)
	f.put(block{kind: other, text: end})
}

// renderUnfolding calls for what a reader unfolds. A target reads it by itself and at the
// left margin: none of it may refer to the rest of the page, call a shortcode, or stand in a
// list or a quote.
func renderUnfolding(ctx converter.Context, f *flow, n *html.Node) bool {
	if f.style.Details == nil || f.depth > 0 || !takesCalls(f) || refers(n) {
		return false
	}
	f.end()
	g := f.inner()
	g.folded = true
	d := blog.Details{Open: dom.HasAttr(n, "open")}
	for c := range n.ChildNodes() {
		if dom.IsElement(c, "summary") && d.Summary == "" {
			summary, ok := onOneLine(ctx, f, c)
			if !ok {
				return false
			}
			d.Summary = summary
			continue
		}
		ctx.RenderNodes(ctx, g, c)
	}
	g.end()
	d.Body = g.join(false)
	call := f.style.Details(d)
	if call == "" {
		return false
	}
	f.put(block{kind: other, text: call})
	return true
}

// refers reports whether an element has a footnote's mark, an embed, or other things that a
// page has for itself alone.
func refers(n *html.Node) bool {
	for d := range dom.Below(n) {
		switch {
		case ownOfPage(d):
			return true
		case d.Type != html.ElementNode:
		case d.Data == "video", d.Data == "audio", d.Data == "iframe", d.Data == "object", d.Data == "embed":
			return true
		}
	}
	return false
}

// renderRuby renders the reading of a ruby character, in the parentheses that it has
// where ruby is not understood.
func renderRuby(ctx converter.Context, f *flow, n *html.Node) {
	given := n.PrevSibling != nil && n.PrevSibling.Data == "rp"
	if !given {
		f.line.text("(")
	}
	ctx.RenderChildNodes(ctx, f, n)
	if !given {
		f.line.text(")")
	}
}
