package proof

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"

	"replant/migrate/dom"
)

// grid is a table of the source, those within it left out.
type grid struct {
	rows     [][]*html.Node
	captions []*html.Node
	width    int
	spans    bool // a cell reaches over others
	complex  bool // a cell holds what does not fit on one line
}

func gridOf(n *html.Node) grid {
	var g grid
	g.read(n)
	return g
}

func (g *grid) read(n *html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch {
		case c.Type != html.ElementNode:
		case c.Data == "thead", c.Data == "tbody", c.Data == "tfoot":
			g.read(c)
		case c.Data == "caption":
			g.captions = append(g.captions, c)
		case c.Data == "tr":
			g.row(c)
		}
	}
}

func (g *grid) row(n *html.Node) {
	var cells []*html.Node
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if isTag(c, "td") || isTag(c, "th") {
			cells = append(cells, c)
			g.spans = g.spans || reaches(c, "colspan") || reaches(c, "rowspan")
			g.complex = g.complex || holds(c, "pre", "ul", "ol", "table", "blockquote", "dl", "hr",
				"iframe", "video", "audio", "embed", "object", embedTag)
		}
	}
	if len(cells) > 0 {
		g.rows = append(g.rows, cells)
		g.width = max(g.width, len(cells))
	}
}

func reaches(n *html.Node, key string) bool {
	v, err := strconv.Atoi(attr(n, key))
	return err == nil && v > 1
}

func holds(n *html.Node, tags ...string) bool {
	for d := range below(n) {
		for _, tag := range tags {
			if isTag(d, tag) {
				return true
			}
		}
	}
	return false
}

// table reads a table: a grid, a list of its rows where a cell does not fit on one line,
// and its contents alone where it is a mere box.
func (r *source) table(n *html.Node) {
	if r.flat() {
		r.box(n, space)
		return
	}
	switch g := gridOf(n); {
	case len(g.rows) == 0:
		r.box(n, space)
	case g.layout(n):
		r.contents(g)
	case g.complex, dom.Sparse(n):
		r.rows(g)
	default:
		r.grid(g)
	}
}

// layout tells whether a table is a box around something: one cell in each row, or
// code beside the numbers of its lines.
func (g grid) layout(n *html.Node) bool {
	if g.width < 2 || attr(n, "role") == "presentation" || hasWord(attr(n, "class"), "tr-caption-container") {
		return true
	}
	return g.width == 2 && len(g.rows) == 1 && numbers(g.rows[0][0], true) && holds(n, "pre")
}

// numbers tells whether a cell holds numbers of lines, which it may where code stands in
// its row.
func numbers(cell *html.Node, beside bool) bool {
	if gutter(attr(cell, "class")) || !beside {
		return gutter(attr(cell, "class"))
	}
	var b strings.Builder
	for d := range below(cell) {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	words := oneLine(b.String())
	return words != "" && cell.NextSibling != nil && strings.Trim(words, "0123456789 ") == ""
}

func (r *source) contents(g grid) {
	for _, row := range g.rows {
		beside := holds(row[0].Parent, "pre")
		for _, c := range row {
			r.apart(newBlock)
			if !numbers(c, beside) {
				r.children(c)
			}
			r.apart(newBlock)
		}
	}
	r.captions(g)
}

func (r *source) captions(g grid) {
	for _, c := range g.captions {
		r.box(c, newBlock)
	}
}

func (r *source) rows(g grid) {
	r.part(newBlock)
	r.captions(g)
	l := items{source: r, number: 1, step: 1}
	r.within(l.enter, func() {
		for _, row := range g.rows {
			l.where.number = int32(l.number)
			l.item = len(l.things)
			for _, c := range row {
				r.box(c, newBlock)
			}
			if len(l.things) > l.item {
				l.number++
			}
		}
	})
}

func (r *source) grid(g grid) {
	r.part(newBlock)
	r.captions(g)
	for i, row := range g.rows {
		for j, c := range row {
			r.within(func() {
				r.where.cell, r.where.row, r.where.col, r.line = true, int32(i), int32(j), true
				if g.spans {
					r.where.col = anyNumber
				}
			}, func() { r.cell(c, i == 0) })
			r.follow()
		}
	}
}

// cell reads a cell; the head of a table looks strong by itself.
func (r *source) cell(n *html.Node, head bool) {
	if head || n.Data == "th" {
		r.mark(0, strong, func() { r.children(n) })
		return
	}
	r.children(n)
}
