package proof

import (
	"strings"
	"testing"

	"golang.org/x/net/html"

	"replant/migrate/dom"
)

// What a site passes through is read as the formula that it is.
func TestPassedFormulas(t *testing.T) {
	t.Parallel()
	style := Style{Formulas: dom.Delimiters{Inline: [2]string{`\(`, `\)`}, Block: [2]string{"$$", "$$"}}}
	const source = `<p>So <replant-math tex="x_1*y_2*z &lt; |a|"></replant-math> is.</p><replant-math tex="a \\&#10;b" block="block"></replant-math>`
	for page, lost := range map[string]bool{
		`So \(x_1*y_2*z \lt  \vert a\vert\) is.` + "\n\n" + `$$a \\ b$$`: false,
		`So \(x_1*y_2*z\) is.` + "\n\n" + `$$a \\ b$$`:                   true,
		`So \(x_1*y_2*z \lt  \vert a\vert\) is.`:                         true,
	} {
		body, err := html.Parse(strings.NewReader(source))
		if err != nil {
			t.Fatal(err)
		}
		p := New(style)
		p.Source(dom.First(body, func(n *html.Node) bool { return n.Data == "body" }))
		if report := p.Page([]byte(page)); (len(report) > 0) != lost {
			t.Errorf("%s: %v", page, report)
		}
	}
}
