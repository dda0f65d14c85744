package clean

import (
	"strings"
	"testing"

	"golang.org/x/net/html"

	"replant/migrate/dom"
)

// FuzzFormulas reads any body for formulas: it ends, the tree stays a tree, code keeps its
// words, and TeX that is made of MathML closes its braces.
func FuzzFormulas(f *testing.F) {
	for _, seed := range []string{
		`<math><msup><mi>x</mi><mn>2</mn></msup><mo>(</mo><mfrac linethickness="0"><mi>n</mi><mi>k</mi></mfrac><mo>)</mo></math>`,
		`<math><mrow><mo>{</mo><mtable columnalign="right left"><mlabeledtr><mtd>1</mtd><mtd><mtext>a }b</mtext></mtd></mlabeledtr></mtable></mrow></math>`,
		`<math><mmultiscripts><mi>C</mi><mn>1</mn><none/><mprescripts/><mn>6</mn></mmultiscripts><mover><mi>AB</mi><mo>→</mo></mover></math>`,
		`<math><mroot><mi>x</mi><mo>]</mo></mroot><menclose notation="box top"><mstack/></menclose><mfenced open="{" separators=";"><mi>\</mi><mn>1,0</mn></mfenced></math>`,
		`<mjx-container jax="CHTML"><mjx-math><mjx-munderover><mjx-mo><mjx-c class="mjx-c2211"></mjx-c></mjx-mo><mjx-script><mjx-mi></mjx-mi><mjx-spacer></mjx-spacer><mjx-mi></mjx-mi></mjx-script></mjx-munderover></mjx-math></mjx-container>`,
		`<mjx-container jax="SVG"><svg><g data-mml-node="math"><g data-mml-node="mroot"><g data-mml-node="mi"><use data-c="1D465"/></g></g></g></svg></mjx-container>`,
		`<p>$latex x&bg=ffffff$ \(a<br>b\) \[c = 1\] $$\sum x$$ <code>\(x\)</code></p>`,
		`<p><a href="https://www.codecogs.com/eqnedit.php?latex=x"><img src="https://latex.codecogs.com/gif.latex?\dpi{1}&space;x"></a></p>`,
		`<span class="katex-display"><span class="katex"><span class="katex-mathml">x2x^2</span><span class="katex-html">x2</span></span></span>`,
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, source string) {
		body, err := Parse(source)
		if err != nil {
			t.Skip()
		}
		Strip(body)
		was := code(body)
		Formulas(body)
		if is := code(body); is != was {
			t.Errorf("the code %q became %q", was, is)
		}
		for n := range dom.Below(body) {
			if n.NextSibling != nil && n.NextSibling.PrevSibling != n || n.FirstChild != nil && n.FirstChild.Parent != n {
				t.Fatalf("the tree is broken at %q", n.Data)
			}
		}
		for _, n := range dom.Find(Fragment(source), mathElement) {
			tex, _ := presentation(n)
			if !balanced(tex) {
				t.Errorf("%q", tex)
			}
		}
	})
}

// code returns the words of all code in a body: what is blank may go with a paragraph.
func code(body *html.Node) string {
	var b strings.Builder
	for n := range dom.Below(body) {
		if n.Type == html.TextNode && inCode(n) && dom.Attr(n.Parent, "data-math-style") == "" {
			b.WriteString(n.Data)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}
