package clean

import (
	"strings"
	"testing"

	"golang.org/x/net/html"

	"replant/migrate/dom"
)

// formulasOf returns a body with its formulas between dollars, and what was lost of them.
func formulasOf(t *testing.T, source string) (string, []string) {
	t.Helper()
	body, err := Parse(source)
	if err != nil {
		t.Fatal(err)
	}
	Strip(body)
	losses := Formulas(body)
	for _, n := range dom.Descendants(body) {
		if m, ok := dom.MathOf(n); ok {
			mark := map[bool]string{false: "$", true: "$$"}[m.Block]
			dom.Replace(n, dom.TextNode(mark+m.TeX+mark))
		}
	}
	return html.UnescapeString(dom.InnerHTML(body)), losses
}

func TestMathMLBecomesTeX(t *testing.T) {
	t.Parallel()
	for source, want := range map[string]string{
		`<msup><mi>x</mi><mn>2</mn></msup><mo>+</mo><mfrac><mn>1</mn><mi>y</mi></mfrac>`:                                                                  `x^2+\frac{1}{y}`,
		`<mi>a</mi><mo>=</mo><msqrt><mi>b</mi><mo>+</mo><mi>c</mi></msqrt>`:                                                                               `a = \sqrt{b+c}`,
		`<mroot><mi>x</mi><mn>3</mn></mroot>`:                                                                                                             `\sqrt[3]{x}`,
		`<mroot><mi>x</mi><mrow><mo>[</mo><mi>n</mi><mo>]</mo></mrow></mroot>`:                                                                            `\sqrt[{[n]}]{x}`,
		`<msubsup><mi>a</mi><mrow><mi>i</mi><mi>j</mi></mrow><mi>α</mi></msubsup>`:                                                                        `a_{ij}^{\alpha}`,
		`<msup><msup><mi>a</mi><mi>b</mi></msup><mi>c</mi></msup>`:                                                                                        `{a^b}^c`,
		`<msup><mi>f</mi><mo>′</mo></msup><mo>(</mo><mi>x</mi><mo>)</mo>`:                                                                                 `f'(x)`,
		`<msup><mn>10</mn><mrow><mo>−</mo><mn>3</mn></mrow></msup>`:                                                                                       `10^{-3}`,
		`<munderover><mo>∑</mo><mrow><mi>i</mi><mo>=</mo><mn>1</mn></mrow><mi>n</mi></munderover><msub><mi>x</mi><mi>i</mi></msub>`:                       `\sum_{i = 1}^n x_i`,
		`<munder><mo>lim</mo><mrow><mi>x</mi><mo>→</mo><mn>0</mn></mrow></munder><mi>sin</mi><mo>&#x2061;</mo><mi>x</mi>`:                                 `\lim_{x\to0}\sin x`,
		`<mover><mi>x</mi><mo>¯</mo></mover>`:                                                                                                             `\bar{x}`,
		`<mover><mrow><mi>A</mi><mi>B</mi></mrow><mo>→</mo></mover>`:                                                                                      `\overrightarrow{AB}`,
		`<mover accent="true"><mi>v</mi><mo>→</mo></mover>`:                                                                                               `\vec{v}`,
		`<mover><mo>→</mo><mi>f</mi></mover>`:                                                                                                             `\xrightarrow{f}`,
		`<mover><mo>=</mo><mtext>def</mtext></mover>`:                                                                                                     `\overset{\text{def}}{=}`,
		`<munder><mi>x</mi><mo>_</mo></munder>`:                                                                                                           `\underline{x}`,
		`<munder><munder><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mo>⏟</mo></munder><mi>c</mi></munder>`:                                               `\underbrace{a+b}_c`,
		`<mo>(</mo><mtable><mtr><mtd><mn>1</mn></mtd><mtd><mn>0</mn></mtd></mtr><mtr><mtd><mn>0</mn></mtd><mtd><mn>1</mn></mtd></mtr></mtable><mo>)</mo>`: `\begin{pmatrix} 1 & 0 \\ 0 & 1 \end{pmatrix}`,
		`<mfenced open="[" close="]"><mtable><mtr><mtd><mi>a</mi></mtd></mtr></mtable></mfenced>`:                                                         `\begin{bmatrix} a \end{bmatrix}`,
		`<mi>f</mi><mo>=</mo><mrow><mo>{</mo><mtable><mtr><mtd><mn>1</mn></mtd><mtd><mtext>if </mtext><mi>x</mi></mtd></mtr></mtable></mrow>`:             `f = \begin{cases} 1 & \text{if }x \end{cases}`,
		`<mtable columnalign="right left"><mtr><mtd><mi>x</mi></mtd><mtd><mo>=</mo><mn>1</mn></mtd></mtr></mtable>`:                                       `\begin{aligned} x & = 1 \end{aligned}`,
		`<mfenced><mi>a</mi><mi>b</mi></mfenced>`:                                                                                                         `(a,b)`,
		`<mfenced open="|" close="|"><mfrac><mn>1</mn><mn>2</mn></mfrac></mfenced>`:                                                                       `\left| \frac{1}{2} \right|`,
		`<mo>(</mo><mfrac><mi>a</mi><mi>b</mi></mfrac><mo>)</mo>`:                                                                                         `\left( \frac{a}{b} \right)`,
		`<mo>(</mo><mfrac linethickness="0"><mi>n</mi><mi>k</mi></mfrac><mo>)</mo>`:                                                                       `\binom{n}{k}`,
		`<mo>{</mo><mi>x</mi><mo>∣</mo><mi>x</mi><mo>∈</mo><mi>ℝ</mi><mo>}</mo>`:                                                                          `\{x\mid x\in\mathbb{R}\}`,
		`<mi mathvariant="bold">v</mi><mo>⋅</mo><mi mathvariant="double-struck">R</mi><mi>𝒜</mi><mi>𝑥</mi>`:                                               `\mathbf{v}\cdot\mathbb{R}\mathcal{A}x`,
		`<mi>rank</mi><mo>≤</mo><mn>1,000</mn><mo>%</mo>`:                                                                                                 `\mathrm{rank}\leq1{,}000\%`,
		`<mtext>50% of $x_1</mtext>`:                                                                                                                      `\text{50\% of \$x\_1}`,
		`<mmultiscripts><mi>C</mi><mprescripts/><mn>6</mn><mn>14</mn></mmultiscripts>`:                                                                    `{}_6^{14}C`,
		`<menclose notation="box"><mi>x</mi></menclose><mphantom><mi>y</mi></mphantom>`:                                                                   `\boxed{x}\phantom{y}`,
		`<mi>a</mi><mspace width="1em"/><mi>b</mi>`:                                                                                                       `a\quad b`,
		`<semantics><mi>x</mi><annotation encoding="StarMath 5.0">x</annotation></semantics>`:                                                             `x`,
		`<semantics><mi>x</mi><annotation encoding="application/x-tex">\chi</annotation></semantics>`:                                                     `\chi`,
	} {
		if got, losses := formulasOf(t, "<math>"+source+"</math>"); got != "$"+want+"$" || len(losses) > 0 {
			t.Errorf("%s:\n got %s %q\nwant $%s$", source, got, losses, want)
		}
	}
}

