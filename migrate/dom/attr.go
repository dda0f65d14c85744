package dom

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Attr returns an attribute's value, or "" when n has none of that name.
func Attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key && a.Namespace == "" {
			return a.Val
		}
	}
	return ""
}

// SetAttr sets an attribute of n, in the place of any it had of that name.
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
	for have := range strings.FieldsSeq(Attr(n, "class")) {
		for _, want := range classes {
			if have == want {
				return true
			}
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
