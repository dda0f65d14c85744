package proof

import (
	"strconv"

	"golang.org/x/net/html"

	"replant/migrate/dom"
)

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
