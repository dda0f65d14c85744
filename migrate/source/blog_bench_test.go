package source_test

import (
	"bytes"
	"testing"

	"replant/migrate/blogtest"
	"replant/migrate/source"
)

// BenchmarkBlog reads blogs of 100 posts in the markup of six platforms: up to the items, as the
// one thread does that reads a feed, and on to the bodies.
func BenchmarkBlog(b *testing.B) {
	for _, p := range blogtest.Platforms {
		var feed bytes.Buffer
		if err := p.Write(&feed, 100); err != nil {
			b.Fatal(err)
		}
		for _, bodies := range []bool{false, true} {
			name := "/items"
			if bodies {
				name = "/bodies"
			}
			b.Run(p.Name+name, func(b *testing.B) {
				b.SetBytes(int64(feed.Len()))
				b.ReportAllocs()
				for b.Loop() {
					read(b, feed.Bytes(), bodies)
				}
			})
		}
	}
}

func read(b *testing.B, feed []byte, bodies bool) {
	b.Helper()
	f, err := source.Open(bytes.NewReader(feed), nil)
	if err != nil {
		b.Fatal(err)
	}
	for item, err := range f.Items() {
		if err == nil && bodies {
			_, err = item.Parse()
		}
		if err != nil {
			b.Fatal(err)
		}
	}
}
