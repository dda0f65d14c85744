package main

import (
	"fmt"
	"html"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	xhtml "golang.org/x/net/html"

	"replant/migrate/site/sitetest"
)

// foremFixtures are the constructs of Forem's markup that the project knows.
func foremFixtures(t *testing.T) []string {
	t.Helper()
	fixtures, err := filepath.Glob("../../testdata/dialect/forem/*.want.html")
	if err != nil || len(fixtures) == 0 {
		t.Fatalf("no fixtures: %v", err)
	}
	return fixtures
}

// foremSite migrates a blog whose posts are the fixtures.
func foremSite(t *testing.T, target string) (site string) {
	t.Helper()
	dir := t.TempDir()
	feed := filepath.Join(dir, "feed.xml")
	if err := os.WriteFile(feed, []byte(foremFeed(t, foremFixtures(t))), 0o644); err != nil {
		t.Fatal(err)
	}
	site = filepath.Join(dir, "site")
	out, err := replant(t, site, "--target", target, "--images", "remote", feed, site)
	if err != nil && !strings.Contains(out, "created") {
		t.Fatalf("%v\n%s", err, out)
	}
	return site
}

// showsEveryForemConstruct compares the words of each fixture with those of its page.
func showsEveryForemConstruct(t *testing.T, pages map[string]sitetest.Page) {
	t.Helper()
	fixtures := foremFixtures(t)
	if len(pages) != len(fixtures) {
		t.Fatalf("%d pages of %d posts", len(pages), len(fixtures))
	}
	for _, f := range fixtures {
		want, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		shown := wordCount(t, pages["/posts/"+construct(f)+"/"].Body)
		for w, n := range wordCount(t, string(want)) {
			if shown[w] < n {
				t.Errorf("%s: %q is shown %d times, not %d", construct(f), w, shown[w], n)
			}
		}
	}
}

func construct(fixture string) string {
	return strings.TrimSuffix(filepath.Base(fixture), ".want.html")
}

func foremFeed(t *testing.T, fixtures []string) string {
	t.Helper()
	var b strings.Builder
	b.WriteString(`<rss version="2.0"><channel><title>DEV Community: Ida</title>` +
		`<description>The latest articles on DEV Community by Ida (@ida).</description><link>https://dev.to/ida</link>`)
	for _, f := range fixtures {
		source, err := os.ReadFile(strings.Replace(f, ".want.html", ".html", 1))
		if err != nil {
			t.Fatal(err)
		}
		name := construct(f)
		fmt.Fprintf(&b, "<item><title>%s</title><link>https://dev.to/ida/%s-1a2b</link><pubDate>Thu, 01 Jan 2026 10:00:00 +0000</pubDate><description>%s</description></item>\n",
			name, name, html.EscapeString(string(source)))
	}
	b.WriteString("</channel></rss>")
	return b.String()
}

// wordCount counts the words that a reader sees in prose and code.
func wordCount(t *testing.T, fragment string) map[string]int {
	t.Helper()
	root, err := xhtml.Parse(strings.NewReader(fragment))
	if err != nil {
		t.Fatal(err)
	}
	words := map[string]int{}
	for n := range root.Descendants() {
		if n.Type != xhtml.TextNode {
			continue
		}
		for _, w := range strings.FieldsFunc(n.Data, func(r rune) bool { return !strings.ContainsRune("'_-", r) && !isWord(r) }) {
			words[w]++
		}
	}
	return words
}

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
