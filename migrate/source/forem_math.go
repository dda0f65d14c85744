package source

import (
	"strings"
	"unicode"

	"golang.org/x/net/html"

	"replant/migrate/clean"
	"replant/migrate/dom"
)

// foremMath finds the TeX in what Forem leaves of KaTeX's output: the glyphs of the
// MathML with the TeX behind them, and the glyphs once more for the eye. Shown as it
// is, each formula would stand there three times.
func foremMath(body *html.Node) {
	var blocks []*html.Node
	for _, n := range dom.Find(body, dom.Class("katex-element")) {
		tex := texOf(n)
		if tex == "" {
			continue
		}
		block := n.Data == "div" || dom.First(n, dom.Class("katex-display")) != nil
		m := dom.Math{TeX: tex, Block: block}.Node()
		clean.Replace(n, clean.Glyphs, m)
		if block {
			blocks = append(blocks, m)
		}
	}
	clean.Lift(blocks...)
}

func texOf(n *html.Node) string {
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

// behind gives what follows the glyphs in a text, where it begins with them. What has
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
