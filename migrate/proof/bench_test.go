package proof_test

import (
	"html"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"replant/migrate/markdown"
	"replant/migrate/proof"
	"replant/migrate/source"
)

// BenchmarkConvert makes pages of a feed, from its text to their Markdown, and
// BenchmarkProof proves them too: the difference is what the proof costs.
func BenchmarkConvert(b *testing.B) { convertAll(b, false) }

func BenchmarkProof(b *testing.B) { convertAll(b, true) }

const prose = `<p>A paragraph of a post, with <b>strong</b> words, <i>others</i>, a <a href="https://example.org/">link</a>,
some <code>code</code> and a fair amount of text that is nothing but text, as most of it is. It goes on for a while: snake_case, 3 * 4.</p>`

func convertAll(b *testing.B, proved bool) {
	for name, posts := range map[string][]string{"prose": {strings.Repeat(prose, 30)}, "fixtures": fixtures(b)} {
		b.Run(name, func(b *testing.B) {
			hugo := targets["hugo"]
			p, c := proof.New(hugo.style), maker(hugo.target)
			b.ReportAllocs()
			made := 0
			for b.Loop() {
				for _, item := range itemsOf(b, posts...) { // an item can be parsed once
					text := item.Source()
					post, err := item.Parse()
					if err != nil {
						b.Fatal(err)
					}
					if proved {
						proof.Conserve(text, post.Body, post.Removed)
						markdown.Prepare(post.Body)
						p.Source(post.Body)
					}
					page, err := c.Convert(post.Body)
					if err != nil {
						b.Fatal(err)
					}
					if proved {
						p.Page(page)
					}
					made += len(page)
				}
			}
			b.SetBytes(int64(made / b.N))
		})
	}
}

// fixtures gives those of the converter.
func fixtures(b *testing.B) (all []string) {
	b.Helper()
	names, err := filepath.Glob("../markdown/testdata/*.html")
	if err != nil || len(names) == 0 {
		b.Fatalf("no fixtures (%v)", err)
	}
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			b.Fatal(err)
		}
		all = append(all, string(text))
	}
	return all
}

// itemsOf reads a feed of posts.
func itemsOf(b *testing.B, posts ...string) (items []*source.Item) {
	b.Helper()
	var feed strings.Builder
	feed.WriteString("<rss><channel><title>A blog</title>")
	for _, p := range posts {
		feed.WriteString("<item><title>A post</title><description>" + html.EscapeString(p) + "</description></item>")
	}
	feed.WriteString("</channel></rss>")
	f, err := source.Open(strings.NewReader(feed.String()), nil)
	if err != nil {
		b.Fatal(err)
	}
	for item, err := range f.Items() {
		if err != nil {
			b.Fatal(err)
		}
		items = append(items, item)
	}
	return items
}
