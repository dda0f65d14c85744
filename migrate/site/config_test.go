package site

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
)

// file makes a site of files: name, content, name, content …
func files(pairs ...string) fstest.MapFS {
	site := fstest.MapFS{}
	for i := 0; i+1 < len(pairs); i += 2 {
		site[pairs[i]] = &fstest.MapFile{Data: []byte(pairs[i+1])}
	}
	return site
}

// found is what [Find] should say; target, content and static are "hugo", "content" and
// "static", and base is unknown, where a case says nothing.
type found struct{ target, content, static, base string }

var sites = map[string]struct {
	files fstest.MapFS
	want  found
}{
	"toml":           {files("hugo.toml", `baseURL = "https://example.org"`), found{base: "/"}},
	"yaml":           {files("hugo.yaml", "baseURL: https://example.org/blog/\n"), found{base: "/blog/"}},
	"yml":            {files("hugo.yml", "baseurl: https://example.org/a%20b\n"), found{base: "/a%20b/"}},
	"json":           {files("hugo.json", `{"BaseURL": "https://example.org/a/b/"}`), found{base: "/a/b/"}},
	"old name":       {files("config.toml", `baseURL = "https://example.org/old"`), found{base: "/old/"}},
	"old name, bare": {files("config.toml", `title = "Blog"`), found{}},
	"empty":          {files("hugo.toml", ""), found{}},
	"path alone":     {files("hugo.toml", `baseURL = "/sub"`), found{base: "/sub/"}},
	"no host":        {files("hugo.toml", `baseURL = "example.org"`), found{}},
	"first file wins": {
		files("hugo.toml", `contentDir = "toml"`, "hugo.yaml", "contentDir: yaml\n", "config.toml", `contentDir = "old"`),
		found{content: "toml"},
	},
	"folders": {files("hugo.toml", "contentDir = './src/pages/'\nstaticDir = 'public'"), found{content: "src/pages", static: "public"}},
	"Windows": {files("hugo.toml", `contentDir = 'src\pages'`), found{content: "src/pages"}},
	"several static folders": {
		files("hugo.yaml", "staticDir: [assets/static, other]\n"), found{static: "assets/static"},
	},
	"default language": {
		files("hugo.toml", "defaultContentLanguage = 'DE'\n[languages.de]\ncontentDir = 'content/de'\nbaseURL = 'https://example.org/d'\n[languages.en]\ncontentDir = 'content/en'"),
		found{content: "content/de", base: "/d/"},
	},
	"English without being told": {
		files("hugo.yaml", "languages:\n  de: {weight: 1, contentDir: de}\n  en: {weight: 2, contentDir: en}\n"), found{content: "en"},
	},
	"first language by weight": {
		files("hugo.yaml", "languages:\n  da: {contentDir: da}\n  fr: {weight: 2, contentDir: fr}\n  no: {weight: 1, contentDir: 'no'}\n"), found{content: "no"},
	},
	"first language by name": {
		files("hugo.toml", "[languages.fr]\ncontentDir = 'fr'\n[languages.da]\ncontentDir = 'da'"), found{content: "da"},
	},
	"languages in one folder": {
		files("hugo.toml", "contentDir = 'pages'\n[languages.en]\n[languages.de]"), found{content: "pages"},
	},
	"configuration folder": {
		files("config/_default/hugo.toml", "baseURL = 'https://example.org/x'\ndefaultContentLanguage = 'de'",
			"config/_default/languages.toml", "[de]\ncontentDir = 'content/de'",
			"config/_default/params.toml", "not for us"),
		found{content: "content/de", base: "/x/"},
	},
	"configuration folder, a file a language": {
		files("config/_default/config.yaml", "defaultContentLanguage: fr\n",
			"config/_default/languages.fr.yaml", "contentDir: pages/fr\n", "config/_default/menus.fr.yaml", "main: []"),
		found{content: "pages/fr"},
	},
	"configuration for the public": {
		files("hugo.toml", "baseURL = 'http://localhost/'\ncontentDir = 'pages'",
			"config/production/hugo.toml", "baseURL = 'https://example.org/live'"),
		found{content: "pages", base: "/live/"},
	},
	"tables merge": {
		files("config/_default/hugo.toml", "[languages.en]\ncontentDir = 'pages'", "config/production/languages.toml", "[en]\ntitle = 'X'"),
		found{content: "pages"},
	},
	"a file named config": {files("hugo.toml", "", "config", "x"), found{}},
	"mounts": {
		files("hugo.toml", "contentDir = 'void'\n[[module.mounts]]\nsource = '../docs'\ntarget = 'content'\n[[module.mounts]]\nsource = 'src'\ntarget = 'content'\n[[module.mounts]]\nsource = 'files'\ntarget = 'static'"),
		found{content: "src", static: "files"},
	},
	"mounts by language": {
		files("hugo.yaml", "defaultContentLanguage: de\nlanguages: {de: {}, en: {}}\n", "config/_default/module.yaml",
			"mounts:\n- {source: e, target: content, lang: en}\n- {source: sub, target: content/sub}\n- {source: d, target: content, sites: {matrix: {languages: [fr, de]}}}\n"),
		found{content: "d"},
	},
	"Zola":                   {files("config.toml", `base_url = "https://example.org/z"`), found{target: "zola", base: "/z/"}},
	"Hugo beside Zola":       {files("config.toml", `base_url = "/z"`, "hugo.yaml", "{}"), found{}},
	"Zola before Hugo's old": {files("config.toml", `base_url = "https://example.org"`, "config.yaml", "contentDir: c"), found{target: "zola", base: "/"}},
	"weights in JSON": {
		files("hugo.json", `{"languages": {"aa": {"contentDir": "a"}, "bb": {"weight": -1, "contentDir": "b"}, "cc": {"weight": 1}}}`), found{content: "b"},
	},
	"weights in TOML": {
		files("hugo.toml", "[languages.aa]\nweight = 2\ncontentDir = 'a'\n[languages.bb]\nweight = 1\ncontentDir = 'b'"), found{content: "b"},
	},
}

