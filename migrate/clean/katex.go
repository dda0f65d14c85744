package clean

import (
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate/dom"
)

// katex reads what feeds that know no MathML leave of KaTeX: see [KaTeX].
func (f *finder) katex(body *html.Node) {
	for n := range dom.Standing(body, dom.Class("katex")) {
		if inCode(n) || dom.First(n, dom.Class("katex-mathml")) == nil {
			continue
		}
		if tex := KaTeX(n); tex != "" {
			around := formulaAround(n)
			f.put(around, tex, displayed(around))
		}
	}
}

// KaTeX returns the TeX in what is left of KaTeX's output: the glyphs of the MathML with
// the TeX behind them, and the glyphs once more for the eye. Shown as it is, each formula
// would stand there three times.
func KaTeX(n *html.Node) string {
	if a := dom.First(n, func(n *html.Node) bool {
		return n.Data == "annotation" && dom.Attr(n, "encoding") == "application/x-tex"
	}); a != nil {
		return strings.TrimSpace(dom.Text(a))
	}
	source := dom.First(n, dom.Class("katex-mathml"))
	if source == nil {
		return strings.TrimSpace(dom.Text(n))
	}
	both, glyphs := dom.Text(source), ""
	if seen := dom.First(n, dom.Class("katex-html")); seen != nil {
		glyphs = dom.Text(seen)
	}
	if tex, ok := behind(both, glyphs); ok {
		return tex
	}
	half := []rune(strings.TrimSpace(both))
	return strings.TrimSpace(string(half[len(half)/2:]))
}

// behind returns what follows the glyphs in a text, where it begins with them. What has
// no width counts for neither.
func behind(both, glyphs string) (string, bool) {
	want := []rune(strings.Map(inked, glyphs))
	if len(want) == 0 {
		return "", false
	}
	for i, r := range both {
		switch {
		case inked(r) < 0:
		case len(want) == 0:
			return strings.TrimSpace(both[i:]), true
		case r != want[0]:
			return "", false
		default:
			want = want[1:]
		}
	}
	return "", false
}

// inked drops white space and the invisible operators of MathML.
func inked(r rune) rune {
	if unicode.IsSpace(r) || r == '\u200B' || r >= '\u2061' && r <= '\u2064' {
		return -1
	}
	return r
}

// attributes reads what editors keep the TeX of a formula in beside what shows it: Quill,
// Zhihu, Tiptap, GitLab and GitHub.
func (f *finder) attributes(body *html.Node) {
	for n := range dom.Standing(body, func(n *html.Node) bool { return texOfEditor(n) != "" }) {
		if tex := plainTeX(texOfEditor(n)); tex != "" && !inCode(n) {
			f.put(n, tex, n.DataAtom == atom.Div || dom.Attr(n, "data-math-style") == "display" || dom.HasClass(n, "js-display-math") ||
				dom.Attr(n, "data-katex-display") == "true" || dom.HasClass(n, "wp-katex-eq") && dom.Attr(n, "data-display") == "true")
		}
	}
}

func texOfEditor(n *html.Node) string {
	switch {
	case dom.HasClass(n, "ql-formula"):
		return dom.Attr(n, "data-value")
	case dom.HasClass(n, "ztext-math"):
		return dom.Attr(n, "data-tex")
	case n.Data == "math-renderer", n.Data == "d-math", dom.Attr(n, "data-math-style") != "", dom.HasClass(n, "katex-eq", "wp-katex-eq"):
		return dom.Text(n)
	case dom.Is(n, atom.Span) || dom.Is(n, atom.Div):
		return dom.Attr(n, "data-latex")
	}
	return ""
}
