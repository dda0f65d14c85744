package main

import (
	"fmt"
	"html"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	xhtml "golang.org/x/net/html"

	"replant/migrate/site/sitetest"
)

// demoPage checks which pages the demo has, and the front matter of one of them, which it
// returns.
func demoPage(t *testing.T, pages map[string]sitetest.Page) sitetest.Page {
	t.Helper()
	want := []string{"/posts/hello-bed/", "/posts/seedlings-supermarket/", "/posts/watering-by-numbers/"}
	if got := slices.Sorted(maps.Keys(pages)); !slices.Equal(got, want) {
		t.Fatalf("pages are %q", got)
	}
	page := pages["/posts/watering-by-numbers/"]
	if page.Title != "Watering by numbers" || page.Date != "2026-03-12T07:30:00Z" || !slices.Equal(page.Tags, []string{"gardening", "python"}) {
		t.Errorf("front matter became %+v", page)
	}
	return page
}

// The demo, migrated and built by the real Hugo, shows what its feed shows.
func TestHugoBuildsTheDemo(t *testing.T) {
	t.Parallel()
	site := filepath.Join(t.TempDir(), "site")
	if out, err := replant(t, site, "../../testdata/demo/feed.xml", site); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	pages, public := sitetest.Build(t, site, sitetest.Plain)
	page := demoPage(t, pages)
	for _, shown := range []string{
		`data-lang="python"`, `<img src="bed-plan.png" alt="Sixteen squares, one colour for each crop"`,
		`<td>Tomato</td>`, `href="#fn:1"`, `<em>yesterday</em>`,
	} {
		if !strings.Contains(page.Body, shown) {
			t.Errorf("the page lacks %s:\n%s", shown, page.Body)
		}
	}
	seedlings := pages["/posts/seedlings-supermarket/"].Body
	for _, shown := range []string{`{{&lt; label name=&#34;basil&#34; &gt;}}`, `youtube.com/embed/aBcDeFgHiJk`, `<blockquote>`} {
		if !strings.Contains(html.UnescapeString(seedlings), html.UnescapeString(shown)) {
			t.Errorf("the page lacks %s:\n%s", shown, seedlings)
		}
	}
	if _, err := os.Stat(filepath.Join(public, "posts", "watering-by-numbers", "bed-plan.png")); err != nil {
		t.Error(err)
	}
}

// Every construct of Forem's markup that the project knows, as posts of one blog: Hugo
// builds them all, with raw HTML off, and no word is lost on the way.
func TestHugoShowsEveryForemConstruct(t *testing.T) {
	t.Parallel()
	pages, _ := sitetest.Build(t, foremSite(t, "hugo"), sitetest.Plain)
	showsEveryForemConstruct(t, pages)
}

// The demo, migrated and built by the real Zola, shows what its feed shows, in either
// form of front matter and of layout.
func TestZolaBuildsTheDemo(t *testing.T) {
	t.Parallel()
	sitetest.Zola(t)
	for name, flags := range map[string][]string{
		"bundles in YAML":    nil,
		"flat files in TOML": {"--front-matter", "toml", "--layout", "flat"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			site := filepath.Join(t.TempDir(), "site")
			args := slices.Concat(flags, []string{"--target", "zola", "../../testdata/demo/feed.xml", site})
			if out, err := replant(t, site, args...); err != nil {
				t.Fatalf("%v\n%s", err, out)
			}
			pages, public := sitetest.BuildZola(t, site, sitetest.Taxonomies)
			checkZolaDemo(t, pages)
			index, err := os.ReadFile(filepath.Join(public, "posts", "index.html"))
			if err != nil || !listed.Match(index) {
				t.Errorf("the section does not list its posts by date: %v\n%s", err, index)
			}
		})
	}
}

// listed is the demo's section, the latest post first.
var listed = regexp.MustCompile(`(?s)Watering.*Seedlings.*Hello`)

func checkZolaDemo(t *testing.T, pages map[string]sitetest.Page) {
	t.Helper()
	page := demoPage(t, pages)
	for _, shown := range []string{`data-lang="python"`, `bed-plan.png" alt="Sixteen squares, one colour for each crop"`, `<td>Tomato</td>`, `<em>yesterday</em>`} {
		if !strings.Contains(page.Body, shown) {
			t.Errorf("the page lacks %s:\n%s", shown, page.Body)
		}
	}
	seedlings := pages["/posts/seedlings-supermarket/"].Body
	for _, shown := range []string{`{{< label name="basil" >}}`, `youtube-nocookie.com/embed/aBcDeFgHiJk`, `<blockquote>`} {
		if !strings.Contains(html.UnescapeString(seedlings), shown) {
			t.Errorf("the page lacks %s:\n%s", shown, seedlings)
		}
	}
}

// Every construct of Forem's markup that the project knows, as posts of one blog.
func TestZolaShowsEveryForemConstruct(t *testing.T) {
	t.Parallel()
	sitetest.Zola(t)
	pages, _ := sitetest.BuildZola(t, foremSite(t, "zola"), sitetest.Taxonomies)
	showsEveryForemConstruct(t, pages)
}

// Both generators build a site whose pages have the keys that its author asks for, in folders.
func TestGeneratorsTakeMappedKeys(t *testing.T) {
	t.Parallel()
	for target, keys := range map[string]string{
		"hugo": "rename: {source: original, tags: keywords, lastmod: params.changed}\n  drop: [authors]\n  add: {type: post, weight: 3, tags: ['{{ .Tags | lower }}', blog], params: {ratio: 0.5, list: [1, true, x], day: '{{ .Date }}'}, url: '/{{ .Date.Year }}/{{ .Slug }}/'}\n",
		"zola": "rename: {source: original, updated: extra.changed}\n  drop: [authors]\n  add: {weight: 3, in_search_index: false, taxonomies: {tags: ['{{ .Tags | lower }}', blog]}, extra: {ratio: 0.5, list: [1, true, x], day: '{{ .Date }}'}, slug: 'a-{{ .Slug }}'}\n",
	} {
		for _, format := range []string{"yaml", "toml"} {
			t.Run(target+" in "+format, func(t *testing.T) {
				t.Parallel()
				site := t.TempDir()
				config := "path: '{{ .Date.Year }}/{{ .Slug }}'\nfront-matter:\n  format: " + format + "\n  " + keys
				if err := os.WriteFile(filepath.Join(site, configName), []byte(config), 0o600); err != nil {
					t.Fatal(err)
				}
				if out, err := replant(t, site, "--target", target, "../../testdata/demo/feed.xml", site); err != nil {
					t.Fatalf("%v\n%s", err, out)
				}
				var pages map[string]sitetest.Page
				want := "/2026/hello-bed/"
				if target == "zola" {
					sitetest.Zola(t)
					pages, _ = sitetest.BuildZola(t, site, sitetest.Taxonomies)
					want = "/posts/2026/a-hello-bed/"
				} else {
					pages, _ = sitetest.Build(t, site)
				}
				if p := pages[want]; p.Title != "Hello, bed" || len(pages) != 3 || target == "hugo" && !slices.Equal(p.Tags, []string{"gardening", "blog"}) {
					t.Errorf("%s is %+v of %v", want, p, slices.Sorted(maps.Keys(pages)))
				}
			})
		}
	}
}

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
