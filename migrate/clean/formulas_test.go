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
		"dollars":                  {`<p>$$\sum_i x_i$$</p>`, `$$\sum_i x_i$$`},
		"MathJax 2":                {`<p>a <span class="MathJax_Preview"></span><span class="MathJax" data-mathml="` + html.EscapeString(assistive) + `"><nobr>x2</nobr><span class="MJX_Assistive_MathML">` + assistive + `</span></span> b</p>`, `<p>a $x^2$ b</p>`},
		"MathJax 2, script":        {`<p>a <span class="MathJax_Preview"></span><span class="MathJax"><nobr>x2</nobr></span><script type="math/tex">x^2</script> b</p>`, `<p>a $x^2$ b</p>`},
		"MathJax 2, displayed":     {`<div class="MathJax_Display"><span class="MathJax" data-mathml="` + html.EscapeString(assistive) + `">x2</span></div>`, `$$x^2$$`},
		"MathJax 2, MathML":        {`<p>a <script type="math/mml">` + assistive + `</script></p>`, `<p>a $x^2$</p>`},
		"MathJax 3":                {`<p>a <mjx-container class="MathJax" jax="CHTML"><mjx-math><mjx-mi></mjx-mi></mjx-math><mjx-assistive-mml unselectable="on" display="inline">` + assistive + `</mjx-assistive-mml></mjx-container> b</p>`, `<p>a $x^2$ b</p>`},
		"MathJax 3, displayed":     {`<p>a <mjx-container class="MathJax" jax="SVG" display="true"><svg></svg><mjx-assistive-mml display="block">` + assistive + `</mjx-assistive-mml></mjx-container> b</p>`, `<p>a</p>$$x^2$$<p>b</p>`},
		"KaTeX":                    {`<p>a <span class="katex"><span class="katex-mathml"><math><semantics><mi>x</mi><annotation encoding="application/x-tex">x^2</annotation></semantics></math></span><span class="katex-html" aria-hidden="true">x2</span></span></p>`, `<p>a $x^2$</p>`},
		"KaTeX without annotation": {`<p>a <span class="katex"><span class="katex-mathml">` + assistive + `</span><span class="katex-html" aria-hidden="true">x2</span></span></p>`, `<p>a $x^2$</p>`},
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
	} {
		if _, losses := formulasOf(t, source); len(losses) != 1 {
			t.Errorf("%s: lost %q", source, losses)
		}
	}
}
