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
