package source

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate/blog"
)

// formulas finds the TeX of formulas in what MathJax, KaTeX and pandoc leave of them,
// each once. A formula whose TeX nobody kept stays as its characters.
func formulas(body *html.Node) {
	var blocks []*html.Node
	put := func(n *html.Node, tex string, block bool) {
		if n.Parent == nil || !under(n, body) {
			return
		}
		m := blog.Math{TeX: tex, Block: block}.Node()
		blog.Replace(n, m)
		if block {
			blocks = append(blocks, m)
		}
	}
	scripts(body, put)
	for _, n := range find(body, isFormula) {
		if tex := annotation(n); tex != "" {
			put(n, tex, displayed(n))
		} else if tex, ok := delimited(n); ok {
			put(n, tex, displayed(n))
		}
	}
	lift(blocks...)
}

// isFormula matches the outermost elements that show a formula, but not what Forem
// makes of one: that is Forem's dialect.
func isFormula(n *html.Node) bool {
	return n.Data == "math" || blog.HasClass(n, "katex", "katex-display", "MathJax", "math") || n.Data == "mjx-container"
}

// scripts reads MathJax 2, which keeps the TeX in a script behind what it shows.
func scripts(body *html.Node, put func(n *html.Node, tex string, block bool)) {
	all := find(body, func(n *html.Node) bool { return is(n, atom.Script) && mathScript(n) })
	if len(all) == 0 {
		return
	}
	for _, n := range find(body, class("MathJax_Preview", "MathJax", "MathJax_Display", "MathJax_SVG", "MathJax_CHTML")) {
		blog.Remove(n)
	}
	for _, n := range all {
		put(n, strings.TrimSpace(blog.Text(n)), strings.Contains(blog.Attr(n, "type"), "mode=display"))
	}
}

// mathScript tells whether a script holds TeX.
func mathScript(n *html.Node) bool { return strings.HasPrefix(blog.Attr(n, "type"), "math/tex") }

// annotation gives the TeX that MathML carries along.
func annotation(n *html.Node) string {
	a := first(n, func(n *html.Node) bool {
		return n.Data == "annotation" && blog.Attr(n, "encoding") == "application/x-tex"
	})
	if a == nil {
		return strings.TrimSpace(blog.Attr(n, "alttext"))
	}
	return strings.TrimSpace(blog.Text(a))
}

var delimiters = regexp.MustCompile(`(?s)^\s*(?:\\\((.+)\\\)|\\\[(.+)\\\]|\$\$(.+)\$\$)\s*$`)

// delimited reads a formula that stands there as TeX between delimiters (pandoc).
func delimited(n *html.Node) (tex string, ok bool) {
	m := delimiters.FindStringSubmatch(blog.Text(n))
	if m == nil {
		return "", false
	}
	return strings.TrimSpace(m[1] + m[2] + m[3]), true
}

// displayed tells whether a formula stands on lines of its own.
func displayed(n *html.Node) bool {
	return n.Data == "div" || blog.Attr(n, "display") == "block" || blog.Attr(n, "display") == "true" ||
		blog.HasClass(n, "katex-display", "display") || first(n, func(c *html.Node) bool { return blog.Attr(c, "display") == "block" }) != nil
}
