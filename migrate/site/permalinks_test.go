package site

import (
	"testing"
	"testing/fstest"

	"replant/frontmatter"
	"replant/migrate/site/sitetest"
)

// What Hugo makes of a pattern is where a page is said to be published.
func TestPermalinksAreAsHugoHasThem(t *testing.T) {
	t.Parallel()
	const head = "title: \"Other words\"\ndate: 2024-03-05T23:30:00-05:00\n"
	for _, c := range []struct {
		name, pattern, file, head string
		known                     bool
	}{
		{"dates and slug", "/:year/:month/:day/:slug/", "content/posts/bees/index.md", head + "slug: \"the-bees\"\n", true},
		{"day of the year", ":yearday/:contentbasename", "content/posts/bees.md", head, true},
		{"slug or name", "/blog/:slugorcontentbasename", "content/posts/bees/index.md", head, true},
		{"slug or name, with a slug", "/blog/:slugorcontentbasename/", "content/posts/bees/index.md", head + "slug: \"the-bees\"\n", true},
		{"sections", "/:sections/a/:section/:contentbasename/", "content/posts/bees/index.md", head, true},
		{"folders", "/x/:year/:contentbasename/", "content/posts/2024/bees/index.md", head, true},
		{"no slug", "/:year/:slug/", "content/posts/bees/index.md", head, false},
		{"no date", "/:year/:contentbasename/", "content/posts/bees/index.md", "title: \"Bees\"\n", false},
		{"a title", "/:year/:title/", "content/posts/bees/index.md", head, false},
		{"a name of a month", "/:monthname/:contentbasename/", "content/posts/bees/index.md", head, false},
		{"sections with a folder", "/:sections/:contentbasename/", "content/posts/2024/bees/index.md", head, false},
		{"an address of its own", "/:year/:contentbasename/", "content/posts/bees/index.md", head + "url: /here/\n", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			config := "\npermalinks: {posts: \"" + c.pattern + "\"}\n"
			s, err := Find(fstest.MapFS{"hugo.yaml": {Data: []byte(config)}}, "hugo")
			if err != nil {
				t.Fatal(err)
			}
			page := "---\n" + c.head + "---\nText.\n"
			m, _, err := frontmatter.Parse([]byte(page))
			if err != nil {
				t.Fatal(err)
			}
			at, known := s.Addresses().Published(LinkedAt(c.file, m))
			if known != c.known {
				t.Fatalf("known: %t, at %q", known, at)
			}
			if !known {
				return
			}
			tree := t.TempDir()
			lay(t, tree, c.file, page)
			pages, _ := sitetest.Build(t, tree, config)
			if _, ok := pages[at]; !ok {
				t.Errorf("said to be at %s, built are %v", at, pages)
			}
		})
	}
}
