package markdown

import (
	"strings"

	"github.com/JohannesKaufmann/html-to-markdown/v2/converter"
	"golang.org/x/net/html"

	"replant/migrate/dom"
)

// table renders a table: as a pipe table where each cell fits on a line, as a list
// of its rows where one does not (nothing is lost, and no raw HTML is needed), and
// as its contents where it is a mere box.
func (p *plugin) table(ctx converter.Context, f *flow, n *html.Node) {
	t := tableOf(n)
	switch {
	case f.oneLine() || f.depth >= deepest || len(t.rows) == 0:
		p.spaced(ctx, f, n)
		return
	case t.layout():
		p.unwrap(ctx, f, t)
		return
	}
	f.end()
	for _, c := range t.captions {
		ctx.RenderNodes(ctx, f, c)
	}
	if t.complex() {
		p.rows(ctx, f, t)
		return
	}
	p.grid(ctx, f, t)
}

// unwrap renders the cells of a table one after another.
func (p *plugin) unwrap(ctx converter.Context, f *flow, t table) {
	for _, r := range t.rows {
		for _, c := range r.cells {
			f.end()
			ctx.RenderChildNodes(ctx, f, c.node)
			f.end()
		}
	}
	for _, c := range t.captions {
		ctx.RenderNodes(ctx, f, c)
	}
}

// rows renders a table as a list: a row is an item, and its cells are blocks.
func (p *plugin) rows(ctx converter.Context, f *flow, t table) {
	var entries []entry
	for _, r := range t.rows {
		g := f.inner()
		g.item = true
		for _, c := range r.cells {
			p.cell(ctx, g, c)
			g.end()
		}
		entries = append(entries, entry{flow: g})
	}
	if entries = finished(entries, false); len(entries) > 0 {
		f.put(items(entries, f.marker(false), false))
	}
}

// cell renders what a cell holds; that of a heading cell is strong.
func (p *plugin) cell(ctx converter.Context, f *flow, c tableCell) {
	pushed := c.node.Data == "th" && f.push(mark{kind: strong})
	ctx.RenderChildNodes(ctx, f, c.node)
	if pushed {
		f.pop()
	}
}

// grid renders a pipe table. Its first row becomes the head, which it must have.
func (p *plugin) grid(ctx converter.Context, f *flow, t table) {
	rows, width := t.place()
	lines := make([]string, 0, len(rows)+1)
	for i, cells := range rows {
		var b strings.Builder
		for _, c := range cells {
			b.WriteString("| " + p.line(ctx, f, c, i == 0) + " ")
		}
		if i == 0 {
			b.WriteString(strings.Repeat("|  ", width-len(cells)))
		}
		lines = append(lines, b.String()+"|")
		if i == 0 {
			lines = append(lines, underline(rows, width))
		}
	}
	f.put(block{kind: other, text: strings.Join(lines, "\n")})
}

// line renders a cell on one line. The head of a table is strong by itself.
func (p *plugin) line(ctx converter.Context, f *flow, c tableCell, head bool) string {
	if c.node == nil {
		return ""
	}
	g := f.inner()
	g.place = cell
	if head {
		ctx.RenderChildNodes(ctx, g, c.node)
	} else {
		p.cell(ctx, g, c)
	}
	return g.paragraph()
}

// underline returns the row below the head. It says how each column is aligned: as
// the first of its cells that says so.
func underline(rows [][]tableCell, width int) string {
	columns := make([]string, width)
	for _, cells := range rows {
		for i, c := range cells {
			if columns[i] == "" && c.node != nil {
				columns[i] = alignment(c.node)
			}
		}
	}
	for i, a := range columns {
		switch a {
		case "left":
			columns[i] = ":--"
		case "center":
			columns[i] = ":-:"
		case "right":
			columns[i] = "--:"
		default:
			columns[i] = "---"
		}
	}
	return "| " + strings.Join(columns, " | ") + " |"
}

// alignment returns how a cell says that it is aligned: left, center, right or "".
func alignment(n *html.Node) string {
	a := strings.ToLower(dom.Attr(n, "align"))
	style := strings.ToLower(dom.Attr(n, "style"))
	if _, value, ok := strings.Cut(style, "text-align:"); ok {
		a, _, _ = strings.Cut(value, ";")
	}
	switch a = strings.Trim(a, whitespace); a {
	case "left", "center", "right":
		return a
	}
	return ""
}

