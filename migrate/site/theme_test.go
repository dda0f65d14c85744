package site

import (
	"fmt"
	"io/fs"
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

// A theme is found in all the ways in which sites have one.
func TestThemeIsFound(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		files fstest.MapFS
		theme string
		known bool
	}{
		"none":            {files("hugo.toml", ""), "", false},
		"a name":          {files("hugo.toml", `theme = "PaperMod"`), "PaperMod", true},
		"its repository":  {files("hugo.yaml", "theme: hugo-PaperMod\n"), "PaperMod", true},
		"JSON":            {files("hugo.json", `{"theme": ["more", "gohugo-theme-ananke"]}`), "Ananke", true},
		"a configuration": {files("config/_default/hugo.toml", `theme = "congo"`), "Congo", true},
		"a language":      {files("hugo.toml", "[languages.en]\ntheme = 'blowfish'"), "Blowfish", true},
		"a module": {
			files("hugo.toml", "[[module.imports]]\npath = 'github.com/nunocoracao/blowfish/v2'"), "Blowfish", true,
		},
		"a part of a module": {
			files("hugo.toml", "[[module.imports]]\npath = 'github.com/google/docsy/theme'"), "Docsy", true,
		},
		"the second module": {
			files("config/_default/module.toml", "[[imports]]\npath = 'github.com/someone/icons'\n[[imports]]\npath = 'github.com/imfing/hextra'"), "Hextra", true,
		},
		"another's name": {files("hugo.toml", `theme = "beautifulhugo"`), "beautifulhugo", false},
		"by theme.toml": {
			files("hugo.toml", `theme = "mine"`, "themes/mine/theme.toml", `name = "PaperMod"`), "PaperMod", true,
		},
		"a submodule": {
			files("hugo.toml", `theme = "mine"`, ".gitmodules", "[submodule \"x\"]\n\tpath = themes/other\n\turl = https://github.com/jpanther/congo\n"+
				"[submodule \"y\"]\n\tpath = themes/mine\n\turl = https://github.com/adityatelange/hugo-PaperMod.git\n"), "PaperMod", true,
		},
		"a folder of themes": {files("hugo.toml", "theme = 'FixIt'\nthemesDir = 'looks'", "looks/FixIt/theme.toml", ""), "FixIt", true},
		"the only folder":    {files("hugo.toml", "", "themes/LoveIt/theme.toml", "name = 'LoveIt'"), "LoveIt", true},
		"one of two folders": {files("hugo.toml", "", "themes/LoveIt/a", "", "themes/DoIt/a", ""), "", false},
		"Zola's":             {files("config.toml", "base_url = '/'\ntheme = 'zola-theme-terminimal'"), "Terminimal", true},
		"none of Zola's":     {files("config.toml", "base_url = '/'", "themes/tabi/theme.toml", "name = 'tabi'"), "", false},
		"its repository itself": {
			files("config.toml", "base_url = '/'", "theme.toml", "name = 'apollo'"), "apollo", true,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, err := Find(c.files, "")
			if err != nil {
				t.Fatal(err)
			}
			if theme, known := s.Theme(); theme != c.theme || known != c.known {
				t.Errorf("found %q, known: %t", theme, known)
			}
		})
	}
}

// Every preset says where its keys are documented, and has one name.
func TestPresetsAreWhole(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for generator, all := range presets {
		for _, p := range all {
			if seen[p.name] || !blog.IsWeb(p.docs) || !KnowsTheme("hugo-"+strings.ToUpper(p.name)) || presetOf(generator, p.name).name != p.name {
				t.Errorf("%+v", p)
			}
			seen[p.name] = true
		}
	}
	if got := Themes(); len(got) != len(seen) || !slices.Contains(got, "PaperMod") {
		t.Errorf("themes are %q", got)
	}
}

// themed is a post that has all that themes have keys for.
func themed(theme string, s *Site) blog.Post {
	dir := strings.ReplaceAll(strings.ToLower(theme), " ", "-")
	cover := "planted.png"
	if s.CoverFile() != "" {
		cover = s.CoverFile() + ".png"
	}
	return blog.Post{
		Title: theme, Slug: "x", Published: time.Date(2024, 1, 2, 3, 4, 5, 0, time.UTC), Summary: "In short.",
		Authors: []string{"Ida", "Ben"}, Series: "Beds", Tags: []string{"garden"}, Formulas: true, Closed: true,
		Canonical: &url.URL{Scheme: "https", Host: "old.example", Path: "/x"},
		Cover:     &url.URL{Path: cover}, Folder: "/" + dir + "/x/",
	}
}

