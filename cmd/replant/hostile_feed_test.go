package main

import (
	"fmt"
	"html"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"time"
)

// hostilePost is a post whose author, or whose reader, wants to get a tag, an attribute or
// a script into the page that is made of it.
type hostilePost struct {
	name string // of its page, and its slug
	body string // HTML
	// known says that the page shows the text of body and nothing else: no piece of it is
	// markup that replant leaves out.
	known bool
	// titles and alts are those of links and pictures that the page has to show, in order.
	titles, alts []string
}

// attacks are texts that act somewhere between a feed and a built page, whole and in
// parts.
var attacks = []string{
	`x" onmouseover="alert(1)`, `x' onmouseover='alert(1)`, `"><script>alert(1)</script>`, `<script>alert(1)</script>`,
	`</a><img src=x onerror=alert(1)>`, `--><svg onload=alert(1)>`, `<b onclick=alert(1)>`, `<!-- x -->`, `<https://a.example/onclick=alert(1)>`,
	`{.xss}`, `{#id .cls}`, `{: .x}`, `{ .x }`, `{style="position:fixed;z-index:9"}`, `{onclick=alert(1)}`, `{x=1`, `.y}`, `{`, `}`,
	`{{< x >}}`, `{{% x %}}`, `{{ super() }}`, `{{ x(a="`, `") }}`, `{% end %}`, `{% x() %}`, `{{/* x() */}}`, `{{</* x */>}}`, `<!--more-->`,
	`[a](javascript:alert(1))`, `[a](b "c")`, `![a](b" onerror="c)`, `[^1]`, `[^1]: y`, `[a]: b "c"`, `](`, `](x`, `[`, `]`, `(`, `)`, `![`,
	`$`, `$$`, `\(`, `\)`, `\[`, `\]`, `$<i>$`, `$$<script>alert(1)</script>$$`, `\(<i>\)`, `\[<b onclick=alert(1)>\]`, `@@`,
	`\`, `\"`, `\\`, `\\"`, `ends in \`, `"`, `'`, "`", "``", "`<i>`", "```", "~~~", "``` {.x}", `~~`, `|`, `| - |`, `*`, `**`, `_`,
	`#`, `# x {.x}`, `## {#x}`, `- `, `1. `, `> `, `---`, `===`, `: x`, `:x:`, `&quot;`, `&#34;`, `&#x22;`, `&lt;script&gt;`, `&amp;lt;`, `&`, `&copy`,
	`<`, `>`, `=`, `/`, `/>`, `onload=alert(1)`, `javascript:alert(1)`, `www.x.example`, `a@b.example`, `https://a.example/`,
	`@@ZOLA_SC_PLACEHOLDER@@`, `HAHAHUGOSHORTCODE0s0HBHB`, `word`, `日本`, "\u00a0", "\u200b", "\u2028", `+`, `^x^`, `==x==`, `++x++`, `:::`, `%`, `{%`, `{{`, `}}`,
}

// wicked are addresses that run something, however they are spelled.
var wicked = []string{
	`javascript:alert(1)`, `JaVaScRiPt:alert(1)`, ` javascript:alert(1)`, "java\tscript:alert(1)", "java\nscript:alert(1)", "\x01javascript:alert(1)",
	"java\u0085script:alert(1)", "java\x7fscript:alert(1)", "\ufeffjavascript:alert(1)", "\u00a0javascript:alert(1)", "java\uffffscript:alert(1)",
	`javascript&colon;alert(1)`, `javascript&#58;alert(1)`, `javascript\:alert(1)`, `java\script:alert(1)`, `javascript://a.example/%0Aalert(1)`,
	`vbscript:x`, `VBScript :x`, `data:text/html,<script>alert(1)</script>`, `data:text/html;base64,PHNjcmlwdD4=`, `data:image/svg+xml,<svg onload=alert(1)>`,
	`livescript:x`, `blob:https://a.example/x`, `filesystem:https://a.example/x`, `view-source:javascript:x`, `feed:javascript:alert(1)`, `jar:javascript:alert(1)!/`,
}

