package markdown

import (
	"github.com/JohannesKaufmann/html-to-markdown/v2/converter"
	"golang.org/x/net/html"
)

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
