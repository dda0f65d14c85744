package site

import (
	"encoding/csv"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
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

// TestCoverStandsWhereTheThemeLooks has sites of several themes, named in all the ways
// that a configuration has, and the front matter that each of them reads.
func TestCoverStandsWhereTheThemeLooks(t *testing.T) {
	t.Parallel()
	const (
		nested = "images: [\"a.png\"]\nparams:\n  cover:\n    image: \"a.png\"\n    relative: true\n"
		text   = "images: [\"a.png\"]\nparams:\n  "
	)
	for config, want := range map[string]string{
		`baseURL = "https://a.example"`:        nested,
		`theme = "PaperMod"`:                   nested,
		`theme = "terminal"`:                   text + "cover: \"a.png\"\n",
		`theme = ["hugo-theme-stack", "more"]`: text + "image: \"a.png\"\n",
		"[[module.imports]]\npath = \"github.com/CaiJimmy/hugo-theme-stack/v3\"":      text + "image: \"a.png\"\n",
		"[[module.imports]]\npath = \"github.com/theNewDynamic/gohugo-theme-ananke\"": text + "featured_image: \"a.png\"\n",
	} {
		s, err := Find(fstest.MapFS{"hugo.toml": {Data: []byte(config)}}, "")
		if err != nil {
			t.Fatal(err)
		}
		b, err := hugoMatter(blog.Post{Cover: &url.URL{Path: "a.png"}}, s).YAML()
		if err != nil {
			t.Fatal(err)
		}
		if got := string(b); got != "---\n"+want+"---\n" {
			t.Errorf("%s:\n%s", config, got)
		}
	}
}

// TestHugoAgrees asks the real Hugo, for each configuration that Find reads, whether
// it publishes what stands where Find says that pages go, and under which path.
func TestHugoAgrees(t *testing.T) {
	t.Parallel()
	bin := sitetest.Hugo(t)
	for name, c := range sites {
		if c.want.target == "zola" || beyondHugo[name] {
			continue
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, err := Find(c.files, "")
			if err != nil {
				t.Fatal(err)
			}
			dir := t.TempDir()
			if err := os.CopyFS(dir, c.files); err != nil {
				t.Fatal(err)
			}
			page := filepath.FromSlash(s.Place("posts", "sample", Bundle).Page)
			if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, page)), 0o755); err != nil {
				t.Fatal(err)
			}
			write(t, filepath.Join(dir, page), "---\ntitle: Sample\ndate: 2024-01-02\n---\n")
			got := published(t, bin, dir)
			if want := s.Base + "posts/sample/"; !slices.Contains(got, want) {
				t.Errorf("%s is published as %q, want %q", page, got, want)
			}
		})
	}
}

// beyondHugo are configurations that replant takes for what they mean, and that Hugo
// on this system takes otherwise or not at all.
var beyondHugo = map[string]bool{
	"configuration folder": true, // one of its files, none of ours, is broken
	"no host":              true, // Hugo joins the address to every path
	"Windows":              true,
}

// published returns the paths at which Hugo publishes a site's pages.
func published(t *testing.T, bin, dir string) (paths []string) {
	t.Helper()
	cmd := exec.Command(bin, "list", "all", "--source", dir)
	cmd.Env = append(os.Environ(), "HUGO_CACHEDIR="+filepath.Join(dir, ".cache"))
	var trouble strings.Builder
	cmd.Stderr = &trouble
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("hugo list all: %v\n%s", err, &trouble)
	}
	rows, err := csv.NewReader(strings.NewReader(string(out))).ReadAll()
	if err != nil {
		t.Fatalf("%v in\n%s", err, out)
	}
	column := slices.Index(rows[0], "permalink")
	for _, row := range rows[1:] {
		u, err := url.Parse(row[column])
		if err != nil {
			t.Fatal(err)
		}
		paths = append(paths, u.EscapedPath())
	}
	return paths
}
