package clean

import (
	"fmt"
	"math/rand/v2"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/html/atom"

	"replant/migrate/blog"
	"replant/migrate/dom"
)

// TestCensusChangesNothing writes bodies of what passes look for, at random, and cleans each
// with every pass and with those alone that its census asks for.
func TestCensusChangesNothing(t *testing.T) {
	t.Parallel()
	const tries = 1_000
	w := litterer{rand: rand.New(rand.NewPCG(3, 4))}
	for range tries {
		w.out.Reset()
		w.out.WriteString(one(&w, someBeginnings))
		for range w.rand.IntN(5) {
			w.element(0)
		}
		w.out.WriteString(one(&w, someEndings))
		if got, want := cleanedBy(t, w.out.String(), false), cleanedBy(t, w.out.String(), true); got != want {
			t.Fatalf("%s\nis cleaned to\n%s, not\n%s", w.out.String(), got, want)
		}
	}
}

// FuzzCensus is the same with any body.
func FuzzCensus(f *testing.F) {
	for _, source := range []string{`<p>a</p>`, `<a href="#a"></a>`, `<i>a</i>`, `<p>1. a<br>2. b</p>`, `<img width="1" height="1" src="a">`, `a[1]<p>[1] b</p>`} {
		f.Add(source)
	}
	f.Fuzz(func(t *testing.T, source string) {
		if len(source) > 1000 {
			return
		}
		if got, want := cleanedBy(t, source, false), cleanedBy(t, source, true); got != want {
			t.Fatalf("%q\nis cleaned to\n%s, not\n%s", source, got, want)
		}
	})
}

// cleanedBy returns all that cleaning makes of a body.
func cleanedBy(t *testing.T, source string, every bool) string {
	t.Helper()
	body, err := Parse(source)
	if err != nil {
		t.Skip(err)
	}
	page := &url.URL{Scheme: "https", Host: "a.example", Path: "/post/"}
	take := func(asked signs) *census {
		c := takeCensus(body, asked)
		c.every = every
		return c
	}
	prepare(take(ofLitter), &blog.Post{URL: page, Title: "A post"})
	codeBlocks(take(0))
	losses := allFormulas(take(ofFormulas))
	var b strings.Builder
	for _, r := range finish(take(ofTyped), page, false) {
		b.WriteString(r.Reason + ": " + dom.InnerHTML(dom.Elem(atom.Div, r.Node)) + "\n")
	}
	return fmt.Sprintf("%s\n%q\n%s", dom.InnerHTML(body), losses, b.String())
}

// litterer writes elements at random.
type litterer struct {
	rand *rand.Rand
	out  strings.Builder
}

