package wptext

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// seen parses HTML as a browser does and writes it without what no reader sees.
func seen(t *testing.T, source string) string {
	t.Helper()
	body := &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body}
	nodes, err := html.ParseFragment(strings.NewReader(source), body)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, n := range nodes {
		if n.Type == html.CommentNode || n.DataAtom == atom.P && n.FirstChild == nil {
			continue
		}
		if err := html.Render(&b, n); err != nil {
			t.Fatal(err)
		}
	}
	return strings.ReplaceAll(strings.ReplaceAll(b.String(), "\n", ""), "<p></p>", "")
}

// TestParagraphs holds what WordPress's own tests of wpautop demand, in texts of ours:
// what a browser makes of the result, line ends left out.
func TestParagraphs(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, text, want string }{
		{"empty", " \n\n \n", ""},
		{"two paragraphs", "One\n\nTwo", "<p>One</p><p>Two</p>"},
		{"a line end is a break", "One\nTwo", "<p>One<br/>Two</p>"},
		{"a break of the author's", "One<br>\nTwo<br />Three", "<p>One<br/>Two<br/>Three</p>"},
		{"two breaks part paragraphs", "One<br><br />Two", "<p>One</p><p>Two</p>"},
		{"many empty lines", "One\n\n \n\n\nTwo", "<p>One</p><p>Two</p>"},
		{"windows", "One\r\n\r\nTwo", "<p>One</p><p>Two</p>"},
		{"inline", "<em>One</em>\n\n<strong>Two</strong> three", "<p><em>One</em></p><p><strong>Two</strong> three</p>"},
		{"a heading between", "One\n<h2>Two</h2>\nThree", "<p>One</p><h2>Two</h2><p>Three</p>"},
		{"a block without empty lines", "One<div>Two</div>Three", "<p>One</p><div>Two</div><p>Three</p>"},
		{"an empty line in a block", "<div>One\n\nTwo</div>", "<div>One<p>Two</p></div>"},
		{"an empty line behind a block's start", "<div>\n\nOne\n\nTwo\n\n</div>", "<div><p>One</p><p>Two</p></div>"},
		{"a list", "<ul>\n<li>One</li>\n<li>Two\nlines</li>\n</ul>", "<ul><li>One</li><li>Two<br/>lines</li></ul>"},
		{"a list in a list", "<ul>\n\t<li>One\n<ul>\n\t<li>Two</li>\n</ul>\n</li>\n</ul>", "<ul><li>One<ul><li>Two</li></ul></li></ul>"},
		{"a quote", "<blockquote>One</blockquote>", "<blockquote><p>One</p></blockquote>"},
		{"a quote of two paragraphs", "<blockquote>One\n\nTwo</blockquote>", "<blockquote><p>One</p><p>Two</p></blockquote>"},
		{"a quote with its source", "<blockquote>One\n<cite>Ann</cite></blockquote>", "<blockquote><p>One<br/><cite>Ann</cite></p></blockquote>"},
		{"a table", "<table>\n<tr>\n<td>One</td>\n<td>Two</td>\n</tr>\n</table>", "<table><tbody><tr><td>One</td><td>Two</td></tr></tbody></table>"},
		{"preformatted", "One\n<pre>a\n\n  b\n</pre>\nTwo", "<p>One</p><pre>a  b</pre><p>Two</p>"},
		{"a script", "One\n\n<script>\nif (a) {\n\n}\n</script>", "<p>One</p><p><script>if (a) {}</script></p>"},
		{"a style", "<style>\np {\n\n}\n</style>", "<style>p {}</style>"},
		{"a rule", "One\n<hr />\nTwo", "<p>One</p><hr/><p>Two</p>"},
		{"a tag over two lines", "<a\nhref=\"x\">One</a>", `<p><a href="x">One</a></p>`},
		{"a picture", "<img src=\"a.png\" />\n\nOne", `<p><img src="a.png"/></p><p>One</p>`},
		{"a figure with its caption", "<figure><img src=\"a.png\" />\n<figcaption>One</figcaption></figure>", `<figure><img src="a.png"/><figcaption>One</figcaption></figure>`},
		{"paragraphs of the author's", "<p>One</p>\n<p>Two\nlines</p>\n\nThree", "<p>One</p><p>Two<br/>lines</p><p>Three</p>"},
		{"a paragraph of the author's in two", "<p>One\n\nTwo</p>", "<p>One</p><p>Two</p>"},
		{"a player", "<video controls>\n<source src=\"a.mp4\">\n</video>", `<p><video controls=""><source src="a.mp4"/></video></p>`},
		{"a comment", "One\n<!-- note\nto self -->\nTwo", "<p>One<br/><!-- noteto self --><br/>Two</p>"},
		{"only a comment", "One\n\n<!--note-->\n\nTwo", "<p>One</p><p>Two</p>"},
		{"details", "<details>\n<summary>One</summary>\n\nTwo\n\n</details>", "<details><summary>One</summary><p>Two</p></details>"},
		{"an address by itself", "One\nhttps://example.org/a?b=1&amp;c=2\nTwo", `<p>One</p><div class="wp-block-embed__wrapper">https://example.org/a?b=1&amp;c=2</div><p>Two</p>`},
		{"an address in a line", "See https://example.org/a now", "<p>See https://example.org/a now</p>"},
		{"less than", "a < b\n\nc <3 d", "<p>a &lt; b</p><p>c &lt;3 d</p>"},
		{"a definition list", "<dl>\n<dt>One</dt>\n<dd>Two</dd>\n</dl>", "<dl><dt>One</dt><dd>Two</dd></dl>"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := seen(t, Paragraphs(strings.ReplaceAll(c.text, "\r\n", "\n"))); got != c.want {
				t.Errorf("%q\n got %s\nwant %s", c.text, got, c.want)
			}
		})
	}
}