// attack is a random text of several attacks.
func attack(r *rand.Rand) string {
	var b strings.Builder
	for i := range 1 + r.IntN(4) {
		if i > 0 && r.IntN(3) > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(attacks[r.IntN(len(attacks))])
	}
	return b.String()
}

// hostileWriter writes the body of a post.
type hostileWriter struct {
	*rand.Rand
	hostilePost
	depth int
}

// text is an attack as text.
func (w *hostileWriter) text() string { return html.EscapeString(attack(w.Rand)) }

// attr is an attack as the value of an attribute, and what it says on one line.
func (w *hostileWriter) attr() (value, says string) {
	says = attack(w.Rand)
	return html.EscapeString(says), strings.Join(strings.Fields(says), " ")
}

// address is one that a reader may follow, among its letters an attack.
func (w *hostileWriter) address() string {
	switch w.IntN(6) {
	case 0:
		return "mailto:a@b.example?subject=" + html.EscapeString(attack(w.Rand))
	case 1:
		return "/" + w.text()
	}
	return "https://a.example/" + w.text()
}

// link is a link, with a title that it must show.
func (w *hostileWriter) link(inside string) string {
	title, says := w.attr()
	if says != "" {
		w.titles = append(w.titles, says)
	}
	return fmt.Sprintf(`<a href="%s" title="%s" rel="%s" class="%s" onclick="%s">%s</a>`, w.address(), title, w.text(), w.text(), w.text(), inside)
}

// picture is a picture, with a text and a title that it must show.
func (w *hostileWriter) picture(attributes string) string {
	alt, says := w.attr()
	title, _ := w.attr()
	if says != "" {
		w.alts = append(w.alts, says)
	}
	return fmt.Sprintf(`<img src="https://a.example/%d.png" alt="%s" title="%s" class="%s" onerror="%s"%s>`, w.IntN(1000), alt, title, w.text(), w.text(), attributes)
}

// untitled is a picture without a title, which a target may show by a call.
func (w *hostileWriter) untitled() string {
	alt, says := w.attr()
	if says != "" {
		w.alts = append(w.alts, says)
	}
	return fmt.Sprintf(`<img src="https://a.example/%d.png" alt="%s" class="%s">`, w.IntN(1000), alt, w.text())
}

// inline is a piece of a line.
func (w *hostileWriter) inline() string {
	switch w.IntN(12) {
	case 0:
		return w.link("x" + w.text() + "x")
	case 1:
		return w.picture("")
	case 2:
		return "<code>x" + w.text() + "x</code>"
	case 3:
		return fmt.Sprintf(`<b class="%s">x%sx</b>`, w.text(), w.text())
	case 4:
		return fmt.Sprintf(`<abbr title="%s">x%sx</abbr>`, w.text(), w.text())
	case 5:
		return "<br>" + w.text()
	case 6:
		return fmt.Sprintf(`<a href="%s" onclick="%s">x%sx</a>`, html.EscapeString(wicked[w.IntN(len(wicked))]), w.text(), w.text())
	case 7:
		return "<kbd>x" + w.text() + "x</kbd>"
	}
	return w.text()
}

// line is several pieces that show something.
func (w *hostileWriter) line() string {
	var b strings.Builder
	for range 1 + w.IntN(4) {
		b.WriteString(w.inline())
	}
	b.WriteString([]string{"", " ", "x"}[w.IntN(3)])
	return b.String()
}

