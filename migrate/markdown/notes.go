package markdown

import (
	"github.com/JohannesKaufmann/html-to-markdown/v2/converter"
	"golang.org/x/net/html"

	"replant/migrate/dom"
)

// footnotes are those of a post, in the order in which they or their marks stand.
type footnotes struct {
	marked, unmarked []*html.Node
}

// notesOf finds the footnotes of a post. Of several of one name, the marks lead to the first.
func notesOf(body *html.Node) (all footnotes) {
	type note struct {
		node   *html.Node
		marked bool
	}
	first := map[string]*note{}
	var order []*note
	for n := range dom.Below(body) {
		name, isMark := dom.NoteRefOf(n)
		_, isNote := dom.NoteOf(n)
		if !isMark && !isNote {
			continue
		}
		known := first[name]
		if known == nil || isNote && known.node != nil {
			known = new(note)
			order = append(order, known)
			if first[name] == nil {
				first[name] = known
			}
		}
		if isNote {
			known.node = n
		}
		known.marked = known.marked || isMark
	}
	for _, n := range order {
		switch {
		case n.node == nil:
		case n.marked:
			all.marked = append(all.marked, n.node)
		default:
			all.unmarked = append(all.unmarked, n.node)
		}
	}
	return all
}

// renderNotes renders footnotes at the end of the page. Those that nothing refers to
// would not show as footnotes, so that their text simply stands before the others.
func renderNotes(ctx converter.Context, f *flow, all footnotes) {
	for _, n := range all.unmarked {
		ctx.RenderChildNodes(ctx, f, n)
		f.end()
	}
	for _, n := range all.marked {
		g := f.inner()
		ctx.RenderChildNodes(ctx, g, n)
		g.end()
		name, _ := dom.NoteOf(n)
		f.put(block{kind: other, text: prefix(g.join(false), "[^"+name+"]: ", "    ")})
	}
}
