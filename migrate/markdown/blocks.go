package markdown

import (
	"strings"

	"github.com/JohannesKaufmann/html-to-markdown/v2/converter"
	"golang.org/x/net/html"

	"replant/migrate/dom"
)

// heading renders a heading on one line, with the id that links lead to.
func (p *plugin) heading(ctx converter.Context, f *flow, n *html.Node) {
	if f.oneLine() {
		p.spaced(ctx, f, n)
		return
	}
	f.end()
	g := f.inner()
	g.place = heading
	ctx.RenderChildNodes(ctx, g, n)
	if text := g.paragraph(); text != "" {
		if id := dom.Attr(n, "id"); id != "" {
			text += " {#" + id + "}"
		}
		f.put(block{kind: title, text: strings.Repeat("#", min(6, max(1, int(n.Data[1]-'0')+p.style.Shift))) + " " + text})
	}
	for _, b := range g.after {
		f.put(b)
	}
}

// spaced renders an element's contents with a space at both ends.
func (p *plugin) spaced(ctx converter.Context, f *flow, n *html.Node) {
	f.space(true)
	ctx.RenderChildNodes(ctx, f, n)
	f.space(true)
}

// quote renders a block quote with everything that stands in it.
func (p *plugin) quote(ctx converter.Context, f *flow, n *html.Node) {
	if f.oneLine() || f.depth >= deepest {
		p.spaced(ctx, f, n)
		return
	}
	f.end()
	g := f.inner()
	ctx.RenderChildNodes(ctx, g, n)
	g.end()
	if len(g.blocks) > 0 {
		f.put(block{kind: blockquote, text: prefix(g.join(false), "> ", "> ")})
	}
}

// rule adds a thematic break. In a list a row of dashes would be read as items.
func (f *flow) rule() {
	switch {
	case f.oneLine():
		f.space(true)
	case f.item:
		f.put(block{kind: other, text: "___"})
	default:
		f.put(block{kind: other, text: "---"})
	}
}

// term renders the term of a definition list: strong, its definition on the next
// line, since Zola has no definition lists by default.
func (p *plugin) term(ctx converter.Context, f *flow, n *html.Node) {
	if !f.broken {
		f.end()
	}
	p.span(ctx, f, n, mark{kind: strong})
	f.lineBreak()
}

// definition renders a definition, in the paragraph of its term where it begins
// with text.
func (p *plugin) definition(ctx converter.Context, f *flow, n *html.Node) {
	if !f.broken {
		f.end()
	}
	ctx.RenderChildNodes(ctx, f, n)
	f.end()
}

// notes writes the footnotes at the end of the page. Those that nothing refers to
// would not show as footnotes, so that their text simply stands before the others.
func (p *plugin) notes(ctx converter.Context, f *flow) {
	for _, n := range p.post.unmarked {
		ctx.RenderChildNodes(ctx, f, n)
		f.end()
	}
	for _, n := range p.post.notes {
		g := f.inner()
		ctx.RenderChildNodes(ctx, g, n)
		g.end()
		name, _ := dom.NoteOf(n)
		f.put(block{kind: other, text: prefix(g.join(false), "[^"+name+"]: ", "    ")})
	}
}
