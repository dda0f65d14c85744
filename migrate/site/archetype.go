package site

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"replant/frontmatter"
)

var errNoArchetypes = errors.New("pages get no defaults, since Zola has no archetypes")

// Archetype returns what the archetype of a section says of every page: the fields that stand
// there as they are. Those that a template makes are left out, and so are those that are a
// post's own. Nothing of it is executed. The error says why there are none.
func (s *Site) Archetype(fsys fs.FS, section string) (frontmatter.Matter, error) {
	if s.Target.Name != Hugo().Name {
		return nil, errNoArchetypes
	}
	files := s.archetypes(section)
	for _, file := range files {
		b, err := fs.ReadFile(fsys, file)
		if err != nil {
			continue
		}
		m, _, err := frontmatter.Parse(withoutTemplates(b))
		if err != nil {
			return nil, fmt.Errorf("pages get no defaults: %s: %w", file, err)
		}
		m = slices.DeleteFunc(m, func(f frontmatter.Field) bool { return slices.Contains(postsOwn, strings.ToLower(f.Key)) })
		return defaults(m), nil
	}
	return nil, fmt.Errorf("pages get no defaults, since there is no %s", files[len(files)-2]) // default.md
}

// archetypes lists the files in which Hugo looks for the archetype of a section, in its order
// (https://gohugo.io/content-management/archetypes/#lookup-order).
func (s *Site) archetypes(section string) (files []string) {
	section, _, _ = strings.Cut(strings.Trim(section, "/"), "/")
	folders := []string{s.hugo.archetypes}
	if s.theme.folder != "" {
		folders = append(folders, path.Join(s.theme.folder, "archetypes"))
	}
	for _, name := range []string{section, "default"} {
		for _, folder := range folders {
			if name != "" && folder != "" {
				files = append(files, path.Join(folder, name+".md"), path.Join(folder, name, index))
			}
		}
	}
	return files
}

// postsOwn are the keys that a post says for itself, whatever an archetype says of new pages.
var postsOwn = []string{"title", "linktitle", "date", "lastmod", "publishdate", "expirydate", "draft", "slug", "url", "aliases", "path", "kind", "lang"}

// defaults returns what of an archetype is one for every page: what has a value, of a kind that
// front matter is written with.
func defaults(m frontmatter.Matter) (kept frontmatter.Matter) {
	for _, f := range m {
		below, isTable := f.Value.(frontmatter.Matter)
		if isTable {
			f.Value = defaults(below)
		}
		if isEmpty(f.Value) {
			continue
		}
		if _, err := (frontmatter.Matter{f}).YAML(); err == nil {
			kept = append(kept, f)
		}
	}
	return kept
}

func isEmpty(v any) bool {
	switch v := v.(type) {
	case nil:
		return true
	case string:
		return v == ""
	case []string:
		return len(v) == 0
	case frontmatter.Matter:
		return len(v) == 0
	}
	return false
}

// withoutTemplates returns an archetype without the lines that a template makes: those that an
// action stands in, and all between the beginning and the end of one that is a block.
func withoutTemplates(text []byte) []byte {
	var kept []byte
	deep, open := 0, false // blocks that have begun; an action that goes on on the next line
	for line := range strings.Lines(string(text)) {
		made := deep > 0 || open
		for rest := line; ; {
			if !open {
				_, behind, found := strings.Cut(rest, "{{")
				if !found {
					break
				}
				made, open, rest = true, true, behind
				deep += blockOf(behind)
			}
			_, behind, found := strings.Cut(rest, "}}")
			if !found {
				break
			}
			open, rest = false, behind
		}
		if !made {
			kept = append(kept, line...)
		}
	}
	return kept
}

// blockOf returns 1 for an action that begins a block, -1 for one that ends it.
func blockOf(action string) int {
	word, _, _ := strings.Cut(strings.TrimLeft(action, "- \t"), " ")
	switch strings.TrimRight(word, "-}\r\n") {
	case "if", "with", "range", "block", "define":
		return 1
	case "end":
		return -1
	}
	return 0
}

// WithDefaults returns the fields of a page with those of an archetype that it does not have,
// neither at the top nor in the table of the theme's keys. Tables are completed.
func (k Keys) WithDefaults(m, archetype frontmatter.Matter) frontmatter.Matter {
	for _, f := range archetype {
		if below, ok := f.Value.(frontmatter.Matter); ok && strings.EqualFold(f.Key, k.site.Target.Table) {
			m = k.complete(m, []string{k.site.Target.Table}, below)
			continue
		}
		m = k.complete(m, nil, frontmatter.Matter{f})
	}
	return m
}

// complete adds fields to a table of a page.
func (k Keys) complete(m frontmatter.Matter, table []string, fields frontmatter.Matter) frontmatter.Matter {
	for _, f := range fields {
		at := slices.Concat(table, []string{f.Key})
		there, has := m.At(at)
		if other := k.twin(at); !has && other != nil {
			if there, has = m.At(other); has {
				at = other
			}
		}
		below, isTable := f.Value.(frontmatter.Matter)
		_, thereTable := there.(frontmatter.Matter)
		switch {
		case !has:
			m = m.Put(at, f.Value)
		case isTable && thereTable:
			m = k.complete(m, at, below)
		}
	}
	return m
}

// twin returns where Hugo reads a key too: it takes those at the top that it does not know for
// parameters.
func (k Keys) twin(path []string) []string {
	if path[0] == k.site.Target.Table {
		return path[1:]
	}
	return slices.Concat([]string{k.site.Target.Table}, path)
}