// What TeX has nothing for is named, and its text stays.
func TestMathMLBeyondTeXIsLost(t *testing.T) {
	t.Parallel()
	for source, want := range map[string]string{
		`<mstack><mn>11</mn><mn>33</mn></mstack>`:              "mstack",
		`<menclose notation="circle"><mi>x</mi></menclose>`:    "menclose circle",
		`<apply><plus/><ci>x</ci><cn>1</cn></apply>`:           "apply",
		`<mrow><mi>a</mi><mglyph src="a.png" alt="x"/></mrow>`: "mglyph",
	} {
		got, losses := formulasOf(t, "<p>a <math>"+source+"</math></p>")
		if len(losses) == 0 || !strings.HasSuffix(losses[0], ": "+want) || !strings.Contains(got, "$") {
			t.Errorf("%s: %s, lost %q, want %s", source, got, losses, want)
		}
	}
}

func TestFormulasInEveryDress(t *testing.T) {
	t.Parallel()
	const assistive = `<math><msup><mi>x</mi><mn>2</mn></msup></math>`
	for name, c := range map[string]struct{ source, want string }{
		"WordPress":             {`<p>Area $latex \pi r^2$ and $latex x_1*y_2*z&amp;bg=ffffff&amp;s=2$ end.</p>`, `<p>Area $\pi r^2$ and $x_1*y_2*z$ end.</p>`},
		"WordPress, displayed":  {`<p>$latex=\displaystyle e^{i\pi}&fg=000000$</p>`, `<p>$\displaystyle e^{i\pi}$</p>`},
		"WordPress, its quotes": {`<p>$latex f’(x) – 1$</p>`, `<p>$f'(x) - 1$</p>`},
		"inline":                {`<p>So \(x_1 + y_2\), \( n \) and \(\text{rate of return} = r\).</p>`, `<p>So $x_1 + y_2$, $n$ and $\text{rate of return} = r$.</p>`},
		"displayed":             {`<p>So \[\int_0^1 z\,dz\] holds.</p>`, `<p>So</p>$$\int_0^1 z\,dz$$<p>holds.</p>`},
		"displayed over lines": {`<p>\[a = b<br />
\\ c\]</p>`, "$$a = b\n\\\\ c$$"},
		"dollars":                    {`<p>$$\sum_i x_i$$</p>`, `$$\sum_i x_i$$`},
		"MathJax 2":                  {`<p>a <span class="MathJax_Preview"></span><span class="MathJax" data-mathml="` + html.EscapeString(assistive) + `"><nobr>x2</nobr><span class="MJX_Assistive_MathML">` + assistive + `</span></span> b</p>`, `<p>a $x^2$ b</p>`},
		"MathJax 2, script":          {`<p>a <span class="MathJax_Preview"></span><span class="MathJax"><nobr>x2</nobr></span><script type="math/tex">x^2</script> b</p>`, `<p>a $x^2$ b</p>`},
		"MathJax 2, displayed":       {`<div class="MathJax_Display"><span class="MathJax" data-mathml="` + html.EscapeString(assistive) + `">x2</span></div>`, `$$x^2$$`},
		"MathJax 2, MathML":          {`<p>a <script type="math/mml">` + assistive + `</script></p>`, `<p>a $x^2$</p>`},
		"MathJax 3":                  {`<p>a <mjx-container class="MathJax" jax="CHTML"><mjx-math><mjx-mi></mjx-mi></mjx-math><mjx-assistive-mml unselectable="on" display="inline">` + assistive + `</mjx-assistive-mml></mjx-container> b</p>`, `<p>a $x^2$ b</p>`},
		"MathJax 3, displayed":       {`<p>a <mjx-container class="MathJax" jax="SVG" display="true"><svg></svg><mjx-assistive-mml display="block">` + assistive + `</mjx-assistive-mml></mjx-container> b</p>`, `<p>a</p>$$x^2$$<p>b</p>`},
		"KaTeX":                      {`<p>a <span class="katex"><span class="katex-mathml"><math><semantics><mi>x</mi><annotation encoding="application/x-tex">x^2</annotation></semantics></math></span><span class="katex-html" aria-hidden="true">x2</span></span></p>`, `<p>a $x^2$</p>`},
		"KaTeX without annotation":   {`<p>a <span class="katex"><span class="katex-mathml">` + assistive + `</span><span class="katex-html" aria-hidden="true">x2</span></span></p>`, `<p>a $x^2$</p>`},
		"MathJax 3, drawn by styles": {`<p>a <mjx-container class="MathJax" jax="CHTML"><mjx-math class=" MJX-TEX"><mjx-mfrac><mjx-frac><mjx-num><mjx-nstrut></mjx-nstrut><mjx-mrow><mjx-mi class="mjx-i"><mjx-c class="mjx-c1D44E TEX-I"></mjx-c></mjx-mi><mjx-mo class="mjx-n"><mjx-c class="mjx-c2B"></mjx-c></mjx-mo><mjx-mi class="mjx-i"><mjx-c class="mjx-c1D44F TEX-I"></mjx-c></mjx-mi></mjx-mrow></mjx-num><mjx-dbox><mjx-dtable><mjx-line></mjx-line><mjx-row><mjx-den><mjx-dstrut></mjx-dstrut><mjx-mi class="mjx-i"><mjx-c class="mjx-c1D450 TEX-I"></mjx-c></mjx-mi></mjx-den></mjx-row></mjx-dtable></mjx-dbox></mjx-frac></mjx-mfrac></mjx-math></mjx-container> b</p>`, `<p>a $\frac{a+b}{c}$ b</p>`},
		"MathJax 3, drawn by lines":  {`<p>a <mjx-container class="MathJax" jax="SVG" display="true"><svg><g transform="scale(1,-1)"><g data-mml-node="math"><g data-mml-node="mroot"><g><g data-mml-node="mi" transform="translate(853,0)"><use data-c="1D465" xlink:href="#MJX-9-TEX-I-1D465"></use></g></g><g data-mml-node="mn" transform="translate(261.8,391.8) scale(0.5)"><use data-c="33" xlink:href="#MJX-9-TEX-N-33"></use></g><g data-mml-node="mo" transform="translate(0,30.8)"><use data-c="221A" xlink:href="#MJX-9-TEX-N-221A"></use></g><rect></rect></g></g></g></svg></mjx-container> b</p>`, `<p>a</p>$$\sqrt[3]{x}$$<p>b</p>`},
		"MathJax 3, limits":          {`<p>a <mjx-container class="MathJax" jax="CHTML" display="true"><mjx-math display="true" class=" MJX-TEX"><mjx-munderover><mjx-over><mjx-mi class="mjx-i"><mjx-c class="mjx-c1D45B TEX-I"></mjx-c></mjx-mi></mjx-over><mjx-box><mjx-munder><mjx-row><mjx-base><mjx-mo class="mjx-lop"><mjx-c class="mjx-c2211 TEX-S2"></mjx-c></mjx-mo></mjx-base></mjx-row><mjx-row><mjx-under><mjx-TeXAtom><mjx-mi class="mjx-i"><mjx-c class="mjx-c1D456 TEX-I"></mjx-c></mjx-mi><mjx-mo class="mjx-n"><mjx-c class="mjx-c3D"></mjx-c></mjx-mo><mjx-mn class="mjx-n"><mjx-c class="mjx-c31"></mjx-c></mjx-mn></mjx-TeXAtom></mjx-under></mjx-row></mjx-munder></mjx-box></mjx-munderover><mjx-msub><mjx-mi class="mjx-i"><mjx-c class="mjx-c1D465 TEX-I"></mjx-c></mjx-mi><mjx-script><mjx-mi class="mjx-i"><mjx-c class="mjx-c1D456 TEX-I"></mjx-c></mjx-mi></mjx-script></mjx-msub></mjx-math></mjx-container> b</p>`, `<p>a</p>$$\sum_{i = 1}^n x_i$$<p>b</p>`},
		"MathJax 3, limits by lines": {`<p>a <mjx-container class="MathJax" jax="SVG"><svg><g transform="scale(1,-1)"><g data-mml-node="math"><g data-mml-node="munderover"><g data-mml-node="mo"><use data-c="2211" xlink:href="#MJX-12-TEX-SO-2211"></use></g><g data-mml-node="mi" transform="translate(1089,477.1) scale(0.707)"><use data-c="1D45B" xlink:href="#MJX-12-TEX-I-1D45B"></use></g><g data-mml-node="TeXAtom" transform="translate(1089,-285.4) scale(0.707)"><g data-mml-node="mi"><use data-c="1D456" xlink:href="#MJX-12-TEX-I-1D456"></use></g><g data-mml-node="mo" transform="translate(345,0)"><use data-c="3D" xlink:href="#MJX-12-TEX-N-3D"></use></g><g data-mml-node="mn" transform="translate(1123,0)"><use data-c="31" xlink:href="#MJX-12-TEX-N-31"></use></g></g></g><g data-mml-node="msub" transform="translate(2453.3,0)"><g data-mml-node="mi"><use data-c="1D465" xlink:href="#MJX-12-TEX-I-1D465"></use></g><g data-mml-node="mi" transform="translate(605,-150) scale(0.707)"><use data-c="1D456" xlink:href="#MJX-12-TEX-I-1D456"></use></g></g></g></g></svg></mjx-container> b</p>`, `<p>a $\sum_{i = 1}^n x_i$ b</p>`},
		"MathJax 3, scripts":         {`<p>a <mjx-container class="MathJax" jax="CHTML"><mjx-math class=" MJX-TEX"><mjx-msubsup><mjx-mi class="mjx-i"><mjx-c class="mjx-c1D44E TEX-I"></mjx-c></mjx-mi><mjx-script><mjx-TeXAtom><mjx-mi class="mjx-i"><mjx-c class="mjx-c1D45B TEX-I"></mjx-c></mjx-mi><mjx-mo class="mjx-n"><mjx-c class="mjx-c2B"></mjx-c></mjx-mo><mjx-mn class="mjx-n"><mjx-c class="mjx-c31"></mjx-c></mjx-mn></mjx-TeXAtom><mjx-spacer></mjx-spacer><mjx-TeXAtom><mjx-mi class="mjx-i"><mjx-c class="mjx-c1D456 TEX-I"></mjx-c></mjx-mi><mjx-mi class="mjx-i"><mjx-c class="mjx-c1D457 TEX-I"></mjx-c></mjx-mi></mjx-TeXAtom></mjx-script></mjx-msubsup></mjx-math></mjx-container> b</p>`, `<p>a $a_{ij}^{n+1}$ b</p>`},
		"MathJax 3, binomial":        {`<p>a <mjx-container class="MathJax" jax="SVG"><svg><g transform="scale(1,-1)"><g data-mml-node="math"><g data-mml-node="mrow"><g data-mml-node="TeXAtom"><g data-mml-node="mo" transform="translate(0 -0.5)"><use data-c="28" xlink:href="#MJX-28-TEX-SO-28"></use></g></g><g data-mml-node="mfrac" transform="translate(458,0)"><g data-mml-node="mi" transform="translate(0,444) scale(0.707)"><use data-c="1D45B" xlink:href="#MJX-28-TEX-I-1D45B"></use></g><g data-mml-node="mi" transform="translate(27.9,-345) scale(0.707)"><use data-c="1D458" xlink:href="#MJX-28-TEX-I-1D458"></use></g></g><g data-mml-node="TeXAtom" transform="translate(882.3,0)"><g data-mml-node="mo" transform="translate(0 -0.5)"><use data-c="29" xlink:href="#MJX-28-TEX-SO-29"></use></g></g></g></g></g></svg></mjx-container> b</p>`, `<p>a $\binom{n}{k}$ b</p>`},
		"MathJax 3, faces":           {`<p>a <mjx-container class="MathJax" jax="CHTML"><mjx-math class=" MJX-TEX"><mjx-TeXAtom><mjx-mi class="mjx-cal mjx-i"><mjx-c class="mjx-c4F TEX-C"></mjx-c></mjx-mi></mjx-TeXAtom><mjx-mo class="mjx-n"><mjx-c class="mjx-c28"></mjx-c></mjx-mo><mjx-mi class="mjx-i"><mjx-c class="mjx-c1D45B TEX-I"></mjx-c></mjx-mi><mjx-mi class="mjx-n"><mjx-c class="mjx-c6C"></mjx-c><mjx-c class="mjx-c6F"></mjx-c><mjx-c class="mjx-c67"></mjx-c></mjx-mi><mjx-mo class="mjx-n"><mjx-c class="mjx-c2061"></mjx-c></mjx-mo><mjx-mi class="mjx-i"><mjx-c class="mjx-c1D45B TEX-I"></mjx-c></mjx-mi><mjx-mo class="mjx-n"><mjx-c class="mjx-c29"></mjx-c></mjx-mo></mjx-math></mjx-container> b</p>`, `<p>a $\mathcal{O}(n\log n)$ b</p>`},
		"MathJax 3, Greek":           {`<p>a <mjx-container class="MathJax" jax="SVG"><svg><g transform="scale(1,-1)"><g data-mml-node="math"><g data-mml-node="msup"><g data-mml-node="mi"><use data-c="1D453" xlink:href="#MJX-24-TEX-I-1D453"></use></g><g data-mml-node="mo" transform="translate(636,363) scale(0.707)"><use data-c="2032" xlink:href="#MJX-24-TEX-V-2032"></use></g></g><g data-mml-node="mo" transform="translate(880.5,0)"><use data-c="28" xlink:href="#MJX-24-TEX-N-28"></use></g><g data-mml-node="mi" transform="translate(1269.5,0)"><use data-c="1D465" xlink:href="#MJX-24-TEX-I-1D465"></use></g><g data-mml-node="mo" transform="translate(1841.5,0)"><use data-c="29" xlink:href="#MJX-24-TEX-N-29"></use></g><g data-mml-node="mo" transform="translate(2508.2,0)"><use data-c="3D" xlink:href="#MJX-24-TEX-N-3D"></use></g><g data-mml-node="mi" transform="translate(3564,0)"><use data-c="1D6FC" xlink:href="#MJX-24-TEX-I-1D6FC"></use></g></g></g></svg></mjx-container> b</p>`, `<p>a $f'(x) = \alpha$ b</p>`},
		"MathJax 3, tall fences":     {`<p>a <mjx-container class="MathJax" jax="SVG"><svg><g transform="scale(1,-1)"><g data-mml-node="math"><g data-mml-node="mrow"><g data-mml-node="mo" transform="translate(0 -0.5)"><use data-c="7B" xlink:href="#MJX-32-TEX-S3-7B"></use></g><g data-mml-node="mtable" transform="translate(750,0)"><g data-mml-node="mtr" transform="translate(0,600)"><g data-mml-node="mtd"><g data-mml-node="mn"><use data-c="31" xlink:href="#MJX-32-TEX-N-31"></use></g></g><g data-mml-node="mtd" transform="translate(1500,0)"><g data-mml-node="mi"><use data-c="1D465" xlink:href="#MJX-32-TEX-I-1D465"></use></g><g data-mml-node="mo" transform="translate(849.8,0)"><use data-c="3C" xlink:href="#MJX-32-TEX-N-3C"></use></g><g data-mml-node="mn" transform="translate(1905.6,0)"><use data-c="30" xlink:href="#MJX-32-TEX-N-30"></use></g></g></g><g data-mml-node="mtr" transform="translate(0,-600)"><g data-mml-node="mtd"><g data-mml-node="mn"><use data-c="32" xlink:href="#MJX-32-TEX-N-32"></use></g></g><g data-mml-node="mtd" transform="translate(1500,0)"><g data-mml-node="mi"><use data-c="1D465" xlink:href="#MJX-32-TEX-I-1D465"></use></g><g data-mml-node="mo" transform="translate(849.8,0)"><use data-c="2265" xlink:href="#MJX-32-TEX-N-2265"></use></g><g data-mml-node="mn" transform="translate(1905.6,0)"><use data-c="30" xlink:href="#MJX-32-TEX-N-30"></use></g></g></g></g><g data-mml-node="mo" transform="translate(4655.6,0) translate(0 250)"></g></g></g></g></svg></mjx-container> b</p>`, `<p>a $\begin{cases} 1 & x < 0 \\ 2 & x\geq0 \end{cases}$ b</p>`},
		"MathJax 3, braces":          {`<p>a <mjx-container class="MathJax" jax="SVG"><svg><g transform="scale(1,-1)"><g data-mml-node="math"><g data-mml-node="munder"><g data-mml-node="TeXAtom"><g data-mml-node="munder"><g data-mml-node="mrow"><g data-mml-node="mi"><use data-c="1D44E" xlink:href="#MJX-34-TEX-I-1D44E"></use></g><g data-mml-node="mo" transform="translate(751.2,0)"><use data-c="2B" xlink:href="#MJX-34-TEX-N-2B"></use></g><g data-mml-node="mi" transform="translate(1751.4,0)"><use data-c="1D44F" xlink:href="#MJX-34-TEX-I-1D44F"></use></g></g><g data-mml-node="mo" transform="translate(0,-507)"><use data-c="E152" xlink:href="#MJX-34-TEX-S4-E152"></use><use data-c="E153" xlink:href="#MJX-34-TEX-S4-E153" transform="translate(1730.4,0)"></use><g data-c="E156" transform="translate(640.2,0)"><use data-c="E151" xlink:href="#MJX-34-TEX-S4-E151"></use><use data-c="E150" xlink:href="#MJX-34-TEX-S4-E150" transform="translate(450,0)"></use></g><svg><use data-c="E154" xlink:href="#MJX-34-TEX-S4-E154" transform="scale(1.463,1)"></use></svg><svg><use data-c="E154" xlink:href="#MJX-34-TEX-S4-E154" transform="scale(1.463,1)"></use></svg></g></g></g><g data-mml-node="TeXAtom" transform="translate(937.1,-1302) scale(0.707)"><g data-mml-node="mi"><use data-c="1D450" xlink:href="#MJX-34-TEX-I-1D450"></use></g></g></g></g></g></svg></mjx-container> b</p>`, `<p>a $\underbrace{a+b}_c$ b</p>`},
		"KaTeX without MathML":       {`<p>a <span class="katex"><span class="katex-mathml">x2x^2</span><span class="katex-html" aria-hidden="true">x2</span></span></p>`, `<p>a $x^2$</p>`},
		"MathJax 2, label":           {`<p>a <span class="mjpage"><span class="mjx-chtml"><span class="mjx-math" aria-label="x^2"><span class="mjx-mrow" aria-hidden="true"><span class="mjx-char">x</span></span></span></span></span> b</p>`, `<p>a $x^2$ b</p>`},
		"MathJax 2, label, alone":    {`<p>a <span class="mjpage mjpage__block"><span class="mjx-chtml MJXc-display"><span class="mjx-math" aria-label="x^2">x2</span></span></span> b</p>`, `<p>a</p>$$x^2$$<p>b</p>`},
		"MathJax 2, title":           {`<p>a <svg role="img" aria-labelledby="MathJax-SVG-1-Title"><title id="MathJax-SVG-1-Title">x^2</title><g></g></svg> b</p>`, `<p>a $x^2$ b</p>`},
		"MathJax 4":                  {`<p>a <mjx-container class="MathJax" jax="SVG"><svg><g data-latex="x^2"><g data-latex="x"></g></g></svg></mjx-container> b</p>`, `<p>a $x^2$ b</p>`},
		"JATS":                       {`<p>a <mml:math><mml:msub><mml:mi>x</mml:mi><mml:mn>1</mml:mn></mml:msub><mml:mspace width="1em"/><mml:mi>y</mml:mi></mml:math> b</p>`, `<p>a $x_1\quad y$ b</p>`},
		"two in a box":               {`<div class="math">Both <math><mi>x</mi></math> and <math><mi>y</mi></math>.</div>`, `<div class="math">Both $x$ and $y$.</div>`},
		"Quill":                      {`<p>a <span class="ql-formula" data-value="x^2"><span><span class="katex">x2</span></span></span></p>`, `<p>a $x^2$</p>`},
		"GitLab":                     {`<p>a <code class="code math js-render-math" data-math-style="inline">x^2</code></p>`, `<p>a $x^2$</p>`},
		"GitHub's renderer":          {`<p>a <math-renderer class="js-inline-math">$x^2$</math-renderer></p>`, `<p>a $x^2$</p>`},
		"Wikipedia": {`<p>a <span class="mwe-math-element"><span class="mwe-math-mathml-inline" style="display: none;"><math alttext="{\displaystyle E=mc^{2}}"><mi>E</mi></math></span><img src="https://wikimedia.org/api/rest_v1/media/math/render/svg/9f" class="mwe-math-fallback-image-inline" alt="{\displaystyle E=mc^{2}}"></span></p>`,
			`<p>a $E=mc^{2}$</p>`},
		"Wikipedia, picture":   {`<p>a <img src="https://wikimedia.org/api/rest_v1/media/math/render/svg/9f" class="mwe-math-fallback-image-inline" alt="{\displaystyle E=mc^{2}}"></p>`, `<p>a $E=mc^{2}$</p>`},
		"latex.php":            {`<p>a <img class="latex" src="https://s0.wp.com/latex.php?latex=%5Cpi+r%5E2&amp;bg=ffffff&amp;fg=000&amp;s=0" alt="\pi r^2"></p>`, `<p>a $\pi r^2$</p>`},
		"latex.php, alone":     {`<p><img src="https://l.wordpress.com/latex.php?latex=a%3Cb&amp;bg=ffffff" alt=""></p>`, `$$a<b$$`},
		"QuickLaTeX":           {`<p>a <img src="https://a.example/q.png" class="ql-img-inline-formula quicklatex-auto-format" alt="x&#94;2"></p>`, `<p>a $x^2$</p>`},
		"codecogs":             {`<p>a <a href="https://www.codecogs.com/eqnedit.php?latex=x"><img src="https://latex.codecogs.com/gif.latex?\dpi{150}&space;\bg_white&space;\frac{a+b}{c}" title="x"></a></p>`, `<p>a $\frac{a+b}{c}$</p>`},
		"codecogs, svg":        {`<p>a <img src="https://latex.codecogs.com/svg.image?\inline&amp;space;x^{2}&amp;plus;1"></p>`, `<p>a $x^{2}+1$</p>`},
		"GitHub":               {`<p>a <img src="https://render.githubusercontent.com/render/math?math=e%5E%7Bi%20%5Cpi%7D%20%3D%20-1"></p>`, `<p>a $e^{i \pi} = -1$</p>`},
		"GitHub, by its proxy": {`<p>a <a href="https://camo.githubusercontent.com/1"><img src="https://camo.githubusercontent.com/1" data-canonical-src="https://render.githubusercontent.com/render/math?math=x"></a></p>`, `<p>a $x$</p>`},
		"Google":               {`<p>a <img src="https://chart.googleapis.com/chart?cht=tx&amp;chl=x%5E2"></p>`, `<p>a $x^2$</p>`},
	} {
		if got, losses := formulasOf(t, c.source); got != c.want || len(losses) > 0 {
			t.Errorf("%s:\n got %s %q\nwant %s", name, got, losses, c.want)
		}
	}
}

