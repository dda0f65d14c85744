package markdown

import (
	"slices"
	"strconv"
	"strings"

	"github.com/JohannesKaufmann/html-to-markdown/v2/converter"
	"golang.org/x/net/html"

	"replant/migrate/dom"
)

// renderHeading renders a heading on one line, with the id that links lead to.
func renderHeading(ctx converter.Context, f *flow, n *html.Node) {
	if f.oneLine() {
		renderSpaced(ctx, f, n)
		return
	}
	f.end()
	g := f.inner()
	g.place = heading
	ctx.RenderChildNodes(ctx, g, n)
	if text := g.paragraph(); text != "" {
		if id := dom.Attr(n, "id"); id != "" {
			text += " {#" + id + "}"
		}
		f.put(block{kind: title, text: strings.Repeat("#", min(6, max(1, int(n.Data[1]-'0')+f.style.Shift))) + " " + text})
	}
	for _, b := range g.after {
		f.put(b)
	}
}

// renderSpaced renders an element's contents with a space at both ends.
func renderSpaced(ctx converter.Context, f *flow, n *html.Node) {
	f.line.space(true)
	ctx.RenderChildNodes(ctx, f, n)
	f.line.space(true)
}

// renderQuote renders a block quote with everything that stands in it.
func renderQuote(ctx converter.Context, f *flow, n *html.Node) {
	if f.oneLine() || f.depth >= deepest {
		renderSpaced(ctx, f, n)
		return
	}
	f.end()
	g := f.inner()
	ctx.RenderChildNodes(ctx, g, n)
	g.end()
	if len(g.blocks) > 0 {
		f.put(block{kind: blockquote, text: prefix(g.join(false), "> ", "> ")})
	}
}

// renderRule adds a thematic break. In a list a row of dashes would be read as items.
func renderRule(f *flow) {
	switch {
	case f.oneLine():
		f.line.space(true)
	case f.item:
		f.put(block{kind: other, text: "___"})
	default:
		f.put(block{kind: other, text: "---"})
	}
}

// renderTerm renders the term of a definition list: strong, its definition on the next
// line, since Zola has no definition lists by default.
func renderTerm(ctx converter.Context, f *flow, n *html.Node) {
	if !f.line.broken {
		f.end()
	}
	renderSpan(ctx, f, n, mark{kind: strong})
	f.lineBreak()
}

// renderDefinition renders a definition, in the paragraph of its term where it begins
// with text.
func renderDefinition(ctx converter.Context, f *flow, n *html.Node) {
	if !f.line.broken {
		f.end()
	}
	ctx.RenderChildNodes(ctx, f, n)
	f.end()
}

// entry is one item of a list.
type entry struct {
	number     int
	paragraphs bool // it is made of some
	flow       *flow
}

// renderList renders a list. It is loose where an item is made of paragraphs and holds more
// than one, and lists: many editors put the only line of each item into a paragraph.
// Numbers that jump begin a new list.
func renderList(ctx converter.Context, f *flow, n *html.Node) {
	if f.oneLine() || f.depth >= deepest {
		renderSpaced(ctx, f, n)
		return
	}
	f.end()
	ordered := n.Data == "ol"
	entries := listEntries(ctx, f, n, ordered)
	tight := !slices.ContainsFunc(entries, entry.loose)
	for len(entries) > 0 {
		same := 1
		for ordered && same < len(entries) && entries[same].number == entries[same-1].number+1 {
			same++
		}
		if !ordered {
			same = len(entries)
		}
		f.put(items(entries[:same], markerOf(f, ordered), tight))
		entries = entries[same:]
	}
}

// markerOf chooses what a list's items begin with, so that two lists next to each
// other do not become one.
func markerOf(f *flow, ordered bool) byte {
	var last byte
	if len(f.blocks) > 0 {
		last = f.blocks[len(f.blocks)-1].marker
	}
	switch {
	case ordered && last == '.':
		return ')'
	case ordered:
		return '.'
	case last == '-':
		return '*'
	}
	return '-'
}

