package dom

import (
	"iter"
	"strconv"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// SpanMost is how many columns or rows one cell may reach over, and up to how many cells
// in a row a table's spans count at all. What HTML lets a span claim is not bounded by
// what the table holds: sixty bytes can ask for a million cells.
const SpanMost = 50

// Sparse reports whether a table takes far more places as a grid than it has cells. A grid
// fills each row up to the widest one, so that N rows of one cell followed by a row of N
// cells would take N² places. Such a table is shown as a list of its rows.
func Sparse(table *html.Node) bool {
	const (
		small = 1000 // places that any table may take
		times = 8    // places for each cell
	)
	s := measure(table)
	return s.rows*s.width > max(small, times*s.cells)
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

// gridSize is how large the grid of a table is.
type gridSize struct{ rows, cells, width int }

// measure returns a width that may be larger than the grid's, never smaller: it counts
// the columns that cells of earlier rows cover, not where they lie.
func measure(table *html.Node) gridSize {
	m := measurer{}
	for row := range rows(table) {
		m.widest = max(m.widest, len(row))
	}
	for row := range rows(table) {
		m.row(row)
	}
	return m.gridSize
}

type measurer struct {
	gridSize
	widest  int           // the most cells of a row
	covered int           // columns that earlier rows cover in the present one
	ends    [SpanMost]int // by row, modulo SpanMost: how many of them end before it
}

func (m *measurer) row(cells []*html.Node) {
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

// rows returns the cells of each row that has any, without tables within the table.
func rows(table *html.Node) iter.Seq[[]*html.Node] {
	return func(yield func([]*html.Node) bool) {
		var cells []*html.Node
		walkRows(table, func(tr *html.Node) bool {
			cells = cells[:0]
			for c := range tr.ChildNodes() {
				if Is(c, atom.Td) || Is(c, atom.Th) {
					cells = append(cells, c)
				}
			}
			return len(cells) == 0 || yield(cells)
		})
	}
}

// walkRows calls visit for each row until it returns false.
func walkRows(n *html.Node, visit func(tr *html.Node) bool) bool {
	for c := range n.ChildNodes() {
		switch {
		case Is(c, atom.Thead), Is(c, atom.Tbody), Is(c, atom.Tfoot):
			if !walkRows(c, visit) {
				return false
			}
		case Is(c, atom.Tr):
			if !visit(c) {
				return false
			}
		}
	}
	return true
}
