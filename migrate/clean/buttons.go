package clean

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate/blog"
	"replant/migrate/dom"
)

// buttonTitle keeps the text of a button that is the title of what it opens. Other buttons do
// something on the blog's own pages alone.
func buttonTitle(n *html.Node) {
	for icon := range dom.Standing(n, isIcon) {
		Remove(icon, Glyphs)
	}
	titled := dom.HasAttr(n, "aria-expanded") || dom.HasAttr(n, "aria-controls") || dom.Attr(n, "role") == "tab" || panes().MatchString(dom.Attr(n, "class")) ||
		dom.First(n, dom.Heading) != nil
	if !strings.ContainsFunc(dom.Text(n), blog.IsAlphanumeric) || dom.Enclosing(n, atom.Pre) != nil || dom.Enclosing(n, atom.Form) != nil {
		return
	}
	if inSentence(n) {
		dom.Unwrap(n)
		return
	}
	for p := n.Parent; p != nil; p = p.Parent {
		if dom.Heading(p) || p.DataAtom == atom.Summary {
			if titled || dom.Words(p) == dom.Words(n) {
				dom.Unwrap(n)
			}
			return
		}
	}
	switch {
	case !titled:
	case dom.First(n, dom.IsBlock) != nil:
		dom.Rename(n, atom.Div)
	default:
		dom.Rename(n, atom.Strong)
		title := dom.Elem(atom.P)
		n.Parent.InsertBefore(title, n)
		n.Parent.RemoveChild(n)
		title.AppendChild(n)
		Lift(title)
	}
}

// inSentence reports whether words stand on both sides of a button: then it is shown, as a key is.
func inSentence(n *html.Node) bool {
	says := func(n *html.Node) bool {
		return n != nil && n.Type == html.TextNode && strings.ContainsFunc(n.Data, blog.IsAlphanumeric)
	}
	return dom.Is(n.Parent, atom.P) && says(n.PrevSibling) && says(n.NextSibling)
}
