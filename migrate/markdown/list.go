package markdown

import (
	"strconv"
	"strings"

	"github.com/JohannesKaufmann/html-to-markdown/v2/converter"
	"golang.org/x/net/html"

	"replant/migrate/dom"
)

// entry is one item of a list.
type entry struct {
	number int
	flow   *flow
}

// list renders a list. It is as loose as in the source, where an item that holds
// paragraphs stands apart from the next. Numbers that jump begin a new list.
func (p *plugin) list(ctx converter.Context, f *flow, n *html.Node) {
	if f.oneLine() || f.depth >= deepest {
		p.spaced(ctx, f, n)
		return
	}
	f.end()
	ordered := n.Data == "ol"
	entries, tight := p.entries(ctx, f, n, ordered)
	for len(entries) > 0 {
		same := 1
		for ordered && same < len(entries) && entries[same].number == entries[same-1].number+1 {
			same++
		}
		if !ordered {
			same = len(entries)
		}
		f.put(items(entries[:same], f.marker(ordered), tight))
		entries = entries[same:]
	}
}

// marker chooses what a list's items begin with, so that two lists next to each
// other do not become one.
func (f *flow) marker(ordered bool) byte {
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

// entries renders the items of a list. What stands in a list outside of its items
// belongs to the item before it.
func (p *plugin) entries(ctx converter.Context, f *flow, n *html.Node, ordered bool) (list []entry, tight bool) {
	tight = true
	number := start(n)
	step := 1
	if dom.HasAttr(n, "reversed") {
		step = -1
	}
	for c := range n.ChildNodes() {
		isItem := c.Type == html.ElementNode && c.Data == "li"
		switch {
		case c.Type == html.CommentNode || c.Type == html.TextNode && strings.Trim(c.Data, whitespace) == "":
			continue
		case !isItem && len(list) > 0:
			ctx.RenderNodes(ctx, list[len(list)-1].flow, c)
			continue
		}
		if v, err := strconv.Atoi(dom.Attr(c, "value")); err == nil && isItem {
			number = v
		}
		g := f.inner()
		g.item = true
		if isItem {
			ctx.RenderChildNodes(ctx, g, c)
		} else {
			ctx.RenderNodes(ctx, g, c)
		}
		list = append(list, entry{number, g})
		number += step
		tight = tight && !hasParagraphs(c)
	}
	return finished(list, ordered), tight
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
	var text strings.Builder
	for i, e := range entries {
		mark := string(marker) + " "
		if b.ordered() {
			mark = strconv.Itoa(b.start+i) + mark
		}
		if i > 0 {
			text.WriteString(gap)
		}
		text.WriteString(prefix(e.flow.task+e.flow.join(tight), mark, strings.Repeat(" ", len(mark))))
	}
	b.text = text.String()
	return b
}

// start is the number of a list's first item.
func start(n *html.Node) int {
	if v, err := strconv.Atoi(dom.Attr(n, "start")); err == nil {
		return v
	}
	if !dom.HasAttr(n, "reversed") {
		return 1
	}
	items := 0
	for c := range n.ChildNodes() {
		if c.Type == html.ElementNode && c.Data == "li" {
			items++
		}
	}
	return items
}

// clampNumber keeps the numbers of a list within what CommonMark reads: up to nine
// digits, none below zero.
func clampNumber(first, count int) int {
	return max(0, min(first, 999_999_999-count))
}

// hasParagraphs reports whether an item is made of paragraphs.
func hasParagraphs(item *html.Node) bool {
	for c := range item.ChildNodes() {
		if c.Type == html.ElementNode && c.Data == "p" {
			return true
		}
	}
	return false
}

// checkbox adds the box of a task: as one where the item begins with it, else as
// the sign that it looks like.
func (f *flow) checkbox(n *html.Node) {
	checked := dom.HasAttr(n, "checked")
	switch {
	case !strings.EqualFold(dom.Attr(n, "type"), "checkbox"):
	case f.item && f.empty() && f.task == "" && checked:
		f.task = "[x] "
	case f.item && f.empty() && f.task == "":
		f.task = "[ ] "
	case checked:
		f.text("☑")
	default:
		f.text("☐")
	}
}
