package clean

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate/blog"
	"replant/migrate/dom"
)

// removeBack removes the way back of a footnote, and what stands around it alone: brackets,
// and where the note begins with it the ^ in front of it and the point behind it.
func removeBack(a, note *html.Node) {
	before, begins := textsBefore(a, note)
	after := dom.TextAfter(a, note)
	if begins {
		trimLabel(before, after)
	} else if len(before) > 0 && after != nil {
		trimBrackets(before[0], after)
	}
	p := a.Parent
	Remove(a, Note)
	for p != nil && p != note && p.Parent != nil && dom.Empty(p) {
		next := p.Parent
		dom.Detach(p)
		p = next
	}
}

// textsBefore returns the texts of a footnote before its way back, the nearest first, up to
// the first one with a letter. begins reports whether none has one.
func textsBefore(a, note *html.Node) (texts []*html.Node, begins bool) {
	for t := dom.TextBefore(a, note); t != nil; t = dom.TextBefore(t, note) {
		texts = append(texts, t)
		if strings.ContainsFunc(t.Data, blog.IsAlphanumeric) {
			return texts, false
		}
	}
	return texts, true
}

// trimLabel takes off what stands around the number of a footnote.
func trimLabel(before []*html.Node, after *html.Node) {
	bracket := ""
	for _, t := range before {
		if strings.Trim(t.Data, "[(^↑ \t\n\u00a0") == "" {
			bracket += strings.Trim(t.Data, "^↑ \t\n\u00a0")
			t.Data = ""
		}
	}
	if after == nil {
		return
	}
	rest := strings.TrimLeft(after.Data, whitespace)
	if bracket != "" {
		rest = strings.TrimLeft(strings.TrimPrefix(rest, closers[bracket[0]]), whitespace)
	}
	for _, point := range []string{".", ":", ")"} {
		if cut, ok := strings.CutPrefix(rest, point); ok && (cut == "" || strings.HasPrefix(cut, "\u00a0") || strings.ContainsRune(whitespace, rune(cut[0]))) {
			rest = strings.TrimLeft(cut, whitespace)
			break
		}
	}
	after.Data = rest
}

// closers are the brackets that end what others begin.
var closers = map[byte]string{'[': "]", '(': ")"}

// trimBrackets takes off brackets that hold nothing but the way back.
func trimBrackets(before, after *html.Node) {
	head, tail := strings.TrimRight(before.Data, whitespace), strings.TrimLeft(after.Data, whitespace)
	if head == "" || tail == "" {
		return
	}
	if closer := closers[head[len(head)-1]]; closer != "" && strings.HasPrefix(tail, closer) {
		before.Data, after.Data = head[:len(head)-1], tail[len(closer):]
	}
}

// keepNumbers writes down the numbers of a list's items before footnotes are moved out of
// it: a note without a mark stays, and is called as it was.
func keepNumbers(list *html.Node) {
	first, err := strconv.Atoi(dom.Attr(list, "start"))
	if err != nil {
		first = 1
	}
	if !dom.Is(list, atom.Ol) || dom.HasAttr(list, "reversed") {
		return
	}
	for c := range list.ChildNodes() {
		if !dom.Is(c, atom.Li) {
			continue
		}
		if dom.HasAttr(c, "value") {
			return // they are written down already
		}
		dom.SetAttr(c, "value", strconv.Itoa(first))
		first++
	}
}

// markWords are in the names that blogs give the marks of footnotes.
var markWords = []string{"footnote", "fn", "ftn", "noteref", "cite", "endnote", "note-"}

// orphanMarks makes raised text of the marks whose notes the feed has left out: a number that
// leads nowhere would read as one of the text.
func orphanMarks(body *html.Node) {
	var ids map[string]*html.Node
	for _, a := range dom.Find(body, dom.Named(atom.A)) {
		id, within := strings.CutPrefix(dom.Attr(a, "href"), "#")
		if !within || !isMark(a) || !namesMark(a) || strings.ContainsAny(dom.Text(a), "[(") {
			continue
		}
		if ids == nil {
			ids = targets(body)
		}
		if ids[id] != nil || ids[blog.Unescaped(id)] != nil {
			continue
		}
		sup := dom.Elem(atom.Sup, dom.TextNode(dom.Words(a)))
		if dom.Enclosing(a, atom.Sup) != nil {
			sup = sup.FirstChild
			dom.Detach(sup)
		}
		dom.Replace(a, sup)
	}
}

