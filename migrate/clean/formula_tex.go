package clean

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate/dom"
	"replant/migrate/regex"
)

// formulas finds the TeX of formulas in what MathJax, KaTeX and pandoc leave of them,
// each once. A formula whose TeX nobody kept stays as its characters.
func formulas(body *html.Node) {
	var blocks []*html.Node
	put := func(n *html.Node, tex string, block bool) {
		if n.Parent == nil || !dom.Under(n, body) {
			return // within a formula that has been read
		}
		m := dom.Math{TeX: undisplayed(tex), Block: block}.Node()
		Replace(n, Glyphs, m)
		if block {
			blocks = append(blocks, m)
		}
	}
	scripts(body, put)
	for _, n := range dom.Find(body, carriesTeX) {
		around := formulaAround(n)
		put(around, numberedTeX(undisplayed(strings.TrimSpace(texIn(n))), around), displayed(around))
	}
	for _, n := range dom.Find(body, dom.Class("math")) {
		if tex, ok := delimited(n); ok {
			put(n, tex, displayed(n))
		}
	}
	Lift(blocks...)
}

// carriesTeX matches the elements of MathML that know the TeX they were made of.
func carriesTeX(n *html.Node) bool { return strings.TrimSpace(texIn(n)) != "" }

func texIn(n *html.Node) string {
	switch {
	case n.Data == "annotation" && dom.Attr(n, "encoding") == "application/x-tex":
		return dom.Text(n)
	case n.Data == "math":
		if alt := dom.Attr(n, "alttext"); !inWords(alt) { // else it is to be read out
			return alt
		}
	}
	return ""
}

// formulaAround returns the outermost element that shows the formula of one in it: what
// MathJax and KaTeX put around MathML is a few boxes deep.
func formulaAround(n *html.Node) *html.Node {
	const boxes = 8
	around := n
	if table := equationTable(n); table != nil {
		return table
	}
	for range boxes {
		if isFormula(n) {
			around = n
		}
		if n = n.Parent; n == nil || n.DataAtom == atom.Body || n.DataAtom == atom.P {
			break
		}
	}
	return around
}

// equationTable returns the table in which LaTeXML sets one formula on a line of its own beside
// its number, or nil.
func equationTable(n *html.Node) *html.Node {
	table := dom.Enclosing(n, atom.Table)
	if table == nil || !dom.HasClass(table, "ltx_equation") || len(dom.Find(table, func(n *html.Node) bool { return n.DataAtom == atom.Math })) != 1 {
		return nil
	}
	return table
}

// numberedTeX returns TeX with the number that stands beside it in a table of LaTeXML.
func numberedTeX(tex string, around *html.Node) string {
	if !dom.Is(around, atom.Table) {
		return tex
	}
	tex = strings.TrimSpace(strings.TrimPrefix(tex, `\displaystyle`)) // as it is on a line of its own
	if tag := strings.Trim(dom.WordsOf(around, dom.Class("ltx_tag")), "() "); tag != "" {
		return tex + ` \tag{` + tag + "}"
	}
	return tex
}

// formulaClasses are those of KaTeX, MathJax 2 (HTML, SVG and CommonHTML), pandoc and MediaWiki.
var formulaClasses = listed("katex katex-display MathJax MathJax_Display MathJax_SVG MathJax_SVG_Display MathJax_CHTML mjx-chtml MJXc-display mwe-math-element mjpage")

// isFormula matches the elements that show a formula.
func isFormula(n *html.Node) bool {
	return n.Data == "math" || n.Data == "mjx-container" || dom.HasClass(n, formulaClasses...) || dom.HasClass(n, "math") && len(parts(n)) <= 1
}

// scripts reads MathJax 2, which keeps the TeX in a script behind what it shows.
func scripts(body *html.Node, put func(n *html.Node, tex string, block bool)) {
	all := dom.Find(body, func(n *html.Node) bool { return dom.Is(n, atom.Script) && mathScript(n) })
	if len(all) == 0 {
		return
	}
	for _, n := range dom.Find(body, dom.Class("MathJax_Preview", "MathJax", "MathJax_Display", "MathJax_SVG", "MathJax_CHTML")) {
		if n.Data != "mjx-container" { // of MathJax 3, which keeps no script
			Remove(n, Glyphs)
		}
	}
	for _, n := range all {
		if m := mathMarkup(n); m != nil {
			Replace(n, Glyphs, m)
			continue
		}
		put(n, withoutCDATA(dom.Text(n)), strings.Contains(dom.Attr(n, "type"), "mode=display"))
	}
}

// withoutCDATA returns TeX without the marks by which kramdown hides it from XML: they are comments
// of TeX.
func withoutCDATA(tex string) string {
	tex = strings.TrimSpace(tex)
	if inner, ok := strings.CutPrefix(tex, "% <![CDATA["); ok {
		tex = strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(inner), "%]]>"))
	}
	return tex
}

// mathScript reports whether a script holds TeX, or MathML.
func mathScript(n *html.Node) bool {
	kind := dom.Attr(n, "type")
	return strings.HasPrefix(kind, "math/tex") || strings.HasPrefix(kind, "math/mml")
}

var delimiters = regex.Lazy(`(?s)^\s*(?:\\\((.+)\\\)|\\\[(.+)\\\]|\$\$(.+)\$\$)\s*$`)

// delimited reads a formula that stands there as TeX between delimiters (pandoc).
func delimited(n *html.Node) (tex string, ok bool) {
	only := n.FirstChild
	if only == nil || only.NextSibling != nil || only.Type != html.TextNode {
		return "", false
	}
	m := delimiters().FindStringSubmatch(only.Data)
	if m == nil {
		return "", false
	}
	return strings.TrimSpace(m[1] + m[2] + m[3]), true
}

// displayed reports whether a formula stands on lines of its own.
func displayed(n *html.Node) bool {
	return n.Data == "div" || n.Data == "table" || dom.Attr(n, "display") == "block" || dom.Attr(n, "display") == "true" ||
		dom.HasClass(n, "katex-display", "display", "MJXc-display") || dom.First(n, func(c *html.Node) bool { return dom.Attr(c, "display") == "block" }) != nil
}
