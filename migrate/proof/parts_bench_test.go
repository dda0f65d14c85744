package proof_test

import (
	"bytes"
	"testing"

	"golang.org/x/net/html"

	"replant/migrate/blog"
	"replant/migrate/blogtest"
	"replant/migrate/proof"
	"replant/migrate/source"
)

// made is a post on its way to a page.
type made struct {
	source blog.Source
	post   *blog.Post
	body   *html.Node // as the converter gets it
	page   []byte
}

// BenchmarkParts measures each step of the proof by itself, on blogs of each platform.
func BenchmarkParts(b *testing.B) {
	for _, p := range blogtest.Platforms {
		posts := makeAll(b, p)
		prover := proof.New(hugo.style)
		each := func(name string, f func(m *made)) {
			b.Run(name+"/"+p.Name, func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					for i := range posts {
						f(&posts[i])
					}
				}
			})
		}
		each("Conserve", func(m *made) { proof.Conserve(m.source, m.post.Body, m.post.Removed) })
		each("Source", func(m *made) { prover.Source(m.body) })
		each("SourceAndPage", func(m *made) {
			prover.Source(m.body)
			prover.Page(m.page)
		})
		each("Seen", func(*made) { prover.Seen() })
	}
}

// makeAll makes the pages of a blog.
func makeAll(b *testing.B, p blogtest.Platform) (all []made) {
	b.Helper()
	var text bytes.Buffer
	if err := p.Write(&text, 20); err != nil {
		b.Fatal(err)
	}
	feed, err := source.Open(bytes.NewReader(text.Bytes()), nil)
	if err != nil {
		b.Fatal(err)
	}
	for item, err := range feed.Items() {
		if err != nil {
			b.Fatal(err)
		}
		m := made{source: item.Source()}
		again := *item
		if m.post, err = item.Parse(); err != nil {
			b.Fatal(err)
		}
		spent, err := again.Parse() // converting changes it
		if err != nil {
			b.Fatal(err)
		}
		m.body = m.post.Body
		if m.page, err = benchmaker.Convert(spent.Body); err != nil {
			b.Fatal(err)
		}
		all = append(all, m)
	}
	return all
}