// What only looks like a formula stays as it is.
func TestNoFormula(t *testing.T) {
	t.Parallel()
	for _, source := range []string{
		`<p>It costs $5 and $6, or $$ for two.</p>`,
		`<p>echo $$ and kill $$ or $$a = 'x'; echo $$b;</p>`,
		`<p>s/\(foo\)/\1/ and \(.*\)* and \([a-z]\)\{2\}</p>`,
		`<p>\(see what I wrote below\) and \(word\) and \(a {b\)</p>`,
		`<p>\(&lt;i>\) and \[&lt;b class=x>\] and \(x&lt;/i>\)</p>`,
		"<p>\\([a](b)\\) and \\(`x`\\) and \\(**x** = 1\\) and \\({{% x %}}\\)</p>",
		`<p>\[1\] and \[sic\] and \[x = 1\](https://a.example/) and \[this one = that one\]</p>`,
		`<p>$latex$ is not $latexmk -pdf$, and $latex is open.</p>`,
		`<p>\(x <b>y</b> z\) and \(x</p><p>y\)</p>`,
		`<p><code>\(x_1\)</code> <kbd>$latex x$</kbd></p>`,
		`<pre>\[x = 1\] $$\sum_i x_i$$ <code>$latex x$</code></pre>`,
		`<p><img class="wide" src="https://a.example/latex.php.png" alt="x^2"></p>`,
		`<p><img src="https://a.example/latex.php?latex=x"></p>`,
		`<p><img class="latex" src="https://a.example/gloves.jpg" alt="Gloves of latex"> <img class="latex" src="https://a.example/g.jpg" alt="gloves"></p>`,
		`<p><img src="https://chart.googleapis.com/chart?cht=p&chl=x"></p>`,
	} {
		body := Fragment(source)
		if got, losses := formulasOf(t, source); got != html.UnescapeString(dom.InnerHTML(body)) || len(losses) > 0 {
			t.Errorf("%s became %s %q", source, got, losses)
		}
	}
}

// Glyphs without their TeX are told.
func TestDrawnFormulaIsLost(t *testing.T) {
	t.Parallel()
	for _, source := range []string{
		`<p><mjx-container class="MathJax" jax="CHTML"><mjx-math><mjx-mi><mjx-c></mjx-c></mjx-mi></mjx-math></mjx-container></p>`,
		`<p><span class="katex"><span class="katex-html" aria-hidden="true">x2</span></span></p>`,
		`<p><span class="MathJax"><nobr><span class="math"><span class="mi">x</span><span class="mn">2</span></span></nobr></span></p>`,
	} {
		if _, losses := formulasOf(t, source); len(losses) != 1 {
			t.Errorf("%s: lost %q", source, losses)
		}
	}
}
