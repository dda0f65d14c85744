package markdown

import (
	"strings"

	"github.com/JohannesKaufmann/html-to-markdown/v2/converter"
	"golang.org/x/net/html"

	"replant/migrate/dom"
)

// tagged renders an element that Markdown has no mark for as the tags that it has in
// HTML, where the style allows them.
func (p *plugin) tagged(ctx converter.Context, f *flow, n *html.Node) bool {
	if !p.style.HTML || f.code != nil || !taggable(n) {
		return false
	}
	title := ""
	if t := oneLineOf(dom.Attr(n, "title")); t != "" {
		title = ` title="` + spanHTML.Replace(t) + `"`
	}
	f.raw("<" + n.Data + title + ">")
	ctx.RenderChildNodes(ctx, f, n)
	f.raw("</" + n.Data + ">")
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

// details renders what a reader unfolds, where the style allows its tags.
func (p *plugin) details(ctx converter.Context, f *flow, n *html.Node) bool {
	if n.Data != "details" || !p.style.HTML || f.oneLine() {
		return false
	}
	open := ""
	if dom.HasAttr(n, "open") {
		open = " open"
	}
	f.put(block{kind: other, text: "<details" + open + ">"})
	for c := range n.ChildNodes() {
		if c.Type == html.ElementNode && c.Data == "summary" {
			p.summary(ctx, f, c)
			continue
		}
		ctx.RenderNodes(ctx, f, c)
	}
	f.put(block{kind: other, text: "</details>"})
	return true
}

// summary renders the line that unfolds details. One that is more than words stands
// between empty lines, since Markdown is not read on the line of a tag.
func (p *plugin) summary(ctx converter.Context, f *flow, n *html.Node) {
	if only := n.FirstChild; only != nil && only.Type == html.TextNode && only.NextSibling == nil {
		f.put(block{kind: other, text: "<summary>" + blockHTML.Replace(printable(dom.Words(n))) + "</summary>"})
		return
	}
	f.put(block{kind: other, text: "<summary>"})
	ctx.RenderChildNodes(ctx, f, n)
	f.put(block{kind: other, text: "</summary>"})
}

// script renders superscripts and subscripts. Digits have characters of their own;
// other superscripts of signs alone get a ^ where leaving it out would say
// something else (10^-5), but not as endings of words and numbers (1st). Other
// subscripts stay as they are: nothing that says them is plain text.
func (p *plugin) script(ctx converter.Context, f *flow, n *html.Node) {
	words := dom.Words(n)
	simple := n.FirstChild != nil && n.FirstChild == n.LastChild && n.FirstChild.Type == html.TextNode
	digits := words != "" && strings.Trim(words, "0123456789") == ""
	switch {
	case !simple || f.code != nil:
		ctx.RenderChildNodes(ctx, f, n)
	case digits && n.Data == "sup":
		f.spaced(n, raised.Replace(words))
	case digits:
		f.spaced(n, lowered.Replace(words))
	case n.Data == "sup" && f.exponent(words):
		f.spaced(n, "^"+words)
	default:
		ctx.RenderChildNodes(ctx, f, n)
	}
}

// spaced writes what stands for an element's text, with the space at its edges.
func (f *flow) spaced(n *html.Node, text string) {
	all := dom.Text(n)
	f.space(strings.IndexByte(whitespace, all[0]) >= 0)
	f.text(text)
	f.space(strings.IndexByte(whitespace, all[len(all)-1]) >= 0)
}

var (
	raised = strings.NewReplacer("0", "⁰", "1", "¹", "2", "²", "3", "³", "4", "⁴",
		"5", "⁵", "6", "⁶", "7", "⁷", "8", "⁸", "9", "⁹")
	lowered = strings.NewReplacer("0", "₀", "1", "₁", "2", "₂", "3", "₃", "4", "₄",
		"5", "₅", "6", "₆", "7", "₇", "8", "₈", "9", "₉")
)

// exponent reports whether a superscript is one in the sense of arithmetic: a short
// expression right after a number or a letter that stands alone.
func (f *flow) exponent(words string) bool {
	if words == "" || len(words) > 8 || strings.Contains(words, " ") || len(f.line) == 0 {
		return false
	}
	before := f.line[len(f.line)-1]
	if before.kind == closing && len(f.line) > 1 {
		before = f.line[len(f.line)-2]
	}
	base := before.text[strings.LastIndexAny(before.text, " (")+1:]
	if before.kind != text || base == "" {
		return false
	}
	number := isDigit(base[len(base)-1])
	variable := len(base) == 1
	ordinal := strings.Trim(words, "abcdefghijklmnopqrstuvwxyz") == "" && len(words) > 1
	return (number || variable) && !ordinal
}

// reading renders the reading of a ruby character, in the parentheses that it has
// where ruby is not understood.
func (p *plugin) reading(ctx converter.Context, f *flow, n *html.Node) {
	given := n.PrevSibling != nil && n.PrevSibling.Data == "rp"
	if !given {
		f.text("(")
	}
	ctx.RenderChildNodes(ctx, f, n)
	if !given {
		f.text(")")
	}
}
