package dom

import (
	"strconv"

	"golang.org/x/net/html"
)

// Table is what a table holds, without the tables within it.
type Table struct {
	Rows     [][]*html.Node // the cells of each row that has any
	Captions []*html.Node
	Width    int // the most cells of a row
}

// TableOf reads a table.
func TableOf(n *html.Node) Table {
	var t Table
	t.read(n)
	return t
}

func (t *Table) read(n *html.Node) {
	for c := range n.ChildNodes() {
		if c.Type != html.ElementNode {
			continue
		}
		switch c.Data {
		case "thead", "tbody", "tfoot":
			t.read(c)
		case "caption":
			t.Captions = append(t.Captions, c)
		case "tr":
			t.row(c)
		}
	}
}

func (t *Table) row(tr *html.Node) {
	var cells []*html.Node
	for c := range tr.ChildNodes() {
		if c.Type == html.ElementNode && (c.Data == "td" || c.Data == "th") {
			cells = append(cells, c)
		}
	}
	if len(cells) > 0 {
		t.Rows = append(t.Rows, cells)
		t.Width = max(t.Width, len(cells))
	}
}

// SetLayout marks a table as one that only arranges what is in it, as WAI-ARIA does
// (https://www.w3.org/TR/wai-aria-1.2/#presentation).
func SetLayout(table *html.Node) { SetAttr(table, "role", "presentation") }

// IsLayout reports whether a table only arranges what is in it.
func IsLayout(table *html.Node) bool { return Attr(table, "role") == "presentation" }

// SpanMost is how many columns or rows one cell may reach over, and up to how many cells
// in a row a table's spans count at all. What HTML lets a span claim is not bounded by
// what the table holds: sixty bytes can ask for a million cells.
const SpanMost = 50

// Sparse reports whether a table takes far more places as a grid than it has cells. A grid
// fills each row up to the widest one, so that N rows of one cell followed by a row of N
// cells would take N² places. Such a table is shown as a list of its rows.
func (t Table) Sparse() bool {
	const (
		small = 1000 // places that any table may take
		times = 8    // places for each cell
	)
	m := measurer{widest: t.Width}
	for _, cells := range t.Rows {
		m.add(cells)
	}
	return m.rows*m.width > max(small, times*m.cells)
}

// Reach returns how many columns (colspan) or rows (rowspan) a cell covers: at least one,
// and no more than most.
func Reach(cell *html.Node, key string, most int) int {
	v, err := strconv.Atoi(Attr(cell, key))
	if err != nil || v < 1 {
		return 1
	}
	return min(v, most)
}

// measurer measures the grid of a table. The width that it finds may be larger than the
// grid's, never smaller: it counts the columns that cells of earlier rows cover, not where
// they lie.
type measurer struct {
	rows, cells, width int
	widest             int           // the most cells of a row
	covered            int           // columns that earlier rows cover in the present one
	ends               [SpanMost]int // by row, modulo SpanMost: how many of them end before it
}

func (m *measurer) add(cells []*html.Node) {
	end := &m.ends[m.rows%SpanMost]
	m.covered, *end = m.covered-*end, 0
	own, down := m.spans(cells)
	m.width = max(m.width, m.covered+own)
	m.covered += down
	m.rows++
	m.cells += len(cells)
}

// spans returns how many columns the cells of a row cover in it, and below it.
func (m *measurer) spans(cells []*html.Node) (own, below int) {
	if m.widest > SpanMost {
		return len(cells), 0
	}
	for _, c := range cells {
		across, down := Reach(c, "colspan", m.widest), Reach(c, "rowspan", SpanMost)
		own += across
		if down > 1 {
			below += across
			m.ends[(m.rows+down)%SpanMost] += across
		}
	}
	return own, below
}
