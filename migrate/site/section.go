package site

import (
	"cmp"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"

	"replant/frontmatter"
	"replant/migrate/blog"
)

// usualSection is where posts go in a site that has none.
const usualSection = "posts"

// pagesLooked bounds how many pages of a section are looked at for a post.
const pagesLooked = 200

// Sections knows the sections of a site that posts lie in.
type Sections struct{ site *Site }

// Sections returns the sections of the site that posts lie in.
func (s *Site) Sections() Sections { return Sections{s} }

// ForPosts returns the section that new posts go to where none is asked for: the first of
// those on the home page that holds posts, else the one section that does, else the first on
// the home page. Only pages that the author has made count, so that the answer stays the same
// whatever earlier runs have written.
func (l Sections) ForPosts(fsys fs.FS, authors func(file string) bool) string {
	home := l.site.lists.main
	if shown := l.site.preset(l.site.Target.Name).section; len(home) == 0 && shown != "" {
		home = []string{shown}
	}
	for _, section := range home {
		if l.holdsPosts(fsys, section, authors) {
			return section
		}
	}
	holding := l.WithPosts(fsys, authors)
	switch {
	case len(holding) == 1:
		return holding[0]
	case len(home) > 0:
		return home[0]
	}
	return usualSection
}

// WithPosts returns the sections that hold posts which the author has made.
func (l Sections) WithPosts(fsys fs.FS, authors func(file string) bool) (holding []string) {
	for _, section := range l.all(fsys) {
		if l.holdsPosts(fsys, section, authors) {
			holding = append(holding, section)
		}
	}
	return holding
}

// For returns the section where a new post goes when section is asked for. It is another one
// where the generator would not show the post in that.
func (l Sections) For(fsys fs.FS, section string, p blog.Post) string {
	if l.site.Target.section == nil {
		return section
	}
	return l.site.Target.section(fsys, l.site, section, p)
}

// Taken returns the slugs that a section has taken already, by pages of other names and by
// sub-sections. It may be nil.
func (l Sections) Taken(fsys fs.FS, section string) map[string]bool {
	if l.site.Target.taken == nil {
		return nil
	}
	return l.site.Target.taken(fsys, l.site.dir(section))
}

// rootSection is the section of pages that lie in none.
const rootSection = "/"

// all lists the sections at the top of the site; for Zola the root is one too.
func (l Sections) all(fsys fs.FS) (all []string) {
	content := l.site.Content
	entries, err := fs.ReadDir(fsys, content)
	if err != nil {
		return nil // a new site
	}
	for _, e := range entries {
		if e.IsDir() && !strings.HasPrefix(e.Name(), ".") && !there(fsys, path.Join(content, e.Name(), index)) {
			all = append(all, e.Name())
		}
	}
	if l.site.Target.Name == Zola().Name {
		all = append(all, rootSection)
	}
	return all
}

// holdsPosts reports whether a section has a page with a date that its author has made, or, for
// Zola, is made to be sorted by dates.
func (l Sections) holdsPosts(fsys fs.FS, section string, authors func(file string) bool) (holds bool) {
	dir, left := l.site.dir(section), pagesLooked
	if own := path.Join(dir, sectionFile); l.site.Target.Name == Zola().Name && section != rootSection && there(fsys, own) && authors(own) && sortedByDate(fsys, dir) {
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