// shelf is a library of three files and a block.
var shelf = Library{
	File: func(id string) (File, bool) {
		f, ok := map[string]File{
			"7": {"https://w.example/u/seven.jpg", "Seven", "The seventh"}, "8": {URL: "https://w.example/u/eight.jpg"}, "9": {URL: "https://w.example/u/nine.mp3", Caption: "Nine"},
		}[id]
		return f, ok
	},
	Attached: func() []string { return []string{"8", "7"} },
	Block: func(id string) (string, bool) {
		return map[string]string{"3": "<!-- wp:paragraph --><p>Shared</p><!-- /wp:paragraph -->", "4": `<!-- wp:block {"ref":4} /-->`}[id], id == "3" || id == "4"
	},
	Notes: []Note{{"n1", "A <em>note</em>"}},
}

func TestHTML(t *testing.T) {
	t.Parallel()
	const seven = `<figure class="wp-caption"><img src="https://w.example/u/seven.jpg" alt="Seven"/><figcaption class="wp-caption-text">The seventh</figcaption></figure>`
	const eight = `<figure class="wp-caption"><img src="https://w.example/u/eight.jpg" alt=""/></figure>`
	for _, c := range []struct {
		name, text, want string
		losses           []string
	}{
		{name: "caption", text: "One\n\n[caption id=\"a\" align=\"left\"]<a href=\"b\"><img src=\"c.png\" /></a> Some <b>words</b>[/caption]\n\nTwo",
			want: `<p>One</p><figure class="wp-caption"><a href="b"><img src="c.png"/></a><figcaption class="wp-caption-text">Some <b>words</b></figcaption></figure><p>Two</p>`},
		{name: "caption in an attribute", text: `[caption caption="Some words"]<img src="c.png" />[/caption]`,
			want: `<figure class="wp-caption"><img src="c.png"/><figcaption class="wp-caption-text">Some words</figcaption></figure>`},
		{name: "gallery", text: `[gallery ids="7,8"]`, want: `<div class="gallery">` + seven + eight + "</div>"},
		{name: "gallery of the post's own", text: "[gallery]", want: `<div class="gallery">` + eight + seven + "</div>"},
		{name: "gallery without some", text: `[gallery exclude="7"]`, want: eight},
		{name: "gallery with bent marks", text: `[gallery ids=“7”]`, want: seven},
		{name: "gallery with a lost picture", text: `[gallery ids="7,99"]`, want: seven, losses: []string{"a picture of a gallery that the export does not hold: 99"}},
		{name: "embed", text: "[embed width=\"3\"]https://youtu.be/abcdefghijk[/embed]", want: `<div class="wp-block-embed__wrapper">https://youtu.be/abcdefghijk</div>`},
		{name: "audio", text: `[audio mp3="https://w.example/a.mp3"][/audio]`, want: `<figure class="wp-caption"><audio controls="" src="https://w.example/a.mp3"></audio></figure>`},
		{name: "audio as an argument", text: `[audio https://w.example/a.mp3|titles=A]`, want: `<figure class="wp-caption"><audio controls="" src="https://w.example/a.mp3"></audio></figure>`},
		{name: "video elsewhere", text: `[video src="https://vimeo.com/123"]`, want: `<div class="wp-block-embed__wrapper">https://vimeo.com/123</div>`},
		{name: "playlist", text: `[playlist ids="9"]`, want: `<figure class="wp-caption"><audio controls="" src="https://w.example/u/nine.mp3"></audio><figcaption class="wp-caption-text">Nine</figcaption></figure>`},
		{name: "code", text: "[code language=\"php\"]\nif (a &lt; b) {\n\n  c();\n}\n[/code]", want: `<pre class="language-php"><code>if (a &lt; b) {  c();}</code></pre>`},
		{name: "code with tags", text: "[sourcecode]\n<b>[gallery]</b>\n[/sourcecode]", want: `<pre><code>&lt;b&gt;[gallery]&lt;/b&gt;</code></pre>`},
		{name: "code by its language", text: "[python]\nprint(1)\n[/python]", want: `<pre class="language-python"><code>print(1)</code></pre>`},
		{name: "youtube of wordpress.com", text: "[youtube=https://www.youtube.com/watch?v=abcdefghijk&amp;w=3]", want: `<div class="wp-block-embed__wrapper">https://www.youtube.com/watch?v=abcdefghijk&amp;w=3</div>`},
		{name: "vimeo by number", text: "[vimeo 123]", want: `<div class="wp-block-embed__wrapper">https://vimeo.com/123</div>`},
		{name: "gist", text: "[gist]https://gist.github.com/ann/5[/gist]", want: `<div class="wp-block-embed__wrapper">https://gist.github.com/ann/5</div>`},
		{name: "escaped", text: "Write [[gallery ids=\"1\"]] for one", want: `<p>Write [gallery ids=&#34;1&#34;] for one</p>`},
		{name: "in code", text: "<code>[gallery]</code> and <pre>[[gallery]]</pre>", want: `<p><code>[gallery]</code> and</p><pre>[gallery]</pre>`},
		{name: "unknown", text: "[contact-form-7 id=\"1\"] and [crate]x[/crate]", want: `<p>[contact-form-7 id=&#34;1&#34;] and [crate]x[/crate]</p>`,
			losses: []string{"shortcodes are left as text: [contact-form-7], [crate]"}},
		{name: "unknown with a line to itself", text: "Look:\n\n[my_gallery]\n\nand [my_gallery] here", want: `<p>Look:</p><p>[my_gallery]</p><p>and [my_gallery] here</p>`,
			losses: []string{"the shortcode [my_gallery] is left as text"}},
		{name: "parts of words in brackets", text: "Send it [cc] to all, [semi-]yearly; [a-z] and $_FILES[tmp_name].", want: `<p>Send it [cc] to all, [semi-]yearly; [a-z] and $_FILES[tmp_name].</p>`},
		{name: "words in brackets", text: "He [sic] said a[i] [1] [see below]", want: `<p>He [sic] said a[i] [1] [see below]</p>`},
		{name: "more", text: "One\n<!--more Go on-->\nTwo\n\n<!--nextpage-->\n\nThree", want: `<p>One</p><div id="more-0"></div><p>Two</p><p>Three</p>`},
		{name: "blocks", text: "<!-- wp:paragraph {\"a\":{\"b\":1}} -->\n<p>One</p>\n<!-- /wp:paragraph -->\n\n<!-- wp:code {\"language\":\"go\"} -->\n<pre class=\"wp-block-code\"><code>x()</code></pre>\n<!-- /wp:code -->",
			want: `<p>One</p><pre data-language="go" class="wp-block-code"><code>x()</code></pre>`},
		{name: "a shared block", text: `<!-- wp:block {"ref":3} /-->`, want: "<p>Shared</p>"},
		{name: "a shared block in itself", text: `<!-- wp:block {"ref":4} /-->`, losses: []string{"a shared block that the export does not hold: 4"}},
		{name: "a block that WordPress fills", text: `<!-- wp:latest-posts {"postsToShow":3} /-->`, losses: []string{"blocks that WordPress fills when it shows the page: latest-posts"}},
		{name: "social icons", text: `<!-- wp:social-links --><ul class="wp-block-social-links"><!-- wp:social-link {"url":"https://github.com/ann","service":"github"} /--><!-- wp:social-link {"url":"w.example/feed","service":"feed","label":"News <1>"} /--><!-- wp:social-link {"url":"ann@w.example","service":"mail"} /--><!-- wp:social-link {"service":"bluesky"} /--><!-- wp:social-link {"url":"https://social.example/@ann","service":"mastodon"} /--></ul><!-- /wp:social-links -->`,
			want: `<ul class="wp-block-social-links"><li><a href="https://github.com/ann">GitHub</a></li><li><a href="https://w.example/feed">News &lt;1&gt;</a></li><li><a href="mailto:ann@w.example">Mail</a></li><li><a href="https://social.example/@ann">Mastodon</a></li></ul>`},
		{name: "a shortcode in a block", text: "<!-- wp:shortcode -->\n[gallery ids=\"8\"]\n<!-- /wp:shortcode -->", want: eight},
		{name: "footnotes", text: "<!-- wp:paragraph -->\n<p>One<sup data-fn=\"n1\" class=\"fn\"><a href=\"#n1\" id=\"n1-link\">1</a></sup></p>\n<!-- /wp:paragraph --><!-- wp:footnotes /-->",
			want: `<p>One<sup data-fn="n1" class="fn"><a href="#n1" id="n1-link">1</a></sup></p><ol class="wp-block-footnotes"><li id="n1">A <em>note</em> <a href="#n1-link">↩︎</a></li></ol>`},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got, losses := HTML(Readable(c.text), shelf)
			if got = seen(t, got); got != c.want || !slices.Equal(losses, c.losses) {
				t.Errorf("%s\n got %s\nwant %s\nlosses %q", c.text, got, c.want, losses)
			}
		})
	}
}

