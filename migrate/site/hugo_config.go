package site

import (
	"cmp"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"replant/migrate/dom"
)

// hugoEndings are the kinds of configuration that Hugo reads, the first found winning.
var hugoEndings = []string{".toml", ".yaml", ".yml", ".json"}

// hugoDirs are the folders of configuration that a build for the public reads, in
// order, beside the file at the site's root.
var hugoDirs = []string{"config/_default", "config/production"}

func detectHugo(fsys fs.FS) bool {
	files, err := hugoFiles(fsys)
	return err != nil || len(files) > 0
}

// hugoFiles lists the configuration that says where content lies, later files
// overriding earlier ones.
func hugoFiles(fsys fs.FS) ([]string, error) {
	var files []string
	if root := hugoRoot(fsys); root != "" {
		files = append(files, root)
	}
	for _, dir := range hugoDirs {
		if info, err := fs.Stat(fsys, dir); err != nil || !info.IsDir() {
			continue
		}
		entries, err := fs.ReadDir(fsys, dir)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", dir, cause(err))
		}
		for _, e := range entries {
			if _, ok := hugoKeys(e.Name()); ok && !e.IsDir() {
				files = append(files, path.Join(dir, e.Name()))
			}
		}
	}
	return files, nil
}

// hugoRoot returns the one file at the site's root that Hugo reads: hugo.* before
// config.*. A config.toml may be Zola's: Hugo would read no other beside it.
func hugoRoot(fsys fs.FS) string {
	for _, stem := range []string{"hugo", "config"} {
		for _, ending := range hugoEndings {
			name := stem + ending
			switch {
			case !exists(fsys, name):
			case name == zolaFile && detectZola(fsys):
				return ""
			default:
				return name
			}
		}
	}
	return ""
}

// hugoKeys reports under which keys the content of a file in a configuration folder
// stands: languages.toml under languages, languages.de.toml under languages.de, and
// hugo.toml at the top. Files that say nothing of folders are not wanted.
func hugoKeys(name string) (keys []string, wanted bool) {
	ending := path.Ext(name)
	if !slices.Contains(hugoEndings, ending) {
		return nil, false
	}
	stem, lang, _ := strings.Cut(strings.ToLower(strings.TrimSuffix(name, ending)), ".")
	switch {
	case lang != "" && stem == "languages":
		return []string{"languages", lang}, true
	case lang != "":
		return nil, false
	case stem == "hugo", stem == "config":
		return nil, true
	}
	return []string{stem}, slices.Contains([]string{"languages", "module", "markup", "params", "permalinks"}, stem)
}

func configureHugo(fsys fs.FS, s *Site) error {
	files, err := hugoFiles(fsys)
	if err != nil {
		return err
	}
	all := table{}
	for _, name := range files {
		keys, _ := hugoKeys(path.Base(name))
		t, err := readTable(fsys, name)
		if err != nil && slices.Contains(keys, "params") {
			continue // nothing in it says where a page lies
		}
		if err != nil {
			return err
		}
		for _, key := range slices.Backward(keys) {
			t = table{key: t}
		}
		all.merge(t)
	}
	c := hugoConfig{all: all, lang: hugoLanguage(all)}
	if s.Content, err = c.dir("content", "contentdir"); err != nil {
		return fmt.Errorf("%s: contentDir %w", strings.Join(files, ", "), err)
	}
	if s.Static, err = c.dir("static", "staticdir"); err != nil {
		return fmt.Errorf("%s: staticDir %w", strings.Join(files, ", "), err)
	}
	s.contents = c.contentDirs()
	s.Base, s.BaseKnown = basePath(c.text("baseurl"))
	s.config = files[0]
	s.hugo.readMarkup(all.table("markup").table("goldmark"))
	s.theme = c.theme(fsys)
	s.zone = c.text("timezone")
	s.lists.main, s.lists.languages = c.mainSections(), hugoLanguages(all, c.lang)
	if s.hugo.layouts, err = c.dir("layouts", "layoutdir"); err != nil {
		s.hugo.layouts = "" // out of reach
	}
	if s.hugo.archetypes, err = c.dir("archetypes", "archetypedir"); err != nil {
		s.hugo.archetypes = "" // out of reach
	}
	s.hugo.own = hugoOverrides(fsys, s.hugo.layouts, s.theme.folder)
	s.lists.readPublished(all)
	return nil
}