// The layouts of Hugo's themes look for what they show by these, each as its documentation
// says: cover, author, mathematics, comments, canonical address.
var hugoReads = map[string][5]string{
	"PaperMod": {
		`{{ ((.Resources.ByType "image").GetMatch (printf "*%s*" .Params.cover.image)).RelPermalink }}`,
		`{{ delimit .Params.author ", " }}`, `{{ .Params.math }}`, `{{ .Params.comments }}`, `{{ .Params.canonicalURL }}`,
	},
	"Blowfish": {`{{ ((.Resources.ByType "image").GetMatch "*feature*").RelPermalink }}`, "", "", `{{ .Params.showComments }}`, ""},
	"Congo": {
		`{{ ((.Resources.ByType "image").GetMatch (.Params.feature | default "*feature*")).RelPermalink }}`,
		"", "", `{{ .Params.showComments }}`, "",
	},
	"Stack":        {`{{ (.Resources.Get .Params.image).RelPermalink }}`, "", `{{ .Params.math }}`, `{{ .Params.comments }}`, `{{ .Params.canonicalUrl }}`},
	"Ananke":       {`{{ (.Resources.GetMatch .Params.featured_image).RelPermalink }}`, `{{ .Params.author }}`, "", "", `{{ .Params.canonicalUrl }}`},
	"Docsy":        {`{{ ((.Resources.ByType "image").GetMatch "**featured*").RelPermalink }}`, `{{ .Params.author | markdownify }}`, "", "", ""},
	"Hextra":       {"", `{{ delimit .Params.authors ", " }}`, "", `{{ .Params.comments }}`, `{{ .Params.canonical }}`},
	"Terminal":     {`{{ (.Resources.GetMatch .Params.Cover).RelPermalink }}`, `{{ .Params.Author }}`, "", `{{ not .Params.hideComments }}`, ""},
	"LoveIt":       {`{{ (.Resources.GetMatch .Params.featuredimage).RelPermalink }}`, `{{ .Params.author }}`, `{{ .Params.math.enable }}`, `{{ .Params.comment.enable }}`, ""},
	"DoIt":         {`{{ (.Resources.GetMatch .Params.featuredImage).RelPermalink }}`, `{{ delimit .Params.authors ", " }}`, `{{ .Params.math.enable }}`, `{{ .Params.comment.enable }}`, ""},
	"FixIt":        {`{{ (.Resources.Get .Params.featured_image).RelPermalink }}`, `{{ .Params.author }}`, `{{ .Params.math.enable }}`, `{{ .Params.comment.enable }}`, ""},
	"Hello Friend": {`{{ (.Resources.GetMatch .Params.Cover).RelPermalink }}`, "", "", "", ""},
	"Mainroad":     {`{{ (.Resources.GetMatch .Params.thumbnail).RelPermalink }}`, "", "", "", ""},
}

// The same for Zola's.
var zolaReads = map[string][5]string{
	"tabi":       {`{{ get_url(path=page.extra.local_image) }}`, `{{ page.authors | join(sep=", ") }}`, `{{ page.extra.katex }}`, "", `{{ page.extra.canonical_url }}`},
	"apollo":     {`{% set _ = get_image_metadata(path=page.extra.local_image) %}{{ get_url(path=page.extra.local_image) }}`, `{{ page.taxonomies.authors | join(sep=", ") }}`, `{{ page.extra.mathjax }}`, `{{ page.extra.comment }}`, ""},
	"Terminimal": {`{{ get_url(path=page.path ~ page.extra.og_image) }}`, "", "", "", ""},
	"after-dark": {"", `{{ page.extra.author }}`, "", "", ""},
	"serene":     {`{{ get_url(path=page.colocated_path ~ page.extra.og_image) }}`, "", `{{ page.extra.math }}`, `{{ page.extra.comment }}`, ""},
	"abridge":    {`{{ get_url(path=page.path ~ page.extra.thumbnail, trailing_slash=false) }}`, `{{ page.extra.authors | join(sep=", ") }}`, `{{ page.extra.math }}`, "", ""},
}

