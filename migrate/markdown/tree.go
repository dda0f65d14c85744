package markdown

import "golang.org/x/net/html"

// blocks are the elements that begin and end a line, beside those with a renderer
// of their own.
var blocks = map[string]bool{
	"address": true, "article": true, "aside": true, "body": true, "center": true, "dd": true,
	"details": true, "div": true, "dl": true, "dt": true, "fieldset": true, "figcaption": true,
	"figure": true, "footer": true, "header": true, "hgroup": true, "html": true, "legend": true,
	"li": true, "main": true, "nav": true, "noscript": true, "p": true, "section": true,
	"summary": true, "tbody": true, "td": true, "tfoot": true, "th": true, "thead": true, "tr": true,
	"blockquote": true, "pre": true, "ul": true, "ol": true, "table": true, "hr": true,
	"h1": true, "h2": true, "h3": true, "h4": true, "h5": true, "h6": true,
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
