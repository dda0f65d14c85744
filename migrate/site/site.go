// Package site knows site generators: what front matter they read, how they spell an
// embed, what they would take for a template, and where in a site posts go.
//
// A generator is a [Target], a file of this package. [Find] reads a site's own
// configuration for which one it is for and where its content lies.
package site

import (
	"io/fs"
	"iter"
	"maps"
	"path"
	"slices"
	"strings"
	"time"

	"replant/frontmatter"
	"replant/migrate/blog"
	"replant/migrate/dom"
	"replant/migrate/proof"
	"replant/migrate/regex"
)

// Target is a site generator.
type Target struct {
	Name string
	// Matter returns a post's front matter for a site, keys in a fixed order, none of
	// them empty.
	Matter func(blog.Post, *Site) frontmatter.Matter
	// Shortcode calls a shortcode that shows an embed, as one block of Markdown; both
	// are empty where the generator has none for it. Nil where it has none at all. See
	// [Target.Embed].
	Shortcode func(dom.Embed) (call, name string)
	// Figure calls a shortcode that shows a picture in a size of its own or with a caption, as
	// one block of Markdown, or "" for one that it cannot say. Nil where raw HTML says it.
	Figure func(blog.Picture) string
	// Details calls a shortcode that shows what a reader unfolds, as blocks of Markdown, or ""
	// for what it cannot say. Nil where raw HTML says it.
	Details func(blog.Details) string
	// Gallery calls a shortcode around those of pictures that belong together, as one block of
	// Markdown; both are empty for what it cannot say. Nil where raw HTML says it.
	Gallery func(blog.Gallery) (call, name string)
	// Recording calls a shortcode that plays a film or a sound, as one block of Markdown; both
	// are empty for one that it cannot say. Nil where raw HTML says it. See [Target.Player].
	Recording func(blog.Recording) (call, name string)
	// Code returns a page in which what the generator would take for a template inside
	// code shows as it is. It changes nothing else. Nil where no page is a template.
	Code func(page []blog.Piece) []byte
	// Divider marks where a summary ends, for a generator whose lists show none of a page
	// without it; else empty.
	Divider string
	// HTML reports whether a page shows raw HTML without a setting of the site.
	HTML bool
	// Table is the table of front matter for keys that are not the generator's own.
	Table string
	// Reads is how the proof reads the generator's pages: where nothing is said, as CommonMark.
	Reads proof.Generator
	// Detect reports whether a site's configuration is this generator's.
	Detect func(fs.FS) bool

	configure func(fs.FS, *Site) error
	passes    bool // a setting can have it pass formulas through
	// What follows may be nil.
	title   func(s *Site, address, title string) string
	section func(fs.FS, *Site, string, blog.Post) string
	taken   func(fs.FS, string) map[string]bool
	files   func(fs.FS, *Site, Need) []File
	terms   func(blog.Post) []string
	// ref names a page, by its path without and with its file, for a link that the generator
	// looks up; headingID is the id that it gives a heading.
	ref       func(logical, file string) string
	headingID func(text string) string
	// misfit says why a build would fail, or leave the page out, by a key with such a value.
	misfit func(s *Site, path []string, value any) string
	needs  []string // keys without which a page is not shown
	// refused are keys of a page at which a build ends.
	refused []string
}

// Targets returns the generators that replant writes for.
func Targets() []*Target { return []*Target{Hugo(), Zola()} }

// Site is what a site's configuration says.
type Site struct {
	Target  *Target // nil when there is no configuration
	Content string  // the folder of pages, slash-separated, inside the site
	Static  string  // the folder of files that are published as they are
	// Base is the path that the site is published under: it starts and ends with a
	// slash.
	Base      string
	BaseKnown bool // whether the configuration says so; else Base is a guess

	contents []string // the folders of pages of other languages
	config   string   // the configuration's file; empty when there is none
	hugo     hugoSite
	// plainLinks says that the configuration has Zola add nothing to links to the web.
	plainLinks bool
	theme      theme
	lists      lists
	zone       string // the name of its time zone; may be empty
}

// lists is what a configuration says of where pages are listed and published.
type lists struct {
	languages []string // that have pages, the default one first; none where there is but one
	main      []string // the sections that a home page shows
	// taxonomies are those that are declared, where a page may use no other.
	taxonomies []string
	// permalinks are Hugo's patterns of addresses by section; ugly says that pages are published
	// as files rather than as folders.
	permalinks map[string]string
	ugly       bool
	otherDates bool // dates of pages may come from elsewhere than their key
}

// Find reads a site's own configuration for the generator of that name; an empty name
// asks for whichever the site is for. Without a configuration the Target is the one
// named, nil if none was, and the rest as generators have it by default. A configuration
// that cannot be read is an error that starts with the file's name, and so are content and
// static folders outside the site.
func Find(fsys fs.FS, name string) (*Site, error) {
	s := &Site{Content: "content", Static: "static", Base: "/", hugo: hugoSite{layouts: "layouts", archetypes: "archetypes"}}
	for _, t := range Targets() {
		if name != "" && t.Name != name {
			continue
		}
		if name == t.Name {
			s.Target = t
		}
		if !t.Detect(fsys) {
			continue
		}
		s.Target = t
		if err := t.configure(fsys, s); err != nil {
			return nil, err
		}
		break
	}
	return s, nil
}

// Layout is how a post's files lie in a site.
type Layout string

// The layouts.
const (
	Bundle Layout = "bundle" // a folder with index.md and its pictures
	Flat   Layout = "flat"   // slug.md, its pictures among the static files
	// Branch is the folder of a page that has others below it: Hugo takes all that lies
	// beside an index.md for a part of that page, and Zola does not find it.
	Branch Layout = "branch"
)