// block is a block of a post.
func (w *hostileWriter) block() string {
	w.depth++
	defer func() { w.depth-- }()
	switch n := w.IntN(16); {
	case n == 0 && w.depth < 4:
		return "<blockquote>" + w.block() + w.block() + "</blockquote>"
	case n == 1 && w.depth < 4:
		return "<ul><li>" + w.line() + "</li><li><p>" + w.line() + "</p>" + w.block() + "</li></ul>"
	case n == 2 && w.depth < 4:
		return fmt.Sprintf(`<ol start="%s"><li>%s</li><li>%s</li></ol>`, w.text(), w.line(), w.block())
	case n == 3:
		return fmt.Sprintf(`<table class="%s"><tr><th align="%s">x%s</th><th>%s</th></tr><tr><td style="%s">x%s</td><td>%s</td></tr></table>`,
			w.text(), w.text(), w.line(), w.line(), w.text(), w.line(), w.line())
	case n == 4, n == 5:
		id := w.text()
		return fmt.Sprintf(`<h2 id="%s" class="%s">x%s%s</h2><p>x<a href="#%s">x</a></p>`, id, w.text(), w.line(), w.text(), id)
	case n == 6:
		return fmt.Sprintf(`<pre class="%s"><code class="language-%s" data-lang="%s">x%sx</code></pre>`, w.text(), w.text(), w.text(), w.text())
	case n == 7:
		return fmt.Sprintf(`<p style="%s" id="%s">%s</p><p>%s</p>`, w.text(), w.text(), w.line(), w.text())
	case n == 8:
		return "<figure>" + w.untitled() + "<figcaption>x" + w.line() + "</figcaption></figure>"
	case n == 9:
		return "<p>" + w.picture(fmt.Sprintf(` width="%d"`, 40+w.IntN(400))) + "</p>"
	case n == 10 && w.depth < 4:
		return fmt.Sprintf(`<details class="%s"><summary>x%s</summary>%s</details>`, w.text(), w.text(), w.block())
	case n == 11:
		return "<dl><dt>x" + w.line() + "</dt><dd>x" + w.line() + "</dd></dl>"
	}
	return "<p>" + w.line() + "</p>"
}

// markup is a block that replant leaves out, in part or as a whole.
func (w *hostileWriter) markup() string {
	w.known = false
	evil, text := html.EscapeString(wicked[w.IntN(len(wicked))]), w.text()
	return strings.NewReplacer("URL", evil, "TEXT", text, "RAW", attack(w.Rand)).Replace([]string{
		`<iframe src="URL" title="TEXT" onload="TEXT"></iframe>`,
		`<iframe src="https://www.youtube.com/embed/TEXT" title="TEXT"></iframe>`,
		`<iframe src="https://codepen.io/a/embed/TEXT" title="TEXT"></iframe>`,
		`<video src="https://a.example/TEXT.mp4" poster="URL" title="TEXT" onplay="TEXT"></video>`,
		`<video src="https://a.example/TEXT" poster="https://a.example/TEXT.png" title="TEXT"></video>`,
		`<audio src="URL" title="TEXT"></audio><embed src="URL"><object data="URL" title="TEXT"></object>`,
		`<p>RAW</p>`, `<div RAW>x</div>`, `RAW<br>RAW`, `<script>RAW</script><style>RAW</style>`, `<svg onload=alert(1)><title>RAW</title></svg>`,
		`<form action="URL"><input type=checkbox value="TEXT"><button formaction="URL">TEXT</button></form>`,
		`<img src="URL" alt="TEXT" width="TEXT" height="TEXT">`, `<p><img src="https://a.example/TEXT" alt="TEXT" width="300" style="TEXT"></p>`,
		`<a href="URL"><img src="https://a.example/TEXT.png" width="300" alt="TEXT"></a>`, `<img src="https://a.example/x.png" width="30%" srcset="URL 2x" alt="TEXT">`,
		`<math><mi xlink:href="URL">x</mi><annotation encoding="application/x-tex">TEXT</annotation></math>`, `<span class="katex">$$TEXT$$</span>`,
		`<sup id="fnref:1"><a href="#fn:1">1</a></sup><div class="footnotes"><ol><li id="fn:1">TEXT <a href="#fnref:1">↩</a></li></ol></div>`,
		`<base href="URL"><meta http-equiv=refresh content="0;URL"><link rel=stylesheet href="URL">`, `<mark onclick="TEXT">RAW</mark><u title="TEXT">x</u>`,
	}[w.IntN(21)])
}

