package source

import (
	"flag"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"replant/migrate/blog"
	"replant/migrate/dom"
)

var update = flag.Bool("update", false, "rewrite what the fixtures expect")

// TestDialects cleans testdata/dialect/<name>/<construct>.html, a body as the platform
// has it in its feed, into <construct>.want.html.
func TestDialects(t *testing.T) {
	t.Parallel()
	fixtures, err := filepath.Glob("../../testdata/dialect/*/*.html")
	if err != nil || len(fixtures) == 0 {
		t.Fatalf("no fixtures: %v", err)
	}
	for _, name := range fixtures {
		if strings.HasSuffix(name, ".want.html") {
			continue
		}
		dialect := filepath.Base(filepath.Dir(name))
		t.Run(dialect+"/"+filepath.Base(name), func(t *testing.T) {
			t.Parallel()
			source, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			p := cleaned(t, dialect, string(source))
			same(t, strings.TrimSuffix(name, ".html")+".want.html", shown(t, p))
		})
	}
}

// cleaned parses a body in the manner of a dialect.
func cleaned(t *testing.T, dialect, body string) *blog.Post {
	t.Helper()
	if dialect == "feedburner" {
		dialect = "generic" // it wraps the feeds of all
	}
	i := slices.IndexFunc(append(dialects, generic), func(d *Dialect) bool { return d.Name == dialect })
	if i < 0 {
		t.Fatalf("no dialect %q", dialect)
	}
	addr := &url.URL{Scheme: "https", Host: "dev.to", Path: "/ada/trees-1abc"}
	item := &Item{Post: blog.Post{URL: addr, Title: "How trees talk"}, dialect: append(dialects, generic)[i], body: body, base: addr}
	p, err := item.Parse()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// shown writes a neutral DOM, a block a line, and the losses behind it.
func shown(t *testing.T, p *blog.Post) string {
	t.Helper()
	var b strings.Builder
	for n := range p.Body.ChildNodes() {
		if dom.Gap(n) {
			continue
		}
		if err := html.Render(&b, n); err != nil {
			t.Fatal(err)
		}
		b.WriteString("\n")
	}
	for _, n := range p.Notes {
		b.WriteString("<!-- noted: " + n + " -->\n")
	}
	for _, l := range p.Losses {
		b.WriteString("<!-- lost: " + l + " -->\n")
	}
	return b.String()
}

// same compares a text with the file that holds what is expected.
func same(t *testing.T, name, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(name, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if string(want) != got {
		t.Errorf("%s:\n got %s\nwant %s", name, got, want)
	}
}
