package proof

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"

	"replant/migrate/blog"
	"replant/migrate/dom"
)

// heading reads a heading. Those that a theme's own would collide with have moved.
func (r *reader) heading(n *html.Node) {
	if r.line {
		r.box(n, space)
		return
	}
	level := int8(min(6, max(1, int(n.Data[1]-'0')+r.shift)))
	r.within(func() { r.to.where.heading, r.line = level, true }, func() { r.children(n) })
	for _, t := range r.after {
		r.object(t)
	}
	r.after = r.after[:0]
}

// within reads a container: a block of its own, and what it changes for what is in it.
func (r *reader) within(enter, read func()) {
	where, oneLine, item := r.to.where, r.line, r.item
	r.to.part(newBlock)
	enter()
	r.depth++
	read()
	r.depth--
	r.to.where, r.line, r.item = where, oneLine, item
	r.to.part(newBlock)
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

// object adds what no mark changes, as a block of its own: behind a heading, which cannot
// hold one.
func (r *reader) object(t thing) {
	if r.line {
		r.after = append(r.after, t)
		return
	}
	r.to.part(newBlock)
	p := r.to.add(t)
	p.is, p.may, p.link = 0, 0, t.link
	r.to.part(newBlock)
}

// readTerm and readDefinition read a definition list. The definition stands on the next
// line, since Zola has no such lists by default.
func readTerm(r *reader, n *html.Node) {
	if r.to.lead != line {
		r.apart(newBlock)
	}
	r.marked(n)
	r.lineBreak()
}

func readDefinition(r *reader, n *html.Node) {
	if r.to.lead != line {
		r.apart(newBlock)
	}
	r.children(n)
	r.apart(newBlock)
}

// listReader reads the items of one list.
type listReader struct {
	r       *reader
	ordered bool
	number  int // of the next item
	step    int
	some    bool // there was one that stands in the list
}

// readList reads a list, each of its items a block or several.
func readList(r *reader, n *html.Node) {
	if r.flat() {
		r.box(n, space)
		return
	}
	l := listReader{r: r, ordered: n.Data == "ol", number: 1, step: 1}
	if l.ordered {
		l.number, l.step = numbering(n)
	}
	r.within(func() {
		at := &r.to.where
		at.lists++
		at.ordered, at.task = l.ordered, noTask
	}, func() {
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			l.item(c)
		}
	})
}

// item reads an item. What stands in a list outside of its items belongs to the item before
// it.
func (l *listReader) item(n *html.Node) {
	r, isItem := l.r, dom.IsElement(n, "li")
	switch {
	case n.Type == html.CommentNode, n.Type == html.TextNode && strings.Trim(n.Data, " \t\n\f\r") == "":
		return
	case !isItem && l.some:
		r.to.part(newBlock)
		r.node(n)
		return
	}
	if v, err := strconv.Atoi(dom.Attr(n, "value")); err == nil && isItem && l.ordered {
		l.number = v
	}
	r.to.where.number, r.to.where.task = readable(l.number), noTask
	begun := len(r.to.sight.things)
	r.item = begun
	r.to.part(newBlock)
	if isItem {
		r.children(n)
	} else {
		r.node(n)
	}
	r.to.part(newBlock)
	l.some = true
	if l.ordered || len(r.to.sight.things) > begun { // an empty bullet is left out
		l.number += l.step
	}
}

// numbering returns the number of a list's first item, and the step to the next.
func numbering(n *html.Node) (first, step int) {
	step = 1
	if dom.HasAttr(n, "reversed") {
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
		if dom.IsElement(c, "li") {
			count++
		}
	}
	return count, step
}

// tableReader reads one table.
type tableReader struct {
	r     *reader
	table dom.Table
	spans bool // a cell reaches over others
	box   bool // it is a mere box around something
}

// readTable reads a table: its captions, then its cells, each a block of its own. One that
// is a mere box is its contents.
func readTable(r *reader, n *html.Node) {
	if r.flat() {
		r.box(n, space)
		return
	}
	t := tableReader{r: r, table: dom.TableOf(n)}
	t.box = dom.IsLayout(n) || t.table.Width < 2
	t.spans = reach(t.table)
	r.to.part(newBlock)
	if !t.box {
		t.captions()
	}
	for i, row := range t.table.Rows {
		for j, cell := range row {
			t.cell(cell, i, j)
		}
	}
	if t.box {
		t.captions()
	}
}

