package site

import (
	"cmp"
	"embed"
	"fmt"
	"html"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"replant/frontmatter"
	"replant/migrate/blog"
	"replant/migrate/dom"
	"replant/migrate/proof"
	"replant/migrate/regex"
)

// Zola is the target for Zola (https://www.getzola.org), as of 0.22.
func Zola() *Target {
	return &Target{
		Name:      "zola",
		Reads:     proof.Zola,
		Matter:    zolaMatter,
		Shortcode: zolaShortcode,
		Code:      zolaPage,
		HTML:      true,
		Divider:   "<!-- more -->",
		Detect:    detectZola,
		configure: configureZola,
		title:     zolaTitle,
		section:   zolaSection,
		taken:     zolaTaken,
		files:     zolaFiles,
		terms:     func(p blog.Post) []string { return keys(zolaTerms(p)) },
		ref:       zolaRef,
		headingID: slugID,
		Table:     "extra",
		misfit:    zolaMisfit,
		needs:     []string{"date"},
	}
}

// zolaMatter keeps to Zola's own keys and puts the rest under extra. Zola fails on a
// date without a value and on a taxonomy that the site does not declare.
func zolaMatter(p blog.Post, s *Site) frontmatter.Matter {
	p.Draft = p.Draft || p.Scheduled // Zola shows at once what Hugo holds back until its date
	if p.Branch {
		return zolaBranch(p)
	}
	var f fields
	f.opening(p, "updated")
	f.list("aliases", p.Aliases)
	f.list("authors", distinct(p.Authors))
	taxonomies := slices.DeleteFunc(zolaTerms(p), func(t frontmatter.Field) bool { return !s.declares(t.Key) })
	if slices.Contains(s.lists.taxonomies, "authors") {
		taxonomies.list("authors", terms(p.Authors))
	}
	f.nest("taxonomies", taxonomies)

	t := s.preset("zola")
	var extra fields
	extra.address("cover", p.Cover)
	if !p.CoverLeads {
		extra.cover(t.cover, p)
	}
	extra.ofTheme(t, p)
	extra.origin(p)
	extra.address("canonical", p.Canonical)
	f.nest("extra", extra)
	return frontmatter.Matter(f)
}

// zolaBranch keeps to what Zola reads in the index of a folder: it fails on any other key.
func zolaBranch(p blog.Post) frontmatter.Matter {
	var f, extra fields
	f.text("title", p.Title)
	f.text("description", p.Summary)
	if p.Draft {
		f.add("draft", true)
	}
	extra.time("date", p.Published)
	extra.time("updated", p.Updated)
	extra.address("cover", p.Cover)
	extra.origin(p)
	f.nest("extra", extra)
	return frontmatter.Matter(f)
}

// zolaTerms returns all terms of a post, by taxonomy.
func zolaTerms(p blog.Post) fields {
	var f fields
	f.list("tags", terms(p.Tags))
	f.list("categories", terms(p.Categories))
	f.list("series", terms([]string{p.Series}))
	return f
}

func keys(f fields) (all []string) {
	for _, field := range f {
		all = append(all, field.Key)
	}
	return all
}

// zolaFile is the one name of Zola's configuration. Hugo reads it too.
const zolaFile = "config.toml"

// detectZola goes by base_url, which Zola demands and Hugo does not know.
func detectZola(fsys fs.FS) bool {
	t, err := readTable(fsys, zolaFile)
	return err == nil && t["base_url"] != nil
}

func configureZola(fsys fs.FS, s *Site) error {
	t, err := readTable(fsys, zolaFile)
	if err != nil {
		return err
	}
	s.config = zolaFile
	s.theme = findTheme(fsys, "zola", "themes", t.texts("theme"))
	s.Base, s.BaseKnown = basePath(t.text("base_url"))
	s.plainLinks = zolaPlainLinks(t.table("markdown"))
	if languages := slices.Sorted(maps.Keys(t.table("languages"))); len(languages) > 0 {
		first := cmp.Or(t.text("default_language"), "en")
		languages = slices.DeleteFunc(languages, func(l string) bool { return l == first })
		s.lists.languages = append([]string{first}, languages...)
	}
	for _, taxonomy := range t.tables("taxonomies") {
		s.lists.taxonomies = append(s.lists.taxonomies, taxonomy.text("name"))
	}
	return nil
}

// zolaPlainLinks reports whether the settings of Markdown leave links to the web as they
// leave all others: one of them is on unless it is turned off.
func zolaPlainLinks(markdown table) bool {
	for key, value := range markdown {
		if strings.HasPrefix(key, "external_links_") && value != false {
			return false
		}
	}
	return markdown["external_links_external"] == false
}

