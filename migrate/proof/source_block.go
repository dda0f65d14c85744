package proof

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"
)

// block reads the elements that stand on lines of their own and mean something.
func (r *source) block(n *html.Node) bool {
	switch n.Data {
	case "h1", "h2", "h3", "h4", "h5", "h6":
		r.heading(n)
	case "blockquote":
		r.quote(n)
	case "ul", "ol", "menu", "dir":
		r.list(n)
	case "pre", "listing", "xmp":
		r.codeBlock(n)
	case "table":
		r.table(n)
	case "hr":
		r.rule()
	case "dt":
		r.term(n)
	case "dd":
		r.definition(n)
	case "iframe", "video", "audio", "embed", "object":
		r.media(n)
	default:
		return false
	}
	return true
}

// heading reads a heading. Those that a theme's own would collide with have moved.
func (r *source) heading(n *html.Node) {
	if r.line {
		r.box(n, space)
		return
	}
	level := int8(min(6, max(1, int(n.Data[1]-'0')+r.style.Shift)))
	r.within(func() { r.where.heading, r.line = level, true }, func() { r.children(n) })
	r.follow()
}

// within reads a container: a block of its own, and what it changes for what is in it.
func (r *source) within(enter, read func()) {
	where, oneLine, item := r.where, r.line, r.item
	r.part(newBlock)
	enter()
	r.depth++
	read()
	r.depth--
	r.where, r.line, r.item = where, oneLine, item
	r.part(newBlock)
}

// flat tells whether a container here could not be one.
func (r *source) flat() bool { return r.line || r.depth >= deepest }

func (r *source) quote(n *html.Node) {
	if r.flat() {
		r.box(n, space)
		return
	}
	r.within(func() { r.where.quotes++; r.item = -1 }, func() { r.children(n) })
}

func (r *source) rule() {
	if r.line {
		r.part(space)
		return
	}
	r.object(thing{kind: rule})
}

// term and definition read a definition list. The definition stands on the next line,
// since Zola has no such lists by default.
func (r *source) term(n *html.Node) {
	if r.lead != line {
		r.apart(newBlock)
	}
	r.marked(n)
	r.lineBreak()
}

func (r *source) definition(n *html.Node) {
	if r.lead != line {
		r.apart(newBlock)
	}
	r.children(n)
	r.apart(newBlock)
}

func isList(n *html.Node) bool {
	switch n.Data {
	case "ul", "ol", "menu", "dir":
		return n.Type == html.ElementNode
	}
	return false
}

// items reads the items of one list.
type items struct {
	*source
	ordered bool
	number  int // of the next item
	step    int
	some    bool // there was one that stands in the list
}

func (r *source) list(n *html.Node) {
	if r.flat() {
		r.box(n, space)
		return
	}
	l := items{source: r, ordered: n.Data == "ol", number: 1, step: 1}
	if l.ordered {
		l.number, l.step = numbering(n)
	}
	r.within(l.enter, func() {
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			l.child(c)
		}
	})
}

// strays reads items that stand outside of a list, and gives what follows them.
func (r *source) strays(n *html.Node) (next *html.Node) {
	l := items{source: r, number: 1, step: 1}
	if r.flat() {
		for ; n != nil && isTag(n, "li"); n = n.NextSibling {
			r.box(n, space)
		}
		return n
	}
	r.within(l.enter, func() {
		for ; n != nil && isTag(n, "li"); n = n.NextSibling {
			l.child(n)
		}
	})
	return n
}

func (l *items) enter() {
	l.where.lists++
	l.where.ordered, l.where.task = l.ordered, noTask
}

// child reads an item. What stands in a list outside of its items belongs to the item
// before it.
func (l *items) child(n *html.Node) {
	isItem := isTag(n, "li")
	switch {
	case n.Type == html.CommentNode, n.Type == html.TextNode && strings.Trim(n.Data, " \t\n\f\r") == "":
		return
	case !isItem && l.some:
		l.part(newBlock)
		l.node(n)
		return
	}
	if v, err := strconv.Atoi(attr(n, "value")); err == nil && isItem && l.ordered {
		l.number = v
	}
	l.where.number, l.where.task = readable(l.number), noTask
	l.item = len(l.things)
	l.part(newBlock)
	if isItem {
		l.children(n)
	} else {
		l.node(n)
	}
	l.part(newBlock)
	l.some = true
	if l.ordered || len(l.things) > l.item { // an empty bullet is left out
		l.number += l.step
	}
}

// numbering gives the number of a list's first item, and the step to the next.
func numbering(n *html.Node) (first, step int) {
	step = 1
	if has(n, "reversed") {
		step = -1
	}
	if v, err := strconv.Atoi(attr(n, "start")); err == nil {
		return v, step
	}
	if step > 0 {
		return 1, step
	}
	count := 0
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if isTag(c, "li") {
			count++
		}
	}
	return count, step
}
