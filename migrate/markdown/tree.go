package markdown

import "golang.org/x/net/html"

// isBlock reports whether an element begins and ends a line, be there a renderer of its own
// for it or not.
func isBlock(tag string) bool {
	switch tag {
	case "address", "article", "aside", "body", "center", "dd", "details", "div", "dl", "dt",
		"fieldset", "figcaption", "figure", "footer", "header", "hgroup", "html", "legend",
		"li", "main", "nav", "noscript", "p", "section", "summary", "tbody", "td", "tfoot",
		"th", "thead", "tr", "blockquote", "pre", "ul", "ol", "table", "hr", "h1", "h2", "h3",
		"h4", "h5", "h6":
		return true
	}
	return false
}

// dropped reports whether a reader sees nothing of an element, or nothing that works
// outside of its page.
func dropped(tag string) bool {
	switch tag {
	case "script", "style", "head", "template", "svg", "canvas", "map", "form", "button",
		"select", "textarea", "noscript", "source", "track", "param", "col", "colgroup":
		return true
	}
	return false
}

// tallest is how deep a tree may be. The HTML parser stops at 512; what is built by
// hand could exhaust the stack.
const tallest = 1000

// flatten lifts what lies deeper than tallest, words kept apart.
func flatten(root *html.Node) {
	depth := 0
	for n := root; n != nil; {
		if n.FirstChild != nil && depth < tallest {
			n = n.FirstChild
			depth++
			continue
		}
		if n.FirstChild != nil {
			n = lift(n)
			continue
		}
		for n != root && n.NextSibling == nil {
			n = n.Parent
			depth--
		}
		if n == root {
			return
		}
		n = n.NextSibling
	}
}

// lift puts a node's children in its place, a space at both ends, and returns the
// first of what stands there now.
func lift(n *html.Node) *html.Node {
	first := &html.Node{Type: html.TextNode, Data: " "}
	n.Parent.InsertBefore(first, n)
	for c := n.FirstChild; c != nil; c = n.FirstChild {
		n.RemoveChild(c)
		n.Parent.InsertBefore(c, n)
	}
	n.Parent.InsertBefore(&html.Node{Type: html.TextNode, Data: " "}, n)
	n.Parent.RemoveChild(n)
	return first
}
