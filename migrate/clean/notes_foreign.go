package clean

import (
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate/blog"
	"replant/migrate/dom"
)

// besides are the classes of notes that stand in the text, to be shown beside it: those of Tufte
// CSS and of what follows it.
var besides = []string{"sidenote", "marginnote", "side-note", "margin-note", "sidenote-content", "sidenote__content"}

// The classes of the plug-in Modern Footnotes, which has the text of a note right behind its mark.
const modernMark, modernNote = "modern-footnotes-footnote", "modern-footnotes-footnote__note"

// foreignNotes makes footnotes of notes beside the text, and readies those of document
// writers for [linkedNotes].
func foreignNotes(body *html.Node) {
	f := foreign{body: body}
	for n := range dom.Standing(body, maybeNote) {
		switch {
		case dom.HasClass(n, modernMark):
			f.modern(n)
		case dom.HasClass(n, "footnote_referrer"):
			f.referrer(n)
		case n.Data == "d-footnote":
			f.move(n, n)
		case dom.HasClass(n, "ltx_role_footnote"):
			f.latexml(n)
		case dom.Is(n, atom.Button):
			f.button(n)
		case dom.Is(n, atom.Label), dom.Is(n, atom.Input):
			f.switches = append(f.switches, n)
		case dom.HasClass(n, besides...):
			f.beside(n)
		case n.DataAtom == atom.Dl:
			defined(n)
		case n.DataAtom == atom.Table:
			tabled(n)
		}
	}
	for _, n := range f.switches {
		if dom.Under(n, body) {
			unswitch(n, Button) // of no note
		}
	}
	for box := range dom.Standing(body, dom.Class("footnotes_reference_container")) {
		if f.referred != nil && dom.First(box, dom.Class("footnote_plugin_text")) == nil {
			Drop(box, Note)
		}
	}
}

// maybeNote reports whether an element may be of a footnote, by its class or its name.
func maybeNote(n *html.Node) bool {
	class := dom.Attr(n, "class")
	return strings.Contains(class, "note") || strings.Contains(class, "margin-toggle") || n.Data == "d-footnote" || n.DataAtom == atom.Button && dom.HasAttr(n, "data-footnote-content")
}

// foreign makes footnotes, each of a name of its own.
type foreign struct {
	body     *html.Node
	count    int
	ids      map[string]*html.Node // nil until one is asked for
	switches []*html.Node
	referred map[string]*html.Node // texts of the plug-in "footnotes" by their numbers; nil until one is asked for
}

// numbered begins the name of a footnote that has only a number: see [noteNames].
const numbered = "side:"

// move makes a footnote of what is in text, and its mark in the place of mark.
func (f *foreign) move(mark, text *html.Node) {
	f.count++
	name := numbered + strconv.Itoa(f.count)
	note := dom.Note(name)
	dom.MoveInto(note, text)
	WrapRuns(note)
	Replace(mark, Note, dom.NoteRef(name))
	dom.Detach(text)
	f.body.AppendChild(note)
}

// unswitch removes what shows a note beside the text, but for a word of the text that does.
func unswitch(n *html.Node, why Reason) {
	if strings.ContainsFunc(dom.Text(n), unicode.IsLetter) {
		dom.Rename(n, atom.Span)
		return
	}
	Remove(n, why)
}

// referrer makes a footnote of the plug-in "footnotes": the number of a mark is that of a row in
// a table, whose text may stand beside the mark too, cut.
func (f *foreign) referrer(mark *html.Node) {
	if f.referred == nil {
		f.referred = map[string]*html.Node{}
		for row := range dom.Standing(f.body, dom.Class("footnotes_plugin_reference_row")) {
			number := blog.Letters(dom.WordsOf(row, dom.Class("footnote_plugin_index", "footnote_plugin_index_combi", "footnote_backlink")))
			f.referred[number] = dom.First(row, dom.Class("footnote_plugin_text"))
		}
	}
	text := f.referred[blog.Letters(dom.WordsOf(mark, dom.Class("footnote_plugin_tooltip_text")))]
	if text == nil || !dom.Under(text, f.body) {
		text = dom.First(mark, dom.Class("footnote_tooltip"))
	}
	if text == nil {
		return
	}
	for more := range dom.Standing(text, dom.Class("footnote_tooltip_continue")) {
		Remove(more, Button)
	}
	row := dom.Enclosing(text, atom.Tr)
	f.move(mark, text)
	if row != nil && dom.HasClass(row, "footnotes_plugin_reference_row") {
		Remove(row, Note)
	}
}

