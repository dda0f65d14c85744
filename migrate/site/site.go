// Package site knows site generators: what front matter they read, how they spell an
// embed, what they would take for a template, and where in a site posts go.
//
// A generator is a [Target], a file of this package. [Find] reads a site's own
// configuration for which one it is for and where its content lies.
package site

import (
	"io/fs"

	"replant/frontmatter"
	"replant/migrate/blog"
	"replant/migrate/dom"
	"replant/migrate/proof"
)

// Target is a site generator.
type Target struct {
	Name string
	// Matter gives a post's front matter for a site, keys in a fixed order, none of
	// them empty.
	Matter func(blog.Post, *Site) frontmatter.Matter
	// Shortcode calls a shortcode that shows an embed, as one block of Markdown; both
	// are empty where the generator has none for it. See [Target.Embed].
	Shortcode func(dom.Embed) (call, name string)
	// Figure calls a shortcode that shows a picture in a size of its own, as one block of
	// Markdown; empty for one that it cannot say. Nil where raw HTML says it.
	Figure func(blog.Picture) string
	// Code gives a page in which what the generator would take for a template inside
	// code shows as it is. It changes nothing else.
	Code func(page []blog.Piece) string
	// HTML tells whether a page shows raw HTML without a setting of the site.
	HTML bool
	// Reads is how the proof shows the generator's pages.
	Reads proof.Generator
	// Detect tells whether a site's configuration is this generator's.
	Detect func(fs.FS) bool

	configure func(fs.FS, *Site) error
	passes    bool // a setting can have it pass formulas through
	// What follows may be nil.
	title   func(s *Site, address, title string) string
	section func(fs.FS, *Site, string, blog.Post) string
	taken   func(fs.FS, string) map[string]bool
	files   func(fs.FS, *Site, string, []string) []File
	terms   func(blog.Post) []string
}

// Targets gives the generators that replant writes for.
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
	unsafe   bool     // the configuration lets raw HTML show
	// passthrough says that the configuration has Hugo pass formulas through.
	passthrough bool
	// plainLinks says that the configuration has Zola add nothing to links to the web.
	plainLinks bool
	config     string // the configuration's file; empty when there is none
	theme      string // whose templates the site uses beside its own; may be empty
	// taxonomies are those that the configuration declares, where a page may use no other.
	taxonomies []string
}

// Find reads a site's own configuration for the generator of that name; an empty name
// asks for whichever the site is for. Without a configuration the Target is the one
// named, nil if none was, and the rest as generators have it by default. A configuration that cannot be read is an error
// that starts with the file's name, and so are content and static folders outside
// the site.
func Find(fsys fs.FS, name string) (*Site, error) {
	s := &Site{Content: "content", Static: "static", Base: "/"}
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

// LinkTitle gives a link's title as Markdown has to say it for a page to show it.
func (s *Site) LinkTitle(address, title string) string {
	if s.Target.title == nil {
		return title
	}
	return s.Target.title(s, address, title)
}

// PassesFormulas tells whether what stands between the delimiters of formulas shows as it
// stands in a page: by a setting of the site now, or by one that may come.
func (s *Site) PassesFormulas() (now, ever bool) { return s.passthrough, s.Target.passes }

// ShowsHTML tells whether raw HTML in a page shows: by the generator, or by a setting.
func (s *Site) ShowsHTML() bool { return s.Target.HTML || s.unsafe }
