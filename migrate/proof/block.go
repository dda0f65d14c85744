package proof

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"

	"replant/migrate/dom"
)

// heading reads a heading. Those that a theme's own would collide with have moved.
func (r *reader) heading(n *html.Node) {
	if r.line {
		r.box(n, space)
		return
	}
	level := int8(min(6, max(1, int(n.Data[1]-'0')+r.shift)))
	r.within(func() { r.where.heading, r.line = level, true }, func() { r.children(n) })
	for _, t := range r.after {
		r.object(t)
	}
	r.after = r.after[:0]
}

// within reads a container: a block of its own, and what it changes for what is in it.
func (r *reader) within(enter, read func()) {
	where, oneLine, item := r.where, r.line, r.item
	r.part(newBlock)
	enter()
	r.depth++
	read()
	r.depth--
	r.where, r.line, r.item = where, oneLine, item
	r.part(newBlock)
}

// flat reports whether a container here could not be one.
func (r *reader) flat() bool { return r.line || r.depth >= deepest }

func (r *reader) container(n *html.Node, enter func()) {
	if r.flat() {
		r.box(n, space)
		return
	}
	r.within(enter, func() { r.children(n) })
}

func (r *reader) rule() {
	if r.line {
		r.part(space)
		return
	}
	r.object(thing{kind: rule})
}

// object adds what no mark changes, as a block of its own: behind a heading, which cannot
// hold one.
func (r *reader) object(t thing) {
	if r.line {
		r.after = append(r.after, t)
		return
	}
	r.part(newBlock)
	p := r.add(t)
	p.is, p.may, p.link = 0, 0, t.link
	r.part(newBlock)
}

// term and definition read a definition list. The definition stands on the next line,
// since Zola has no such lists by default.
func (r *reader) term(n *html.Node) {
	if r.lead != line {
		r.apart(newBlock)
	}
	r.marked(n)
	r.lineBreak()
}

func (r *reader) definition(n *html.Node) {
	if r.lead != line {
		r.apart(newBlock)
	}
	r.children(n)
	r.apart(newBlock)
}

// items reads the items of one list.
type items struct {
	*reader
	ordered bool
	number  int // of the next item
	step    int
	some    bool // there was one that stands in the list
}

func (r *reader) list(n *html.Node) {
	if r.flat() {
		r.box(n, space)
		return
	}
	l := items{reader: r, ordered: n.Data == "ol", number: 1, step: 1}
	if l.ordered {
		l.number, l.step = numbering(n)
	}
	r.within(func() {
		r.where.lists++
		r.where.ordered, r.where.task = l.ordered, noTask
	}, func() {
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			l.child(c)
		}
	})
}

// child reads an item. What stands in a list outside of its items belongs to the item
// before it.
func (l *items) child(n *html.Node) {
	isItem := isTag(n, "li")
	switch {
	case n.Type == html.CommentNode, n.Type == html.TextNode && strings.Trim(n.Data, " \t\n\f\r") == "":
		return
	case !isItem && l.some:
		l.part(newBlock)
		l.node(n)
		return
	}
	if v, err := strconv.Atoi(dom.Attr(n, "value")); err == nil && isItem && l.ordered {
		l.number = v
	}
	l.where.number, l.where.task = readable(l.number), noTask
	l.item = len(l.things)
	l.part(newBlock)
	if isItem {
		l.children(n)
	} else {
		l.node(n)
	}
	l.part(newBlock)
	l.some = true
	if l.ordered || len(l.things) > l.item { // an empty bullet is left out
		l.number += l.step
	}
}

// numbering returns the number of a list's first item, and the step to the next.
func numbering(n *html.Node) (first, step int) {
	step = 1
	if has(n, "reversed") {
		step = -1
	}
	if v, err := strconv.Atoi(dom.Attr(n, "start")); err == nil {
		return v, step
	}
	if step > 0 {
		return 1, step
	}
	count := 0
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if isTag(c, "li") {
			count++
		}
	}
	return count, step
}

// table reads a table: its captions, then its cells, each a block of its own. One that
// is a mere box around something is its contents.
func (r *reader) table(n *html.Node) {
	if r.flat() {
		r.box(n, space)
		return
	}
	t := tableReader{reader: r, box: dom.Attr(n, "role") == "presentation"}
	t.find(n)
	t.box = t.box || t.width < 2
	r.part(newBlock)
	if !t.box {
		t.readCaptions()
	}
	for i, row := range t.rows {
		for j, cell := range row {
			t.cell(cell, i, j)
		}
	}
	if t.box {
		t.readCaptions()
	}
}

type tableReader struct {
	*reader
	rows     [][]*html.Node
	captions []*html.Node
	width    int  // the most cells of a row
	spans    bool // a cell reaches over others
	box      bool
}

func (t *tableReader) find(n *html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch {
		case c.Type != html.ElementNode:
		case c.Data == "thead", c.Data == "tbody", c.Data == "tfoot":
			t.find(c)
		case c.Data == "caption":
			t.captions = append(t.captions, c)
		case c.Data == "tr":
			t.row(c)
		}
	}
}

func (t *tableReader) row(n *html.Node) {
	var cells []*html.Node
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if isTag(c, "td") || isTag(c, "th") {
			cells = append(cells, c)
			t.spans = t.spans || reaches(c, "colspan") || reaches(c, "rowspan")
		}
	}
	if len(cells) > 0 {
		t.rows = append(t.rows, cells)
		t.width = max(t.width, len(cells))
	}
}

func reaches(n *html.Node, key string) bool {
	v, err := strconv.Atoi(dom.Attr(n, key))
	return err == nil && v > 1
}

func (t *tableReader) readCaptions() {
	for _, c := range t.captions {
		t.reader.box(c, newBlock)
	}
}

// cell reads a cell; those in the first row look strong by themselves, as all th do.
func (t *tableReader) cell(n *html.Node, row, col int) {
	if t.box {
		t.part(newBlock)
		t.children(n)
		t.part(newBlock)
		return
	}
	if t.spans {
		col = anyNumber
	}
	t.within(func() {
		t.where.cell, t.where.row, t.where.col = true, int32(row), int32(col)
		t.where.outside = t.where.lists
	}, func() {
		if row > 0 {
			t.marked(n)
			return
		}
		t.mark(0, strong, func() { t.children(n) })
	})
}
