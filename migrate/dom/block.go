package dom

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// blockTags are the elements of HTML that stand on lines of their own.
var blockTags = map[atom.Atom]bool{
	atom.Address: true, atom.Article: true, atom.Aside: true, atom.Blockquote: true, atom.Body: true, atom.Caption: true, atom.Center: true,
	atom.Dd: true, atom.Details: true, atom.Div: true, atom.Dl: true, atom.Dt: true, atom.Fieldset: true, atom.Figcaption: true,
	atom.Figure: true, atom.Footer: true, atom.Form: true, atom.H1: true, atom.H2: true, atom.H3: true, atom.H4: true, atom.H5: true,
	atom.H6: true, atom.Header: true, atom.Hr: true, atom.Li: true, atom.Main: true, atom.Nav: true, atom.Ol: true, atom.P: true,
	atom.Pre: true, atom.Section: true, atom.Summary: true, atom.Table: true, atom.Tbody: true, atom.Td: true, atom.Tfoot: true,
	atom.Th: true, atom.Thead: true, atom.Tr: true, atom.Ul: true,
}

// IsBlock reports whether n stands on lines of its own.
func IsBlock(n *html.Node) bool {
	if n.Type != html.ElementNode {
		return false
	}
	if _, ok := EmbedOf(n); ok {
		return true
	}
	if _, ok := NoteOf(n); ok || IsMore(n) {
		return true
	}
	m, ok := MathOf(n)
	return ok && m.Block || blockTags[n.DataAtom]
}

// Gap reports whether n is a break or white space.
func Gap(n *html.Node) bool {
	return Is(n, atom.Br) || n.Type == html.TextNode && strings.TrimSpace(n.Data) == ""
}

// Empty reports whether n shows nothing: no text, picture, frame, or element of the
// neutral DOM.
func Empty(n *html.Node) bool {
	if shows(n) {
		return false
	}
	for d := range Below(n) {
		if shows(d) {
			return false
		}
	}
	return true
}

// Vacant reports whether n shows nothing, as [Empty] does. It looks outward from the place
// between two children of n; either may be nil. Where many nodes are taken out of n, one
// after another, what shows is mostly near, and what does not is passed over once.
func Vacant(n, before, after *html.Node) bool {
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

func shows(n *html.Node) bool {
	switch n.Type {
	case html.TextNode:
		return strings.TrimSpace(n.Data) != ""
	case html.ElementNode:
		switch n.DataAtom {
		case atom.Img, atom.Iframe, atom.Video, atom.Audio, atom.Embed, atom.Object, atom.Hr, atom.Input, atom.Svg, atom.Script, atom.Picture:
			return true
		}
		return Own(n.Data)
	}
	return false
}
