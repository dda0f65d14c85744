package markdown

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate/blog"
	"replant/migrate/clean"
	"replant/migrate/dom"
)

var update = flag.Bool("update", false, "rewrite the expected Markdown in testdata")

// fixtures calls a test for each pair of testdata/name.html and name.md.
func fixtures(t *testing.T, test func(t *testing.T, source, golden string)) {
	t.Helper()
	fixturesIn(t, "testdata", test)
}

func fixturesIn(t *testing.T, dir string, test func(t *testing.T, source, golden string)) {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(dir, "*.html"))
	if err != nil || len(names) == 0 {
		t.Fatalf("no fixtures (%v)", err)
	}
	for _, name := range names {
		golden := strings.TrimSuffix(name, ".html")
		t.Run(filepath.Base(golden), func(t *testing.T) {
			t.Parallel()
			source, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			test(t, string(source), golden+".md")
		})
	}
}

func TestFixtures(t *testing.T) {
	t.Parallel()
	fixtures(t, func(t *testing.T, source, golden string) {
		compare(t, convert(t, source), golden)
	})
}

// compare compares a page with the expected one.
func compare(t *testing.T, got, golden string) {
	t.Helper()
	wellFormed(t, got)
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// convert converts HTML in a style without HTML.
func convert(t testing.TB, source string) string {
	t.Helper()
	got, err := New(plainStyle).Convert(parse(t, source))
	if err != nil {
		t.Fatal(err)
	}
	return string(got)
}

// plainStyle is Hugo's.
var plainStyle = Style{Bare: true, Embed: func(e dom.Embed) string { return "<" + e.URL + ">" }}

// parse returns HTML as the body of a neutral DOM, all decided.
func parse(t testing.TB, source string) *html.Node {
	t.Helper()
	body := parseShown(t, source)
	clean.Decide(body)
	return body
}

// parseShown returns HTML as a browser reads it.
func parseShown(t testing.TB, source string) *html.Node {
	t.Helper()
	body := &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body}
	nodes, err := html.ParseFragment(strings.NewReader(source), body)
	if err != nil {
		t.Skip(err)
	}
	for _, n := range nodes {
		body.AppendChild(n)
	}
	return body
}

// wellFormed checks what Convert promises of any page.
func wellFormed(t testing.TB, page string) {
	t.Helper()
	switch {
	case page == "":
		return
	case !utf8.ValidString(page):
		t.Errorf("invalid UTF-8: %q", page)
	case !strings.HasSuffix(page, "\n") || strings.HasSuffix(page, "\n\n"):
		t.Errorf("does not end in one newline: %q", page)
	case strings.ContainsFunc(page, func(r rune) bool { return illegal(r) || r == '\r' || r == '\f' }):
		t.Errorf("control characters: %q", page)
	}
}

// BenchmarkConvert converts all fixtures as one page, parsing included.
func BenchmarkConvert(b *testing.B) {
	var all strings.Builder
	names, err := filepath.Glob("testdata/*.html")
	if err != nil || len(names) == 0 {
		b.Fatalf("no fixtures (%v)", err)
	}
	for _, name := range names {
		source, err := os.ReadFile(name)
		if err != nil {
			b.Fatal(err)
		}
		all.Write(source)
	}
	benchmark(b, all.String())
}

// BenchmarkProse converts long paragraphs with a few links and marks.
func BenchmarkProse(b *testing.B) {
	const paragraph = `<p>A paragraph of a post, with <b>strong</b> words, <i>others</i>, a <a href="https://example.org/">link</a>,
some <code>code</code> and a fair amount of text that is nothing but text, as most of it is. It goes on for a while: snake_case, 3 * 4.</p>`
	benchmark(b, strings.Repeat(paragraph, 300))
}

// BenchmarkPost converts a post of 9 KB as people write them, its parsing left out.
func BenchmarkPost(b *testing.B) {
	const part = `<h2>Kettle and stone</h2>
<p>A window holds <a href="https://example.org/a?b=c">the lamp</a> before winter. The letter turns quiet over copper, and <strong>it stays</strong> so. The harbour
 mends a thread by candle light (again). Nothing is bought.</p>
<p>Bread is plain, as <em>all of it</em> was; the call is <code>open_mends()</code> now. The owl turns slow and bright between two willows, where a kettle hums.</p>
<ul><li>Counts the valley.</li><li>Gathers <em>yarn</em> without a needle.</li><li>Walks.</li></ul>
<p>The river keeps its marble, and the meadow borrows a ladder: the saddle leaves under heavy timber. The pepper is bitter. A violin follows.</p>
<pre><code class="language-go">kettle := open(&quot;lamp&quot;, 4)
</code></pre>
<figure><img src="https://example.org/p.jpg" alt="The owl" width="640" height="480"><figcaption>The owl at <b>night</b></figcaption></figure>
<blockquote><p>Loose threads open toward the island. The granite stays.</p></blockquote>
`
	body := parse(b, strings.Repeat(part, 8))
	style := plainStyle
	style.Captions, style.Divider = true, "<!--more-->"
	style.Figure = func(p blog.Picture) string {
		return "{{< figure src=\"" + p.Src + "\" caption=\"" + p.Caption + "\" >}}"
	}
	c := New(style)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := c.Convert(body); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkHostile doubles inputs made to cost much: time and memory should double.
func BenchmarkHostile(b *testing.B) {
	for name, source := range hostile {
		for _, size := range []int{16 << 10, 32 << 10, 64 << 10} {
			b.Run(fmt.Sprintf("%s/%dKB", name, size>>10), func(b *testing.B) { benchmark(b, source(size)) })
		}
	}
}

func benchmark(b *testing.B, source string) {
	c := New(plainStyle)
	b.SetBytes(int64(len(source)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := c.Convert(parse(b, source)); err != nil {
			b.Fatal(err)
		}
	}
}
