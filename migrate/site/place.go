package site

import (
	"path"
	"strings"
)

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

// Place gives a new post its place. The section may be nested ("blog/notes") or empty;
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

// dir gives the folder of a section.
func (s *Site) dir(section string) string { return path.Join(s.Content, path.Join("/", section)) }

// With gives a place whose files lie in another folder: one among the static files, or
// else it stays as it is.
func (s *Site) With(p Place, assets string) Place {
	if rel, ok := strings.CutPrefix(assets, s.Static+"/"); ok {
		p.Assets, p.Prefix = assets, s.Base+rel+"/"
	}
	return p
}

// At gives the place of a post whose page stands already.
func (s *Site) At(page string) Place {
	dir, file := path.Split(page)
	if bundled().MatchString(file) {
		return Place{Page: page, Assets: path.Clean(dir)}
	}
	images := path.Join("images", file[:len(file)-len(path.Ext(file))])
	return Place{Page: page, Assets: path.Join(s.Static, images), Prefix: s.Base + images + "/"}
}
