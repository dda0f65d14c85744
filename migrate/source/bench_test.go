package source

import (
	"fmt"
	"io"
	"strings"
	"testing"
)

// endless reads a feed of n posts without holding it.
func endless(n int) io.Reader {
	const head = `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Forem: Ada</title>` +
		`<description>The latest articles on Forem by Ada (@ada).</description><link>https://forem.example/ada</link>`
	body := strings.Repeat(`&lt;p&gt;Rivers wander &lt;em&gt;slowly&lt;/em&gt; towards the sea, and nobody hurries them.&lt;/p&gt;`+"\n\n", 50)
	i := -1
	var rest strings.Reader
	return readerFunc(func(p []byte) (int, error) {
		if rest.Len() == 0 {
			switch i++; {
			case i == 0:
				rest.Reset(head)
			case i <= n:
				rest.Reset(fmt.Sprintf(`<item><title>River %d</title><dc:creator>Ada</dc:creator><pubDate>Tue, 25 Nov 2025 16:07:56 +0000</pubDate>`+
					`<link>https://forem.example/ada/river-%d-ab1</link><guid>https://forem.example/ada/river-%d-ab1</guid><description>%s</description></item>`, i, i, i, body))
			case i == n+1:
				rest.Reset(`</channel></rss>`)
			default:
				return 0, io.EOF
			}
		}
		return rest.Read(p)
	})
}

type readerFunc func([]byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }

func BenchmarkItems(b *testing.B) {
	const posts = 200
	size, err := io.Copy(io.Discard, endless(posts))
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(size)
	b.ReportAllocs()
	for b.Loop() {
		f, err := Open(endless(posts), nil)
		if err != nil {
			b.Fatal(err)
		}
		for _, err := range f.Items() {
			if err != nil {
				b.Fatal(err)
			}
		}
	}
}

func BenchmarkParse(b *testing.B) {
	f, err := Open(endless(1), nil)
	if err != nil {
		b.Fatal(err)
	}
	s, err := f.sight(nil)
	if err != nil {
		b.Fatal(err)
	}
	item := s.item
	b.SetBytes(int64(len(item.body)))
	for b.Loop() {
		again := *item
		if _, err := again.Parse(); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkHostile doubles bodies made to cost much: time and memory should double.
func BenchmarkHostile(b *testing.B) {
	for name, source := range hostile {
		for _, size := range []int{16 << 10, 32 << 10, 64 << 10} {
			b.Run(fmt.Sprintf("%s/%dKB", name, size>>10), func(b *testing.B) {
				body := source(size)
				b.SetBytes(int64(len(body)))
				b.ReportAllocs()
				for b.Loop() {
					if _, err := (&Item{dialect: generic, body: body}).Parse(); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}
