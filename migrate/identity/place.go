package identity

import (
	"fmt"
	"path"
	"strings"

	"replant/migrate/blog"
	"replant/migrate/ledger"
	"replant/migrate/memory"
	"replant/migrate/plan"
	"replant/migrate/site"
)

// places knows where pages lie, and where new ones may.
type places struct {
	memory    *memory.Memory
	site      *site.Site
	unclaimed *unclaimed
	vacated   map[string]bool            // paths that pages have been moved from in this run
	taken     map[string]map[string]bool // by section: the slugs that the site has taken
	folders   map[string]bool            // folders of pictures that posts have; nil until a flat page asks
	numbers   map[string]int             // by section and slug: the first number that is free behind it
	wanted    map[string]string          // folders of posts, by those that were wanted
	given     given                      // see [aliases]
	parents   map[string]bool            // folders that have pages below them; nil until asked for
}

// wish is where a new post wants to lie.
type wish struct {
	section  string
	layout   site.Layout
	folders  []string // below the section
	name     string
	longName string // for when another post has the name; may be empty
}

// new returns a path for a new post that no other post has: by its name, by its long name,
// then by number.
func (l *places) new(p blog.Post, w wish) string {
	if p.Page {
		return l.page(p, w.section, w.layout)
	}
	section, layout := l.site.Sections().For(l.memory.Tree(), w.section, p), w.layout
	for _, folder := range w.folders {
		section = l.folder(section, folder)
	}
	for n := 1; ; n++ {
		slug := w.name
		switch {
		case n == 2 && w.longName != "":
			slug = w.longName
		case n > 1:
			n = max(n, l.numbered(section, w.name, n))
			slug = fmt.Sprintf("%s-%d", w.name, n)
		}
		bundle := l.site.Place(section, slug, site.Bundle).Page
		flat := l.site.Place(section, slug, site.Flat).Page
		if l.freePath(bundle, &p) && l.freePath(flat, &p) && !l.takenIn(section)[slug] && !l.isParent(path.Dir(bundle)) && l.ownFolder(flat, layout) {
			page := l.standing(l.site.Place(section, slug, layout).Page, bundle, flat)
			l.addParents(page)
			return page
		}
	}
}

// folder returns a folder for posts below a section: by another number where the page of a post
// lies in that one, which would take all in it for its own.
func (l *places) folder(section, name string) string {
	want := path.Join(section, name)
	if l.wanted[want] == "" {
		dir := want
		for n := 2; l.isPage(section, path.Base(dir)); n++ {
			dir = fmt.Sprintf("%s-%d", want, n)
		}
		l.wanted[want] = dir
	}
	return l.wanted[want]
}

// isPage reports whether a page lies at a path, or is published there.
func (l *places) isPage(section, slug string) bool {
	for _, layout := range []site.Layout{site.Bundle, site.Flat} {
		if page := l.site.Place(section, slug, layout).Page; l.occupied(page) || l.memory.Exists(page) {
			return true
		}
	}
	if l.given[aliasKey(path.Join("/", section, slug)+"/")] != nil {
		return true
	}
	return l.takenIn(section)[slug] && !l.memory.Exists(l.site.Place(section, slug, site.Branch).Page)
}

// isParent reports whether pages lie in folders below a folder.
func (l *places) isParent(dir string) bool {
	if l.parents == nil {
		l.parents = map[string]bool{}
		for _, e := range l.memory.Ledger.Posts {
			l.addParents(e.Path)
		}
		for page := range l.unclaimed.all().at {
			l.addParents(page)
		}
	}
	return l.parents[dir]
}

// addParents notes the folders that a page lies in, but for its own.
func (l *places) addParents(page string) {
	dir := path.Dir(page)
	if path.Base(page) == "index.md" {
		dir = path.Dir(dir)
	}
	for ; l.parents != nil && dir != "." && dir != "/" && !l.parents[dir]; dir = path.Dir(dir) {
		l.parents[dir] = true
	}
}

