package markdown

import "testing"

// Delimiters of formulas go where they would pass something through: that the source
// escapes, or what would become a tag.
func TestPassthrough(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ source, never, may, is string }{
		{"costs $5", "costs $5", "costs $5", `costs \$5`},
		{"$1 or $ 2", "$1 or $ 2", "$1 or $ 2", `\$1 or \$ 2`},
		{"$ &lt;i> $", `$ \<i> $`, `\$ \<i> \$`, `\$ \<i> \$`},
		{"&lt;i> $ $", `\<i> $ $`, `\<i> $ $`, `\<i> \$ \$`},
		{"$ <code>&lt;i></code> $", "$ `<i>` $", "\\$ `<i>` \\$", "\\$ `<i>` \\$"},
		{"<code>$ $</code>", "`$ $`", "`$ $`", "`$ $`"},
		{"<code>$ &lt;i> $</code> a", "`$ <i> $` a", "`$ <i> $` a", "`$ <i> $` a"},
		{`<a href="https://a.example/$x">[a]</a>`, `[\[a\]](https://a.example/$x)`, `[\[a\]](https://a.example/$x)`, `[&#91;a&#93;](https://a.example/\$x)`},
		{`<a href="https://a.example/$x">https://a.example/$x</a>`, "<https://a.example/$x>", "<https://a.example/$x>", "<https://a.example/$x>"},
		{`<img src="a" alt="[&lt;i>]">`, `![\[\<i>\]](a)`, `![&#91;\<i>&#93;](a)`, `![&#91;\<i>&#93;](a)`},
		{`\(x\) and \\$`, `\\(x\\) and \\\\$`, `\\(x\\) and \\\\$`, `\\(x\\) and \\\\\$`},
		{"<h2>$&lt;i>$</h2>", `## \$\<i>\$`, `## \$\<i>\$`, `## \$\<i>\$`},
		{`<iframe src="https://a.example/x" title="[&lt;i>]"></iframe>`, `[\[\<i>\]](https://a.example/x)`, `[&#91;\<i>&#93;](https://a.example/x)`, `[&#91;\<i>&#93;](https://a.example/x)`},
	} {
		for passthrough, want := range map[Passthrough]string{NoPassthrough: c.never, MayPassthrough: c.may, IsPassthrough: c.is} {
			got, err := New(Style{Embed: plainStyle.Embed, Passthrough: passthrough}).Convert(parse(t, c.source))
			if err != nil || string(got) != want+"\n" {
				t.Errorf("%s with %d:\n got %swant %s\n%v", c.source, passthrough, got, want, err)
			}
		}
	}
}
