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
)

// Target is a site generator.
//
// Of one that [Find] recognises but replant does not write for, all but Name and
// Detect is nil; [Targets] lists only those that it writes for.
type Target struct {
	Name string
	// Matter gives a post's front matter, keys in a fixed order, none of them empty.
	Matter func(blog.Post) frontmatter.Matter
	// Embed spells an embed as one block of Markdown without a newline at its end.
	// It is empty for an embed that has neither an address nor a name.
	Embed func(blog.Embed) string
	// Code makes what the generator would take for a template inside a code span or
	// a fence show as it is. It changes nothing else.
	Code func(code string) string
	// Detect tells whether a site's configuration is this generator's.
	Detect func(fs.FS) bool

	configure func(fs.FS, *Site) error
}

// Targets gives the generators that replant writes for.
func Targets() []*Target { return []*Target{Hugo()} }

// Site is what a site's configuration says.
type Site struct {
	Target  *Target // nil when there is no configuration
	Content string  // the folder of pages, slash-separated, inside the site
	Static  string  // the folder of files that are published as they are
	// Base is the path that the site is published under: it starts and ends with a
	// slash.
	Base      string
	BaseKnown bool // whether the configuration says so; else Base is a guess
}

// Find reads a site's own configuration. Without one the Target is nil and the rest
// as generators have it by default. A configuration that cannot be read is an error
// that starts with the file's name, and so are content and static folders outside
// the site.
func Find(fsys fs.FS) (*Site, error) {
	s := &Site{Content: "content", Static: "static", Base: "/"}
	for _, t := range []*Target{Hugo(), zola()} {
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
