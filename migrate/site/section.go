package site

import (
	"cmp"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"

	"replant/frontmatter"
)

// usualSection is where posts go in a site that has none.
const usualSection = "posts"

// pagesLooked bounds how many pages of a section are looked at for a post.
const pagesLooked = 200

// PostSection returns the section that new posts go to where none is asked for: the first of
// those on the home page that holds posts, else the one section that does, else the first on
// the home page. Only pages that the author has made count, so that the answer stays the same
// whatever earlier runs have written.
func (s *Site) PostSection(fsys fs.FS, authors func(file string) bool) string {
	home := s.lists.main
	if shown := s.preset(s.Target.Name).section; len(home) == 0 && shown != "" {
		home = []string{shown}
	}
	for _, section := range home {
		if holdsPosts(s, fsys, section, authors) {
			return section
		}
	}
	holding := s.Sections(fsys, authors)
	switch {
	case len(holding) == 1:
		return holding[0]
	case len(home) > 0:
		return home[0]
	}
	return usualSection
}

// Sections returns the sections that hold posts which the author has made.
func (s *Site) Sections(fsys fs.FS, authors func(file string) bool) (holding []string) {
	for _, section := range sectionsOf(s, fsys) {
		if holdsPosts(s, fsys, section, authors) {
			holding = append(holding, section)
		}
	}
	return holding
}

// rootSection is the section of pages that lie in none.
const rootSection = "/"

// sectionsOf lists the sections at the top of a site; for Zola the root is one too.
func sectionsOf(s *Site, fsys fs.FS) (all []string) {
	entries, err := fs.ReadDir(fsys, s.Content)
	if err != nil {
		return nil // a new site
	}
	for _, e := range entries {
		if e.IsDir() && !strings.HasPrefix(e.Name(), ".") && !there(fsys, path.Join(s.Content, e.Name(), index)) {
			all = append(all, e.Name())
		}
	}
	if s.Target.Name == Zola().Name {
		all = append(all, rootSection)
	}
	return all
}

// holdsPosts reports whether a section has a page with a date that its author has made, or, for
// Zola, is made to be sorted by dates.
func holdsPosts(s *Site, fsys fs.FS, section string, authors func(file string) bool) (holds bool) {
	dir, left := s.dir(section), pagesLooked
	if own := path.Join(dir, sectionFile); s.Target.Name == Zola().Name && section != rootSection && there(fsys, own) && authors(own) && sortedByDate(fsys, dir) {
		return true
	}
	_ = fs.WalkDir(fsys, dir, func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil && d != nil && d.IsDir():
			return fs.SkipDir
		case err != nil:
			return nil
		case d.IsDir():
			if section == rootSection && name != dir {
				return fs.SkipDir
			}
			return nil
		case !isPage(name) || !authors(name):
			return nil
		}
		if holds = dated(fsys, name); holds {
			return fs.SkipAll
		}
		if left--; left == 0 {
			return fs.SkipAll
		}
		return nil
	})
	return holds
}

// headMost bounds what is read of a page for its front matter.
const headMost = 64 << 10

// dated reports whether a page says when it was published.
func dated(fsys fs.FS, page string) bool {
	f, err := fsys.Open(page)
	if err != nil {
		return false
	}
	defer f.Close()
	head, err := io.ReadAll(io.LimitReader(f, headMost))
	if err != nil {
		return false
	}
	matter, _, err := frontmatter.Parse(head)
	return err == nil && slices.ContainsFunc(matter, func(f frontmatter.Field) bool {
		return strings.EqualFold(f.Key, "date") && f.Value != nil
	})
}

// Found says in one line what a site is, why that is so, which may be empty, and where its
// posts go.
func (s *Site) Found(why string, sections []string, l Layout) string {
	words := []string{capital(s.Target.Name) + why}
	if name, _ := s.Theme(); name != "" {
		words = append(words, "theme "+name)
	}
	switch {
	case len(sections) == 1:
		words = append(words, "section "+sections[0])
	case len(sections) > 1:
		words = append(words, "sections "+strings.Join(sections, " and "))
	}
	words = append(words, cmp.Or(map[Layout]string{Flat: "flat pages"}[l], "bundles"))
	if len(s.lists.languages) > 0 {
		words = append(words, "languages "+strings.Join(s.lists.languages, " and ")+" ("+s.lists.languages[0]+" for posts)")
	}
	return strings.Join(words, ", ")
}