// hugoSite is what the configuration of a Hugo site says of its pages.
type hugoSite struct {
	unsafe      bool           // raw HTML shows
	unlinked    bool           // bare addresses are text
	passthrough bool           // formulas are passed through
	formulas    dom.Delimiters // that it declares for them
	own         overrides
	layouts     string // the folder of templates; empty where it is not in the site
	archetypes  string // that of archetypes, likewise
}

// readMarkup reads the settings of goldmark.
func (h *hugoSite) readMarkup(goldmark table) {
	h.unsafe, _ = goldmark.table("renderer")["unsafe"].(bool)
	extensions := goldmark.table("extensions")
	if linkify, ok := extensions["linkify"].(bool); ok {
		h.unlinked = !linkify
	}
	passthrough := extensions.table("passthrough")
	if h.passthrough, _ = passthrough["enable"].(bool); h.passthrough {
		h.formulas = formulaDelimiters(passthrough.table("delimiters"))
	}
}

// readPublished reads where Hugo publishes pages elsewhere than their files lie.
func (l *lists) readPublished(config table) {
	switch ugly := config["uglyurls"].(type) {
	case bool:
		l.ugly = ugly
	case table:
		l.ugly = len(ugly) > 0
	}
	l.otherDates = config["frontmatter"] != nil
	l.permalinks = map[string]string{}
	all := config.table("permalinks")
	for _, t := range []table{all, all.table("page")} {
		for section := range t {
			if pattern := t.text(section); pattern != "" {
				l.permalinks[strings.Trim(section, "/")] = pattern
			}
		}
	}
}

// hugoConfig is a site's whole configuration, read for its default language.
type hugoConfig struct {
	all  table
	lang string
}

// text returns a setting of the language, else the site's.
func (c hugoConfig) text(key string) string {
	return cmp.Or(c.all.table("languages").table(c.lang).text(key), c.all.text(key))
}

// mainSections returns the sections that a home page shows, where that is said
// (https://gohugo.io/configuration/all/#mainsections).
func (c hugoConfig) mainSections() []string {
	for _, t := range []table{c.all.table("languages").table(c.lang), c.all} {
		for _, at := range []table{t, t.table("params")} {
			if all := at.texts("mainsections"); len(all) > 0 {
				return all
			}
		}
	}
	return nil
}

// hugoLanguages returns the languages of a site that has several, the default one first.
func hugoLanguages(all table, first string) []string {
	languages := slices.Sorted(maps.Keys(all.table("languages")))
	if len(languages) < 2 {
		return nil
	}
	rest := slices.DeleteFunc(languages, func(l string) bool { return l == first })
	return append([]string{first}, rest...)
}

// theme finds the site's theme, among those that are set, else the modules that are imported.
func (c hugoConfig) theme(fsys fs.FS) theme {
	names := c.all.table("languages").table(c.lang).texts("theme")
	if len(names) == 0 {
		names = c.all.texts("theme")
	}
	if len(names) == 0 {
		for _, m := range c.all.table("module").tables("imports") {
			names = append(names, m.text("path"))
		}
	}
	return findTheme(fsys, "hugo", cmp.Or(c.text("themesdir"), "themes"), names)
}

// dir returns the folder of a component. Mounts for it make the setting void.
func (c hugoConfig) dir(component, key string) (string, error) {
	mounts := c.mounts(component)
	for _, m := range mounts {
		if dir, err := inside(m.text("source")); err == nil {
			return dir, nil
		}
	}
	if len(mounts) > 0 {
		return inside(mounts[0].text("source"))
	}
	return inside(cmp.Or(c.text(key), component))
}

// mounts returns the mounts of a component as a whole that hold for the language.
func (c hugoConfig) mounts(component string) []table {
	return slices.DeleteFunc(c.all.table("module").tables("mounts"), func(m table) bool {
		langs := m.table("sites").table("matrix")["languages"]
		return path.Clean(m.text("target")) != component ||
			!holds(m["lang"], c.lang) || !holds(langs, c.lang)
	})
}

// holds reports whether a mount's languages, one or a list or none for all, hold for lang.
func holds(langs any, lang string) bool {
	switch v := langs.(type) {
	case string:
		return v == "" || strings.EqualFold(v, lang) || v == "**"
	case []any:
		return len(v) == 0 || slices.ContainsFunc(v, func(l any) bool { return l != "" && holds(l, lang) })
	}
	return true
}
