package proof_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate/blog"
	"replant/migrate/clean"
	"replant/migrate/dom"
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
	clean.Decide(body)
	return body
}

// maker converts as migrations do.
func maker(target *site.Target) *markdown.Converter {
	return markdown.New(markdown.Style{HTML: target.HTML, Bare: target.Reads == proof.Hugo, Code: target.Code, Figure: target.Figure, Captions: true, Details: target.Details,
		Gallery:   gallery(target),
		Recording: func(r blog.Recording) string { s, _ := target.Player(r, site.Shortcode); return s },
		Embed:     func(e dom.Embed) string { s, _ := target.Embed(e, site.Shortcode); return s }})
}

func gallery(target *site.Target) func(blog.Gallery) string {
	if target.Gallery == nil {
		return nil
	}
	return func(g blog.Gallery) string { s, _ := target.Gallery(g); return s }
}

var targets = map[string]struct {
	target *site.Target
	style  proof.Style
}{
	"hugo": {site.Hugo(), proof.Style{Generator: proof.Hugo, Bare: true}},
	"zola": {site.Zola(), proof.Style{Generator: proof.Zola, HTML: true}},
}

// TestFixturesLoseNothing proves every page that the converter's own fixtures make.
func TestFixturesLoseNothing(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("../markdown/testdata/*.html")
	more, bad := filepath.Glob("../markdown/testdata/*/*.html")
	if err != nil || bad != nil || len(files) == 0 || len(more) == 0 {
		t.Fatalf("no fixtures (%v, %v)", err, bad)
	}
	files = append(files, more...)
	for name, on := range targets {
		for _, file := range files {
			source, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			body := parse(t, string(source))
			p := proof.New(on.style)
			p.Source(body)
			page, err := maker(on.target).Convert(body)
			if err != nil {
				t.Fatal(err)
			}
			for _, l := range p.Page(page) {
				t.Errorf("%s: %s: %s %s", name, filepath.Base(file), l.Way, l)
			}
		}
	}
}

// TestFormIsNoLoss proves pages whose text is formed as the author asked.
func TestFormIsNoLoss(t *testing.T) {
	t.Parallel()
	const source = "<h1>One</h1><p>A line<br>and another.</p><h6>Six</h6>"
	for name, c := range map[string]struct {
		breaks markdown.Breaks
		shift  int
		style  proof.Style
		want   string
	}{
		"as it is":           {want: ""},
		"soft":               {breaks: markdown.SoftenBreaks, style: proof.Style{Generator: proof.Hugo, Bare: true, Soft: true}},
		"moved down":         {shift: 1, style: proof.Style{Generator: proof.Hugo, Bare: true, Shift: 1}},
		"soft, and unasked":  {breaks: markdown.SoftenBreaks, want: "lost 1 line break: before and"},
		"moved, and unasked": {shift: 1, want: "changed 1 heading: One"},
	} {
		body := parse(t, source)
		p := proof.New(c.style)
		p.Source(body)
		page, err := markdown.New(markdown.Style{Breaks: c.breaks, Shift: c.shift}).Convert(body)
		if err != nil {
			t.Fatal(err)
		}
		if got := lines(p.Page(page)); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// What the parameters of a shortcode say is a part of the page, and so is what it holds.
func TestCallsAreRead(t *testing.T) {
	t.Parallel()
	const source = `<figure><img src="fork.png" alt="A fork"><figcaption>Bought in <a href="https://sheds.example/">May</a></figcaption></figure>
<details><summary>How <em>deep</em>?</summary><p>Two spans.</p></details>`
	for name, c := range map[string]struct{ from, to, want string }{
		"as it is":          {},
		"a caption is lost": {`caption="Bought in [May](https://sheds.example/)" `, "", "lost 3 words: Bought in May"},
		"its link is lost":  {"[May](https://sheds.example/)", "May", "lost 1 link: https://sheds.example/ (May)"},
		"a summary is lost": {`summary="How *deep*?"`, "", "lost 2 words: How deep?"},
		"a word is added":   {"Two spans.", "Two spans. Or three.", "added 2 words: Or three."},
	} {
		body := parse(t, source)
		p := proof.New(targets["hugo"].style)
		p.Source(body)
		page, err := maker(site.Hugo()).Convert(body)
		if err != nil {
			t.Fatal(err)
		}
		changed := strings.Replace(string(page), c.from, c.to, 1)
		if c.from != "" && changed == string(page) {
			t.Errorf("%s: no %s in %s", name, c.from, page)
		}
		if got := lines(p.Page([]byte(changed))); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}
