package dom

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// IsBlock reports whether n stands on lines of its own.
func IsBlock(n *html.Node) bool {
	if n.Type != html.ElementNode {
		return false
	}
	switch n.DataAtom {
	case 0:
		m, ok := MathOf(n)
		return ok && m.Block || n.Data == embedTag || n.Data == noteTag || n.Data == moreTag
	case atom.Address, atom.Article, atom.Aside, atom.Blockquote, atom.Body, atom.Caption, atom.Center,
		atom.Dd, atom.Details, atom.Div, atom.Dl, atom.Dt, atom.Fieldset, atom.Figcaption,
		atom.Figure, atom.Footer, atom.Form, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5,
		atom.H6, atom.Header, atom.Hr, atom.Li, atom.Main, atom.Nav, atom.Ol, atom.P,
		atom.Pre, atom.Section, atom.Summary, atom.Table, atom.Tbody, atom.Td, atom.Tfoot,
		atom.Th, atom.Thead, atom.Tr, atom.Ul:
		return true
	}
	return false
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
