package site

import (
	"encoding/json"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"replant/migrate/blog"
	"replant/migrate/site/sitetest"
)

const pageFixtures = "../../testdata/page/hugo"

// fixture is a post as the fixtures spell it: the fields that front matter is made of.
type fixture struct {
	URL, GUID, Canonical string
	Title, Summary       string
	Published, Updated   time.Time
	Draft                bool
	Authors, Tags        []string
	Categories           []string
	Series               string
}

func (f fixture) post(t *testing.T) blog.Post {
	t.Helper()
	return blog.Post{
		URL: address(t, f.URL), GUID: f.GUID, Canonical: address(t, f.Canonical),
		Title: f.Title, Summary: f.Summary, Published: f.Published, Updated: f.Updated, Draft: f.Draft,
		Authors: f.Authors, Tags: f.Tags, Categories: f.Categories, Series: f.Series,
	}
}

func address(t *testing.T, s string) *url.URL {
	t.Helper()
	if s == "" {
		return nil
	}
	u, err := url.Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

func fixtures(t *testing.T) map[string]blog.Post {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(pageFixtures, "*.json"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no fixtures in %s: %v", pageFixtures, err)
	}
	posts := map[string]blog.Post{}
	for _, name := range files {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var f fixture
		if err := json.Unmarshal(b, &f); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		posts[strings.TrimSuffix(filepath.Base(name), ".json")] = f.post(t)
	}
	return posts
}

func yamlOf(t *testing.T, p blog.Post) string {
	t.Helper()
	b, err := hugoMatter(p).YAML()
	if err != nil {
		t.Fatalf("post %q: %v", p.Title, err)
	}
	return string(b)
}

// TestHugoMatter compares each post NAME.json with its front matter in NAME.md.
func TestHugoMatter(t *testing.T) {
	t.Parallel()
	for name, post := range fixtures(t) {
		golden, got := filepath.Join(pageFixtures, name+".md"), yamlOf(t, post)
		if *update {
			write(t, golden, got)
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		if got != string(want) {
			t.Errorf("%s:\n got\n%s\nwant\n%s", name, got, want)
		}
	}
}

// TestHugoReadsMatter builds the fixtures' posts and compares what Hugo made of them.
func TestHugoReadsMatter(t *testing.T) {
	t.Parallel()
	tree := t.TempDir()
	for name, post := range fixtures(t) {
		dir := filepath.Join(tree, "content", "posts", name)
		if err := os.MkdirAll(dir, 0o755); err != nil {
			t.Fatal(err)
		}
		write(t, filepath.Join(dir, "index.md"), yamlOf(t, post)+"\nBody.\n")
	}
	pages, public := sitetest.Build(t, tree)
	for name, post := range fixtures(t) {
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

func date(t *testing.T, s string) time.Time {
	t.Helper()
	d, err := time.Parse(time.RFC3339, s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}
