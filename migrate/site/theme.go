package site

import (
	"io/fs"
	"path"
	"slices"
	"strings"

	"replant/migrate/regex"
)

// theme is what a site looks like.
type theme struct {
	name   string  // of its preset, else as the configuration has it; empty without one
	folder string  // of its templates, inside the site; empty where it has none there
	preset *preset // nil for a theme that replant does not know
}

// NoTheme asks for the keys of no theme in particular.
const NoTheme = "none"

// Themes lists the themes whose keys replant knows.
func Themes() (names []string) {
	for _, t := range Targets() {
		for _, p := range presets[t.Name] {
			names = append(names, p.name)
		}
	}
	return names
}

// KnowsTheme reports whether replant knows the keys of a theme, of whatever generator.
func KnowsTheme(name string) bool {
	for _, t := range Targets() {
		if presetOf(t.Name, name) != nil {
			return true
		}
	}
	return false
}

// As returns the site with another theme, whose name may be empty for its own, or NoTheme.
func (s *Site) As(name string) *Site {
	if name == "" {
		return s
	}
	other := *s
	other.theme = theme{folder: s.theme.folder}
	if name != NoTheme {
		other.theme.name = name
		if p := presetOf(s.Target.Name, name); p != nil {
			other.theme.name, other.theme.preset = p.name, p
		}
	}
	return &other
}

// Theme returns the name of the site's theme, empty without one, and whether replant knows
// its keys.
func (s *Site) Theme() (name string, known bool) { return s.theme.name, s.theme.preset != nil }

// preset returns the keys that the site's theme reads, or the plain ones.
func (s *Site) preset(generator string) *preset {
	if s.theme.preset != nil {
		return s.theme.preset
	}
	if plain := unthemed[generator]; plain != nil {
		return plain
	}
	return &preset{} // of a generator that has none
}

// CoverFile returns what the name of a cover's file has to begin with, or "" for any name.
func (s *Site) CoverFile() string { return s.preset(s.Target.Name).cover.file }

// ListsDescriptions reports whether lists of the site show the descriptions of pages, rather
// than summaries alone.
func (s *Site) ListsDescriptions() bool { return !s.preset(s.Target.Name).summaries }

// findTheme finds the first theme that replant knows among those that a configuration names,
// each as the name of a folder or as the path of a module; else the first. Without any, the
// site may be a theme's repository itself, or Hugo may be told by a flag: by the only folder
// of themes.
func findTheme(fsys fs.FS, generator, dir string, named []string) theme {
	if len(named) == 0 {
		if p := presetOf(generator, namedBy(fsys, ".")); p != nil {
			return theme{name: p.name, preset: p}
		}
		if only := onlyFolder(fsys, dir); only != "" && generator == "hugo" {
			named = []string{only}
		}
	}
	var first theme
	for _, name := range named {
		t := themeNamed(fsys, generator, dir, name)
		if t.preset != nil {
			return t
		}
		if first.name == "" {
			first = t
		}
	}
	return first
}

// themeNamed returns the theme that a configuration calls by a name.
func themeNamed(fsys fs.FS, generator, dir, name string) theme {
	t := theme{name: lastPart(name)}
	if folder := path.Join(dir, name); fs.ValidPath(folder) && there(fsys, folder) {
		t.folder = folder
	}
	parts := strings.Split(strings.Trim(name, "/"), "/")
	if len(parts) > 2 {
		parts = parts[2:] // behind the host and the owner of a module
	}
	for _, part := range slices.Backward(parts) {
		if t.preset = presetOf(generator, part); t.preset != nil {
			break
		}
	}
	if t.preset == nil && !strings.Contains(name, "/") {
		t.preset = presetOf(generator, namedBy(fsys, path.Join(dir, name)))
	}
	if t.preset == nil {
		t.preset = presetOf(generator, lastPart(submodule(fsys, path.Join(dir, name))))
	}
	if t.preset != nil {
		t.name = t.preset.name
	}
	return t
}

// presetOf returns the preset of a theme, or nil.
func presetOf(generator, name string) *preset {
	name = bareName(name)
	all := presets[generator]
	for i := range all {
		if bareName(all[i].name) == name || slices.Contains(all[i].also, name) {
			return &all[i]
		}
	}
	return nil
}

// bareName returns a theme's name without what its repository has around it.
func bareName(name string) string {
	name = strings.TrimSuffix(strings.ToLower(name), ".git")
	for _, prefix := range []string{"gohugo-", "hugo-", "zola-", "theme-"} {
		name = strings.TrimPrefix(name, prefix)
	}
	return strings.TrimSuffix(name, "-theme")
}

// version ends the path of a Go module from its second on.
var version = regex.Lazy(`^v[0-9]+$`)

// lastPart returns the last part of a path or an address that is no version.
func lastPart(name string) string {
	name = strings.TrimRight(name, "/")
	if version().MatchString(path.Base(name)) {
		name = path.Dir(name)
	}
	if name == "" {
		return ""
	}
	return path.Base(name)
}

// namedBy returns the name in the theme.toml of a theme's folder
// (https://gohugo.io/contribute/themes/), or "".
func namedBy(fsys fs.FS, folder string) string {
	t, err := readTable(fsys, path.Join(folder, "theme.toml"))
	if err != nil {
		return ""
	}
	return t.text("name")
}

// onlyFolder returns the one folder of a folder, or "".
func onlyFolder(fsys fs.FS, dir string) (only string) {
	entries, err := fs.ReadDir(fsys, dir)
	if err != nil {
		return ""
	}
	for _, e := range entries {
		switch {
		case strings.HasPrefix(e.Name(), ".") || !e.IsDir() && e.Type()&fs.ModeSymlink == 0:
		case only != "":
			return ""
		default:
			only = e.Name()
		}
	}
	return only
}

// submodule returns the address of the repository that git keeps at a folder, or "".
func submodule(fsys fs.FS, folder string) string {
	b, err := fs.ReadFile(fsys, ".gitmodules")
	if err != nil {
		return ""
	}
	at, address := "", ""
	for line := range strings.Lines(string(b)) {
		key, value, _ := strings.Cut(line, "=")
		value = strings.TrimSpace(value)
		switch key = strings.TrimSpace(key); {
		case strings.HasPrefix(key, "["):
			at, address = "", ""
		case key == "path":
			at = value
		case key == "url":
			address = value
		}
		if at == folder && address != "" {
			return address
		}
	}
	return ""
}

// there reports whether a file can be looked at: what a link out of the site shows cannot.
func there(fsys fs.FS, name string) bool {
	_, err := fs.Stat(fsys, name)
	return err == nil
}