// reach reports whether a cell of a table reaches over others.
func reach(t dom.Table) bool {
	for _, row := range t.Rows {
		for _, c := range row {
			for _, key := range []string{"colspan", "rowspan"} {
				if v, err := strconv.Atoi(dom.Attr(c, key)); err == nil && v > 1 {
					return true
				}
			}
		}
	}
	return false
}

func (t *tableReader) captions() {
	for _, c := range t.table.Captions {
		t.r.box(c, newBlock)
	}
}

// cell reads a cell; those in the first row look strong by themselves, as all th do.
func (t *tableReader) cell(n *html.Node, row, col int) {
	r := t.r
	if t.box {
		r.to.part(newBlock)
		r.children(n)
		r.to.part(newBlock)
		return
	}
	if t.spans {
		col = anyNumber
	}
	r.within(func() {
		at := &r.to.where
		at.cell, at.row, at.col, at.outside = true, int32(row), int32(col), at.lists
	}, func() {
		if row > 0 {
			r.marked(n)
			return
		}
		r.to.mark(0, strong, func() { r.children(n) })
	})
}

// code reads code in a line. Several lines of it are a block, but in a heading or a cell.
func (r *reader) code(n *html.Node) {
	switch {
	case r.to.is&code != 0:
		r.children(n)
	case !r.line && !r.to.where.cell && dom.HasLines(n):
		r.codeBlock(n)
	default:
		r.to.mark(code, 0, func() { r.children(n) })
	}
}

// codeBlock reads a listing, and the pictures that stand in it.
func (r *reader) codeBlock(n *html.Node) {
	text := listing(n)
	if r.line {
		r.to.part(space)
		r.to.mark(code, 0, func() { r.to.words(text) })
		r.to.part(space)
		return
	}
	if text != "" {
		language := r.to.note(dom.Language(n))
		r.to.mark(0, ^marks(0), func() { r.to.alone(codeBlock, text).extra = language })
	}
	for d := range dom.Below(n) {
		if dom.IsElement(d, "img") {
			r.picture(d)
			r.to.part(newBlock)
		}
	}
}

// listing returns the text of code as it looks, without empty lines at either end.
func listing(n *html.Node) string {
	var l lister
	l.preformatted = n.Data != "code"
	l.list(n)
	return trimListing(l.out.String())
}

type lister struct {
	out          strings.Builder
	last         byte // that was written
	preformatted bool // line ends of the source show
}

func (l *lister) write(s string) {
	if s != "" {
		l.out.WriteString(s)
		l.last = s[len(s)-1]
	}
}

func (l *lister) list(n *html.Node) {
	if n.Type == html.TextNode {
		text := n.Data
		if before := n.PrevSibling; before != nil && (before.Data == "pre" || before.Data == "br" && !l.preformatted) {
			text = strings.TrimPrefix(text, "\n") // that line has ended already
		}
		l.write(text)
		return
	}
	was, apart := l.preformatted, false
	if n.Type == html.ElementNode {
		if hidden(n.Data) {
			return
		}
		if n.Data == "br" {
			l.write("\n")
		}
		apart = isBox(n.Data) || blockTag(n.Data)
		l.preformatted = was || n.Data == "pre"
	}
	if apart {
		l.newLine()
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		l.list(c)
	}
	l.preformatted = was
	if apart && n.NextSibling != nil {
		l.newLine()
	}
}

// newLine begins a line, unless one has just begun.
func (l *lister) newLine() {
	if l.last != 0 && l.last != '\n' {
		l.write("\n")
	}
}

// blockTag reports whether an element that means something begins and ends a line too.
func blockTag(tag string) bool {
	switch tag {
	case "blockquote", "pre", "ul", "ol", "table", "hr", "dd", "dt", "h1", "h2", "h3", "h4", "h5", "h6":
		return true
	}
	return false
}

// trimListing drops empty lines at both ends of code, and what no text file holds.
func trimListing(s string) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	if strings.ContainsAny(s, "\r\f") {
		s = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\f", "").Replace(s)
	}
	if strings.IndexFunc(s, control) >= 0 {
		s = strings.Map(func(r rune) rune {
			if control(r) {
				return -1
			}
			return r
		}, s)
	}
	if strings.TrimSpace(s) == "" {
		return ""
	}
	for {
		first, rest, ok := strings.Cut(s, "\n")
		if !ok || strings.Trim(first, " \t") != "" {
			break
		}
		s = rest
	}
	end := strings.TrimRight(s, " \t\n")
	if i := strings.IndexByte(s[len(end):], '\n'); i >= 0 {
		return s[:len(end)+i]
	}
	return s
}

func control(r rune) bool {
	return blog.IsControl(r) || r >= 0xfdd0 && r <= 0xfdef
}
