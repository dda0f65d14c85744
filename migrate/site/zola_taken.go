package site

import (
	"io/fs"
	"path"
	"strings"

	"replant/frontmatter"
	"replant/migrate/blog"
	"replant/migrate/regex"
)

// zolaDate is what Zola cuts off the name of a page.
var zolaDate = regex.Lazy(`^\d{4}-\d{2}-\d{2}(T\d{2}-\d{2}-\d{2}Z?)?[-_]`)

// zolaTaken gives the slugs of a folder's pages and sections. Two pages with one slug
// end the build. Pages named by the slug that they have are left out: what becomes of
// them is judged by their path.
func zolaTaken(fsys fs.FS, dir string) map[string]bool {
	entries, err := fs.ReadDir(fsys, dir)
	if err != nil {
		entries = nil // a new section
	}
	taken := map[string]bool{undated: true}
	for _, e := range entries {
		name := e.Name()
		switch file := path.Join(dir, name); {
		case e.IsDir() && exists(fsys, path.Join(file, sectionFile)):
			taken[name] = true
		case e.IsDir():
			take(taken, name, slugIn(fsys, path.Join(file, index)))
		case path.Ext(name) == ".md" && name != sectionFile:
			take(taken, strings.TrimSuffix(name, ".md"), slugIn(fsys, file))
		}
	}
	return taken
}

// take notes the slug of a page by its name and by what its front matter says.
func take(taken map[string]bool, name, said string) {
	slug := blog.Slug(zolaDate().ReplaceAllString(name, ""))
	if said != "" {
		slug = said
	}
	if slug != name {
		taken[slug] = true
	}
}

// slugIn gives the slug that a page's front matter sets; empty when there is none.
func slugIn(fsys fs.FS, page string) string {
	b, err := fs.ReadFile(fsys, page)
	if err != nil {
		return ""
	}
	matter, _, err := frontmatter.Parse(b)
	if err != nil {
		return ""
	}
	slug, _ := matter.Get("slug")
	s, _ := slug.(string)
	return blog.Slug(s)
}
