package dom

import (
	"iter"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Below iterates over all nodes below n in document order. It steps from node to node, where
// html.Node.Descendants makes a call for every level of every node.
func Below(n *html.Node) iter.Seq[*html.Node] {
	return func(yield func(*html.Node) bool) {
		for d := n.FirstChild; d != nil; d = following(d, n) {
			if !yield(d) {
				return
			}
		}
	}
}

// following returns the node after d in the tree of root, or nil behind the last one.
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

// preceding returns the node before d in the tree of root, where elements come behind what
// is in them, or nil before the first one.
func preceding(d, root *html.Node) *html.Node {
	switch {
	case d.PrevSibling != nil:
		return deepestLast(d.PrevSibling)
	case d.Parent == root:
		return nil
	}
	return d.Parent
}

// TextBefore returns the nearest text before n below root that is more than white space, or
// nil.
func TextBefore(n, root *html.Node) *html.Node {
	for d := preceding(n, root); d != nil; d = preceding(d, root) {
		if d.Type == html.TextNode && shows(d) {
			return d
		}
	}
	return nil
}

// TextAfter returns the nearest text behind n below root that is more than white space, or
// nil.
func TextAfter(n, root *html.Node) *html.Node {
	for n != root && n.NextSibling == nil {
		n = n.Parent
	}
	if n == root {
		return nil
	}
	for d := n.NextSibling; d != nil; d = following(d, root) {
		if d.Type == html.TextNode && shows(d) {
			return d
		}
	}
	return nil
}

// deepestLast returns the deepest node at the end of n, which may be n.
func deepestLast(n *html.Node) *html.Node {
	for n.LastChild != nil {
		n = n.LastChild
	}
	return n
}

// Descendants lists all nodes below n in document order, so that the tree may be
// changed while walking the list.
func Descendants(n *html.Node) []*html.Node {
	const usual = 256 // more than most bodies have, and little beside them
	return slices.AppendSeq(make([]*html.Node, 0, usual), Below(n))
}

// Find lists the elements below n that match, in document order; n may be nil.
func Find(n *html.Node, match func(*html.Node) bool) (all []*html.Node) {
	if n == nil {
		return nil
	}
	for d := n.FirstChild; d != nil; d = following(d, n) { // the busiest loop of all that cleans
		if d.Type == html.ElementNode && match(d) {
			all = append(all, d)
		}
	}
	return all
}

// Standing iterates over the elements that [Find] returns, without those that the loop takes
// out of the tree of n before their turn, such as what stood in another one.
func Standing(n *html.Node, match func(*html.Node) bool) iter.Seq[*html.Node] {
	return func(yield func(*html.Node) bool) {
		for _, d := range Find(n, match) {
			if Under(d, n) && !yield(d) {
				return
			}
		}
	}
}

// First returns the first element below n that matches, or nil; n may be nil.
func First(n *html.Node, match func(*html.Node) bool) *html.Node {
	if n == nil {
		return nil
	}
	for d := range Below(n) {
		if d.Type == html.ElementNode && match(d) {
			return d
		}
	}
	return nil
}

// Class matches elements that carry any of the classes.
func Class(names ...string) func(*html.Node) bool {
	return func(n *html.Node) bool { return HasClass(n, names...) }
}

// Named matches elements by name.
func Named(names ...atom.Atom) func(*html.Node) bool {
	return func(n *html.Node) bool {
		for _, a := range names {
			if n.DataAtom == a {
				return true
			}
		}
		return false
	}
}

// Is reports whether n is an element of that name; n may be nil.
func Is(n *html.Node, a atom.Atom) bool {
	return n != nil && n.Type == html.ElementNode && n.DataAtom == a
}

// Under reports whether n lies in the tree of root.
func Under(n, root *html.Node) bool {
	for ; n != nil; n = n.Parent {
		if n == root {
			return true
		}
	}
	return false
}

// Previous returns the element before n, passing over breaks and white space, or nil.
func Previous(n *html.Node) *html.Node {
	n = n.PrevSibling
	for n != nil && Gap(n) {
		n = n.PrevSibling
	}
	if n == nil || n.Type != html.ElementNode {
		return nil
	}
	return n
}

// Elem returns a new element with the children, which must have no parent.
func Elem(a atom.Atom, children ...*html.Node) *html.Node {
	n := &html.Node{Type: html.ElementNode, DataAtom: a, Data: a.String()}
	for _, c := range children {
		n.AppendChild(c)
	}
	return n
}

// Rename makes n an element of another name.
func Rename(n *html.Node, a atom.Atom) { n.DataAtom, n.Data = a, a.String() }

// TextNode returns a new text.
func TextNode(s string) *html.Node { return &html.Node{Type: html.TextNode, Data: s} }

// Anchor returns a link, or the text alone where it would lead nowhere.
func Anchor(href, label string) *html.Node {
	if href == "" {
		return TextNode(label)
	}
	a := Elem(atom.A, TextNode(label))
	SetAttr(a, "href", href)
	return a
}

// Take empties n and returns what was in it.
func Take(n *html.Node) (children []*html.Node) {
	for c := n.FirstChild; c != nil; c = n.FirstChild {
		n.RemoveChild(c)
		children = append(children, c)
	}
	return children
}

// Children lists the children of n, so that they may be moved.
func Children(n *html.Node) (all []*html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		all = append(all, c)
	}
	return all
}

