package clean

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate/blog"
	"replant/migrate/dom"
	"replant/migrate/regex"
)

// What Markdown processors call a footnote and the marks that refer to it: "fn1",
// "fn:1", "user-content-fn-1" and "fnref1", "fnref:1", "user-content-fnref-1-2".
var (
	noteID    = regex.Lazy(`^(?:user-content-)?fn[-:_]?([\w.-]+)$`)
	noteRefID = regex.Lazy(`^(?:user-content-)?fnref[-:_]?([\w.-]+?)$`)
)

// notes makes footnotes of the lists and marks that Markdown processors make of them.
// A mark without its note stays as it is, and so does a note without a mark.
func notes(body *html.Node) {
	texts := map[string]*html.Node{}
	for _, li := range dom.Find(body, dom.Named(atom.Li)) {
		if m := noteID().FindStringSubmatch(dom.Attr(li, "id")); m != nil && !strings.HasPrefix(m[1], "ref") && texts[m[1]] == nil {
			texts[m[1]] = li
		}
	}
	if len(texts) == 0 {
		return
	}
	referred := map[string]bool{}
	for _, mark := range dom.Find(body, dom.Named(atom.Sup, atom.A)) {
		if name := noteOf(mark); texts[name] != nil && !dom.Under(mark, texts[name]) && mark.Parent != nil {
			Replace(mark, Note, dom.NoteRef(name))
			referred[name] = true
		}
	}
	var lists Emptied
	for _, li := range dom.Find(body, dom.Named(atom.Li)) {
		if m := noteID().FindStringSubmatch(dom.Attr(li, "id")); m != nil && referred[m[1]] && texts[m[1]] == li {
			lists.Add(MoveNote(body, li, m[1]))
		}
	}
	lists.Remove(body)
}

// noteOf returns the name of the footnote that a mark refers to: by its link, else by
// its own id.
func noteOf(mark *html.Node) string {
	link := mark
	if mark.DataAtom == atom.Sup {
		link = dom.First(mark, dom.Named(atom.A))
	}
	if link != nil {
		if _, id, ok := strings.Cut(dom.Attr(link, "href"), "#"); ok {
			if m := noteID().FindStringSubmatch(id); m != nil {
				return m[1]
			}
			return ""
		}
	}
	if m := noteRefID().FindStringSubmatch(dom.Attr(mark, "id")); m != nil && mark.DataAtom == atom.Sup {
		return m[1]
	}
	return ""
}

// MoveNote makes a footnote of a list item, at the end of the body. It returns what the
// item stood in, or nil if it had no parent.
func MoveNote(body, li *html.Node, name string) *html.Node {
	for back := range dom.Standing(li, dom.Class("mw-cite-backlink")) { // MediaWiki has one for each mark
		Remove(back, Note)
	}
	for _, a := range dom.Find(li, dom.Named(atom.A)) {
		if _, id, ok := strings.Cut(dom.Attr(a, "href"), "#"); ok && noteRefID().MatchString(id) {
			removeBack(a, li)
		}
	}
	trimArrow(li)
	list := li.Parent
	keepNumbers(list)
	n := dom.Note(name)
	for _, c := range dom.Take(li) {
		n.AppendChild(c)
	}
	WrapRuns(n)
	dom.Detach(li)
	body.AppendChild(n)
	return list
}

// Emptied are the lists that footnotes were moved out of, each once. They are looked at
// when all notes have moved: a look at a long list takes time.
type Emptied struct {
	lists []*html.Node
	known map[*html.Node]bool
	shown map[*html.Node]bool // boxes around lists that show something else
}

// Add notes a list that [MoveNote] returned; nil is passed over.
func (e *Emptied) Add(list *html.Node) {
	if e.known == nil {
		e.known = map[*html.Node]bool{nil: true}
	}
	if !e.known[list] {
		e.known[list] = true
		e.lists = append(e.lists, list)
	}
}

// Remove removes those that show nothing any more.
func (e *Emptied) Remove(body *html.Node) {
	e.shown = map[*html.Node]bool{}
	for _, list := range e.lists {
		if list != body && dom.Under(list, body) && e.onlyRules(list, nil) {
			e.removeList(list)
		}
	}
}

// removeList removes an empty list of footnotes, the box that held nothing else, and
// the rule above it.
func (e *Emptied) removeList(list *html.Node) {
	for p := list.Parent; p != nil && !dom.Is(p, atom.Body) && e.onlyRules(p, list); p = list.Parent {
		list = p
	}
	before := list.PrevSibling
	for before != nil && dom.Gap(before) {
		before = before.PrevSibling
	}
	if dom.Is(before, atom.Hr) {
		dom.Detach(before)
	}
	if white(list.PrevSibling) && white(list.NextSibling) { // else it grows with each list
		dom.Detach(list.PrevSibling)
	}
	Remove(list, Note)
}

// white reports whether n is a text of white space.
func white(n *html.Node) bool { return n != nil && n.Type == html.TextNode && dom.Gap(n) }

// onlyRules reports whether p holds nothing to see but an empty list and rules.
func (e *Emptied) onlyRules(p, list *html.Node) bool {
	for c := p.FirstChild; c != nil && !e.shown[p]; c = c.NextSibling {
		if c != list && !dom.Is(c, atom.Hr) && !dom.Empty(c) {
			e.shown[p] = true
		}
	}
	return !e.shown[p]
}

