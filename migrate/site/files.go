package site

import (
	"io/fs"
	"slices"

	"replant/frontmatter"
	"replant/migrate/blog"
)

// File is a file that a page needs beside it, such as its section's index. Replant
// supplies it where the site has none.
type File struct {
	Path string // from the site's root, with slashes
	Why  string
	// What is in it: front matter alone, or a text.
	Matter frontmatter.Matter
	Text   string
}

// Files lists what a page at path needs, and the shortcodes that it calls. A page that
// stands by itself needs no index: the folders that it lies in belong to other such pages.
func (s *Site) Files(fsys fs.FS, p *blog.Post, path string, shortcodes []string) []File {
	if s.Target.files == nil {
		return nil
	}
	if p.Page {
		path = ""
	}
	return s.Target.files(fsys, s, path, shortcodes)
}

// Section gives the section where a new post goes when section is asked for. It is
// another one where the generator would not show the post in that.
func (s *Site) Section(fsys fs.FS, section string, p blog.Post) string {
	if s.Target.section == nil {
		return section
	}
	return s.Target.section(fsys, s, section, p)
}

// Taken gives the slugs that a section of the site has taken already, by pages of other
// names and by sub-sections. It may be nil.
func (s *Site) Taken(fsys fs.FS, section string) map[string]bool {
	if s.Target.taken == nil {
		return nil
	}
	return s.Target.taken(fsys, s.dir(section))
}

// Matter gives a post's front matter.
func (s *Site) Matter(p blog.Post) frontmatter.Matter { return s.Target.Matter(p, s) }

// Configuration gives the file of the site's configuration; empty when there is none.
func (s *Site) Configuration() string { return s.config }

// Undeclared gives the taxonomies of a post that the site's configuration has to
// declare and does not. Without a configuration these are all, and stand in the page
// nevertheless.
func (s *Site) Undeclared(p blog.Post) (names []string) {
	if s.Target.terms == nil {
		return nil
	}
	return slices.DeleteFunc(s.Target.terms(p), func(name string) bool { return slices.Contains(s.taxonomies, name) })
}

// declares tells whether pages may use a taxonomy.
func (s *Site) declares(taxonomy string) bool {
	return s.config == "" || slices.Contains(s.taxonomies, taxonomy)
}
