package clean

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

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
	for _, a := range dom.Find(li, dom.Named(atom.A)) {
		if _, id, ok := strings.Cut(dom.Attr(a, "href"), "#"); ok && noteRefID().MatchString(id) {
			Remove(a, Note)
		}
	}
	trimArrow(li)
	list := li.Parent
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
		if list != body && dom.Under(list, body) && dom.Empty(list) {
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
