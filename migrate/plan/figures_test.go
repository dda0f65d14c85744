package plan

import (
	"bytes"
	"strings"
	"testing"
)

// FuzzCountWords holds the counting of words to their reading.
func FuzzCountWords(f *testing.F) {
	for _, s := range []string{"", "a", " a-b  ![c](d) e.", "漢字 kana かな x漢y", "1 – 2\u00a0km\u0085x", "![", "!\n[a]", "é\u3000ü", "a\vb\xff\xc2"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		want := int32(0)
		for range words([]byte(s)) {
			want++
		}
		if got := countWords([]byte(s)); got != want {
			t.Errorf("%q: %d words, want %d", s, got, want)
		}
	})
}

// BenchmarkMeasure counts the words of a new page.
func BenchmarkMeasure(b *testing.B) {
	var page bytes.Buffer
	page.WriteString("---\ntitle: \"x\"\n---\n\n")
	page.WriteString(strings.Repeat("The river keeps its [marble](https://example.org/a), and the meadow *borrows* a ladder: the saddle leaves.\n\n", 90))
	b.SetBytes(int64(page.Len()))
	for b.Loop() {
		measure(nil, page.Bytes())
	}
}