var (
	someTags = strings.Fields("p p p div div span span a a i b strong sup code pre h2 li ul ol blockquote section figure button table form img br hr iframe script style dl noscript x-y lite-youtube math textarea svg label input font d-code mml:math replant-math")
	// someAttributes are those that passes look for, and some that none does.
	someAttributes = []string{
		"", "", "", "", `class="wide"`, `class="sharedaddy x"`, `class="sidenote"`, `class="screen-reader-text"`, `class="fa"`, `class="material-icons"`, `class="highlight go"`, `class="crayon-syntax"`, `class="admonition"`,
		`class="gallery"`, `class="gutter"`, `class="math"`, `class="MathJax"`, `class="katex-html"`, `class="twitter-tweet"`, `class="wistia_embed wistia_async_abc"`, `class="latex" alt="x^2"`, `class="emoji" alt="☺"`, `class="line-number"`, `class="anchor"`,
		`class="margin-toggle"`, `class="footnote"`, `class="shcb-language"`, `class="prompt"`, `class="tr-caption-container"`, `class="language-go"`,
		`id="toc_container"`, `id="fn1"`, `id="fnref1"`, `id="a"`, `id="lyte_abcdefghijk"`, `href="#fn1"`, `href="#a"`, `href="#fnref1"`, `href="/b?utm_source=c"`, `href="https://a.example/post/"`, `href="https://a.example/post/#a"`, `href="https://feedads.g.doubleclick.net/x"`,
		`hidden`, `style="display:none"`, `style="font-weight:bold"`, `style="vertical-align: super"`, `style="background:url(/a.png)" role="img"`, `style="white-space:pre;font-family:monospace"`, `aria-hidden="true"`, `role="group"`, `role="presentation"`,
		`data-bg="/a.png"`, `data-src="https://www.youtube.com/watch?v=abcdefghijk"`, `data-latex="x"`, `data-mathml="<math><mi>x</mi></math>"`, `data-footnote-content="a"`, `data-brlbs-content="&lt;iframe src='https://vimeo.com/1'>&lt;/iframe>"`,
		`src="/a.png" width="1" height="1"`, `src="https://feeds.feedburner.com/~r/x"`, `src="https://vimeo.com/1"`, `src="https://s.w.org/images/core/emoji/11/72x72/1f600.png"`, `type="math/tex"`, `name="code"`, `block`, `lang="go"`, `aria-label="a"`,
	}
	someBeginnings = []string{"", "", "<h2><b>Strong</b></h2>", "<p>Text[1] and text.</p>", "<p>Text¹ and text.</p>", `<p>Text<sup id="fnref:1">1</sup>.</p>`, `<p>Text<a href="#fn1">1</a>.</p>`}
	someEndings    = []string{"", "", "<p>[1] A note.</p>", "<p>¹ A note.</p>", `<ol><li id="fn:1">A note.</li></ol>`, `<ol><li id="fn1">A note.</li></ol>`, "<p>Notes</p><ol><li>A note.</li></ol>"}
	someTexts      = []string{
		"", "", "word ", "two words", "Some prose, and more of it. ", "1", "[1]", "[^2] note", "1. one", "2) two", "- item", "* * *", "x²", "³", "\u00a0", "“quoted”", `\(x^2\)`, "$$x=1$$", "(adsbygoogle = window.adsbygoogle || []).push({});",
		"google_ad_client = \"a\";", "\x01", "a\x02b", "\x03- one", "Footnotes", "↩", "#", "¶", "\ue001", "+", "\n", "\n\nmore\n\n(adsbygoogle = window.adsbygoogle || []).push({});", "Continue reading", "&lt;iframe src=\"https://vimeo.com/1\">&lt;/iframe>",
	}
)

func (w *litterer) element(depth int) {
	tag := one(w, someTags)
	w.out.WriteString("<" + tag)
	for range w.rand.IntN(3) {
		w.out.WriteString(" " + one(w, someAttributes))
	}
	w.out.WriteString(">")
	for range w.rand.IntN(4) {
		w.out.WriteString(one(w, someTexts))
		if depth < 4 {
			w.element(depth + 1)
		}
	}
	w.out.WriteString(one(w, someTexts) + "</" + tag + ">" + one(w, []string{"", "", "<!-- a -->", "<!-- b\x01 --><!--c-->", one(w, someTexts)}))
}

func one(w *litterer, of []string) string { return of[w.rand.IntN(len(of))] }

// BenchmarkClean cleans a post of prose.
func BenchmarkClean(b *testing.B) {
	source := strings.Repeat("<h2>Rivers &amp; seas</h2>\n<p class=\"wide\">Rivers wander <em>slowly</em> towards <a href=\"https://a.example/sea?a=1&amp;b=2\">the sea</a>, and <code>nobody</code> hurries them.</p>\n<p>Not <strong>one</strong> of them is late.</p>\n", 20) +
		"<ul><li>a</li><li>b</li></ul><figure class=\"image\"><img src=\"/a.png\" alt=\"b\"></figure><pre><code class=\"language-go\">a := b\n</code></pre><blockquote><p>Never.</p></blockquote>"
	page := &url.URL{Scheme: "https", Host: "a.example", Path: "/post/"}
	b.ReportAllocs()
	for b.Loop() {
		b.StopTimer()
		body, err := Parse(source)
		if err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
		Prepare(body, &blog.Post{URL: page})
		Code(body)
		Formulas(body)
		Finish(body, page, false)
	}
}
