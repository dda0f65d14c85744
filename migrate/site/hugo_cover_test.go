package site

import (
	"net/url"
	"testing"
	"testing/fstest"

	"replant/migrate/blog"
)

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
