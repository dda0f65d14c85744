package markdown

import (
	"strings"

	"github.com/JohannesKaufmann/html-to-markdown/v2/converter"
	"golang.org/x/net/html"
)

// heading renders a heading on one line, with an id only where a link leads to it:
// the ids that Hugo and Zola make by themselves differ.
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
		if id := p.post.ids[n]; id != "" {
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
