package markdown

import (
	"testing"

	"replant/migrate/dom"
)

// A formula is passed through by the delimiters that a site has for it, and is text where it
// has none. A dollar of the text is no delimiter.
func TestFormulas(t *testing.T) {
	t.Parallel()
	const (
		inline = `<p>So <replant-math tex="x_1*y_2"></replant-math>, $5 and $6.</p>`
		block  = `<p>So</p><replant-math tex="a &lt; b \\&#10;c" block="block"></replant-math>`
		short  = `<replant-math tex="\text{$x$}"></replant-math>`
	)
	brackets := dom.Delimiters{Inline: [2]string{`\(`, `\)`}, Block: [2]string{`\[`, `\]`}}
	dollars := dom.Delimiters{Inline: [2]string{"$", "$"}, Block: [2]string{"$$", "$$"}}
	for name, c := range map[string]struct {
		source      string
		passthrough Passthrough
		formulas    dom.Delimiters
		want        string
	}{
		"none":               {inline, NoPassthrough, dom.Delimiters{}, `So $x_1*y_2$, \$5 and \$6.`},
		"inline":             {inline, IsPassthrough, brackets, `So \(x_1*y_2\), \$5 and \$6.`},
		"inline, in dollars": {inline, IsPassthrough, dollars, `So $x_1*y_2$, \$5 and \$6.`},
		"inline, none such":  {inline, IsPassthrough, dom.Delimiters{Block: brackets.Block}, `So \$x_1*y_2\$, \$5 and \$6.`},
		"block":              {block, IsPassthrough, brackets, "So\n\n" + `\[a \lt  b \\ c\]`},
		"block, none":        {block, NoPassthrough, dom.Delimiters{}, "So\n\n" + `$$a < b \\&#92;\` + "\nc$$"},
		"in itself":          {short, IsPassthrough, dollars, `\$\text{\$x\$}\$`},
		"in a heading":       {`<h2>Of <replant-math tex="x" block="block"></replant-math></h2>`, IsPassthrough, brackets, `## Of \(x\)`},
		"in a cell":          {`<table><tr><th>a</th><th>b</th></tr><tr><td><replant-math tex="|x|"></replant-math></td><td>c</td></tr></table>`, IsPassthrough, brackets, "| a | b |\n| --- | --- |\n| " + `\(\vert x\vert\)` + " | c |"},
		"in emphasis":        {`<p><b>a <replant-math tex="x"></replant-math> b</b></p>`, IsPassthrough, brackets, `**a** \(x\) **b**`},
		"behind a backslash": {`<p>a\<replant-math tex="x"></replant-math></p>`, NoPassthrough, dom.Delimiters{}, `a\\$x$`},
	} {
		got, err := New(Style{Embed: plainStyle.Embed, Passthrough: c.passthrough, Formulas: c.formulas}).Convert(parse(t, c.source))
		if err != nil || string(got) != c.want+"\n" {
			t.Errorf("%s:\n got %swant %s\n%v", name, got, c.want, err)
		}
	}
}