// numbered returns the first number from n on that no post of this run or the last has behind
// a slug. It remembers it, since thousands of posts may want one slug.
func (l *places) numbered(section, slug string, n int) int {
	if n < 3 {
		return n // where a post with a long slug has that
	}
	first := max(3, l.numbers[section+"/"+slug])
	for ; ; first++ {
		name := fmt.Sprintf("%s-%d", slug, first)
		if !l.occupied(l.site.Place(section, name, site.Bundle).Page) && !l.occupied(l.site.Place(section, name, site.Flat).Page) {
			break
		}
	}
	l.numbers[section+"/"+slug] = first
	return first
}

// occupied reports whether a path is another post's, or was when the run began.
func (l *places) occupied(page string) bool {
	return l.memory.Ledger.At(page) != nil || l.vacated[page]
}

// freePath reports whether a path is no other post's, and was none when the run began.
func (l *places) freePath(page string, p *blog.Post) bool {
	return !l.occupied(page) && !l.unclaimed.othersPage(page, p)
}

// ownFolder reports whether a flat page would have a folder of pictures to itself: those of
// all sections lie together. It takes the folder then.
func (l *places) ownFolder(flat string, layout site.Layout) bool {
	if layout != site.Flat {
		return true
	}
	if l.folders == nil {
		l.folders = map[string]bool{}
		for _, e := range l.memory.Ledger.Posts {
			l.folders[l.of(e).Assets] = true
		}
	}
	folder := l.site.At(flat).Assets
	free := !l.folders[folder]
	l.folders[folder] = true
	return free
}

// takenIn returns the slugs of a section that the site has taken.
func (l *places) takenIn(section string) map[string]bool {
	taken, known := l.taken[section]
	if !known {
		taken = l.site.Sections().Taken(l.memory.Tree(), section)
		l.taken[section] = taken
	}
	return taken
}

// standing returns the path under which a page of that slug stands already, in
// whichever layout, since both would be published at one address; else the path.
func (l *places) standing(path string, layouts ...string) string {
	for _, other := range layouts {
		if c, err := plan.Hash(l.memory.Site, other); err == nil && c.Exists() {
			return other
		}
	}
	return path
}

// of returns the place of a post's page. A page that was moved alone leaves its pictures
// among the static files: they stay together there.
func (l *places) of(e *ledger.Entry) site.Place {
	p := l.site.At(e.Path)
	for _, a := range e.Assets {
		if a.File != "" && path.Dir(a.File) != p.Assets {
			return l.site.With(p, path.Dir(a.File))
		}
	}
	return p
}

// page returns the path of a page that stands by itself: that of its old address, below
// the pages that it lay under, where nothing else lies.
func (l *places) page(p blog.Post, section string, layout site.Layout) string {
	if p.Branch {
		layout = site.Branch
	}
	parents := path.Join(p.Parents...)
	for n := 1; ; n++ {
		slug := p.Slug
		if n > 1 {
			slug = fmt.Sprintf("%s-%d", p.Slug, n)
		}
		var taken []string
		free := !l.folderTaken(section, parents, slug)
		for _, form := range []site.Layout{site.Bundle, site.Flat, site.Branch} {
			page := l.site.Place(parents, slug, form).Page
			taken = append(taken, page)
			free = free && l.memory.Ledger.At(page) == nil
		}
		if free && (p.Branch || l.ownFolder(taken[1], layout)) {
			return l.standing(l.site.Place(parents, slug, layout).Page, taken...)
		}
	}
}

// folderTaken reports whether a page's folder is one of the site's own: a section of posts,
// or a folder of pages that have no other above them. An index.md there would take all of
// them in.
func (l *places) folderTaken(posts, section, slug string) bool {
	top, _, _ := strings.Cut(strings.Trim(path.Clean("/"+posts), "/"), "/")
	if section == "" && slug == top {
		return true
	}
	dir := path.Dir(l.site.Place(section, slug, site.Bundle).Page)
	if info, err := l.memory.Site.Stat(dir); err != nil || !info.IsDir() {
		return false
	}
	for _, form := range []site.Layout{site.Bundle, site.Branch} {
		if c, err := plan.Hash(l.memory.Site, l.site.Place(section, slug, form).Page); err == nil && c.Exists() {
			return false
		}
	}
	for _, e := range l.memory.Ledger.Posts {
		if strings.HasPrefix(e.Path, dir+"/") {
			return false
		}
	}
	return true
}
