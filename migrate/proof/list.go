package proof

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"

	"replant/migrate/dom"
)

// listReader reads the items of one list.
type listReader struct {
	r       *reader
	ordered bool
	number  int // of the next item
	step    int
	some    bool // there was one that stands in the list
}

// readList reads a list, each of its items a block or several.
func readList(r *reader, n *html.Node) {
	if r.flat() {
		r.box(n, space)
		return
	}
	l := listReader{r: r, ordered: n.Data == "ol", number: 1, step: 1}
	if l.ordered {
		l.number, l.step = numbering(n)
	}
	r.within(func() {
		at := &r.to.where
		at.lists++
		at.ordered, at.task = l.ordered, noTask
	}, func() {
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			l.item(c)
		}
	})
}

// item reads an item. What stands in a list outside of its items belongs to the item before
// it.
func (l *listReader) item(n *html.Node) {
	r, isItem := l.r, dom.IsElement(n, "li")
	switch {
	case n.Type == html.CommentNode, n.Type == html.TextNode && strings.Trim(n.Data, " \t\n\f\r") == "":
		return
	case !isItem && l.some:
		r.to.part(newBlock)
		r.node(n)
		return
	}
	if v, err := strconv.Atoi(dom.Attr(n, "value")); err == nil && isItem && l.ordered {
		l.number = v
	}
	r.to.where.number, r.to.where.task = readable(l.number), noTask
	begun := len(r.to.sight.things)
	r.item = begun
	r.to.part(newBlock)
	if isItem {
		r.children(n)
	} else {
		r.node(n)
	}
	r.to.part(newBlock)
	l.some = true
	if l.ordered || len(r.to.sight.things) > begun { // an empty bullet is left out
		l.number += l.step
	}
}

// numbering returns the number of a list's first item, and the step to the next.
func numbering(n *html.Node) (first, step int) {
	step = 1
	if dom.HasAttr(n, "reversed") {
		step = -1
	}
	if v, err := strconv.Atoi(dom.Attr(n, "start")); err == nil {
		return v, step
	}
	if step > 0 {
		return 1, step
	}
	count := 0
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if dom.IsElement(c, "li") {
			count++
		}
	}
	return count, step
}
