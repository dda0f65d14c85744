package site

import (
	"strings"
	"testing"
	"testing/fstest"

	"replant/frontmatter"
)

// hugoWith returns a Hugo site with some files.
func hugoWith(t *testing.T, files map[string]string) (*Site, fstest.MapFS) {
	t.Helper()
	tree := fstest.MapFS{}
	for name, text := range files {
		tree[name] = &fstest.MapFile{Data: []byte(text)}
	}
	s, err := Find(tree, "hugo")
	if err != nil {
		t.Fatal(err)
	}
	return s, tree
}

func TestArchetype(t *testing.T) {
	t.Parallel()
	const theirs = "themes/some/archetypes/default.md"
	for _, c := range []struct {
		name, section string
		files         map[string]string
		want          string
	}{
		{"what a template makes stays out", "posts", map[string]string{"archetypes/default.md": "+++\ntitle = '{{ replace .File.ContentBaseName \"-\" \" \" | title }}'\ndate = {{ .Date }}\ndraft = true\ntoc = false\nweight = 3\nseries = []\nimage = \"\"\n[params]\nlang = 'en'\nname = '{{ .Name }}'\n+++\nText {{ .Name }}\n"},
			"toc: false\nweight: 3\nparams:\n  lang: \"en\"\n"},
		{"a block", "posts", map[string]string{"archetypes/default.md": "---\na: 1\n{{ if eq .Type \"x\" -}}\nb: 2\n{{- with .Site }}{{ end }}\nc: 3\n{{ end }}\nd: {{/* several\nlines */}}\ne: 5\ntags:\n- x\n- {{ .Name }}\ncats:\n- {{ .Name }}\n---\n"},
			"a: 1\ne: 5\ntags: [\"x\"]\n"},
		{"its section's before the default", "blog/notes", map[string]string{"archetypes/blog.md": "---\na: blog\n---\n", "archetypes/default.md": "---\na: no\n---\n"}, "a: \"blog\"\n"},
		{"a folder", "posts", map[string]string{"archetypes/posts/index.md": "---\na: 1\n---\n"}, "a: 1\n"},
		{"the theme's", "posts", map[string]string{"hugo.toml": "theme = 'some'\n", theirs: "---\na: 1\n---\n"}, "a: 1\n"},
		{"another folder of them", "posts", map[string]string{"hugo.toml": "archetypeDir = 'kinds'\n", "kinds/default.md": "---\na: 1\n---\n"}, "a: 1\n"},
		{"no front matter", "posts", map[string]string{"archetypes/default.md": "Text.\n"}, ""},
	} {
		s, tree := hugoWith(t, c.files)
		m, err := s.Archetype(tree, c.section)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if got, err := m.YAML(); err != nil || string(got) != "---\n"+c.want+"---\n" {
			t.Errorf("%s: %v\n%s\nwant\n%s", c.name, err, got, c.want)
		}
	}
	for want, files := range map[string]map[string]string{
		"pages get no defaults, since there is no archetypes/default.md":       {},
		"pages get no defaults: archetypes/default.md: front matter: yaml: li": {"archetypes/default.md": "---\na: [\n---\n"},
	} {
		s, tree := hugoWith(t, files)
		if _, err := s.Archetype(tree, "posts"); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%v, not %s", err, want)
		}
	}
}

// Defaults are added where a page says nothing of its own, at the top or among its parameters.
func TestWithDefaults(t *testing.T) {
	t.Parallel()
	s, _ := hugoWith(t, nil)
	read := func(text string) frontmatter.Matter {
		m, _, err := frontmatter.Parse([]byte("---\n" + text + "---\n"))
		if err != nil {
			t.Fatal(err)
		}
		return m
	}
	page := read("title: Bees\ntags: [a]\nparams:\n  cover:\n    image: x.png\n  author: Ida\n")
	archetype := read("Tags: [b]\nlayout: post\nauthor: [Nobody]\ncover: {image: none, hidden: true}\nparams: {title: no, lang: en, cover: {alt: y}}\n")
	const want = "---\ntitle: \"Bees\"\ntags: [\"a\"]\nlayout: \"post\"\nparams:\n  cover:\n    image: \"x.png\"\n    hidden: true\n    alt: \"y\"\n  author: \"Ida\"\n  lang: \"en\"\n---\n"
	if got, err := s.Keys().WithDefaults(page, archetype).YAML(); err != nil || string(got) != want {
		t.Errorf("%v\n%s\nwant\n%s", err, got, want)
	}
}
