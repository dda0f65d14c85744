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

// underline gives the row below the head. It says how each column is aligned: as
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

// alignment gives how a cell says that it is aligned: left, center, right or "".
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
