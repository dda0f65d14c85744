package markdown

import (
	"strings"

	"github.com/JohannesKaufmann/html-to-markdown/v2/converter"
	"golang.org/x/net/html"

	"replant/migrate/dom"
)

// renderTagged renders an element that Markdown has no mark for as the tags that it has in
// HTML, where the style allows them.
func renderTagged(ctx converter.Context, f *flow, n *html.Node) bool {
	if !f.style.HTML || f.line.code != nil || !taggable(n) {
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
		case d.Type == html.ElementNode && (blocks[d.Data] || breaks(d.Data)):
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

// renderDetails renders what a reader unfolds, where the style allows its tags.
func renderDetails(ctx converter.Context, f *flow, n *html.Node) bool {
	if n.Data != "details" || !f.style.HTML || f.oneLine() {
		return false
	}
	open := ""
	if dom.HasAttr(n, "open") {
		open = " open"
	}
	f.put(block{kind: other, text: "<details" + open + ">"})
	for c := range n.ChildNodes() {
		if c.Type == html.ElementNode && c.Data == "summary" {
			renderSummary(ctx, f, c)
			continue
		}
		ctx.RenderNodes(ctx, f, c)
	}
	f.put(block{kind: other, text: "</details>"})
	return true
}

// renderSummary renders the line that unfolds details. One that is more than words stands
// between empty lines, since Markdown is not read on the line of a tag.
func renderSummary(ctx converter.Context, f *flow, n *html.Node) {
	if only := n.FirstChild; only != nil && only.Type == html.TextNode && only.NextSibling == nil {
		f.put(block{kind: other, text: "<summary>" + blockHTML.Replace(printable(dom.Words(n))) + "</summary>"})
		return
	}
	f.put(block{kind: other, text: "<summary>"})
	ctx.RenderChildNodes(ctx, f, n)
	f.put(block{kind: other, text: "</summary>"})
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
