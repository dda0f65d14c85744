package source

import (
	"iter"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate/blog"
)

// below gives all nodes below n in document order. It steps from node to node, where
// html.Node.Descendants makes a call for every level of every node.
func below(n *html.Node) iter.Seq[*html.Node] {
	return func(yield func(*html.Node) bool) {
		for d := n.FirstChild; d != nil; d = following(d, n) {
			if !yield(d) {
				return
			}
		}
	}
}

// following gives the node after d in the tree of root; nil behind the last one.
func following(d, root *html.Node) *html.Node {
	if d.FirstChild != nil {
		return d.FirstChild
	}
	for d != root && d.NextSibling == nil {
		d = d.Parent
	}
	if d == root {
		return nil
	}
	return d.NextSibling
}

// descendants lists all nodes below n in document order, so that the tree may be
// changed while walking the list.
func descendants(n *html.Node) []*html.Node { return slices.Collect(below(n)) }

// find lists the elements below n that match, in document order; n may be nil.
func find(n *html.Node, match func(*html.Node) bool) (all []*html.Node) {
	if n == nil {
		return nil
	}
	for d := range below(n) {
		if d.Type == html.ElementNode && match(d) {
			all = append(all, d)
		}
	}
	return all
}

// first gives the first element below n that matches, or nil; n may be nil.
func first(n *html.Node, match func(*html.Node) bool) *html.Node {
	if n == nil {
		return nil
	}
	for d := range below(n) {
		if d.Type == html.ElementNode && match(d) {
			return d
		}
	}
	return nil
}

// class matches elements that carry any of the classes.
func class(names ...string) func(*html.Node) bool {
	return func(n *html.Node) bool { return blog.HasClass(n, names...) }
}

// named matches elements by name.
func named(names ...atom.Atom) func(*html.Node) bool {
	return func(n *html.Node) bool {
		for _, a := range names {
			if n.DataAtom == a {
				return true
			}
		}
		return false
	}
}

// is tells whether n is an element of that name; n may be nil.
func is(n *html.Node, a atom.Atom) bool {
	return n != nil && n.Type == html.ElementNode && n.DataAtom == a
}

// under tells whether n lies in the tree of root.
func under(n, root *html.Node) bool {
	for ; n != nil; n = n.Parent {
		if n == root {
			return true
		}
	}
	return false
}

// previous gives the element before n, what shows nothing passed over; else nil.
func previous(n *html.Node) *html.Node {
	n = n.PrevSibling
	for n != nil && gap(n) {
		n = n.PrevSibling
	}
	if n == nil || n.Type != html.ElementNode {
		return nil
	}
	return n
}

// elem gives a new element around nodes, which must have no parent.
func elem(a atom.Atom, children ...*html.Node) *html.Node {
	n := &html.Node{Type: html.ElementNode, DataAtom: a, Data: a.String()}
	for _, c := range children {
		n.AppendChild(c)
	}
	return n
}

// rename makes n an element of another name.
func rename(n *html.Node, a atom.Atom) { n.DataAtom, n.Data = a, a.String() }

// rendered gives what is in n as HTML; "" where it cannot be written.
func rendered(n *html.Node) string {
	var b strings.Builder
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if html.Render(&b, c) != nil {
			return ""
		}
	}
	return b.String()
}

func text(s string) *html.Node { return &html.Node{Type: html.TextNode, Data: s} }

// anchor gives a link; the text alone where it would lead nowhere.
func anchor(href, label string) *html.Node {
	if href == "" {
		return text(label)
	}
	a := elem(atom.A, text(label))
	blog.SetAttr(a, "href", href)
	return a
}

// take empties n and gives what was in it.
func take(n *html.Node) (children []*html.Node) {
	for c := n.FirstChild; c != nil; c = n.FirstChild {
		n.RemoveChild(c)
		children = append(children, c)
	}
	return children
}

// empty tells whether n shows nothing: no text, picture, frame, or element of the
// neutral DOM.
func empty(n *html.Node) bool {
	if shows(n) {
		return false
	}
	for d := range below(n) {
		if shows(d) {
			return false
		}
	}
	return true
}

// vacant tells whether n shows nothing, as [empty] does. It looks outward from the place
// between two children of n; either may be nil. Where many nodes are taken out of n, one
// after another, what shows is mostly near, and what does not is passed over once.
func vacant(n, before, after *html.Node) bool {
	if shows(n) {
		return false
	}
	if before != nil {
		before = deepestLast(before)
	}
	for before != nil || after != nil {
		if after != nil {
			if shows(after) {
				return false
			}
			after = following(after, n)
		}
		if before != nil {
			if shows(before) {
				return false
			}
			before = preceding(before, n)
		}
	}
	return true
}

// preceding gives the node before d in the tree of root, where elements come behind what
// is in them; nil before the first one.
func preceding(d, root *html.Node) *html.Node {
	switch {
	case d.PrevSibling != nil:
		return deepestLast(d.PrevSibling)
	case d.Parent == root:
		return nil
	}
	return d.Parent
}

// deepestLast gives the deepest node at the end of n, which may be n.
func deepestLast(n *html.Node) *html.Node {
	for n.LastChild != nil {
		n = n.LastChild
	}
	return n
}

func shows(n *html.Node) bool {
	switch n.Type {
	case html.TextNode:
		return strings.TrimSpace(n.Data) != ""
	case html.ElementNode:
		switch n.DataAtom {
		case atom.Img, atom.Iframe, atom.Video, atom.Audio, atom.Embed, atom.Object, atom.Hr, atom.Input, atom.Svg, atom.Script, atom.Picture:
			return true
		}
		return blog.Own(n.Data)
	}
	return false
}

// children lists the children of n, so that they may be moved.
func children(n *html.Node) (all []*html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		all = append(all, c)
	}
	return all
}
