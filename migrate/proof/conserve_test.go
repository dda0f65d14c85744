package proof_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"replant/migrate/blog"
	"replant/migrate/clean"
	"replant/migrate/proof"
)

// TestConservation holds sources against neutral DOMs that lack something of them.
func TestConservation(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		source, body string
		form         blog.Form
		want         string
	}{
		"all is there":                     {source: `<p>One <b>two</b></p>`, body: `<p>One two</p>`},
		"a word is gone":                   {source: `<p>One two three</p>`, body: `<p>One three</p>`, want: "lost 1 word: two"},
		"a phrase is gone":                 {source: `<p>a</p><p>One two</p><p>b</p>`, body: `<p>a</p><p>b</p>`, want: "lost 2 words: One two"},
		"one of two is gone":               {source: `<p>no, no</p>`, body: `<p>no</p>`, want: "lost 1 word: no"},
		"order is no loss here":            {source: `<p>a b c d</p>`, body: `<p>d c b a</p>`},
		"words join":                       {source: `<p><b>foo</b>bar x</p>`, body: `<p>foobar x</p>`},
		"words part":                       {source: `<p>foobar x</p>`, body: `<p>foo<b>bar</b> x</p>`},
		"invisible characters":             {source: "<p>so\u00adft</p>", body: "<p>soft</p>"},
		"references":                       {source: `<p>caf&eacute; &amp; t&#233;a</p>`, body: `<p>café téa</p>`},
		"what no reader sees":              {source: `<style>p {}</style><script>alert(1)</script><!-- x --><iframe src="https://a.example/">old</iframe>`, body: `<iframe src="https://a.example/"></iframe>`},
		"a formula":                        {source: `<p>\(a+b\)</p>`, body: `<p><replant-math tex="a+b"></replant-math></p>`},
		"the text of a field":              {source: `<textarea>SELECT 1;</textarea>`, body: ``, want: "lost 2 words: SELECT 1"},
		"a link":                           {source: `<a href="https://a.example/x">x</a>`, body: `x`, want: "lost 1 link: https://a.example/x"},
		"a link in another spelling":       {source: `<a href="http://a.example/x%20y/">x</a>`, body: `<a href="https://a.example/x y">x</a>`},
		"a picture":                        {source: `<img src="a.png">`, body: ``, want: "lost 1 address: a.png"},
		"a larger picture":                 {source: `<img src="a.png" srcset="b.png 2x, c.png 3x" data-orig="https://a.example/d.png">`, body: `<img src="a.png">`, want: "lost 3 addresses: b.png"},
		"a poster":                         {source: `<video src="a.mp4" poster="p.png"></video>`, body: `<video src="a.mp4"></video>`, want: "lost 1 address: p.png"},
		"a video":                          {source: `<video><source src="a.mp4"></video>`, body: ``, want: "lost 1 address: a.mp4; lost 1 embed: a.mp4"},
		"a frame":                          {source: `<iframe src="https://v.example/1"></iframe>`, body: ``, want: "lost 1 address: https://v.example/1; lost 1 embed: https://v.example/1"},
		"a frame that is an embed":         {source: `<iframe src="//v.example/1"></iframe>`, body: `<replant-embed kind="link" url="https://v.example/w/1" frame="https://v.example/1"></replant-embed>`},
		"an embed by its id":               {source: `<script src="https://gist.github.com/ida/ab12cd34.js"></script>`, body: `<replant-embed kind="gist" id="ida/ab12cd34" url="https://gist.github.com/ida/ab12cd34"></replant-embed>`},
		"an embed by script":               {source: `<script src="//jsfiddle.net/ida/ab12cd/embed/"></script>`, body: ``, want: "lost 1 address: //jsfiddle.net/ida/ab12cd/embed/; lost 1 embed: //jsfiddle.net/ida/ab12cd/embed/"},
		"programs":                         {source: `<script src="https://platform.example/widgets.js"></script><script>x()</script>`, body: ``},
		"an element of a script's own":     {source: `<lite-youtube videoid="dQw4w9WgXcQ"></lite-youtube>`, body: ``, want: "lost 1 embed: dQw4w9WgXcQ"},
		"a dead player":                    {source: `<object><param name="movie" value="https://v.example/v/1"><embed src="https://v.example/v/1" type="application/x-shockwave-flash"></object>`, body: `<replant-embed kind="link" url="https://v.example/v/1"></replant-embed>`, want: "lost 1 embed: https://v.example/v/1"},
		"a player that lives again":        {source: `<object><embed src="https://v.example/v/abcd1" type="application/x-shockwave-flash"></object>`, body: `<replant-embed kind="v" id="abcd1" url="https://v.example/watch/abcd1"></replant-embed>`},
		"what a dead player plays":         {source: `<object data="p.swf" type="application/x-shockwave-flash"><param name="FlashVars" value="a=1&amp;soundFile=https%3A%2F%2Fa.example%2Fb.mp3"></object>`, body: `<a href="p.swf">p</a>`, want: "lost 1 address: https%3A%2F%2Fa.example%2Fb.mp3; lost 1 embed: p.swf"},
		"a short id":                       {source: `<script src="https://polls.example/p/27.js"></script>`, body: `<replant-embed kind="link" id="27" url="https://polls.example/27"></replant-embed>`},
		"what readers without scripts see": {source: `<noscript><img src="a.png" alt="A"><p>Words</p></noscript>`, body: `<img src="a.png" alt="A"/>`, want: "lost 1 word: Words"},
		"a language":                       {source: `<pre class="ruby">x</pre><pre class="hljs go">y</pre>`, body: `<pre>x</pre><pre><code class="language-go">y</code></pre>`, want: "lost 1 language of code: ruby"},
		"a language on a box":              {source: `<figure class="highlight"><div class="code-wrapper rust"><pre>x</pre></div></figure><div class="code rust">no code</div>`, body: `<pre>x</pre>no code`, want: "lost 1 language of code: rust"},
		"a language that cleaning reads":   {source: `<div class="highlight go"><pre>x</pre></div>`, body: `<div class="highlight go"><pre>x</pre></div>`},
		"names of one language":            {source: `<pre class="src src-emacs-lisp"><code class="golang">x</code></pre>`, body: `<pre class="src src-emacs-lisp">x</pre>`},
		"shortcodes":                       {form: blog.WordPress, source: "[caption width=\"3\"]<img src=a.png> Words[/caption]\n[audio mp3=\"https://a.example/b.mp3\"]", body: `<img src=a.png>Words`, want: "lost 1 address: https://a.example/b.mp3"},
		"blocks":                           {form: blog.WordPress, source: `<!-- wp:embed {"url":"https://a.example/v"} --><p>x</p><!-- /wp:embed -->`, body: `<p>x</p>`, want: "lost 1 address: https://a.example/v"},
		"a shortcode that stays as text":   {form: blog.WordPress, source: `[x url="https://a.example/b?c&amp;d"]`, body: `[x url="https://a.example/b?c&amp;d"]`},
		"attributes of builders":           {form: blog.WordPress, source: `[x t="<a href=%22https://a.example/b%22>c</a>" link="https://a.example/d|title:e"]`, body: `<a href="https://a.example/b">c</a><a href="https://a.example/d">e</a>`},
		"brackets that are no shortcodes":  {form: blog.WordPress, source: `see [the note] here`, body: `see here`, want: "lost 2 words: the note"},
		"Markdown":                         {form: blog.Markdown, source: "# Head *line*\n\n[a link](https://a.example/x)[^n]\n\n```js\nlet y\n```\n\n{% embed https://a.example/z %}\n\n1. word\n", body: `<h1>Head line</h1><a href="https://a.example/x">a</a><pre>let y</pre>word`, want: "lost 1 word: link; lost 1 address: https://a.example/z"},
	} {
		report := proof.Conserve(blog.Source{Text: c.source, Form: c.form}, parse(t, c.body), nil)
		if got := lines(report); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// TestRemovalsAreNoLosses cleans a source, and looks at it without one removal.
func TestRemovalsAreNoLosses(t *testing.T) {
	t.Parallel()
	const source = `<p>Words.</p><p class="feedflare">Share <a href="https://a.example/share">this</a></p><script src="//w.example/a.js"></script>` +
		`<iframe src="https://www.youtube.com/embed/dQw4w9WgXcQ"></iframe><p><a href="/x?utm_source=feed">x</a></p>`
	body, err := clean.Parse(source)
	if err != nil {
		t.Fatal(err)
	}
	p := blog.Post{}
	clean.Prepare(body, &p)
	clean.Code(body)
	removed := clean.Finish(body, nil, false)
	if r := proof.Conserve(blog.Source{Text: source}, body, removed); len(r) > 0 {
		t.Errorf("nothing is lost, but: %v", lines(r))
	}
	got := lines(proof.Conserve(blog.Source{Text: source}, body, nil))
	for _, want := range []string{"lost 2 words: Share this", "lost 2 links"} {
		if !strings.Contains(got, want) {
			t.Errorf("without the record: %q, want %q", got, want)
		}
	}
}

// TestTweetThatStandsTwice finds an embed beside the quote that it was made of.
func TestTweetThatStandsTwice(t *testing.T) {
	t.Parallel()
	const quote = `<p>Wax melts.</p><a href="https://twitter.com/ida/status/97">March</a></blockquote>`
	const embed = `<replant-embed kind="tweet" id="97" url="https://twitter.com/ida/status/97"></replant-embed>`
	source := blog.Source{Text: `<blockquote class="twitter-tweet">` + quote}
	removed := []blog.Removal{{Reason: string(clean.Frame), Node: parse(t, "<blockquote>").FirstChild}}
	for body, want := range map[string]string{
		`<blockquote>` + quote:            "",
		`<blockquote>` + quote + embed:    "added 1 embed: https://twitter.com/ida/status/97",
		`<p>Wax melts. March</p>` + embed: "",
	} {
		if got := lines(proof.Conserve(source, parse(t, body), removed)); got != want {
			t.Errorf("%s: %q, want %q", body, got, want)
		}
	}
}

// TestDroppedLanguages drops the language of code from its page, however the source names
// it. What cleaning does not read of it is missed by conservation, the rest by appearance.
func TestDroppedLanguages(t *testing.T) {
	t.Parallel()
	for source, want := range map[string]string{
		`<pre class="sourceCode haskell"><code class="sourceCode haskell">x</code></pre>`: "haskell",
		`<pre><code class="hljs javascript">x</code></pre>`:                               "javascript",
		`<pre><code class="ruby">x</code></pre>`:                                          "ruby",
		`<pre class="ruby">x</pre>`:                                                       "ruby",
		`<pre lang="python">x</pre>`:                                                      "python",
		`<pre><code class="language-go">x</code></pre>`:                                   "go",
		`<div class="highlight rust"><pre>x</pre></div>`:                                  "rust",
		`<pre class="brush: php; title: x">x</pre>`:                                       "php",
		`<pre data-lang="zig">x</pre>`:                                                    "zig",
		`<pre lang="en">x</pre>`:                                                          "",
		`<pre class="line-numbers wide">x</pre>`:                                          "",
	} {
		p := proof.New(targets["hugo"].style)
		body := parse(t, source)
		p.Source(body)
		got := lines(slices.Concat(proof.Conserve(blog.Source{Text: source}, body, nil), p.Page([]byte("```\nx\n```\n"))))
		if want != "" {
			want = "lost 1 language of code: " + want
		}
		if !strings.HasPrefix(got, want) || want == "" && got != "" {
			t.Errorf("%s: %q, want %q", source, got, want)
		}
	}
}

// TestConservationIsLinear counts what sources cost that are made to cost much, and those
// twice as long. It must not run beside others, whose allocations would count.
//
//nolint:paralleltest // it counts what the whole program allocates
func TestConservationIsLinear(t *testing.T) {
	for name, piece := range map[string]string{
		"words":  "lost%d ",
		"frames": `<iframe src="https://v.example/%d"></iframe>`,
		"links":  `<a href="/%d">`,
		"codes":  `<pre class="language-x%d">x</pre>`,
	} {
		cost := func(n int) float64 {
			var b strings.Builder
			for i := range n {
				fmt.Fprintf(&b, piece, i)
			}
			source := blog.Source{Text: b.String()}
			return testing.AllocsPerRun(1, func() { proof.Conserve(source, nil, nil) })
		}
		if one, two := cost(2000), cost(4000); two > 2.5*one {
			t.Errorf("%s: %.0f allocations, twice as long %.0f", name, one, two)
		}
	}
}
