package site

import (
	"encoding/json"
	"flag"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"replant/frontmatter"
	"replant/migrate/blog"
)

var update = flag.Bool("update", false, "rewrite what the tests expect")

func write(t testing.TB, name, content string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}

// fixture is a post as the fixtures spell it: the fields that front matter is made of.
type fixture struct {
	URL, GUID, Canonical string
	Title, Summary       string
	Published, Updated   time.Time
	Draft                bool
	Authors, Tags        []string
	Categories           []string
	Series               string
	Cover                string
	CoverLeads           bool
}

func (f fixture) post(t *testing.T) blog.Post {
	t.Helper()
	return blog.Post{
		URL: address(t, f.URL), GUID: f.GUID, Canonical: address(t, f.Canonical),
		Title: f.Title, Summary: f.Summary, Published: f.Published, Updated: f.Updated, Draft: f.Draft,
		Authors: f.Authors, Tags: f.Tags, Categories: f.Categories, Series: f.Series,
		Cover: address(t, f.Cover), CoverLeads: f.CoverLeads,
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

// fixtures returns the posts of a folder by the names of their files.
func fixtures(t *testing.T, dir string) map[string]blog.Post {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*.json"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no fixtures in %s: %v", dir, err)
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

// TestMatter compares each post testdata/page/TARGET/NAME.json with its front matter in
// NAME.md, on a site that declares tags and series, where the target has to declare them.
func TestMatter(t *testing.T) {
	t.Parallel()
	for _, target := range Targets() {
		dir := filepath.Join("..", "..", "testdata", "page", target.Name)
		site := &Site{Target: target, Content: "content", config: "config", lists: lists{taxonomies: []string{"tags", "series"}}}
		for name, post := range fixtures(t, dir) {
			got, err := site.Matter(post).YAML()
			if err != nil {
				t.Errorf("%s: %s: %v", target.Name, name, err)
			}
			golden(t, filepath.Join(dir, name+".md"), string(got))
		}
	}
}

// golden compares a text with what a file expects.
func golden(t *testing.T, name, got string) {
	t.Helper()
	if *update {
		write(t, name, got)
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s:\n got\n%s\nwant\n%s", name, got, want)
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

func TestPlace(t *testing.T) {
	t.Parallel()
	plain := &Site{Content: "content", Static: "static", Base: "/"}
	other := &Site{Content: "src/de", Static: "public", Base: "/blog/"}
	for _, c := range []struct {
		site    *Site
		section string
		layout  Layout
		want    Place
	}{
		{plain, "posts", Bundle, Place{Page: "content/posts/x/index.md", Assets: "content/posts/x"}},
		{plain, "posts", "", Place{Page: "content/posts/x/index.md", Assets: "content/posts/x"}},
		{plain, "posts", Flat, Place{Page: "content/posts/x.md", Assets: "static/images/x", Prefix: "/images/x/"}},
		{plain, "", Bundle, Place{Page: "content/x/index.md", Assets: "content/x"}},
		{plain, "../../etc", Bundle, Place{Page: "content/etc/x/index.md", Assets: "content/etc/x"}},
		{other, "a/b", Bundle, Place{Page: "src/de/a/b/x/index.md", Assets: "src/de/a/b/x"}},
		{other, "a/b/", Flat, Place{Page: "src/de/a/b/x.md", Assets: "public/images/x", Prefix: "/blog/images/x/"}},
	} {
		got := c.site.Place(c.section, "x", c.layout)
		if got != c.want {
			t.Errorf("Place(%q, x, %q) = %+v, want %+v", c.section, c.layout, got, c.want)
		}
		if again := c.site.At(got.Page); again != got {
			t.Errorf("At(%q) = %+v, not %+v", got.Page, again, got)
		}
	}
}

func TestPages(t *testing.T) {
	t.Parallel()
	page := &fstest.MapFile{Data: []byte("text")}
	tree := fstest.MapFS{
		"hugo.toml":        {Data: []byte("[languages.en]\ncontentDir = 'content/english'\n[languages.de]\ncontentDir = 'deutsch'\n[languages.fr]\n")},
		"content/loose.md": page, "content/english/posts/_index.md": page, "content/english/posts/a/index.md": page,
		"content/english/posts/a/pic.png": page, "content/english/b.markdown": page,
		"deutsch/posts/a/index.md": page, "docs/other.md": page,
	}
	s, err := Find(tree, "")
	if err != nil {
		t.Fatal(err)
	}
	got := slices.Collect(s.Pages(tree))
	want := []string{"content/english/b.markdown", "content/english/posts/a/index.md", "content/loose.md", "deutsch/posts/a/index.md"}
	if !slices.Equal(got, want) {
		t.Errorf("pages are %q, not %q", got, want)
	}
	for range s.Pages(tree) {
		break
	}
	if got := s.At("deutsch/posts/a/index.de.md"); got.Assets != "deutsch/posts/a" || got.Prefix != "" {
		t.Errorf("a translation's bundle is %+v", got)
	}
}

func TestZolaSections(t *testing.T) {
	t.Parallel()
	dated := blog.Post{Published: time.Date(2024, 1, 2, 3, 4, 5, 0, time.UTC)}
	fsys := files("content/log/_index.md", "+++\nsort_by = \"weight\"\n+++\n", "content/news/_index.md", "---\nsort_by: date\n---\n", "content/odd/_index.md", "none")
	site := &Site{Target: Zola(), Content: "content"}
	for _, c := range []struct {
		section string
		post    blog.Post
		want    string
	}{
		{"posts", dated, "posts"},
		{"posts", blog.Post{}, "posts/undated"},
		{"", blog.Post{}, "undated"},
		{"news", blog.Post{Updated: dated.Published}, "news/undated"},
		{"log", blog.Post{}, "log"},
		{"odd", blog.Post{}, "odd"},
	} {
		if got := site.Sections().For(fsys, c.section, c.post); got != c.want {
			t.Errorf("a post of %s in %q goes to %q, want %q", c.post.Published, c.section, got, c.want)
		}
	}
	hugo := &Site{Target: Hugo(), Content: "content"}
	if got := hugo.Sections().For(fsys, "posts", blog.Post{}); got != "posts" {
		t.Errorf("Hugo's goes to %q", got)
	}
}

func TestZolaFiles(t *testing.T) {
	t.Parallel()
	site := &Site{Target: Zola(), Content: "content", theme: theme{folder: "themes/plain"}}
	fsys := files("themes/plain/templates/shortcodes/vimeo.html", "theirs")
	for page, want := range map[string][]string{
		"content/posts/x/index.md":      {"content/posts/_index.md"},
		"content/posts/x.md":            {"content/posts/_index.md"},
		"content/a/b/undated/x.md":      {"content/a/b/undated/_index.md", "content/a/b/_index.md", "content/a/_index.md"},
		"content/x.md":                  nil,
		"elsewhere/content/posts/x.md":  nil,
		"content/my-Notes/é/y/index.md": {"content/my-Notes/é/_index.md", "content/my-Notes/_index.md"},
	} {
		var got []string
		for _, f := range site.Files(fsys, &blog.Post{}, Need{Page: page, Shortcodes: []string{"youtube", "vimeo", "unknown"}}) {
			if f.Text == "" {
				got = append(got, f.Path)
			} else if f.Path != "templates/shortcodes/youtube.html" {
				t.Errorf("%s: the site gets %s", page, f.Path)
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s needs %q, want %q", page, got, want)
		}
	}
	for dir, want := range map[string]string{
		"content/my-notes":        "---\ntitle: \"My notes\"\nsort_by: \"date\"\n---\n",
		"content/état_civil":      "---\ntitle: \"État civil\"\nsort_by: \"date\"\n---\n",
		"content/root":            "---\ntitle: \"Root\"\nsort_by: \"date\"\ntransparent: true\n---\n",
		"content/root/undated":    "---\ntitle: \"Undated\"\n---\n",
		"content/posts/undated":   "---\ntitle: \"Undated\"\n---\n",
		`content/say "x": \ {% y`: "---\ntitle: \"Say \\\"x\\\": \\\\ {% y\"\nsort_by: \"date\"\n---\n",
	} {
		got, err := zolaIndex(dir, map[bool]frontmatter.Matter{true: upwards}[strings.Contains(dir, "root")]).Matter.YAML()
		if err != nil || string(got) != want {
			t.Errorf("index of %s: %s, %v, want %s", dir, got, err, want)
		}
	}
}

func TestZolaTaken(t *testing.T) {
	t.Parallel()
	fsys := files(
		"content/posts/_index.md", "", "content/posts/plain.md", "", "content/posts/bundle/index.md", "---\ntitle: x\n---\n",
		"content/posts/2024-03-04-dated.md", "", "content/posts/2024-03-04_old/index.md", "", "content/posts/Upper Case.md", "",
		"content/posts/renamed.md", "+++\nslug = \"other\"\n+++\n", "content/posts/moved/index.md", "---\nslug: elsewhere\n---\n",
		"content/posts/sub/_index.md", "", "content/posts/foo.fr.md", "",
	)
	site := &Site{Target: Zola(), Content: "content"}
	taken := site.Sections().Taken(fsys, "posts")
	for slug, want := range map[string]bool{
		"plain": false, "bundle": false, "dated": true, "old": true, "upper-case": true, "other": true, "elsewhere": true, "sub": true, "undated": true, "foo-fr": true,
	} {
		if taken[slug] != want {
			t.Errorf("%s is taken: %v, want %v", slug, taken[slug], want)
		}
	}
	if got := site.Sections().Taken(fsys, "none"); !got["undated"] || len(got) != 1 {
		t.Errorf("a new section has taken %v", got)
	}
	if got := (&Site{Target: Hugo()}).Sections().Taken(fsys, "posts"); got != nil {
		t.Errorf("Hugo's section has taken %v", got)
	}
}

func TestUndeclaredTaxonomies(t *testing.T) {
	t.Parallel()
	post := blog.Post{Tags: []string{"a"}, Categories: []string{"b"}, Series: "c"}
	for _, c := range []struct {
		config string
		want   []string
	}{
		{"", []string{"tags", "categories", "series"}},
		{"base_url = '/'", []string{"tags", "categories", "series"}},
		{"base_url = '/'\ntaxonomies = [{name = 'tags', feed = true}, {name = 'x'}]", []string{"categories", "series"}},
		{"base_url = '/'\n[[taxonomies]]\nname = 'series'\n[[taxonomies]]\nname = 'tags'", []string{"categories"}},
	} {
		fsys := files()
		if c.config != "" {
			fsys = files("config.toml", c.config)
		}
		site, err := Find(fsys, "zola")
		if err != nil {
			t.Fatal(err)
		}
		if got := site.Undeclared(post); !slices.Equal(got, c.want) {
			t.Errorf("%q: undeclared are %q, want %q", c.config, got, c.want)
		}
		written, _ := site.Matter(post).Get("taxonomies")
		kept, _ := written.(frontmatter.Matter)
		if want := 3 - len(c.want); c.config != "" && len(kept) != want || c.config == "" && len(kept) != 3 {
			t.Errorf("%q: the page has taxonomies %v", c.config, kept)
		}
	}
}
