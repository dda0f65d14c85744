package source

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate/clean"
	"replant/migrate/dom"
)

// foremTables frees tables of their box, and of the breaks that hard wrapping puts
// between their rows.
func foremTables(body *html.Node) {
	for _, box := range dom.Find(body, dom.Class("table-wrapper-paragraph")) {
		dom.Unwrap(box)
	}
	for _, n := range dom.Find(body, dom.Named(atom.Table, atom.Thead, atom.Tbody, atom.Tfoot, atom.Tr, atom.Colgroup)) {
		for _, c := range dom.Children(n) {
			if dom.Is(c, atom.Br) {
				dom.Detach(c)
			}
		}
	}
}

// foremText puts headings, mentions and paragraphs right. Forem renders a text twice,
// with every newline a break: bare text and breaks are left beside blocks.
func foremText(body *html.Node) {
	for _, h := range dom.Find(body, dom.Heading) {
		for _, a := range dom.Find(h, dom.Named(atom.A)) {
			if dom.HasClass(a, "anchor") || dom.Attr(a, "name") != "" && dom.Attr(a, "href") == "" || strings.HasPrefix(dom.Attr(a, "href"), "#") && dom.Empty(a) {
				clean.Unwrap(a, clean.Handle)
			}
		}
		clean.TrimText(h)
	}
	for _, a := range dom.Find(body, dom.Class("mentioned-user")) {
		dom.DelAttr(a, "class")
	}
	for _, a := range dom.Find(body, dom.Named(atom.A)) {
		if dom.Empty(a) && dom.Attr(a, "id") == "" {
			clean.Unwrap(a, clean.Blank)
		} else {
			unbreak(a)
		}
	}
	for _, n := range dom.Find(body, dom.Named(atom.P, atom.Li, atom.Td, atom.Th, atom.Dd, atom.Dt, atom.Blockquote, atom.Div)) {
		clean.TrimEdges(n)
		clean.TrimText(n)
	}
	for _, n := range append(dom.Find(body, dom.Named(atom.Blockquote, atom.Div)), body) {
		if n == body || mixed(n) {
			clean.WrapRuns(n)
		}
	}
	for _, p := range dom.Find(body, dom.Named(atom.P)) {
		if dom.Empty(p) {
			clean.Remove(p, clean.Blank)
		}
	}
}

// mixed tells whether bare text stands beside blocks.
func mixed(n *html.Node) bool {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if dom.IsBlock(c) {
			return true
		}
	}
	return false
}

// unbreak keeps the text of a link on one line.
func unbreak(a *html.Node) {
	for _, br := range dom.Find(a, dom.Named(atom.Br)) {
		dom.Replace(br, dom.TextNode(" "))
	}
}
