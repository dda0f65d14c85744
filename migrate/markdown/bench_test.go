package markdown

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

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
