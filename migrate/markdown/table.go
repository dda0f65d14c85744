package markdown

import (
	"strings"

	"github.com/JohannesKaufmann/html-to-markdown/v2/converter"
	"golang.org/x/net/html"

	"replant/migrate/dom"
)

// renderTable renders a table: as a pipe table where each cell fits on a line, as a list
// of its rows where one does not (nothing is lost, and no raw HTML is needed), and
// as its contents where it is a mere box.
func renderTable(ctx converter.Context, f *flow, n *html.Node) {
	t := dom.TableOf(n)
	switch {
	case f.oneLine() || f.depth >= deepest || len(t.Rows) == 0:
		renderSpaced(ctx, f, n)
		return
	case dom.IsLayout(n):
		renderLayout(ctx, f, t)
		return
	}
	f.end()
	for _, c := range t.Captions {
		ctx.RenderNodes(ctx, f, c)
	}
	if t.Sparse() || hasBlocks(t) {
		renderRows(ctx, f, t)
		return
	}
	renderGrid(ctx, f, t)
}

// renderLayout renders the cells of a table one after another.
func renderLayout(ctx converter.Context, f *flow, t dom.Table) {
	for _, row := range t.Rows {
		for _, c := range row {
			f.end()
			ctx.RenderChildNodes(ctx, f, c)
			f.end()
		}
	}
	for _, c := range t.Captions {
		ctx.RenderNodes(ctx, f, c)
	}
}

// renderRows renders a table as a list: a row is an item, and its cells are blocks.
func renderRows(ctx converter.Context, f *flow, t dom.Table) {
	var entries []entry
	for _, row := range t.Rows {
		g := f.inner()
		g.item = true
		for _, c := range row {
			renderCell(ctx, g, c)
			g.end()
		}
		entries = append(entries, entry{flow: g})
	}
	if entries = finished(entries, false); len(entries) > 0 {
		f.put(items(entries, markerOf(f, false), false))
	}
}

// renderCell renders what a cell holds; that of a heading cell is strong.
func renderCell(ctx converter.Context, f *flow, c *html.Node) {
	pushed := c.Data == "th" && f.line.push(mark{kind: strong})
	ctx.RenderChildNodes(ctx, f, c)
	if pushed {
		f.line.pop()
	}
}

// renderGrid renders a pipe table. Its first row becomes the head, which it must have.
func renderGrid(ctx converter.Context, f *flow, t dom.Table) {
	rows, width := spread(t)
	lines := make([]string, 0, len(rows)+1)
	for i, cells := range rows {
		var b strings.Builder
		for _, c := range cells {
			b.WriteString("| " + cellLine(ctx, f, c, i == 0) + " ")
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

// cellLine renders a cell on one line; nil is an empty one. The head of a table is strong by itself.
func cellLine(ctx converter.Context, f *flow, c *html.Node, head bool) string {
	if c == nil {
		return ""
	}
	g := f.inner()
	g.place = cell
	if head {
		ctx.RenderChildNodes(ctx, g, c)
	} else {
		renderCell(ctx, g, c)
	}
	return g.paragraph()
}

// underline returns the row below the head. It says how each column is aligned: as
// the first of its cells that says so.
func underline(rows [][]*html.Node, width int) string {
	columns := make([]string, width)
	for _, cells := range rows {
		for i, c := range cells {
			if columns[i] == "" && c != nil {
				columns[i] = alignment(c)
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

// hasBlocks reports whether a cell holds what does not fit on one line.
func hasBlocks(t dom.Table) bool {
	for _, row := range t.Rows {
		for _, c := range row {
			if contains(c, "pre", "ul", "ol", "table", "blockquote", "dl", "hr",
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

// spread returns the rows with empty cells, nil, where spans reach, and how wide the widest
// row then is.
func spread(t dom.Table) (grid [][]*html.Node, width int) {
	if t.Width > dom.SpanMost { // spans do not count
		return t.Rows, t.Width
	}
	var covered []int // how many more rows a span reaches down each column
	for _, row := range t.Rows {
		line := make([]*html.Node, 0, len(row))
		for _, c := range row {
			for len(line) < len(covered) && covered[len(line)] > 0 {
				covered[len(line)]--
				line = append(line, nil)
			}
			across, down := dom.Reach(c, "colspan", t.Width), dom.Reach(c, "rowspan", dom.SpanMost)
			for range across {
				for len(covered) <= len(line) {
					covered = append(covered, 0)
				}
				covered[len(line)] = down - 1
				line = append(line, c)
				c = nil
			}
		}
		for i := len(line); i < len(covered); i++ {
			covered[i] = max(0, covered[i]-1)
		}
		for len(line) > 0 && line[len(line)-1] == nil {
			line = line[:len(line)-1]
		}
		grid = append(grid, line)
		width = max(width, len(line))
	}
	return grid, width
}