// listEntries renders the items of a list. What stands in a list outside of its items
// belongs to the item before it.
func listEntries(ctx converter.Context, f *flow, n *html.Node, ordered bool) (list []entry) {
	number := start(n)
	step := 1
	if dom.HasAttr(n, "reversed") {
		step = -1
	}
	for c := range n.ChildNodes() {
		isItem := dom.IsElement(c, "li")
		switch {
		case c.Type == html.CommentNode || c.Type == html.TextNode && isGaps(c.Data):
			continue
		case !isItem && len(list) > 0:
			last := &list[len(list)-1]
			last.paragraphs = last.paragraphs || dom.IsElement(c, "p")
			ctx.RenderNodes(ctx, last.flow, c)
			continue
		}
		if v, ok := numberIn(c, "value"); ok && isItem {
			number = v
		}
		g := f.inner()
		g.item = true
		if isItem {
			ctx.RenderChildNodes(ctx, g, c)
		} else {
			ctx.RenderNodes(ctx, g, c)
		}
		list = append(list, entry{number, hasParagraphs(c), g})
		number += step
	}
	return finished(list, ordered)
}

// loose reports whether an item asks for empty lines between the items of its list.
func (e entry) loose() bool {
	blocks := e.flow.blocks
	if len(blocks) > 0 && blocks[0].kind == paragraph {
		blocks = blocks[1:]
	}
	return e.paragraphs && slices.ContainsFunc(blocks, func(b block) bool { return b.kind != list })
}

// finished closes the items and drops those that are empty; of an ordered list they
// stay, for the numbers after them.
func finished(list []entry, ordered bool) []entry {
	shown := false
	kept := list[:0]
	for _, e := range list {
		e.flow.end()
		shown = shown || len(e.flow.blocks) > 0
		if ordered || len(e.flow.blocks) > 0 {
			kept = append(kept, e)
		}
	}
	if !shown {
		return nil
	}
	return kept
}

// items returns items as one block.
func items(entries []entry, marker byte, tight bool) block {
	b := block{kind: list, marker: marker, start: clampNumber(entries[0].number, len(entries))}
	gap := "\n\n"
	if tight {
		gap = "\n"
	}
	const indent = "           " // as wide as the longest mark, "999999999. "
	room := entries[0].flow.line.room
	text, mark := room.lines[:0], make([]byte, 0, len(indent))
	for i, e := range entries {
		mark = mark[:0]
		if b.ordered() {
			mark = strconv.AppendInt(mark, int64(b.start+i), 10)
		}
		mark = append(mark, marker, ' ')
		if i > 0 {
			text = append(text, gap...)
		}
		text = prefixed(text, e.flow.task+e.flow.join(tight), string(mark), indent[:len(mark)])
	}
	room.lines = text
	b.text = room.letters.text(text)
	return b
}

// start is the number of a list's first item.
func start(n *html.Node) int {
	if v, ok := numberIn(n, "start"); ok {
		return v
	}
	if !dom.HasAttr(n, "reversed") {
		return 1
	}
	items := 0
	for c := range n.ChildNodes() {
		if dom.IsElement(c, "li") {
			items++
		}
	}
	return items
}

// numberIn returns the number that an attribute holds.
func numberIn(n *html.Node, key string) (number int, ok bool) {
	value := dom.Attr(n, key)
	if value == "" {
		return 0, false
	}
	number, err := strconv.Atoi(value)
	return number, err == nil
}

// clampNumber keeps the numbers of a list within what CommonMark reads: up to nine
// digits, none below zero.
func clampNumber(first, count int) int {
	return max(0, min(first, 999_999_999-count))
}

// hasParagraphs reports whether an item is made of paragraphs.
func hasParagraphs(item *html.Node) bool {
	for c := range item.ChildNodes() {
		if dom.IsElement(c, "p") {
			return true
		}
	}
	return false
}

// renderCheckbox adds the box of a task: as one where the item begins with it, else as
// the sign that it looks like.
func renderCheckbox(f *flow, n *html.Node) {
	checked := dom.HasAttr(n, "checked")
	switch {
	case !strings.EqualFold(dom.Attr(n, "type"), "checkbox"):
	case f.item && f.empty() && f.task == "" && checked:
		f.task = "[x] "
	case f.item && f.empty() && f.task == "":
		f.task = "[ ] "
	case checked:
		f.line.text("☑")
	default:
		f.line.text("☐")
	}
}

// footnotes are those of a post, in the order in which they or their marks stand.
type footnotes struct {
	marked, unmarked []*html.Node
	math             bool // the post has formulas
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
		if !dom.Own(n.Data) {
			continue
		}
		name, isMark := dom.NoteRefOf(n)
		_, isNote := dom.NoteOf(n)
		if m, ok := dom.MathOf(n); ok && m.TeX != "" {
			all.math = true
		}
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