// latexml makes a footnote of what LaTeXML has in the place of its mark.
func (f *foreign) latexml(mark *html.Node) {
	text := dom.First(mark, dom.Class("ltx_note_content"))
	if text == nil {
		return
	}
	for label := range dom.Standing(text, dom.Class("ltx_note_mark", "ltx_tag_note", "ltx_note_type")) {
		Remove(label, Note)
	}
	f.move(mark, text)
}

// button makes a footnote of a button that shows the text of its attribute (Bigfoot, Littlefoot).
func (f *foreign) button(mark *html.Node) {
	if text := Fragment(firstAttr(mark, "data-footnote-content", "data-bigfoot-footnote")); text != nil && !dom.Empty(text) {
		f.move(mark, text)
	}
}

// modern makes a footnote of a mark whose text stands right behind it, or is named by it.
func (f *foreign) modern(mark *html.Node) {
	note := nextShown(mark)
	if a := dom.First(mark, dom.Named(atom.A)); note == nil || !dom.HasClass(note, modernNote) {
		if f.ids == nil {
			f.ids = targets(f.body)
		}
		if note = f.ids[dom.Attr(a, "aria-describedby")]; a == nil || note == nil {
			return
		}
	}
	f.move(mark, note)
}

// beside makes a footnote of a note in the text. On narrow screens a switch in front of it
// shows it: a label and a check box.
func (f *foreign) beside(n *html.Node) {
	switches := switchesBefore(n)
	if len(switches) == 0 && dom.IsBlock(n) || dom.Empty(n) {
		return
	}
	for _, s := range switches {
		unswitch(s, Note)
	}
	figure := dom.Enclosing(n, atom.Figure)
	if figure == nil || dom.First(figure, dom.Named(atom.Figcaption)) != nil {
		f.move(n, n)
		return
	}
	dom.Detach(n)
	dom.Rename(n, atom.Figcaption)
	figure.AppendChild(n)
}

// switchesBefore returns what stands in front of a note to show it by.
func switchesBefore(n *html.Node) (all []*html.Node) {
	var gaps []*html.Node
	for p := n.PrevSibling; p != nil; p = p.PrevSibling {
		switch {
		case white(p):
			gaps = append(gaps, p)
		case dom.Is(p, atom.Label), dom.Is(p, atom.Input) && strings.EqualFold(dom.Attr(p, "type"), "checkbox"):
			all = append(all, p)
			for _, gap := range gaps {
				dom.Detach(gap)
			}
			gaps = nil
		default:
			return all
		}
	}
	return all
}

// defined makes boxes of the footnotes in a definition list of docutils: each term is the
// number of one, its definition the text.
func defined(list *html.Node) {
	if !dom.HasClass(list, "footnote", "citation") {
		return
	}
	for _, dt := range dom.Children(list) {
		if dd := nextShown(dt); dt.DataAtom == atom.Dt && dom.Is(dd, atom.Dd) {
			list.Parent.InsertBefore(noteBox(dom.Attr(dt, "id"), dt, dd), list)
			dom.Detach(dt)
			dom.Detach(dd)
		}
	}
	if dom.Empty(list) {
		dom.Detach(list)
	}
}

// tabled makes a box of a footnote in a table of older docutils: a cell with its number and
// one with its text.
func tabled(table *html.Node) {
	if !dom.HasClass(table, "footnote", "citation") {
		return
	}
	if cells := dom.Find(table, dom.Named(atom.Td)); len(cells) == 2 && dom.HasClass(cells[0], "label") {
		dom.Replace(table, noteBox(dom.Attr(table, "id"), cells...))
	}
}

// noteBox moves the contents of elements into one box.
func noteBox(id string, parts ...*html.Node) *html.Node {
	box := dom.Elem(atom.Div)
	dom.SetAttr(box, "id", id)
	for _, part := range parts {
		dom.MoveInto(box, part)
	}
	return box
}
