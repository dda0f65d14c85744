package source

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate/blog"
)

var headings = named(atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6)

// foremTables frees tables of their box, and of the breaks that hard wrapping puts
// between their rows.
func foremTables(body *html.Node) {
	for _, box := range find(body, class("table-wrapper-paragraph")) {
		blog.Unwrap(box)
	}
	for _, n := range find(body, named(atom.Table, atom.Thead, atom.Tbody, atom.Tfoot, atom.Tr, atom.Colgroup)) {
		for _, c := range children(n) {
			if is(c, atom.Br) {
				blog.Remove(c)
			}
		}
	}
}

// foremText puts headings, mentions and paragraphs right. Forem renders a text twice,
// with every newline a break: bare text and breaks are left beside blocks.
func foremText(body *html.Node) {
	for _, h := range find(body, headings) {
		for _, a := range find(h, named(atom.A)) {
			if blog.HasClass(a, "anchor") || blog.Attr(a, "name") != "" && blog.Attr(a, "href") == "" || strings.HasPrefix(blog.Attr(a, "href"), "#") && empty(a) {
				blog.Unwrap(a)
			}
		}
		trimText(h)
	}
	for _, a := range find(body, class("mentioned-user")) {
		blog.DelAttr(a, "class")
	}
	for _, a := range find(body, named(atom.A)) {
		if empty(a) && blog.Attr(a, "id") == "" {
			blog.Unwrap(a)
		} else {
			unbreak(a)
		}
	}
	for _, n := range find(body, named(atom.P, atom.Li, atom.Td, atom.Th, atom.Dd, atom.Dt, atom.Blockquote, atom.Div)) {
		trimEdges(n)
		trimText(n)
	}
	for _, n := range append(find(body, named(atom.Blockquote, atom.Div)), body) {
		if n == body || mixed(n) {
			wrapRuns(n)
		}
	}
	for _, p := range find(body, named(atom.P)) {
		if empty(p) {
			blog.Remove(p)
		}
	}
}

// mixed tells whether bare text stands beside blocks.
func mixed(n *html.Node) bool {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if isBlock(c) {
			return true
		}
	}
	return false
}

// unbreak keeps the text of a link on one line.
func unbreak(a *html.Node) {
	for _, br := range find(a, named(atom.Br)) {
		blog.Replace(br, text(" "))
	}
}