// trimArrow takes the arrow back to the text off the end of a footnote.
func trimArrow(li *html.Node) {
	all := dom.Descendants(li)
	for i := len(all) - 1; i >= 0; i-- {
		if n := all[i]; n.Type == html.TextNode && strings.TrimSpace(n.Data) != "" {
			n.Data = strings.TrimRight(n.Data, " \t\n\u00A0↩\uFE0E\uFE0F↵⏎")
			return
		}
	}
}

// linkedNotes makes footnotes of what every platform makes of them, whatever the names:
// a short mark that leads to a block, from which a link leads back to the mark.
func linkedNotes(body *html.Node) {
	w := crossing{targets(body), map[string]bool{}, map[*html.Node]returns{}}
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
		ref := dom.NoteRef(found[note])
		Replace(whole(a), Note, ref)
		if before, after := ref.PrevSibling, ref.NextSibling; before != nil && after != nil && before.Type == html.TextNode && after.Type == html.TextNode {
			was := len(before.Data)
			if trimBrackets(before, after); len(before.Data) < was {
				before.Data = strings.TrimRight(before.Data, whitespace)
			}
		}
	}
	var lists Emptied
	for _, note := range order {
		lists.Add(MoveNote(body, note, found[note]))
	}
	lists.Remove(body)
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

// crossing holds where the links of a body can lead, what footnotes are called, and the
// links in each block that may be a footnote.
type crossing struct {
	ids   map[string]*html.Node
	taken map[string]bool
	backs map[*html.Node]returns
}

// returns are the links of a footnote by what they lead to, in document order.
type returns map[*html.Node][]back

// back is a link that may lead from a footnote back to its mark.
type back struct {
	link  *html.Node
	place int // among the links of the footnote
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
	back := w.back(note, a)
	if back == nil {
		if trimNumber(note, a) {
			return note
		}
		return nil
	}
	removeBack(back, note)
	return note
}

// trimNumber takes the number of a mark off the beginning of a paragraph that it leads to and from
// which no link leads back (Medium), and reports whether it was there.
func trimNumber(note, mark *html.Node) bool {
	number := strings.Trim(dom.Words(mark), "[]()^ ")
	first := dom.First(note, dom.Named(atom.A))
	if !isNoteNumber(number) || !dom.Is(note, atom.P) || first != nil && dom.Attr(first, "href") == "" {
		return false
	}
	for d := range dom.Below(note) {
		if d.Type != html.TextNode || trimGaps(d.Data) == "" {
			continue
		}
		text := strings.TrimLeft(d.Data, whitespace)
		for _, label := range []string{"[" + number + "]", "(" + number + ")", number + ".", number + ":", number + ")"} {
			if rest, ok := strings.CutPrefix(text, label); ok && rest != "" {
				d.Data = strings.TrimLeft(rest, ": \u00A0\t\n")
				discard(binOf(note), dom.TextNode(label), Note)
				return true
			}
		}
		return false
	}
	return false
}

// back returns the first link of a footnote that leads back to a mark, or nil. Links are
// looked up by where they may lead, since a note can have many, and many marks.
func (w crossing) back(note, mark *html.Node) (link *html.Node) {
	all, known := w.backs[note]
	if !known {
		all = w.returns(note)
		w.backs[note] = all
	}
	first := -1
	for _, to := range around(mark) {
		for len(all[to]) > 0 && !dom.Under(all[to][0].link, note) { // removed since
			all[to] = all[to][1:]
		}
		if len(all[to]) > 0 && (link == nil || all[to][0].place < first) {
			first, link = all[to][0].place, all[to][0].link
		}
	}
	return link
}

// returns finds the links of a block that lead to places in the page.
func (w crossing) returns(note *html.Node) returns {
	all := returns{}
	for i, a := range dom.Find(note, dom.Named(atom.A)) {
		if to := w.target(a); to != nil {
			all[to] = append(all[to], back{a, i})
		}
	}
	return all
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

// around lists the places that a link back to a mark may lead to: the mark, what stands
// right around it, in it or in front of it.
func around(mark *html.Node) []*html.Node {
	places := append(dom.Descendants(mark), mark)
	outer := whole(mark)
	for n := mark.Parent; n != nil && !dom.Is(n, atom.Body); n = n.Parent {
		if !dom.IsBlock(n) {
			places = append(places, n)
		}
	}
	for _, n := range []*html.Node{outer, mark} {
		if n.PrevSibling != nil {
			places = append(places, n.PrevSibling)
		}
	}
	return places
}

// whole returns the outermost inline element that shows nothing but a mark.
func whole(mark *html.Node) *html.Node {
	n := mark
	for p := n.Parent; p != nil && !dom.IsBlock(p) && alone(n); p = n.Parent {
		n = p
	}
	return n
}

// alone reports whether no letter stands beside n in its parent.
func alone(n *html.Node) bool {
	for c := n.PrevSibling; c != nil; c = c.PrevSibling {
		if lettered(c) {
			return false
		}
	}
	for c := n.NextSibling; c != nil; c = c.NextSibling {
		if lettered(c) {
			return false
		}
	}
	return true
}

// lettered reports whether a node shows a letter or a digit.
func lettered(n *html.Node) bool {
	if n.Type == html.TextNode {
		return strings.ContainsFunc(n.Data, blog.IsAlphanumeric)
	}
	for d := range dom.Below(n) {
		if d.Type == html.TextNode && strings.ContainsFunc(d.Data, blog.IsAlphanumeric) {
			return true
		}
	}
	return false
}
