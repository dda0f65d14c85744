package clean

import (
	"fmt"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate/dom"
	"replant/migrate/regex"
)

// Formulas makes neutral elements of the formulas of a body, whatever shows them there,
// and returns what of them is lost: a line for each kind.
//
// The TeX that an author wrote is taken where anything kept it (see [formulas]); then come
// MathML, pictures, and TeX that stands in the text for a script of the blog to find.
func Formulas(body *html.Node) (losses []string) { return allFormulas(takeCensus(body, ofFormulas)) }

func allFormulas(c *census) (losses []string) {
	var f finder
	marked, pictured, written := false, c.has(atom.Img), false
	if c.may(holdFormulas|holdForeign|holdTeX) || c.has(atom.Math, atom.Script, atom.Svg) || c.classed(classesFormula) {
		marked, pictured, written = mayHave(c.body)
	}
	if marked {
		unprefixed(c.body)
		formulas(c.body)
		f.do(c.body, f.attributes, f.markup, f.drawings, f.katex, f.glyphs)
	}
	if pictured {
		f.do(c.body, f.pictures)
	}
	if written {
		f.do(c.body, f.texts)
	}
	return f.losses
}

// mayHave reports what formulas a body may have: by elements, by pictures, or in the text.
// Most have none, and need not be searched for each kind.
func mayHave(body *html.Node) (marked, pictured, written bool) {
	for n := range dom.Below(body) {
		switch {
		case n.Type == html.TextNode:
			written = written || undressed(n.Data)
		case n.DataAtom == atom.Img:
			pictured = true
		case n.DataAtom == atom.Math, n.DataAtom == atom.Script, n.DataAtom == atom.Svg, strings.HasPrefix(n.Data, "mjx-"), n.Data == "math-renderer", n.Data == "d-math", strings.HasSuffix(n.Data, ":math"):
			marked = true
		case !marked:
			marked = slices.ContainsFunc(n.Attr, namesFormula)
		}
	}
	return marked, pictured, written
}

// namesFormula reports whether an attribute is of the kinds that elements around formulas
// have.
func namesFormula(a html.Attribute) bool {
	switch a.Key {
	case "class":
		return classesFormula(a.Val)
	case "data-mathml", "data-math-style", "data-latex", "data-tex", "data-katex-display":
		return true
	}
	return false
}

// classesFormula reports whether a class is of those kinds.
func classesFormula(class string) bool { return holdsAny(class, formulaWords) }

var formulaWords = []string{"math", "ltx_", "Math", "katex", "mj", "formula"}

// unprefixed names the elements of MathML as HTML does where a feed has them with a prefix
// of XML, such as mml:math.
func unprefixed(body *html.Node) {
	for _, math := range dom.Find(body, func(n *html.Node) bool { return strings.HasSuffix(n.Data, ":math") }) {
		prefix, _ := strings.CutSuffix(math.Data, "math")
		dom.Rename(math, atom.Math)
		for _, n := range dom.Find(math, func(n *html.Node) bool { return strings.HasPrefix(n.Data, prefix) }) {
			if name := strings.TrimPrefix(n.Data, prefix); mathNames[name] {
				n.Data, n.DataAtom = name, atom.Lookup([]byte(name))
			}
		}
	}
}

// mathNames are the elements of MathML.
var mathNames = words("mi mn mo mtext ms mspace mrow mfrac msqrt mroot mstyle merror mpadded mphantom mfenced menclose msub msup msubsup munder mover munderover " +
	"mmultiscripts mprescripts none mtable mtr mlabeledtr mtd maction semantics annotation annotation-xml")

// do takes steps, one after another.
func (f *finder) do(body *html.Node, steps ...func(*html.Node)) {
	for _, step := range steps {
		step(body)
		Lift(f.blocks...)
		f.blocks = nil
	}
}

// finder gathers formulas.
type finder struct {
	blocks []*html.Node // formulas on lines of their own, of one step, in document order
	losses []string
}

// put places a formula where n stands.
func (f *finder) put(n *html.Node, tex string, block bool) {
	m := dom.Math{TeX: tex, Block: block}.Node()
	Replace(n, Glyphs, m)
	if block {
		f.blocks = append(f.blocks, m)
	}
}

func (f *finder) lose(format string, a ...any) {
	if l := fmt.Sprintf(format, a...); !slices.Contains(f.losses, l) {
		f.losses = append(f.losses, l)
	}
}

// markup writes the TeX of MathML without any, also where MathJax 2 keeps it in an
// attribute of what it shows.
func (f *finder) markup(body *html.Node) {
	for n := range dom.Standing(body, func(n *html.Node) bool { return mathElement(n) || dom.Attr(n, "data-mathml") != "" }) {
		math := n
		if n.DataAtom != atom.Math {
			math = mathIn(dom.Attr(n, "data-mathml"))
		}
		if math == nil {
			continue
		}
		tex, lost := texIn(math), []string(nil)
		if strings.TrimSpace(tex) == "" {
			tex, lost = presentation(math)
		}
		if tex = strings.TrimSpace(tex); tex == "" {
			continue
		}
		for _, name := range lost {
			f.lose("what TeX cannot say of a formula in MathML: %s", name)
		}
		around := formulaAround(n)
		if preview := around.PrevSibling; preview != nil && dom.HasClass(preview, "MathJax_Preview") {
			Remove(preview, Glyphs)
		}
		f.put(around, tex, displayed(around) || dom.Attr(math, "display") == "block" || dom.Attr(math, "mode") == "display")
	}
}

// mathIn returns the first <math> of a piece of HTML, or nil.
func mathIn(source string) *html.Node {
	return dom.First(Fragment(source), func(n *html.Node) bool { return n.DataAtom == atom.Math })
}

// glyphs reports the formulas of KaTeX and MathJax of which a feed has the glyphs alone: they
// show without their places, or not at all.
func (f *finder) glyphs(body *html.Node) {
	for range dom.Find(body, func(n *html.Node) bool {
		return (n.Data == "mjx-container" || dom.HasClass(n, "MathJax", "MathJax_SVG", "mjx-chtml")) && !inCode(n)
	}) {
		f.lose("the TeX of a formula that MathJax has drawn")
	}
	for _, n := range dom.Find(body, dom.Class("katex-html")) {
		if !inCode(n) && dom.First(n.Parent, dom.Class("katex-mathml")) == nil {
			f.lose("the TeX of a formula that KaTeX has drawn")
		}
	}
}

// sizing is what MediaWiki puts around each formula.
var sizing = regex.Lazy(`(?s)^\{\\(?:displaystyle|textstyle)\s+(.*)\}$`)

// undisplayed returns TeX without MediaWiki's frame.
func undisplayed(tex string) string {
	if m := sizing().FindStringSubmatch(strings.TrimSpace(tex)); m != nil && balanced(m[1]) {
		return strings.TrimSpace(m[1])
	}
	return tex
}

// balanced reports whether the braces of TeX close each other.
func balanced(tex string) bool {
	depth := 0
	for i := 0; i < len(tex); i++ {
		switch tex[i] {
		case '\\':
			i++
		case '{':
			depth++
		case '}':
			if depth--; depth < 0 {
				return false
			}
		}
	}
	return depth == 0
}
