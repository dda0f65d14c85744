package source

import (
	"fmt"
	"slices"
	"strings"

	"replant/migrate/blog"
)

// What the body of one post may have. The longest post seen in a feed has 1 MB and
// 20,000 elements; what is longer would take a small server's memory for one post.
const (
	bodyMost     = 8 << 20 // bytes, pictures in data: addresses not counted
	elementsMost = 250_000
)

// affordable returns an error for a body that takes too much time and memory to convert.
func affordable(body string) error {
	if n := len(body); n > bodyMost {
		if n -= dataBytes(body); n > bodyMost {
			return fmt.Errorf("its text has %.1f MB, and replant converts up to %d", float64(n)/(1<<20), bodyMost>>20)
		}
	}
	if crowded(body) && elements(body) > elementsMost {
		return fmt.Errorf("its text has more than %d elements of HTML", elementsMost)
	}
	return nil
}

// crowded reports whether a body has so many tags that it may have too many elements: behind
// each, all the emphasis may begin anew that the tags before it began, and once more in the
// text behind it.
func crowded(body string) bool {
	tags := strings.Count(body, "<")
	return tags*(1+2*tags) > elementsMost
}

// dataBytes counts the bytes of a body's data: addresses.
func dataBytes(body string) (n int) {
	for {
		_, rest, ok := strings.Cut(body, "data:")
		if !ok {
			return n
		}
		end := strings.IndexAny(rest, "\"' >")
		if end < 0 {
			end = len(rest)
		}
		n += end
		body = rest[end:]
	}
}

// elements estimates how many elements the HTML parser makes of a body. They may be far
// more than its tags: emphasis that a block ends before its own end tag begins anew in
// what follows (HTML, 13.2.4.3, "reconstruct the active formatting elements").
func elements(body string) (n int) {
	o := openElements{open: map[string]int{}}
	_, rest, more := strings.Cut(body, "<")
	for more && n <= elementsMost {
		var piece string
		piece, rest, more = strings.Cut(rest, "<")
		tag, text, _ := strings.Cut(piece, ">")
		if name, closes := tagName(tag); closes {
			o.end(name)
		} else if name != "" {
			n += 1 + o.start(name, tag)
		}
		if text != "" {
			n += o.resume()
		}
	}
	return n
}

// tagName reads the name at the beginning of a tag, behind its '<'; empty for no tag.
func tagName(s string) (name string, closes bool) {
	s, closes = strings.CutPrefix(s, "/")
	end := 0
	for end < len(s) && end < 16 && (alphabetic(s[end]) || end > 0 && s[end] >= '0' && s[end] <= '9') {
		end++
	}
	return strings.ToLower(s[:end]), closes
}

