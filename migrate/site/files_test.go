package site

import (
	"slices"
	"testing"
	"time"

	"replant/frontmatter"
	"replant/migrate/blog"
)

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
		if got := site.Section(fsys, c.section, c.post); got != c.want {
			t.Errorf("a post of %s in %q goes to %q, want %q", c.post.Published, c.section, got, c.want)
		}
	}
	hugo := &Site{Target: Hugo(), Content: "content"}
	if got := hugo.Section(fsys, "posts", blog.Post{}); got != "posts" {
		t.Errorf("Hugo's goes to %q", got)
	}
}

func TestZolaFiles(t *testing.T) {
	t.Parallel()
	site := &Site{Target: Zola(), Content: "content", theme: "plain"}
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
		for _, f := range site.Files(fsys, &blog.Post{}, page, []string{"youtube", "vimeo", "unknown"}) {
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
		"content/posts/undated":   "---\ntitle: \"Undated\"\n---\n",
		`content/say "x": \ {% y`: "---\ntitle: \"Say \\\"x\\\": \\\\ {% y\"\nsort_by: \"date\"\n---\n",
	} {
		got, err := zolaIndex(dir).Matter.YAML()
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
	taken := site.Taken(fsys, "posts")
	for slug, want := range map[string]bool{
		"plain": false, "bundle": false, "dated": true, "old": true, "upper-case": true, "other": true, "elsewhere": true, "sub": true, "undated": true, "foo-fr": true,
	} {
		if taken[slug] != want {
			t.Errorf("%s is taken: %v, want %v", slug, taken[slug], want)
		}
	}
	if got := site.Taken(fsys, "none"); !got["undated"] || len(got) != 1 {
		t.Errorf("a new section has taken %v", got)
	}
	if got := (&Site{Target: Hugo()}).Taken(fsys, "posts"); got != nil {
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
