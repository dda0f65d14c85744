package markdown

import (
	"golang.org/x/net/html"

	"replant/migrate/dom"
)

// survey is what the renderer must know of a whole post beforehand, and whether it has met
// the mark at which the summary ends.
type survey struct {
	notes    []*html.Node // the footnotes, in the order in which they or their marks stand
	unmarked []*html.Node // those that no mark leads to
	divided  bool         // the mark of the summary's end is written: the first alone counts
}

// study surveys a post. Of several notes of one name, the marks lead to the first.
func study(body *html.Node) (s survey) {
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
			s.notes = append(s.notes, n.node)
		default:
			s.unmarked = append(s.unmarked, n.node)
		}
	}
	return s
}
