package proof

import "golang.org/x/net/html"

// heading reads a heading. Those that a theme's own would collide with have moved.
func (r *reader) heading(n *html.Node) {
	if r.line {
		r.box(n, space)
		return
	}
	level := int8(min(6, max(1, int(n.Data[1]-'0')+r.shift)))
	r.within(func() { r.to.where.heading, r.line = level, true }, func() { r.children(n) })
	for _, t := range r.after {
		r.object(t)
	}
	r.after = r.after[:0]
}

// within reads a container: a block of its own, and what it changes for what is in it.
func (r *reader) within(enter, read func()) {
	where, oneLine, item := r.to.where, r.line, r.item
	r.to.part(newBlock)
	enter()
	r.depth++
	read()
	r.depth--
	r.to.where, r.line, r.item = where, oneLine, item
	r.to.part(newBlock)
}

// flat reports whether a container here could not be one.
func (r *reader) flat() bool { return r.line || r.depth >= deepest }

func (r *reader) container(n *html.Node, enter func()) {
	if r.flat() {
		r.box(n, space)
		return
	}
	r.within(enter, func() { r.children(n) })
}

// object adds what no mark changes, as a block of its own: behind a heading, which cannot
// hold one.
func (r *reader) object(t thing) {
	if r.line {
		r.after = append(r.after, t)
		return
	}
	r.to.part(newBlock)
	p := r.to.add(t)
	p.is, p.may, p.link = 0, 0, t.link
	r.to.part(newBlock)
}

// readTerm and readDefinition read a definition list. The definition stands on the next
// line, since Zola has no such lists by default.
func readTerm(r *reader, n *html.Node) {
	if r.to.lead != line {
		r.apart(newBlock)
	}
	r.marked(n)
	r.lineBreak()
}

func readDefinition(r *reader, n *html.Node) {
	if r.to.lead != line {
		r.apart(newBlock)
	}
	r.children(n)
	r.apart(newBlock)
}