// TestHostileTextsEnd runs texts that a careless scanner would take quadratic time for;
// the test ends by its time-out otherwise.
func TestHostileTextsEnd(t *testing.T) {
	t.Parallel()
	for _, piece := range []string{"[caption]", "[code]", "[x y=z]", "<pre>", "<code>[", "<!--", "[[gallery]", "<a b='", "<p>", "\n\n", "<br>", "[", "<!-- wp:code {", "[caption][/caption", "https://x.example/\n",
		"[vc_row]", "[vc_row ", "[/vc_row]", "[fusion_image]", "[et_pb_cta title=\"a\"][/et_pb_row]", "[cc]", "[cc]x[/cc]", "<pre lang=x>", "<code lang=x>a</code>", "((", "((A note, it is. ", "((A note, it is.)) ", "[mfn]", "[mfn]x[/mfn]", "[mfn name=a]x[/mfn][mfn name=a/]", "<ref>", "[note]", "[note", "a[note]b[/note]", "[vc_raw_html]", "[siteorigin_widget]"} {
		HTML(Readable(strings.Repeat(piece, 20_000)), shelf)
	}
}

func FuzzHTML(f *testing.F) {
	f.Add("[caption]<img src=a>x[/caption]\n\n<pre>\n</pre>")
	f.Add("<!-- wp:code {\"language\":\"go\"} --><pre>[[code]]</pre>")
	f.Fuzz(func(_ *testing.T, text string) { HTML(Readable(text), shelf) })
}
