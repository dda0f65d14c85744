package main

import (
	"html"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"replant/migrate/site/sitetest"
)

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
	want := []string{"/posts/hello-bed/", "/posts/seedlings-supermarket/", "/posts/watering-by-numbers/"}
	if got := slices.Sorted(maps.Keys(pages)); !slices.Equal(got, want) {
		t.Fatalf("pages are %q", got)
	}
	page := pages["/posts/watering-by-numbers/"]
	if page.Title != "Watering by numbers" || page.Date != "2026-03-12T07:30:00Z" || !slices.Equal(page.Tags, []string{"gardening", "python"}) {
		t.Errorf("front matter became %+v", page)
	}
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
