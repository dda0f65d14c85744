package assets

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
)

func is(n *html.Node, tag string) bool {
	return n != nil && n.Type == html.ElementNode && n.Data == tag && n.Namespace == ""
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key && a.Namespace == "" {
			return strings.TrimSpace(a.Val)
		}
	}
	return ""
}

// ancestor gives the nearest element of that tag around n, not above root; nil when
// there is none.
func ancestor(n, root *html.Node, tag string) *html.Node {
	for p := n.Parent; p != nil && n != root; n, p = p, p.Parent {
		if is(p, tag) {
			return p
		}
	}
	return nil
}

// all gives the elements of those tags below n, in order.
func all(n *html.Node, tags ...string) (found []*html.Node) {
	for d := range n.Descendants() {
		if d.Type == html.ElementNode && d.Namespace == "" && slices.Contains(tags, d.Data) {
			found = append(found, d)
		}
	}
	return found
}

func blank(n *html.Node) bool {
	return n.Type == html.CommentNode || n.Type == html.TextNode && strings.TrimSpace(n.Data) == ""
}

// next gives the first sibling in a direction that is more than white space, or nil.
func next(n *html.Node, step func(*html.Node) *html.Node) *html.Node {
	n = step(n)
	for n != nil && blank(n) {
		n = step(n)
	}
	return n
}
