package main

import (
	"html"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"replant/migrate/site/sitetest"
)

// The demo, migrated and built by the real Hugo, shows what its feed shows.
func TestHugoBuildsTheDemo(t *testing.T) {
	t.Parallel()
	site := filepath.Join(t.TempDir(), "site")
	if out, err := replant(t, site, "../../testdata/demo/feed.xml", site); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	pages, public := sitetest.Build(t, site, sitetest.Plain)
	want := []string{"/posts/hello-bed/", "/posts/seedlings-supermarket/", "/posts/watering-by-numbers/"}
	if got := slices.Sorted(maps.Keys(pages)); !slices.Equal(got, want) {
		t.Fatalf("pages are %q", got)
	}
	page := pages["/posts/watering-by-numbers/"]
	if page.Title != "Watering by numbers" || page.Date != "2026-03-12T07:30:00Z" || !slices.Equal(page.Tags, []string{"gardening", "python"}) {
		t.Errorf("front matter became %+v", page)
	}
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
