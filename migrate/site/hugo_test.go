package site

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"replant/migrate/blog"
	"replant/migrate/site/sitetest"
)

const hugoFixtures = "../../testdata/page/hugo"

func yamlOf(t *testing.T, p blog.Post) string {
	t.Helper()
	b, err := hugoMatter(p, &Site{}).YAML()
	if err != nil {
		t.Fatalf("post %q: %v", p.Title, err)
	}
	return string(b)
}

// TestHugoMatter compares each post NAME.json with its front matter in NAME.md.
func TestHugoMatter(t *testing.T) {
	t.Parallel()
	for name, post := range fixtures(t, hugoFixtures) {
		golden(t, filepath.Join(hugoFixtures, name+".md"), yamlOf(t, post))
	}
}

// TestHugoReadsMatter builds the fixtures' posts and compares what Hugo made of them.
func TestHugoReadsMatter(t *testing.T) {
	t.Parallel()
	tree := t.TempDir()
	for name, post := range fixtures(t, hugoFixtures) {
		dir := filepath.Join(tree, "content", "posts", name)
		if err := os.MkdirAll(dir, 0o755); err != nil {
			t.Fatal(err)
		}
		write(t, filepath.Join(dir, "index.md"), yamlOf(t, post)+"\nBody.\n")
	}
	pages, public := sitetest.Build(t, tree)
	for name, post := range fixtures(t, hugoFixtures) {
		page := pages["/posts/"+name+"/"]
		if page.Title != fold(post.Title) {
			t.Errorf("%s: title %q, want %q", name, page.Title, post.Title)
		}
		want := post.Published
		switch {
		case want.Year() < 1:
			want = time.Time{}
		case want.IsZero():
			want = post.Updated // Hugo's own choice
		}
		if got := date(t, page.Date); !sameSecond(got, want) {
			t.Errorf("%s: date %s, want %s", name, got, want)
		}
		if want := terms(post.Tags); !slices.Equal(slices.Sorted(slices.Values(page.Tags)), slices.Sorted(slices.Values(want))) {
			t.Errorf("%s: tags %q, want %q", name, page.Tags, want)
		}
	}
	// A tag without a page of its own would have been written over the list of all.
	if b, err := os.ReadFile(filepath.Join(public, "tags", "index.html")); err != nil || !strings.Contains(string(b), "<h1>tags</h1>") {
		t.Errorf("tags/index.html is not the list of tags: %v\n%s", err, b)
	}
}