// shows builds a site in which each theme has a section of its own, whose layout reads what
// the theme reads, and compares what it shows.
func shows(t *testing.T, target *Target, reads map[string][5]string, build func(dir string) *exec.Cmd) {
	t.Helper()
	dir := t.TempDir()
	put := func(name, text string) {
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		write(t, name, text)
	}
	if len(reads) != len(presets[target.Name]) {
		t.Errorf("%d themes are tried of %d", len(reads), len(presets[target.Name]))
	}
	for theme, exprs := range reads {
		s := (&Site{Target: target, lists: lists{taxonomies: []string{"tags", "authors", "series"}}}).As(theme)
		post := themed(theme, s)
		head, err := s.Matter(post).YAML()
		if err != nil {
			t.Fatal(err)
		}
		section := strings.Split(post.Folder, "/")[1]
		put("content"+post.Folder+"index.md", string(head))
		put("content"+post.Folder+post.Cover.Path, onePixel)
		layout := strings.Join(exprs[:], "|")
		if target.Name == "zola" {
			put("content/"+section+"/_index.md", "+++\npage_template = \""+section+".html\"\n+++\n")
			put("templates/"+section+".html", layout)
			continue
		}
		put("layouts/"+section+"/page.html", layout)
	}
	put("hugo.yaml", "baseURL: https://example.org/\ndisableKinds: [home, section, taxonomy, term, RSS, sitemap]\n")
	put("config.toml", "base_url = 'https://example.org'\ntaxonomies = [{name = 'tags'}, {name = 'authors'}, {name = 'series'}]\n")
	for _, name := range []string{"index", "section", "page", "taxonomy_list", "taxonomy_single"} {
		put("templates/"+name+".html", "")
	}
	if out, err := build(dir).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for theme, exprs := range reads {
		s := (&Site{Target: target}).As(theme)
		post := themed(theme, s)
		b, err := fs.ReadFile(os.DirFS(dir), "public"+post.Folder+"index.html")
		if err != nil {
			t.Error(err)
			continue
		}
		all := [5]string{post.Folder + post.Cover.Path, "Ida, Ben", "true", "false", post.Canonical.String()}
		var want []string
		for i, expr := range exprs {
			if expr == "" {
				all[i] = ""
			}
			want = append(want, all[i])
		}
		got := strings.NewReplacer("https://example.org/", "/", "&#x2F;", "/").Replace(strings.TrimSpace(string(b)))
		if got != strings.Join(want, "|") {
			t.Errorf("%s shows\n%s\nnot\n%s", theme, got, strings.Join(want, "|"))
		}
	}
}

// onePixel is the smallest GIF.
const onePixel = "GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff!\xf9\x04\x01\x00\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"

func TestThemesOfHugoShowTheirKeys(t *testing.T) {
	t.Parallel()
	bin := sitetest.Hugo(t)
	shows(t, Hugo(), hugoReads, func(dir string) *exec.Cmd {
		return exec.Command(bin, "--source", dir, "--cacheDir", filepath.Join(dir, ".cache"), "--panicOnWarning", "--noBuildLock")
	})
}

func TestThemesOfZolaShowTheirKeys(t *testing.T) {
	t.Parallel()
	bin := sitetest.Zola(t)
	shows(t, Zola(), zolaReads, func(dir string) *exec.Cmd { return exec.Command(bin, "--root", dir, "build") })
}

// Covers elsewhere, and those that have to lie beside their page and do not, are named only
// where a theme can show them.
func TestCoversElsewhere(t *testing.T) {
	t.Parallel()
	away, apart := &url.URL{Scheme: "https", Host: "a.example", Path: "/a.png"}, &url.URL{Path: "/images/x/a.png"}
	for _, c := range []struct {
		target *Target
		theme  string
		cover  *url.URL
		want   string
	}{
		{Hugo(), "Congo", away, ""},
		{Hugo(), "Congo", apart, ""},
		{Hugo(), "Blowfish", away, ""},
		{Hugo(), "PaperMod", apart, "params:\n  cover:\n    image: \"/images/x/a.png\"\n"},
		{Hugo(), "Stack", away, "params:\n  image: \"https://a.example/a.png\"\n"},
		{Zola(), "tabi", away, "  remote_image: \"https://a.example/a.png\"\n"},
		{Zola(), "tabi", apart, "  local_image: \"/images/x/a.png\"\n"},
		{Zola(), "Terminimal", away, ""},
		{Zola(), "abridge", apart, "  static_thumbnail: \"/images/x/a.png\"\n"},
	} {
		s := (&Site{Target: c.target}).As(c.theme)
		b, err := s.Matter(blog.Post{Cover: c.cover}).YAML()
		if err != nil {
			t.Fatal(err)
		}
		plainly := map[string]string{
			"hugo": fmt.Sprintf("---\nimages: [%q]\n", c.cover), "zola": fmt.Sprintf("---\nextra:\n  cover: %q\n", c.cover),
		}[c.target.Name]
		if got := string(b); got != plainly+c.want+"---\n" {
			t.Errorf("%s, %s:\n%s", c.theme, c.cover, got)
		}
	}
}
