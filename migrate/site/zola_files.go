package site

import (
	"embed"
	"io/fs"
	"path"
	"strings"
	"unicode"
	"unicode/utf8"

	"replant/frontmatter"
	"replant/migrate/blog"
)

// zolaTemplates are the shortcodes that replant supplies.
//
//go:embed templates/zola
var zolaTemplates embed.FS

const (
	sectionFile = "_index.md"
	undated     = "undated" // the sub-section of posts without a date
)

// zolaFiles supplies an index for each section that a page lies in, without which no
// list shows the page, and the templates of shortcodes. A theme's template serves too.
func zolaFiles(fsys fs.FS, s *Site, page string, shortcodes []string) []File {
	dir := path.Dir(page)
	if path.Base(page) == index {
		dir = path.Dir(dir)
	}
	var files []File
	for ; strings.HasPrefix(dir, s.Content+"/"); dir = path.Dir(dir) {
		files = append(files, zolaIndex(dir))
	}
	for _, name := range shortcodes {
		file := path.Join("templates", "shortcodes", name+".html")
		if s.theme != "" && exists(fsys, path.Join("themes", s.theme, file)) {
			continue
		}
		if text, err := zolaTemplates.ReadFile("templates/zola/" + name + ".html"); err == nil {
			files = append(files, File{Path: file, Why: "shortcode", Text: string(text)})
		}
	}
	return files
}

// zolaIndex gives the index of a section. Zola does not render a page without a date in
// a section that is sorted by dates.
func zolaIndex(dir string) File {
	var f fields
	f.text("title", capital(strings.NewReplacer("-", " ", "_", " ").Replace(path.Base(dir))))
	if path.Base(dir) != undated {
		f.add("sort_by", "date")
	}
	return File{Path: path.Join(dir, sectionFile), Why: "new section", Matter: frontmatter.Matter(f)}
}

func capital(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(first)) + s[size:]
}

// zolaSection puts a post without a date into a section of its own, where that asked
// for is sorted by dates.
func zolaSection(fsys fs.FS, s *Site, section string, p blog.Post) string {
	if sayable(p.Published) || !sortedByDate(fsys, s.dir(section)) {
		return section
	}
	return path.Join(section, undated)
}

// sortedByDate tells whether a section is sorted by dates, as a new one will be.
func sortedByDate(fsys fs.FS, dir string) bool {
	b, err := fs.ReadFile(fsys, path.Join(dir, sectionFile))
	if err != nil {
		return true
	}
	matter, _, err := frontmatter.Parse(b)
	by, _ := matter.Get("sort_by")
	return err == nil && (by == "date" || by == "update_date")
}