// zolaShortcode calls the two shortcodes that replant supplies with a site; Zola has
// none of its own.
func zolaShortcode(e dom.Embed) (call, name string) {
	switch {
	case isYouTube(e) && seconds().MatchString(e.Start):
		return fmt.Sprintf(`{{ youtube(id="%s", start=%s) }}`, e.ID, e.Start), "youtube"
	case isYouTube(e):
		return fmt.Sprintf(`{{ youtube(id="%s") }}`, e.ID), "youtube"
	case isVimeo(e):
		return fmt.Sprintf(`{{ vimeo(id="%s") }}`, e.ID), "vimeo"
	}
	return "", ""
}

// zolaTitle spells a link's title. Zola 0.22 writes those of links to the web into the tag
// as they are (construct_external_link_tag in components/config/src/config/markup.rs): what
// would act there has to be written as a character reference. A site that has turned off all
// that Zola adds to such links shows references as they are written; there quotation marks
// that act nowhere stand in their place, so that the page stays safe when that changes.
func zolaTitle(s *Site, address, title string) string {
	switch web := strings.HasPrefix(address, "http:") || strings.HasPrefix(address, "https:"); {
	case !web:
		return title
	case s.plainLinks:
		return strings.NewReplacer(`"`, "”").Replace(title)
	case strings.ContainsAny(title, `"<>`) || html.UnescapeString(title) != title:
		return titleReferences.Replace(title)
	}
	return title
}

// titleReferences are for what ends an attribute, and for what looks like a reference.
var titleReferences = strings.NewReplacer("&", "&amp;", `"`, "&quot;", "<", "&lt;", ">", "&gt;")

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
func zolaFiles(fsys fs.FS, s *Site, n Need) []File {
	dir := path.Dir(n.Page)
	if path.Base(n.Page) == index {
		dir = path.Dir(dir)
	}
	var files []File
	for ; strings.HasPrefix(dir, s.Content+"/"); dir = path.Dir(dir) {
		theme := s.preset("zola").index
		if n.Section != "" && strings.HasPrefix(dir, s.dir(n.Section)+"/") {
			theme = slices.Concat(upwards, theme.Without([]string{"transparent"}))
		}
		files = append(files, zolaIndex(dir, theme))
	}
	for _, name := range n.Shortcodes {
		file := path.Join("templates", "shortcodes", name+".html")
		if s.theme.folder != "" && there(fsys, path.Join(s.theme.folder, file)) {
			continue
		}
		if text, err := zolaTemplates.ReadFile("templates/zola/" + name + ".html"); err == nil {
			files = append(files, File{Path: file, Why: "shortcode", Text: string(text)})
		}
	}
	return files
}

// zolaIndex returns the index of a section, with what the theme wants of it. Zola does not
// render a page without a date in a section that is sorted by dates.
func zolaIndex(dir string, theme frontmatter.Matter) File {
	var f fields
	title := capital(strings.NewReplacer("-", " ", "_", " ").Replace(path.Base(dir)))
	f.text("title", title)
	if !slices.Contains(strings.Split(dir, "/"), undated) {
		f.add("sort_by", "date")
	}
	for _, field := range titled(theme, title) {
		if field.Key != "transparent" || path.Base(dir) != undated {
			f = append(f, field)
		}
	}
	return File{Path: path.Join(dir, sectionFile), Why: "new section", Matter: frontmatter.Matter(f)}
}

// titled returns fields with the title of a section where it belongs.
func titled(m frontmatter.Matter, title string) frontmatter.Matter {
	m = slices.Clone(m)
	for i, f := range m {
		switch v := f.Value.(type) {
		case frontmatter.Matter:
			m[i].Value = titled(v, title)
		case string:
			m[i].Value = strings.ReplaceAll(v, titleOfSection, title)
		}
	}
	return m
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

// sortedByDate reports whether a section is sorted by dates, as a new one will be.
func sortedByDate(fsys fs.FS, dir string) bool {
	b, err := fs.ReadFile(fsys, path.Join(dir, sectionFile))
	if err != nil {
		return true
	}
	matter, _, err := frontmatter.Parse(b)
	by, _ := matter.Get("sort_by")
	return err == nil && (by == "date" || by == "update_date")
}

// zolaDate is what Zola cuts off the name of a page.
var zolaDate = regex.Lazy(`^\d{4}-\d{2}-\d{2}(T\d{2}-\d{2}-\d{2}Z?)?[-_]`)

// zolaTaken returns the slugs of a folder's pages and sections. Two pages with one slug
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

// take notes the slug of a page: that of its name or of its front matter.
func take(taken map[string]bool, name, said string) {
	slug := blog.Slug(zolaDate().ReplaceAllString(name, ""))
	if said != "" {
		slug = said
	}
	if slug != name {
		taken[slug] = true
	}
}

// slugIn returns the slug that a page's front matter sets, or "" when there is none.
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