// Enclosing returns the nearest element of a name around n, or nil.
func Enclosing(n *html.Node, tag atom.Atom) *html.Node {
	for n = n.Parent; n != nil; n = n.Parent {
		if Is(n, tag) {
			return n
		}
	}
	return nil
}

// MoveInto moves the children of from to the end of parent.
func MoveInto(parent, from *html.Node) {
	for _, c := range Take(from) {
		parent.AppendChild(c)
	}
}

// Heading matches headings of any level.
func Heading(n *html.Node) bool {
	return n.Type == html.ElementNode && len(n.Data) == 2 && n.Data[0] == 'h' && n.Data[1] >= '1' && n.Data[1] <= '6'
}

// Detach takes n out of its tree; a node without a parent is left as it is.
func Detach(n *html.Node) {
	if n.Parent != nil {
		n.Parent.RemoveChild(n)
	}
}

// Replace puts nodes where n stands. The nodes must have no parent.
func Replace(n *html.Node, with ...*html.Node) {
	if n.Parent == nil {
		return
	}
	for _, w := range with {
		n.Parent.InsertBefore(w, n)
	}
	Detach(n)
}

// Unwrap puts n's children where n stands.
func Unwrap(n *html.Node) {
	if n.Parent == nil {
		return
	}
	for c := n.FirstChild; c != nil; c = n.FirstChild {
		n.RemoveChild(c)
		n.Parent.InsertBefore(c, n)
	}
	Detach(n)
}

// Attr returns an attribute's value, or "" when n has none of that name.
func Attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key && a.Namespace == "" {
			return a.Val
		}
	}
	return ""
}

// HasAttr reports whether n has an attribute, whatever its value.
func HasAttr(n *html.Node, key string) bool {
	for _, a := range n.Attr {
		if a.Key == key {
			return true
		}
	}
	return false
}

// MediaAddress returns where a film, a sound or a frame comes from, or "".
func MediaAddress(n *html.Node) string {
	for _, key := range []string{"src", "data", "data-src"} {
		if v := Attr(n, key); v != "" {
			return v
		}
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if v := Attr(c, "src"); v != "" && c.Data == "source" {
			return v
		}
	}
	return ""
}

// SetAttr sets an attribute of n, and replaces one of that name.
func SetAttr(n *html.Node, key, value string) {
	for i, a := range n.Attr {
		if a.Key == key && a.Namespace == "" {
			n.Attr[i].Val = value
			return
		}
	}
	n.Attr = append(n.Attr, html.Attribute{Key: key, Val: value})
}

// DelAttr deletes an attribute of n.
func DelAttr(n *html.Node, key string) {
	n.Attr = slices.DeleteFunc(n.Attr, func(a html.Attribute) bool { return a.Key == key && a.Namespace == "" })
}

// HasClass reports whether n carries any of the classes.
func HasClass(n *html.Node, classes ...string) bool {
	if len(n.Attr) == 0 { // as most
		return false
	}
	for have := range strings.FieldsSeq(Attr(n, "class")) {
		for _, want := range classes {
			if have == want {
				return true
			}
		}
	}
	return false
}

// ClassIn reports whether n has a class of a set.
func ClassIn(n *html.Node, set map[string]bool) bool {
	if len(n.Attr) == 0 { // as most
		return false
	}
	for have := range strings.FieldsSeq(Attr(n, "class")) {
		if set[have] {
			return true
		}
	}
	return false
}

// Text returns all text below n, as it stands in the source.
func Text(n *html.Node) string {
	if n.Type == html.TextNode {
		return n.Data
	}
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return b.String()
}

// Words returns all text below n on one line, white space folded.
func Words(n *html.Node) string { return strings.Join(strings.Fields(Text(n)), " ") }

// WordsOf returns the words of the first element below n that matches, or "".
func WordsOf(n *html.Node, match func(*html.Node) bool) string {
	if found := First(n, match); found != nil {
		return Words(found)
	}
	return ""
}

// Hrefs lists where the links below n lead, in document order, those within the page
// left out.
func Hrefs(n *html.Node) (all []string) {
	for _, a := range Find(n, Named(atom.A)) {
		if href := strings.TrimSpace(Attr(a, "href")); href != "" && href[0] != '#' {
			all = append(all, href)
		}
	}
	return all
}

// InnerHTML returns what is in n as HTML, or "" where it cannot be written.
func InnerHTML(n *html.Node) string {
	var b strings.Builder
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if html.Render(&b, c) != nil {
			return ""
		}
	}
	return b.String()
}
