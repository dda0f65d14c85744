package wptext

import (
	"html"
	"strings"
	"testing"
)

// TestCode reads code of highlighters, of which no part is anything but code.
func TestCode(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, text, want string }{
		{"WP-Syntax", "<pre lang=\"php\" line=\"1\">\n<?php\necho \"<div>\\n\";\n</pre>", `<pre lang="php" line="1">` + "&lt;?phpecho &#34;&lt;div&gt;\\n&#34;;</pre>"},
		{"WP-Syntax, escaped by an editor", `<pre lang="xml">&lt;a b="c"/&gt;</pre>`, `<pre lang="xml">&lt;a b=&#34;c&#34;/&gt;</pre>`},
		{"WP-Syntax, escaped by a flag", `<pre lang="xml" escaped="true">&lt;a/>&amp;</pre>`, `<pre lang="xml" escaped="true">&lt;a/&gt;&amp;</pre>`},
		{"WP-Syntax around a code element", `<pre lang="php"><code><b></code></pre>`, `<pre lang="php"><code>&lt;b&gt;</code></pre>`},
		{"a reference in code with tags", `<pre lang="html"><a>&lt;</a></pre>`, `<pre lang="html">&lt;a&gt;&amp;lt;&lt;/a&gt;</pre>`},
		{"an ampersand that no editor has touched", `<pre lang="c">if (a && b) puts("&lt;");</pre>`, `<pre lang="c">if (a &amp;&amp; b) puts(&#34;&amp;lt;&#34;);</pre>`},
		{"a language that people speak", `<pre lang="de">Ein <b>Lied</b></pre>`, `<pre lang="de">Ein <b>Lied</b></pre>`},
		{"code in a line", `Say <code lang="sh">cat <file></code> now`, `<p>Say <code lang="sh">cat &lt;file&gt;</code> now</p>`},
		{"Crayon, escaped", `<pre class="lang:php decode:true">&lt;?php "&amp;amp;"</pre>`, `<pre class="lang:php decode:true">&lt;?php &#34;&amp;amp;&#34;</pre>`},
		{"Crayon, as it stands", `<pre class="lang:c++ mark:1"><vector> v;</pre>`, `<pre class="lang:c++ mark:1">&lt;vector&gt; v;</pre>`},
		{"EnlighterJS", `<pre class="EnlighterJSRAW" data-enlighter-language="js">x = "<b>"</pre>`, `<pre class="EnlighterJSRAW" data-enlighter-language="js">x = &#34;&lt;b&gt;&#34;</pre>`},
		{"a program in any listing", `<pre>a <?php b(); ?> <i>c</i></pre>`, `<pre>a &lt;?php b(); ?&gt; <i>c</i></pre>`},
		{"CodeColorer", "[cc lang=\"php\"]\n<?php\n\n<br/>\n[/cc]", `<pre class="language-php"><code>&lt;?php&lt;br/&gt;</code></pre>`},
		{"CodeColorer with its language", "[cc_php]<b>[/cc_php]", `<pre class="language-php"><code>&lt;b&gt;</code></pre>`},
		{"CodeColorer with flags", "[ccnLe_php]&lt;b&gt;[/ccnLe_php]", `<pre class="language-php"><code>&lt;b&gt;</code></pre>`},
		{"CodeColorer, escaped", `[cce lang="xml"]&lt;a>&amp;[/cce]`, `<pre class="language-xml"><code>&lt;a&gt;&amp;</code></pre>`},
		{"CodeColorer in a line", "Use [cci lang=\"sh\"]ls -l[/cci] or [cci_php]<?[/cci_php].", `<p>Use <code>ls -l</code> or <code>&lt;?</code>.</p>`},
		{"CodeColorer that is none", "Write [cc] to me, [ccx]and[/ccx] [cczz_php]", `<p>Write [cc] to me, [ccx]and[/ccx] [cczz_php]</p>`},
		{"a picture in code", "[code lang=html]\n<img src=\"a.png\">\n[/code]", `<pre class="language-html"><code>&lt;img src=&#34;a.png&#34;&gt;</code></pre>`},
		{"shortcodes, blocks and addresses in code", "[sourcecode]\n[gallery ids=\"7\"] [[code]] [vc_row]\n<!-- wp:more -->\nhttps://a.example/b\n((x y.))\n[/sourcecode]",
			`<pre><code>[gallery ids=&#34;7&#34;] [[code]] [vc_row]&lt;!-- wp:more --&gt;https://a.example/b((x y.))</code></pre>`},
		{"an example of a shortcode of code", "Write [[code]]x[[/code]] <code>[code]</code>", `<p>Write [code]x[/code] <code>[code]</code></p>`},
		{"a title", `[php title="a.php"]x[/php]`, `<p>a.php</p><pre class="language-php"><code>x</code></pre>`},
		{"an editor's breaks", "[xml]&lt;a&gt;<br />\n&nbsp; &lt;/a&gt;[/xml]", `<pre class="language-xml"><code>&lt;a&gt;  &lt;/a&gt;</code></pre>`},
		{"an editor's paragraphs", "[xml]<p>&lt;a&gt;</p>\n<p>&lt;/a&gt;</p>[/xml]", `<pre class="language-xml"><code>&lt;a&gt;&lt;/a&gt;</code></pre>`},
		{"Pastacode", `[pastacode lang="php" manual="%3C%3Fphp%20a%3B" message="Hi" provider="manual"/]`, `<p>Hi</p><pre class="language-php"><code>&lt;?php a;</code></pre>`},
		{"in a block", "<!-- wp:shortcode -->\n[php]<b>[/php]\n<!-- /wp:shortcode -->", `<pre class="language-php"><code>&lt;b&gt;</code></pre>`},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			source, losses := HTML(Readable(c.text), shelf)
			if c.name == "CodeColorer that is none" {
				losses = nil
			}
			if got := seen(t, source); got != c.want || len(losses) > 0 {
				t.Errorf("%s\n got %s\nwant %s\nlosses %q", c.text, got, c.want, losses)
			}
		})
	}
}

// FuzzReadable asserts that all code of a listing is there, whatever it is, and that what is
// readable stays as it is.
func FuzzReadable(f *testing.F) {
	for _, code := range []string{"<?php echo '<div>';", "a &lt; b", "[gallery]", "<pre lang=x>", "</b>", "\n\n", "&&", "[/cc", "<!-- x"} {
		f.Add(code, "<b>x</b> [code]y[/code]")
	}
	f.Fuzz(func(t *testing.T, code, text string) {
		Readable(text)
		if strings.ContainsAny(code, "\r\x00") || strings.Contains(code, "[/cc]") || strings.Contains(code, "</pre") || strings.Contains(code, "&") || strings.Contains(strings.ToLower(code), "</pre") {
			return
		}
		if strings.Trim(code, "\n ") == "" || strings.Contains(code, "The end") || strings.Contains(code, "<code") {
			return
		}
		const end = "\n\nThe end of the text."
		for _, form := range [][2]string{{"[cc]", "[/cc]"}, {`<pre lang="php">`, "</pre>"}} {
			got, _, _ := strings.Cut(Readable("A "+form[0]+code+form[1]+end), end)
			if !strings.Contains(strings.Trim(html.UnescapeString(got), "\n"), strings.Trim(code, "\n")) {
				t.Errorf("%q in %s became %q", code, form[0], got)
			}
			if again := Readable(got); again != got {
				t.Errorf("read again: %q became %q", got, again)
			}
		}
	})
}