// Place says where a post goes. All paths are slash-separated.
type Place struct {
	Page   string // the page's file, from the site's root
	Assets string // the folder of the post's files, from the site's root
	Prefix string // what stands before a file's name in the page: "" in a bundle
}

// The page's file in a bundle.
const (
	index       = "index.md"
	branchIndex = "_index.md"
)

// Place returns a new post its place. The section may be nested ("blog/notes") or empty;
// it cannot lead out of the content folder.
func (s *Site) Place(section, slug string, l Layout) Place {
	stem := path.Join(s.dir(section), path.Join("/", slug))
	switch l {
	case Flat:
		return s.At(stem + ".md")
	case Branch:
		return s.At(path.Join(stem, branchIndex))
	}
	return s.At(path.Join(stem, index))
}

// dir returns the folder of a section.
func (s *Site) dir(section string) string { return path.Join(s.Content, path.Join("/", section)) }

// With returns a place whose files lie in another folder: one among the static files, or
// else it stays as it is.
func (s *Site) With(p Place, assets string) Place {
	if rel, ok := strings.CutPrefix(assets, s.Static+"/"); ok {
		p.Assets, p.Prefix = assets, s.Base+rel+"/"
	}
	return p
}

// At returns the place of a post whose page stands already.
func (s *Site) At(page string) Place {
	dir, file := path.Split(page)
	if bundled().MatchString(file) {
		return Place{Page: page, Assets: path.Clean(dir)}
	}
	images := path.Join("images", file[:len(file)-len(path.Ext(file))])
	return Place{Page: page, Assets: path.Join(s.Static, images), Prefix: s.Base + images + "/"}
}

// Folder returns the path from the site's root under which the files of a place are
// published, with slashes at both ends; empty for files that lie elsewhere.
func (s *Site) Folder(p Place) string {
	rel, ok := strings.CutPrefix(p.Assets, s.Content)
	if !ok || p.Prefix != "" {
		return ""
	}
	return path.Join("/", rel) + "/"
}

// Published returns the file that is published at a path as it is, below the static files.
func (s *Site) Published(at string) string {
	return path.Join(s.Static, path.Join("/", strings.TrimPrefix(at, s.Base)))
}

// Pages returns the paths of all pages of posts in the site, of every language, in order:
// Markdown files but the indexes of sections. A folder that cannot be read is passed over.
func (s *Site) Pages(fsys fs.FS) iter.Seq[string] {
	return func(yield func(string) bool) {
		more := true
		for _, root := range rootsOf(s) {
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

// rootsOf returns the folders of pages, none inside another.
func rootsOf(s *Site) (roots []string) {
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

// contentDirs returns the folders of pages of the languages that have their own.
func (c hugoConfig) contentDirs() (dirs []string) {
	for _, lang := range slices.Sorted(maps.Keys(c.all.table("languages"))) {
		if dir, err := (hugoConfig{all: c.all, lang: lang}).dir("content", "contentdir"); err == nil {
			dirs = append(dirs, dir)
		}
	}
	return dirs
}

// File is a file that a page needs beside it, such as its section's index. Replant
// supplies it where the site has none.
type File struct {
	Path string // from the site's root, with slashes
	Why  string
	// What is in it: front matter alone, or a text.
	Matter frontmatter.Matter
	Text   string
}

// Need is what a page needs beside it.
type Need struct {
	Page       string   // its path from the site's root
	Shortcodes []string // that it calls
	// Section is the section whose posts lie in folders of it; empty where they lie in none.
	Section string
}

// Files lists what a page needs. One that stands by itself needs no index: the folders that it
// lies in belong to other such pages.
func (s *Site) Files(fsys fs.FS, p *blog.Post, n Need) []File {
	if s.Target.files == nil {
		return nil
	}
	if p.Page {
		n.Page = ""
	}
	return s.Target.files(fsys, s, n)
}

// Matter returns a post's front matter.
func (s *Site) Matter(p blog.Post) frontmatter.Matter { return s.Target.Matter(p, s) }

// Zone returns the time zone that the configuration names, or nil for none, or for one that
// nobody knows.
func (s *Site) Zone() *time.Location { return ZoneOf(s.zone) }

// ZoneOf returns the time zone of a name, such as Europe/Berlin or +02:00; nil where there is
// none.
func ZoneOf(name string) *time.Location {
	if t, err := time.Parse("-07:00", name); err == nil {
		_, offset := t.Zone()
		return time.FixedZone("", offset)
	}
	zone, err := time.LoadLocation(name)
	if name == "" || name == "Local" || err != nil {
		return nil
	}
	return zone
}

// Configuration returns the file of the site's configuration, or "" when there is none.
func (s *Site) Configuration() string { return s.config }

// Undeclared returns the taxonomies of a post that the site's configuration has to
// declare and does not. Without a configuration these are all, and stand in the page
// nevertheless.
func (s *Site) Undeclared(p blog.Post) (names []string) {
	if s.Target.terms == nil {
		return nil
	}
	return slices.DeleteFunc(s.Target.terms(p), func(name string) bool { return slices.Contains(s.lists.taxonomies, name) })
}

// Certain reports whether the configuration is surely a generator's: a config.yaml may be
// anything's.
func (s *Site) Certain() bool {
	return s.config != "" && (strings.HasPrefix(s.config, "hugo.") || strings.HasPrefix(s.config, "config/") || s.BaseKnown || s.theme.name != "")
}

// declares reports whether pages may use a taxonomy.
func (s *Site) declares(taxonomy string) bool {
	return s.config == "" || slices.Contains(s.lists.taxonomies, taxonomy)
}
