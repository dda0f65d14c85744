package clean

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate/dom"
	"replant/migrate/regex"
)

// documents makes ordinary elements of what notebooks and Asciidoctor write around code,
// pictures and notes.
func documents(body *html.Node) {
	for n := range dom.Standing(body, documentClass) {
		switch {
		case prompted(n):
			Drop(n, Highlighting)
		case dom.HasClass(n, "imageblock"):
			imageBlock(n)
		case dom.HasClass(n, "admonitionblock"):
			admonition(n)
		case dom.HasClass(n, "admonition", "markdown-alert", "custom-block", "theme-admonition", "starlight-aside", "callout-titled"):
			titledBox(n)
		case dom.HasClass(n, "colist"):
			callouts(n)
		}
	}
}

func documentClass(n *html.Node) bool { return ofDocument(dom.Attr(n, "class")) }

// ofDocument reports whether a class may be of what [documents] reads.
func ofDocument(class string) bool {
	return class != "" && holdsAny(class, documentWords)
}

var documentWords = []string{"admonition", "alert", "aside", "callout", "block", "rompt", "colist"}

// prompts are what Jupyter writes in front of the cells of a notebook.
var prompts = regex.Lazy(`^(?:In|Out)\s*\[[\s\d*]*\]:?$`)

// prompted reports whether an element is the number of a notebook's cell.
func prompted(n *html.Node) bool {
	if !strings.Contains(dom.Attr(n, "class"), "rompt") || dom.Is(n, atom.Pre) {
		return false
	}
	words := dom.Words(n)
	return words == "" && dom.Empty(n) || len(words) < 20 && prompts().MatchString(words)
}

// imageBlock makes a figure of a picture with a title.
func imageBlock(n *html.Node) {
	title := dom.First(n, dom.Class("title"))
	if title == nil || title.Parent != n || n.DataAtom != atom.Div || dom.First(n, dom.Named(atom.Img)) == nil {
		return
	}
	dom.Rename(n, atom.Figure)
	dom.Rename(title, atom.Figcaption)
}

// admonition makes a quote of a table that stands for a note: its kind in one cell, its text
// in the other.
func admonition(n *html.Node) {
	icon, content := dom.First(n, dom.Class("icon")), dom.First(n, dom.Class("content"))
	if n.DataAtom != atom.Div || icon == nil || content == nil || icon.DataAtom != atom.Td || content.DataAtom != atom.Td {
		return
	}
	kind := dom.Words(icon)
	if glyph := dom.First(icon, dom.Named(atom.I, atom.Img)); kind == "" && glyph != nil {
		kind = dom.Attr(glyph, "title") + dom.Attr(glyph, "alt")
	}
	quote := dom.Elem(atom.Blockquote)
	if kind != "" {
		quote.AppendChild(dom.Elem(atom.P, dom.Elem(atom.Strong, dom.TextNode(kind))))
	}
	dom.MoveInto(quote, content)
	WrapRuns(quote)
	Replace(n, Arrangement, quote)
}

// titledBox makes a quote of a box with a title that stands for a note: Sphinx and Material,
// GitHub, VitePress, Docusaurus, Starlight, Quarto.
func titledBox(n *html.Node) {
	title := dom.First(n, func(n *html.Node) bool {
		return dom.HasClass(n, "admonition-title", "markdown-alert-title", "custom-block-title", "starlight-aside__title", "callout-title-container") || strings.HasPrefix(dom.Attr(n, "class"), "admonitionHeading")
	})
	if title == nil || n.DataAtom != atom.Div && n.DataAtom != atom.Aside || dom.Words(title) == "" || dom.Words(title) == dom.Words(n) {
		return
	}
	for svg := range dom.Standing(title, dom.Named(atom.Svg)) {
		dom.Detach(svg)
	}
	kind := dom.Elem(atom.Strong)
	if words := dom.Words(title); dom.First(title, dom.IsBlock) != nil {
		kind.AppendChild(dom.TextNode(words))
		dom.Take(title)
	}
	dom.MoveInto(kind, title)
	TrimText(kind)
	head := title
	for head.Parent != n && dom.Empty(head.Parent) {
		head = head.Parent
	}
	dom.Detach(head)
	quote := dom.Elem(atom.Blockquote, dom.Elem(atom.P, kind))
	dom.MoveInto(quote, n)
	WrapRuns(quote)
	dom.Replace(n, quote)
}

// callouts makes a list of a table that explains numbers in code.
func callouts(n *html.Node) {
	table := dom.First(n, dom.Named(atom.Table))
	if table == nil {
		return
	}
	list := dom.Elem(atom.Ol)
	for _, row := range dom.TableOf(table).Rows {
		if len(row) != 2 || dom.First(row[0], dom.Class("conum")) == nil && !IsNumber(strings.Trim(dom.Words(row[0]), "()")) {
			return
		}
	}
	for _, row := range dom.TableOf(table).Rows {
		item := dom.Elem(atom.Li)
		dom.MoveInto(item, row[1])
		list.AppendChild(item)
	}
	Replace(table, Arrangement, list)
}