// table is a table of the DOM.
type table struct {
	node     *html.Node
	rows     []row
	captions []*html.Node
	width    int // the most cells of a row
}

type row struct{ cells []tableCell }

type tableCell struct {
	node *html.Node // nil where a span reaches
}

// tableOf reads a table, those within it left out.
func tableOf(n *html.Node) table {
	t := table{node: n}
	t.read(n)
	for _, r := range t.rows {
		t.width = max(t.width, len(r.cells))
	}
	return t
}

func (t *table) read(n *html.Node) {
	for c := range n.ChildNodes() {
		if c.Type != html.ElementNode {
			continue
		}
		switch c.Data {
		case "thead", "tbody", "tfoot":
			t.read(c)
		case "caption":
			t.captions = append(t.captions, c)
		case "tr":
			var r row
			for d := range c.ChildNodes() {
				if d.Type == html.ElementNode && (d.Data == "td" || d.Data == "th") {
					r.cells = append(r.cells, tableCell{d})
				}
			}
			if len(r.cells) > 0 {
				t.rows = append(t.rows, r)
			}
		}
	}
}

// decide finds out whether a table is a box around something rather than data: one
// cell in each row, or code beside the numbers of its lines, which go.
func (t table) decide() {
	if !t.box() {
		return
	}
	dom.SetAttr(t.node, "role", "presentation")
	for _, r := range t.rows {
		code := contains(r.cells[0].node.Parent, "pre")
		for _, c := range r.cells {
			if c.numbers(code) {
				dom.Detach(c.node)
			}
		}
	}
}

func (t table) box() bool {
	if t.width < 2 || t.layout() || dom.HasClass(t.node, "tr-caption-container") {
		return true
	}
	return t.width == 2 && len(t.rows) == 1 && t.rows[0].cells[0].numbers(true) && contains(t.node, "pre")
}

// layout reports whether a table was found to be a box.
func (t table) layout() bool { return dom.Attr(t.node, "role") == "presentation" }

// numbers reports whether a cell holds numbers of lines, which it may where code stands in
// its row.
func (c tableCell) numbers(code bool) bool {
	if gutter(c.node) || !code {
		return gutter(c.node)
	}
	words := dom.Words(c.node)
	return words != "" && c.node.NextSibling != nil && strings.Trim(words, "0123456789 ") == ""
}

// complex reports whether a table cannot be a grid: a cell holds what does not fit on one
// line, or most of the grid would be empty.
func (t table) complex() bool {
	if dom.Sparse(t.node) {
		return true
	}
	for _, r := range t.rows {
		for _, c := range r.cells {
			if contains(c.node, "pre", "ul", "ol", "table", "blockquote", "dl", "hr",
				"iframe", "video", "audio", "embed", "object", "replant-embed") {
				return true
			}
		}
	}
	return false
}

func contains(n *html.Node, tags ...string) bool {
	for d := range n.Descendants() {
		if d.Type != html.ElementNode {
			continue
		}
		for _, tag := range tags {
			if d.Data == tag {
				return true
			}
		}
	}
	return false
}

// place returns the rows with empty cells where spans reach, and how wide the widest
// row then is.
func (t table) place() (grid [][]tableCell, width int) {
	if t.width > dom.SpanMost { // spans do not count
		for _, r := range t.rows {
			grid = append(grid, r.cells)
		}
		return grid, t.width
	}
	var covered []int // how many more rows a span reaches down each column
	for _, r := range t.rows {
		line := make([]tableCell, 0, len(r.cells))
		for _, c := range r.cells {
			for len(line) < len(covered) && covered[len(line)] > 0 {
				covered[len(line)]--
				line = append(line, tableCell{})
			}
			across, down := dom.Reach(c.node, "colspan", t.width), dom.Reach(c.node, "rowspan", dom.SpanMost)
			for range across {
				for len(covered) <= len(line) {
					covered = append(covered, 0)
				}
				covered[len(line)] = down - 1
				line = append(line, c)
				c = tableCell{}
			}
		}
		for i := len(line); i < len(covered); i++ {
			covered[i] = max(0, covered[i]-1)
		}
		for len(line) > 0 && line[len(line)-1].node == nil {
			line = line[:len(line)-1]
		}
		grid = append(grid, line)
		width = max(width, len(line))
	}
	return grid, width
}