// newHostilePost makes a post: of known text, or with markup in it.
func newHostilePost(r *rand.Rand, name string) hostilePost {
	w := hostileWriter{Rand: r, hostilePost: hostilePost{name: name, known: true}}
	var b strings.Builder
	b.WriteString("<p>begin</p>")
	for range 1 + r.IntN(4) {
		b.WriteString(w.block())
	}
	if r.IntN(3) == 0 {
		b.WriteString(w.markup() + w.block())
	}
	w.body = b.String() + "<p>end</p>"
	w.known = w.known && !typedAsText(w.body)
	return w.hostilePost
}

var (
	lineEnd   = regexp.MustCompile(`</?(?:p|br|li|h2|t[dh]|d[dt]|summary|figcaption|blockquote)\b[^>]*>`)
	anyTag    = regexp.MustCompile(`<[^>]*>`)
	typedLine = regexp.MustCompile(`^(?:[-=_*~\s]+$|[-*]\s|\[\^1\])`)
)

// typedAsText reports whether a line of a post may be a rule, an item or a footnote, typed as
// text, of which a page has the thing and not the signs.
func typedAsText(body string) bool {
	return slices.ContainsFunc(lineEnd.Split(body, -1), func(line string) bool {
		return typedLine.MatchString(strings.TrimSpace(html.UnescapeString(anyTag.ReplaceAllString(line, ""))))
	})
}

// hostileFeed writes posts as a feed of RSS, everything else in it hostile too.
func hostileFeed(r *rand.Rand, posts []hostilePost) string {
	var b strings.Builder
	b.WriteString(`<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>` +
		`<title>Hostile</title><link>https://hostile.example/</link>`)
	for i, p := range posts {
		text := func() string { return html.EscapeString(attack(r)) }
		fmt.Fprintf(&b, "<item><title>%s %s</title><link>https://hostile.example/%s</link><guid>%s %s</guid><pubDate>%s</pubDate>", p.name, text(), p.name, p.name, text(), day(i))
		fmt.Fprintf(&b, "<dc:creator>%s</dc:creator><category>%s a %s</category><category>%[2]s b %[4]s</category><description>%[2]s %s</description>", text(), p.name, text(), text(), text())
		fmt.Fprintf(&b, "<content:encoded>%s</content:encoded></item>\n", html.EscapeString(p.body))
	}
	b.WriteString("</channel></rss>")
	return b.String()
}

// hostileExport writes posts as WordPress's export, each with a comment as hostile as it is.
func hostileExport(r *rand.Rand, posts []hostilePost) string {
	var b strings.Builder
	b.WriteString(`<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/"><channel>` +
		`<title>Commented</title><link>https://commented.example</link><wp:wxr_version>1.2</wp:wxr_version>`)
	for i, p := range posts {
		fmt.Fprintf(&b, "<item><title>%s</title><link>https://commented.example/%[1]s/</link><guid>https://commented.example/?p=%d</guid><content:encoded>Here.</content:encoded>", p.name, i+1)
		fmt.Fprintf(&b, "<wp:post_id>%d</wp:post_id><wp:post_date_gmt>2024-03-01 07:30:00</wp:post_date_gmt><wp:post_name>%s</wp:post_name><wp:status>publish</wp:status><wp:post_type>post</wp:post_type>", i+1, p.name)
		fmt.Fprintf(&b, "<wp:comment><wp:comment_id>%d</wp:comment_id><wp:comment_author>%s</wp:comment_author><wp:comment_author_url>%s</wp:comment_author_url><wp:comment_content>%s</wp:comment_content><wp:comment_approved>1</wp:comment_approved></wp:comment></item>\n",
			i+1, html.EscapeString(attack(r)), html.EscapeString(wicked[r.IntN(len(wicked))]), html.EscapeString(strings.Map(printable, p.body)))
	}
	b.WriteString("</channel></rss>")
	return b.String()
}

// printable drops what no feed in XML can hold.
func printable(r rune) rune {
	if r < ' ' && r != '\t' && r != '\n' || r >= 0xfffe {
		return -1
	}
	return r
}

// day returns the date of post i: each has a second of its own.
func day(i int) string {
	return time.Date(2026, 1, 1, 0, 0, i, 0, time.UTC).Format(time.RFC1123Z)
}
