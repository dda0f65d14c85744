package markdown

import (
	"github.com/JohannesKaufmann/html-to-markdown/v2/converter"
)

// noteRef adds the mark of a footnote; of one that the post does not have, the
// name in brackets, as text.
func (f *flow) noteRef(n *note, name string) {
	if n == nil || n.node == nil {
		f.text("[" + name + "]")
		return
	}
	f.raw("[^" + n.label + "]")
}

// notes writes the footnotes at the end of the page. Those that nothing refers to
// would not show as footnotes, so that their text simply stands before the others.
func (p *plugin) notes(ctx converter.Context, f *flow) {
	for _, n := range p.post.order {
		if n.node != nil && n.marks == 0 {
			ctx.RenderChildNodes(ctx, f, n.node)
			f.end()
		}
	}
	for _, n := range p.post.order {
		if n.node == nil || n.marks == 0 {
			continue
		}
		g := f.inner()
		ctx.RenderChildNodes(ctx, g, n.node)
		g.end()
		f.put(block{kind: other, text: prefix(g.join(false), "[^"+n.label+"]: ", "    ")})
	}
}
