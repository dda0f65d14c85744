package migrate

import (
	"fmt"
	"path"
	"strings"

	"replant/migrate/blog"
	"replant/migrate/plan"
	"replant/migrate/site"
)

// pagePath gives a page that stands by itself its path: that of its old address, below
// the pages that it lay under, where nothing else lies.
func (s *stream) pagePath(p blog.Post) string {
	layout := site.Layout(s.feed.Layout)
	if p.Branch {
		layout = site.Branch
	}
	section := path.Join(p.Parents...)
	for n := 1; ; n++ {
		slug := p.Slug
		if n > 1 {
			slug = fmt.Sprintf("%s-%d", p.Slug, n)
		}
		var places []string
		free := !s.folderTaken(section, slug)
		for _, l := range []site.Layout{site.Bundle, site.Flat, site.Branch} {
			page := s.site.Place(section, slug, l).Page
			places = append(places, page)
			free = free && s.memory.At(page) == nil
		}
		if free && (p.Branch || s.ownFolder(places[1])) {
			return s.standing(s.site.Place(section, slug, layout).Page, places...)
		}
	}
}

// folderTaken tells whether a page's folder is one of the site's own: a section of posts,
// or a folder of pages that have no other above them. An index.md there would take all of
// them in.
func (s *stream) folderTaken(section, slug string) bool {
	top, _, _ := strings.Cut(strings.Trim(path.Clean("/"+s.feed.Section), "/"), "/")
	if section == "" && slug == top {
		return true
	}
	dir := path.Dir(s.site.Place(section, slug, site.Bundle).Page)
	if info, err := s.Site.Stat(dir); err != nil || !info.IsDir() {
		return false
	}
	for _, l := range []site.Layout{site.Bundle, site.Branch} {
		if c, err := plan.Hash(s.Site, s.site.Place(section, slug, l).Page); err == nil && c.Exists() {
			return false
		}
	}
	for _, e := range s.memory.Posts {
		if strings.HasPrefix(e.Path, dir+"/") {
			return false
		}
	}
	return true
}