func alphabetic(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// openMost is how many elements the parser may have open: of a body that has more, it
// reads the text alone.
const openMost = 512

// openElements are those that are open at a place of a body, as far as it matters to emphasis.
type openElements struct {
	marks  []mark // emphasis that has no end tag yet
	live   int    // how many of the marks are open; the others begin anew
	from   int    // the first mark within the present cell of a table
	blocks []block
	open   map[string]int // how many blocks of each name are
}

// mark is the start tag of emphasis.
type mark struct{ name, tag string }

// block is an open element that ends the emphasis in it. It remembers what is open around it.
type block struct {
	name              string
	cell, wall        bool // a cell; a cell or a table
	marks, live, from int
}

// formats are the elements that the parser begins anew.
var formats = blog.WordSet("a b big code em font i nobr s small strike strong tt u")

// blocks are the elements that end what is open in them.
var blocks = blog.WordSet("address article aside blockquote caption center dd details div dl dt figcaption figure footer " +
	"h1 h2 h3 h4 h5 h6 header li main nav ol p pre section summary table td th ul")

// Of tables, cells have emphasis of their own, and parts hold cells.
var (
	cells = blog.WordSet("caption td th")
	parts = blog.WordSet("tr tbody thead tfoot")
)

// An item ends the one before also through these.
var (
	items   = blog.WordSet("li dd dt")
	through = blog.WordSet("address div p")
)

// start opens an element, and returns how many others begin anew in front of it.
func (o *openElements) start(name, tag string) (anew int) {
	switch {
	case formats[name]:
		if name == "a" || name == "nobr" { // which end where the next one begins
			o.end(name)
		}
		anew = o.resume()
		o.mark(mark{name, tag})
		return anew
	case blocks[name], parts[name]:
		o.block(name)
		return 0
	}
	return o.resume()
}

// resume begins the emphasis anew that blocks have ended, and returns how much it is.
func (o *openElements) resume() int {
	n := len(o.marks) - max(o.live, o.from)
	o.live = len(o.marks)
	return n
}

// mark opens emphasis. Of what is alike, the parser keeps three.
func (o *openElements) mark(m mark) {
	if len(o.marks) >= openMost {
		return
	}
	first, alike := 0, 0
	for i := len(o.marks) - 1; i >= o.from; i-- {
		if o.marks[i] == m {
			first, alike = i, alike+1
		}
	}
	if alike >= 3 {
		o.forget(first)
	}
	o.marks = append(o.marks, m)
	o.live = len(o.marks)
}

// forget takes a mark out.
func (o *openElements) forget(i int) {
	o.marks = slices.Delete(o.marks, i, i+1)
	if o.live > i {
		o.live--
	}
	for k := len(o.blocks) - 1; k >= 0 && o.blocks[k].live > i; k-- {
		o.blocks[k].live--
	}
}

// block opens a block, in a paragraph's place if one is open. An item ends the one before,
// and so does a table that stands directly in another.
func (o *openElements) block(name string) {
	if (cells[name] || parts[name]) && !o.row() {
		return
	}
	o.close(o.last("p"))
	switch {
	case name == "li":
		o.close(o.last("li"))
	case items[name]:
		o.close(o.last("dd", "dt"))
	case name == "table" && o.last("td", "th", "caption") < 0:
		o.close(o.last("table"))
	}
	if len(o.blocks) < openMost && !parts[name] {
		o.push(name)
	}
}

// row ends the present cell of a table, and what else is open in the table. It returns
// false where there is no table.
func (o *openElements) row() bool {
	o.close(o.last("td", "th", "caption"))
	k := o.last("table")
	if k < 0 {
		return false
	}
	o.close(k + 1)
	o.live = min(o.live, o.blocks[k].live)
	return true
}

func (o *openElements) push(name string) {
	cell := cells[name]
	o.blocks = append(o.blocks, block{name, cell, cell || name == "table", len(o.marks), o.live, o.from})
	o.open[name]++
	if cell {
		o.live, o.from = len(o.marks), len(o.marks)
	}
}

// last finds the innermost open block of any of the names, or returns -1. It does not look
// outside of a table or a cell, nor for items outside of most blocks.
func (o *openElements) last(names ...string) int {
	item := items[names[0]]
	for k := o.top(names...); k >= 0; k-- {
		switch b := o.blocks[k]; {
		case slices.Contains(names, b.name):
			return k
		case b.wall, item && !through[b.name]:
			return -1
		}
	}
	return -1
}

// end ends an element.
func (o *openElements) end(name string) {
	if formats[name] {
		o.unmark(name)
	} else if blocks[name] {
		o.close(o.find(name))
	}
}

// find finds the innermost open block of a name, or returns -1. The end tag of a table
// ends its cells, too.
func (o *openElements) find(name string) int {
	for k := o.top(name); k >= 0; k-- {
		switch b := o.blocks[k]; {
		case b.name == name:
			return k
		case b.wall && (!b.cell || name != "table"):
			return -1
		}
	}
	return -1
}

// top returns the innermost open block, or -1 where none of the names is open.
func (o *openElements) top(names ...string) int {
	for _, name := range names {
		if o.open[name] > 0 {
			return len(o.blocks) - 1
		}
	}
	return -1
}

// close ends a block and those in it. Their emphasis goes on behind them, but for that of
// cells.
func (o *openElements) close(k int) {
	if k < 0 || k >= len(o.blocks) {
		return
	}
	for _, b := range slices.Backward(o.blocks[k:]) {
		o.open[b.name]--
		if b.cell {
			o.marks, o.from = o.marks[:b.marks], b.from
		}
		o.live = min(o.live, b.live)
	}
	o.blocks = o.blocks[:k]
}

// unmark ends the innermost emphasis of a name, and what is open in it. Where a block is,
// emphasis between the two goes on in the block: the last three, as in the parser.
func (o *openElements) unmark(name string) {
	for i := len(o.marks) - 1; i >= o.from; i-- {
		if o.marks[i].name != name {
			continue
		}
		k := len(o.blocks)
		for k > 0 && o.blocks[k-1].live > i {
			k--
		}
		if k == len(o.blocks) {
			o.live = min(o.live, i)
			o.forget(i)
			return
		}
		for range max(1, o.blocks[k].live-i-3) {
			o.forget(i)
		}
		return
	}
}
