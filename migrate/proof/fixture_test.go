package proof_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate/blog"
	"replant/migrate/markdown"
	"replant/migrate/proof"
	"replant/migrate/site"
)

func parse(t testing.TB, source string) *html.Node {
	t.Helper()
	body := &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body}
	nodes, err := html.ParseFragmentWithOptions(strings.NewReader(source), body, html.ParseOptionEnableScripting(false))
	if err != nil {
		t.Skip(err)
	}
	for _, n := range nodes {
		body.AppendChild(n)
	}
	return body
}

// maker converts as migrations do.
func maker(target *site.Target, breaks markdown.Breaks, shift int) *markdown.Converter {
	return markdown.New(markdown.Style{HTML: target.HTML, Code: target.Code, Breaks: breaks, Shift: shift,
		Embed: func(e blog.Embed) string { s, _ := target.Embed(e, site.Shortcode); return s }})
}

var targets = map[string]struct {
	target *site.Target
	style  proof.Style
}{
	"hugo": {site.Hugo(), proof.Style{Generator: proof.Hugo}},
	"zola": {site.Zola(), proof.Style{Generator: proof.Zola, HTML: true}},
}

// TestFixturesLoseNothing proves every page that the converter's own fixtures make.
func TestFixturesLoseNothing(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("../markdown/testdata/*.html")
	if err != nil || len(files) == 0 {
		t.Fatalf("no fixtures (%v)", err)
	}
	for name, on := range targets {
		for _, file := range files {
			source, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			body := parse(t, string(source))
			p := proof.New(on.style)
			p.Source(body)
			page, err := maker(on.target, markdown.KeepBreaks, 0).Convert(body)
			if err != nil {
				t.Fatal(err)
			}
			for _, l := range p.Page(page) {
				t.Errorf("%s: %s: %s %s", name, filepath.Base(file), l.Way, l)
			}
		}
	}
}