func namesMark(a *html.Node) bool {
	names := strings.ToLower(strings.Join([]string{dom.Attr(a, "href"), dom.Attr(a, "id"), dom.Attr(a, "class"), dom.Attr(a, "role")}, " "))
	for _, word := range markWords {
		if strings.Contains(names, word) {
			return true
		}
	}
	return false
}

// noteTitles are what blogs call their footnotes.
var noteTitles = blog.WordSet("footnotes footnote notes endnotes fußnoten fussnoten anmerkungen notas notes-de-bas-de-page notas-al-pie " +
	"notas-de-rodapé note-a-piè-di-pagina voetnoten fotnoter przypisy references notes-and-references references-and-notes notes-&-references " +
	"footnotes-and-references sources-and-notes notes-and-sources einzelnachweise références referencias referências riferimenti сноски примечания 脚注 注释 注釈 註釋 각주")

// noteHeadings removes the headings of footnotes that stand above nothing, since the notes
// have moved, and that no link leads to.
func noteHeadings(body *html.Node) {
	last := body.LastChild // where notes have moved to
	for last != nil && dom.Gap(last) {
		last = last.PrevSibling
	}
	if last == nil {
		return
	}
	if _, isNote := dom.NoteOf(last); !isNote {
		return
	}
	for _, h := range dom.Find(body, titlesNotes) {
		after := following(h, body)
		if after != nil && !dom.Heading(after) || ledTo(body, dom.Attr(h, "id")) {
			continue
		}
		if before := dom.Previous(h); dom.Is(before, atom.Hr) {
			dom.Detach(before)
		}
		Drop(h, Note)
	}
}

// ledTo reports whether a link of the body leads to an id.
func ledTo(body *html.Node, id string) bool {
	return id != "" && dom.First(body, func(n *html.Node) bool { return n.DataAtom == atom.A && dom.Attr(n, "href") == "#"+id }) != nil
}

// titlesNotes reports whether a heading, or a line that looks like one, says that footnotes
// follow.
func titlesNotes(n *html.Node) bool {
	words := ""
	switch {
	case dom.Heading(n):
		words = dom.Words(n)
	case n.DataAtom == atom.P:
		for only := n.FirstChild; only != nil && only.NextSibling == nil && words == ""; only = only.FirstChild {
			words = strings.TrimSpace(only.Data)
			if only.Type != html.TextNode {
				words = ""
			}
		}
	}
	return len(words) < 40 && noteTitles[strings.ReplaceAll(strings.ToLower(strings.TrimRight(words, ": ")), " ", "-")]
}

// following returns what a reader sees next below n, as far out as body: a heading, or any
// other node that shows something; nil where nothing follows.
func following(n, body *html.Node) *html.Node {
	for ; n != nil && n != body; n = n.Parent {
		for next := n.NextSibling; next != nil; next = next.NextSibling {
			if _, note := dom.NoteOf(next); note || dom.Is(next, atom.Hr) || dom.Empty(next) {
				continue
			}
			if h := dom.First(next, dom.Heading); h != nil && startsWith(next, h) {
				return h
			}
			return next
		}
		if n.Parent == nil || n.Parent.DataAtom == atom.Section || maybeNote(n.Parent) {
			return nil // what is outside belongs to another heading
		}
	}
	return nil
}

// startsWith reports whether nothing is seen in n before h.
func startsWith(n, h *html.Node) bool {
	for d := range dom.Below(n) {
		if d == h {
			return true
		}
		if d.Type == html.TextNode && !dom.Gap(d) || dom.Is(d, atom.Img) {
			return false
		}
	}
	return false
}
