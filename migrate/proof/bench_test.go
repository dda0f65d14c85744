package proof_test

import (
	"html"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"replant/migrate/proof"
	"replant/migrate/source"
)

// BenchmarkProof makes pages of feeds, from the text of their items to Markdown, proves
// them, and reports what each part of the proof takes of the time that it takes to make
// the pages, in percent. The variable FEEDS may hold a pattern of real feeds' names:
//
//	FEEDS='/path/to/feeds/*.xml' go test ./migrate/proof -run '^$' -bench Proof
func BenchmarkProof(b *testing.B) {
	feeds := map[string][]*source.Item{"prose": itemsOf(b, strings.Repeat(prose, 30)), "fixtures": itemsOf(b, fixtures(b)...)}
	if pattern := os.Getenv("FEEDS"); pattern != "" {
		feeds["feeds"] = read(b, pattern)
	}
	for name, items := range feeds {
		b.Run(name, func(b *testing.B) {
			var t times
			for b.Loop() {
				for _, item := range items {
					t.prove(b, *item) // an item can be parsed once
				}
			}
			made := float64(t.making) / 100
			b.ReportMetric(float64(t.conserving)/made, "conserve-%")
			b.ReportMetric(float64(t.source)/made, "source-%")
			b.ReportMetric(float64(t.page)/made, "page-%")
			b.ReportMetric(float64(t.conserving+t.source+t.page)/made, "proof-%")
		})
	}
}

const prose = `<p>A paragraph of a post, with <b>strong</b> words, <i>others</i>, a <a href="https://example.org/">link</a>,
some <code>code</code> and a fair amount of text that is nothing but text, as most of it is. It goes on for a while: snake_case, 3 * 4.</p>`

var (
	hugo       = targets["hugo"]
	benchmaker = maker(hugo.target)
	prover     = proof.New(hugo.style)
)

// times are what making pages and proving them took.
type times struct{ making, conserving, source, page time.Duration }

func (t *times) prove(b *testing.B, item source.Item) {
	b.Helper()
	begun := time.Now()
	lap := func(of *time.Duration) {
		now := time.Now()
		*of += now.Sub(begun)
		begun = now
	}
	text := item.Source()
	post, err := item.Parse()
	if err != nil {
		b.Fatal(err)
	}
	lap(&t.making)
	proof.Conserve(text, post.Body, post.Removed)
	lap(&t.conserving)
	prover.Source(post.Body)
	lap(&t.source)
	page, err := benchmaker.Convert(post.Body)
	if err != nil {
		b.Fatal(err)
	}
	lap(&t.making)
	prover.Page(page)
	lap(&t.page)
}

// read reads the items of feeds.
func read(b *testing.B, pattern string) (all []*source.Item) {
	b.Helper()
	names, err := filepath.Glob(pattern)
	if err != nil || len(names) == 0 {
		b.Fatalf("no feeds (%v)", err)
	}
	for _, name := range names {
		f, err := os.Open(name)
		if err != nil {
			b.Fatal(err)
		}
		defer f.Close()
		feed, err := source.Open(f, nil)
		if err != nil {
			b.Fatal(err)
		}
		for item, err := range feed.Items() {
			if err != nil {
				b.Fatal(err)
			}
			all = append(all, item)
		}
	}
	return all
}

// fixtures returns those of the converter.
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
