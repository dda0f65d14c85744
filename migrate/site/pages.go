package site

import (
	"io/fs"
	"iter"
	"maps"
	"path"
	"slices"
	"strings"

	"replant/migrate/regex"
)

// Pages gives the paths of all pages of posts in the site, of every language, in order:
// Markdown files but the indexes of sections. A folder that cannot be read is passed over.
func (s *Site) Pages(fsys fs.FS) iter.Seq[string] {
	return func(yield func(string) bool) {
		more := true
		for _, root := range s.roots() {
			_ = fs.WalkDir(fsys, root, func(name string, d fs.DirEntry, err error) error {
				switch {
				case err != nil && d != nil && d.IsDir():
					return fs.SkipDir
				case err != nil || d.IsDir() || !isPage(name):
					return nil
				}
				if more = yield(name); !more {
					return fs.SkipAll
				}
				return nil
			})
			if !more {
				return
			}
		}
	}
}

// roots gives the folders of pages, none inside another.
func (s *Site) roots() (roots []string) {
	for _, dir := range slices.Sorted(slices.Values(append([]string{s.Content}, s.contents...))) {
		if n := len(roots); n == 0 || dir != roots[n-1] && !strings.HasPrefix(dir, roots[n-1]+"/") {
			roots = append(roots, dir)
		}
	}
	return roots
}

func isPage(name string) bool {
	base := path.Base(name)
	ext := path.Ext(base)
	return (ext == ".md" || ext == ".markdown") && !strings.HasPrefix(base, "_index.")
}

// bundled is the name of a bundle's page: index.md or _index.md, or one of its
// translations.
var bundled = regex.Lazy(`^_?index(\.[A-Za-z-]+)?\.md$`)

// contentDirs gives the folders of pages of the languages that have their own.
func (c hugoConfig) contentDirs() (dirs []string) {
	for _, lang := range slices.Sorted(maps.Keys(c.all.table("languages"))) {
		if dir, err := (hugoConfig{all: c.all, lang: lang}).dir("content", "contentdir"); err == nil {
			dirs = append(dirs, dir)
		}
	}
	return dirs
}