func TestFind(t *testing.T) {
	t.Parallel()
	for name, c := range sites {
		s, err := Find(c.files, "")
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		want := c.want.site()
		if s.Target == nil || s.Target.Name != want.target {
			t.Errorf("%s: target %v, want %s", name, s.Target, want.target)
		}
		if s.Content != want.content || s.Static != want.static {
			t.Errorf("%s: content %q, static %q, want %q, %q", name, s.Content, s.Static, want.content, want.static)
		}
		if s.BaseKnown != (c.want.base != "") || s.Base != want.base {
			t.Errorf("%s: base %q, known %v, want %q", name, s.Base, s.BaseKnown, want.base)
		}
	}
}

// site completes what a case leaves out.
func (f found) site() found {
	for field, usual := range map[*string]string{&f.target: "hugo", &f.content: "content", &f.static: "static", &f.base: "/"} {
		if *field == "" {
			*field = usual
		}
	}
	return f
}

func TestFindWithoutConfiguration(t *testing.T) {
	t.Parallel()
	for name, fsys := range map[string]fs.FS{
		"empty":   files(),
		"content": files("content/posts/a.md", "", "_config.yml", "title: x", "config/other.toml", "?"),
	} {
		s, err := Find(fsys, "")
		if err != nil || s.Target != nil || s.Content != "content" || s.Static != "static" || s.Base != "/" || s.BaseKnown {
			t.Errorf("%s: %+v, %v", name, s, err)
		}
	}
}

