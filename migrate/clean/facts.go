package clean

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate/blog"
	"replant/migrate/dom"
)

// Decide settles what a reader of the neutral DOM would otherwise have to find out by itself,
// and writes it into the DOM, so that converter and proof need not decide it each:
//
//   - items outside of a list stand in one;
//   - a table that only arranges what is in it says so (see [dom.IsLayout]);
//   - pictures that belong together are a group (see [dom.IsGallery]);
//   - code is without the numbers of its lines, and two words of code do not touch;
//   - a block of code names its language as HTML does, and nothing else (see [dom.Language]);
//   - the headings that links lead to have an id, the links lead to it, and there are no others;
//   - footnotes have names that Markdown can spell, and each mark has its note.
//
// [Finish] and [Comment] end with it.
func Decide(body *html.Node) { decide(takeCensus(body, 0)) }

func decide(c *census) {
	c.after(c.may(holdStrays), wrapItems)
	switch {
	case c.may(holdRoles) || c.has(atom.Table) || c.classIn(gutters) || c.classed(ofGallery):
		arrangements(c.body)
	case c.has(codeTags...):
		for _, span := range dom.Find(c.body, codeSpan) {
			oneCode(span)
			partCode(span)
		}
	}
	if c.has(atom.Pre, atom.Listing, atom.Xmp) || c.has(codeTags...) {
		languages(c.body)
	}
	if c.may(holdFragments | holdHeadingIDs) {
		anchors(c.body)
	}
	if c.may(holdNeutral) {
		noteNames(c.body)
	}
}

// arrangements decides what the boxes, the tables and the code of a body are.
func arrangements(body *html.Node) {
	for _, n := range dom.Descendants(body) {
		switch {
		case n.Type != html.ElementNode:
		case dom.HasAttr(n, "class"), dom.HasAttr(n, "role"):
			gallery(n)
		}
		switch {
		case n.Type != html.ElementNode:
		case n.Data == "table":
			layout(n)
		case gutter(n) && inCode(n):
			Remove(n, LineNumber)
		case codeSpan(n):
			oneCode(n)
			partCode(n)
		}
	}
}

var codeTags = []atom.Atom{atom.Code, atom.Kbd, atom.Samp, atom.Tt}

var codeSpan = dom.Named(codeTags...)

var emphasis = dom.Named(atom.B, atom.Strong, atom.I, atom.Em, atom.Var, atom.U, atom.Cite, atom.Dfn)

// oneCode lets a piece of code on one line be one: Markdown has no emphasis in code, and would
// part it. Emphasis of the whole stands around it.
func oneCode(span *html.Node) {
	if spanAround(span) != nil || isListing(span) || inCode(span) {
		return
	}
	marks := dom.Find(span, emphasis)
	if len(marks) == 0 {
		return
	}
	whole := dom.Text(span)
	for _, n := range marks {
		if !dom.Under(n, span) {
			continue
		}
		if dom.Text(n) == whole && n.DataAtom != atom.Var && span.Parent != nil {
			around := dom.Elem(n.DataAtom)
			span.Parent.InsertBefore(around, span)
			span.Parent.RemoveChild(span)
			around.AppendChild(span)
		}
		dom.Unwrap(n)
	}
}

// partCode puts a space before code that begins right behind other code, where both have a
// letter or a digit there: a reader tells such words apart by the boxes that they stand in,
// as the names of two keys. Markdown reads spans that touch as one; so are the others, which
// editors part at punctuation.
func partCode(n *html.Node) {
	before := n
	for before.PrevSibling == nil && before.Parent != nil && !dom.IsBlock(before.Parent) && !codeSpan(before.Parent) {
		before = before.Parent
	}
	for before = before.PrevSibling; before != nil && before.LastChild != nil; {
		before = before.LastChild
	}
	if before == nil || before.Type != html.TextNode {
		return
	}
	if span := spanAround(before); span == nil || dom.HasLines(span) || dom.HasLines(n) || spanAround(n) != nil {
		return
	}
	last, _ := utf8.DecodeLastRuneInString(before.Data)
	first, _ := utf8.DecodeRuneInString(dom.Text(n))
	if blog.IsAlphanumeric(last) && blog.IsAlphanumeric(first) {
		n.Parent.InsertBefore(dom.TextNode(" "), n)
	}
}

// spanAround returns the span of code that n stands in, or nil.
func spanAround(n *html.Node) *html.Node {
	for p := n.Parent; p != nil && !dom.IsBlock(p); p = p.Parent {
		if codeSpan(p) {
			return p
		}
	}
	return nil
}

// wrapItems puts items that stand outside of a list into one, as they look.
func wrapItems(root *html.Node) {
	var strays []*html.Node
	for n := range dom.Below(root) {
		if dom.Is(n, atom.Li) && !isList(n.Parent) && !dom.Is(n.PrevSibling, atom.Li) {
			strays = append(strays, n)
		}
	}
	for _, n := range strays {
		list := dom.Elem(atom.Ul)
		n.Parent.InsertBefore(list, n)
		for dom.Is(n, atom.Li) {
			next := n.NextSibling
			n.Parent.RemoveChild(n)
			list.AppendChild(n)
			n = next
		}
	}
}

var isList = dom.Named(atom.Ul, atom.Ol, atom.Menu, atom.Dir)

// whitespace is what HTML folds to one space.
const whitespace = " \t\n\f\r"

// layout finds out whether a table is a box around something rather than data, and takes the
// numbers of lines out of one.
func layout(table *html.Node) {
	t := dom.TableOf(table)
	if !isLayout(table, t) {
		return
	}
	dom.SetLayout(table)
	for _, row := range t.Rows {
		code := hasListing(row[0].Parent)
		for _, cell := range row {
			if numbersLines(cell, code) {
				Remove(cell, LineNumber)
			}
		}
	}
}

// isLayout reports whether a table has one cell in each row, or code beside the numbers of
// its lines.
func isLayout(table *html.Node, t dom.Table) bool {
	if t.Width < 2 || dom.IsLayout(table) || dom.HasClass(table, "tr-caption-container") {
		return true
	}
	return t.Width == 2 && len(t.Rows) == 1 && numbersLines(t.Rows[0][0], true) && hasListing(table)
}

// numbersLines reports whether a cell holds numbers of lines, which it may where code stands
// in its row.
func numbersLines(cell *html.Node, code bool) bool {
	if gutter(cell) || !code {
		return gutter(cell)
	}
	words := dom.Words(cell)
	return words != "" && cell.NextSibling != nil && strings.Trim(words, "0123456789 ") == ""
}

func hasListing(n *html.Node) bool { return dom.First(n, dom.Named(atom.Pre)) != nil }

// gutter reports whether an element holds the numbers of lines.
func gutter(n *html.Node) bool { return dom.ClassIn(n, gutters) }

var gutters = blog.WordSet("gutter lineno linenos line-number line-numbers-rows lnt ln crayon-nums blob-num rouge-gutter linenodiv hljs-ln-numbers")
