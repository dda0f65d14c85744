package proof_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"replant/migrate/proof"
)

// BenchmarkConvert converts a post, and BenchmarkProof converts and proves it: the
// difference is what the proof costs. Both parse the HTML first.
func BenchmarkConvert(b *testing.B) { each(b, false) }

func BenchmarkProof(b *testing.B) { each(b, true) }

const prose = `<p>A paragraph of a post, with <b>strong</b> words, <i>others</i>, a <a href="https://example.org/">link</a>,
some <code>code</code> and a fair amount of text that is nothing but text, as most of it is. It goes on for a while: snake_case, 3 * 4.</p>`

func each(b *testing.B, proved bool) {
	var all strings.Builder
	names, err := filepath.Glob("../markdown/testdata/*.html")
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
	for name, source := range map[string]string{"prose": strings.Repeat(prose, 300), "fixtures": all.String()} {
		b.Run(name, func(b *testing.B) {
			hugo := targets["hugo"]
			p, c := proof.New(hugo.style), maker(hugo.target)
			b.SetBytes(int64(len(source)))
			b.ReportAllocs()
			for b.Loop() {
				body := parse(b, source)
				if proved {
					p.Source(body)
				}
				page, err := c.Convert(body)
				if err != nil {
					b.Fatal(err)
				}
				if proved {
					p.Page(page)
				}
			}
		})
	}
}