func TestFindByName(t *testing.T) {
	t.Parallel()
	hugo, zola := files("hugo.toml", "contentDir = 'pages'"), files("config.toml", "base_url = 'https://example.org/z'")
	for _, c := range []struct {
		site          fstest.MapFS
		name          string
		target        *Target
		content, base string
	}{
		{hugo, "hugo", Hugo(), "pages", "/"},
		{hugo, "zola", Zola(), "content", "/"},
		{zola, "hugo", Hugo(), "content", "/"},
		{zola, "zola", Zola(), "content", "/z/"},
		{zola, "jekyll", nil, "content", "/"},
	} {
		s, err := Find(c.site, c.name)
		if err != nil || (s.Target == nil) != (c.target == nil) || s.Content != c.content || s.Base != c.base {
			t.Errorf("%s: %+v, %v", c.name, s, err)
		}
		if c.target != nil && s.Target.Name != c.target.Name {
			t.Errorf("%s: the target is %s", c.name, s.Target.Name)
		}
	}
}

func TestFindRefuses(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		files fstest.MapFS
		want  string // the error's beginning
	}{
		"broken TOML":     {files("config.toml", "a = [\n"), "config.toml: toml: line 1"},
		"broken YAML":     {files("hugo.yaml", "a: b: c\n"), "hugo.yaml: yaml: "},
		"broken JSON":     {files("hugo.json", "{"), "hugo.json: unexpected end"},
		"a list":          {files("hugo.yaml", "- a\n"), "hugo.yaml: "},
		"broken in a dir": {files("hugo.toml", "", "config/_default/languages.toml", "="), "config/_default/languages.toml: toml: "},
		"a folder":        {files("hugo.toml/x", ""), "hugo.toml: "},
		"above the site":  {files("hugo.toml", "contentDir = '../pages'"), `hugo.toml: contentDir "../pages" lies outside the site`},
		"around the site": {files("hugo.toml", "contentDir = 'a/../../b'"), `hugo.toml: contentDir "../b" lies outside the site`},
		"absolute":        {files("hugo.toml", "contentDir = '/srv/pages'"), `hugo.toml: contentDir "/srv/pages" lies outside the site`},
		"another drive":   {files("hugo.toml", `contentDir = 'C:\pages'`), `hugo.toml: contentDir "C:/pages" lies outside the site`},
		"static":          {files("hugo.toml", "staticDir = '..'"), `hugo.toml: staticDir ".." lies outside the site`},
		"mounted":         {files("hugo.toml", "[[module.mounts]]\nsource = '/srv'\ntarget = 'content'"), `hugo.toml: contentDir "/srv" lies outside the site`},
	} {
		s, err := Find(c.files, "")
		if err == nil || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%s: %+v, error %v, want %s", name, s, err, c.want)
		}
	}
}

func TestShowsHTML(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		files fstest.MapFS
		want  bool
	}{
		"by default":  {files("hugo.toml", ""), false},
		"unsafe":      {files("hugo.yaml", "markup: {Goldmark: {renderer: {unsafe: true}}}"), true},
		"in a folder": {files("config/_default/markup.toml", "[goldmark.renderer]\nunsafe = true"), true},
		"safe":        {files("hugo.toml", "[markup.goldmark.renderer]\nunsafe = false"), false},
		"Zola":        {files("config.toml", "base_url = 'https://example.org'"), true},
	} {
		s, err := Find(c.files, "")
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if s.Target == nil {
			s.Target = Hugo()
		}
		if got := s.Markup().ShowsHTML(); got != c.want {
			t.Errorf("%s: %t, want %t", name, got, c.want)
		}
	}
}

func TestLinksBare(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		files fstest.MapFS
		want  bool
	}{
		"by default": {files("hugo.toml", ""), true},
		"on":         {files("hugo.yaml", "markup: {goldmark: {extensions: {linkify: true}}}"), true},
		"off":        {files("hugo.toml", "[markup.goldmark.extensions]\nlinkify = false"), false},
		"Zola":       {files("config.toml", "base_url = 'https://example.org'"), false},
	} {
		s, err := Find(c.files, "")
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if got := s.Markup().LinksBare(); got != c.want {
			t.Errorf("%s: %t, want %t", name, got, c.want)
		}
	}
}
