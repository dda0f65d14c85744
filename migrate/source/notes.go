package source

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate/blog"
)

// What Markdown processors call a footnote and the marks that refer to it: "fn1",
// "fn:1", "user-content-fn-1" and "fnref1", "fnref:1", "user-content-fnref-1-2".
var (
	noteID    = regexp.MustCompile(`^(?:user-content-)?fn[-:_]?([\w.-]+)$`)
	noteRefID = regexp.MustCompile(`^(?:user-content-)?fnref[-:_]?([\w.-]+?)$`)
)

// notes makes footnotes of the lists and marks that Markdown processors make of them.
// A mark without its note stays as it is, and so does a note without a mark.
func notes(body *html.Node) {
	texts := map[string]*html.Node{}
	for _, li := range find(body, named(atom.Li)) {
		if m := noteID.FindStringSubmatch(blog.Attr(li, "id")); m != nil && !strings.HasPrefix(m[1], "ref") && texts[m[1]] == nil {
			texts[m[1]] = li
		}
	}
	if len(texts) == 0 {
		return
	}
	referred := map[string]bool{}
	for _, mark := range find(body, named(atom.Sup, atom.A)) {
		if name := noteOf(mark); texts[name] != nil && !under(mark, texts[name]) && mark.Parent != nil {
			blog.Replace(mark, blog.NoteRef(name))
			referred[name] = true
		}
	}
	var lists emptied
	for _, li := range find(body, named(atom.Li)) {
		if m := noteID.FindStringSubmatch(blog.Attr(li, "id")); m != nil && referred[m[1]] && texts[m[1]] == li {
			lists.add(moveNote(body, li, m[1]))
		}
	}
	lists.remove(body)
}

// noteOf gives the name of the footnote that a mark refers to: by its link, else by
// its own id.
func noteOf(mark *html.Node) string {
	link := mark
	if mark.DataAtom == atom.Sup {
		link = first(mark, named(atom.A))
	}
	if link != nil {
		if _, id, ok := strings.Cut(blog.Attr(link, "href"), "#"); ok {
			if m := noteID.FindStringSubmatch(id); m != nil {
				return m[1]
			}
			return ""
		}
	}
	if m := noteRefID.FindStringSubmatch(blog.Attr(mark, "id")); m != nil && mark.DataAtom == atom.Sup {
		return m[1]
	}
	return ""
}

// moveNote makes a footnote of a list item, at the end of the body. It returns what the
// item stood in; nil if it had no parent.
func moveNote(body, li *html.Node, name string) *html.Node {
	for _, a := range find(li, named(atom.A)) {
		if _, id, ok := strings.Cut(blog.Attr(a, "href"), "#"); ok && noteRefID.MatchString(id) {
			blog.Remove(a)
		}
	}
	trimArrow(li)
	list := li.Parent
	n := blog.Note(name)
	for _, c := range take(li) {
		n.AppendChild(c)
	}
	wrapRuns(n)
	blog.Remove(li)
	body.AppendChild(n)
	return list
}

// emptied are the lists that footnotes were moved out of, each once. They are looked at
// when all notes have moved: a look at a long list takes time.
type emptied struct {
	lists []*html.Node
	known map[*html.Node]bool
	shown map[*html.Node]bool // boxes around lists that show something else
}

func (e *emptied) add(list *html.Node) {
	if e.known == nil {
		e.known = map[*html.Node]bool{nil: true}
	}
	if !e.known[list] {
		e.known[list] = true
		e.lists = append(e.lists, list)
	}
}

// remove removes those that show nothing any more.
func (e *emptied) remove(body *html.Node) {
	e.shown = map[*html.Node]bool{}
	for _, list := range e.lists {
		if list != body && empty(list) {
			e.removeList(list)
		}
	}
}

// removeList removes an empty list of footnotes, the box that held nothing else, and
// the rule above it.
func (e *emptied) removeList(list *html.Node) {
	for p := list.Parent; p != nil && p.Parent != nil && e.onlyRules(p, list); p = list.Parent {
		list = p
	}
	before := list.PrevSibling
	for before != nil && gap(before) {
		before = before.PrevSibling
	}
	if is(before, atom.Hr) {
		blog.Remove(before)
	}
	if white(list.PrevSibling) && white(list.NextSibling) { // else it grows with each list
		blog.Remove(list.PrevSibling)
	}
	blog.Remove(list)
}

// white tells whether n is a text of white space.
func white(n *html.Node) bool { return n != nil && n.Type == html.TextNode && gap(n) }

// onlyRules tells whether p holds nothing to see but an empty list and rules.
func (e *emptied) onlyRules(p, list *html.Node) bool {
	for c := p.FirstChild; c != nil && !e.shown[p]; c = c.NextSibling {
		if c != list && !is(c, atom.Hr) && !empty(c) {
			e.shown[p] = true
		}
	}
	return !e.shown[p]
}

// trimArrow takes the arrow back to the text off the end of a footnote.
func trimArrow(li *html.Node) {
	all := descendants(li)
	for i := len(all) - 1; i >= 0; i-- {
		if n := all[i]; n.Type == html.TextNode && strings.TrimSpace(n.Data) != "" {
			n.Data = strings.TrimRight(n.Data, " \t\n\u00A0↩\uFE0E\uFE0F↵⏎")
			return
		}
	}
}
