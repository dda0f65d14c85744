package clean

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate/blog"
	"replant/migrate/dom"
)

// linkedNotes makes footnotes of what every platform makes of them, whatever the names:
// a short mark that leads to a block, from which a link leads back to the mark.
func linkedNotes(body *html.Node) {
	w := crossing{targets(body), map[string]bool{}}
	if len(w.ids) == 0 {
		return
	}
	found := map[*html.Node]string{}
	var order []*html.Node
	for _, a := range dom.Find(body, dom.Named(atom.A)) {
		note := w.note(a)
		if note == nil || !dom.Under(note, body) || inNote(a, found) {
			continue
		}
		if found[note] == "" {
			found[note] = w.name(a)
			order = append(order, note)
		}
		Replace(whole(a), Note, dom.NoteRef(found[note]))
	}
	for _, note := range order {
		MoveNote(body, note, found[note])
	}
}

// inNote reports whether a mark stands in a note: its own way back, or that of another.
func inNote(a *html.Node, notes map[*html.Node]string) bool {
	for n := a; n != nil; n = n.Parent {
		if notes[n] != "" {
			return true
		}
	}
	return false
}

// crossing holds where the links of a body can lead, and what footnotes are called.
type crossing struct {
	ids   map[string]*html.Node
	taken map[string]bool
}

// targets returns what links within a body can lead to.
func targets(body *html.Node) map[string]*html.Node {
	ids := map[string]*html.Node{}
	for n := range dom.Below(body) {
		if n.Type != html.ElementNode {
			continue
		}
		for _, id := range []string{dom.Attr(n, "id"), dom.Attr(n, "name")} {
			if id != "" && ids[id] == nil {
				ids[id] = n
			}
		}
	}
	return ids
}

// target returns what a link within the page leads to, or nil for others.
func (w crossing) target(a *html.Node) *html.Node {
	_, id, ok := strings.Cut(dom.Attr(a, "href"), "#")
	if !ok {
		return nil
	}
	return w.ids[id]
}

// name returns what a footnote is called: as its mark, where no other is, else as the
// page's author calls it.
func (w crossing) name(mark *html.Node) string {
	name := blog.Letters(dom.Words(mark))
	if name == "" || w.taken[name] {
		_, name, _ = strings.Cut(dom.Attr(mark, "href"), "#")
	}
	w.taken[name] = true
	return name
}

// note returns the footnote that a link is the mark of, or nil for any other link.
func (w crossing) note(a *html.Node) *html.Node {
	target := w.target(a)
	if target == nil || !isMark(a) {
		return nil
	}
	note := noteBlock(target)
	if note == nil || dom.Under(a, note) {
		return nil
	}
	for _, back := range dom.Find(note, dom.Named(atom.A)) {
		if to := w.target(back); to != nil && near(to, a) {
			Remove(back, Note)
			return note
		}
	}
	return nil
}

// isMark reports whether a link looks like the mark of a footnote.
func isMark(a *html.Node) bool {
	words := strings.Trim(dom.Words(a), "[]()^ ")
	return words != "" && utf8.RuneCountInString(words) <= 4 && dom.First(a, dom.Named(atom.Img)) == nil
}

// noteBlock returns the block that a footnote's name stands at or in.
func noteBlock(target *html.Node) *html.Node {
	for n := target; n != nil && n.DataAtom != atom.Body; n = n.Parent {
		switch n.DataAtom {
		case atom.P:
			if dom.Is(n.Parent, atom.Li) {
				return n.Parent
			}
			return n
		case atom.Li, atom.Div, atom.Dd, atom.Aside:
			return n
		case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Table, atom.Td, atom.Section, atom.Article:
			return nil
		}
	}
	return nil
}

// near reports whether what a link back leads to is a mark, or stands right around it,
// in it or in front of it.
func near(to, mark *html.Node) bool {
	switch {
	case dom.Under(to, mark):
		return true
	case dom.Under(mark, to):
		return !dom.IsBlock(to)
	}
	outer := whole(mark)
	return to.NextSibling != nil && (to.NextSibling == outer || to.NextSibling == mark)
}

// whole returns the outermost inline element that shows nothing but a mark.
func whole(mark *html.Node) *html.Node {
	n := mark
	for p := n.Parent; p != nil && p.Parent != nil && !dom.IsBlock(p) && blog.Letters(dom.Text(p)) == blog.Letters(dom.Text(mark)); p = n.Parent {
		n = p
	}
	return n
}
