package migrate

import (
	"fmt"
	"slices"
	"strings"

	"replant/assets"
	"replant/migrate/blog"
	"replant/migrate/crawl"
	"replant/migrate/ledger"
	"replant/migrate/likeness"
	"replant/migrate/plan"
	"replant/migrate/site"
	"replant/migrate/source"
)

// job is one post on its way from item to page.
type job struct {
	feed  *Feed
	item  *source.Item
	entry *ledger.Entry // the post's memory; a new post's has no page yet
	old   *ledger.Entry // as the last run left it; nil for a new post
	moved string        // where the page was before its author moved it; else empty
	// usurped says that another post's page lies in the place of this one's.
	usurped bool
	// rehosted says that the post was read on another host before.
	rehosted bool
	text     likeness.Sketch // of what the item says; zero where the entry keeps its own
	place    site.Place
	from     string // what the page is made from: item and settings
	skip     assets.Patterns
	// enrich says that the platform is to be asked for the author's own text; poor is why
	// it could not be had.
	enrich bool
	poor   error
	done   chan struct{}
	made
}

// admit gives an item its place: the entry that knows it, or a new one with a path of
// its own. There is no job for a post that needs none. Unseen tells whether the run
// has not had this post before.
func (s *stream) admit(item *crawl.Item) (j *job, unseen bool) {
	from := madeFrom(s.feed.Settings, s.hash(item.Item))
	names := strs(item.Post.Names)
	e, again := s.find(names, from, item.Page, item.Beside)
	if again {
		return nil, false
	}
	if e == nil && item.TooOld {
		return nil, s.pass(item.Hash)
	}
	var text likeness.Sketch
	if e == nil {
		e, text = s.resembling(item, names)
	}
	if s.Adopt && e != nil {
		e.Seen = item.Page
		return nil, true
	}
	j = &job{feed: s.feed, item: item.Item, from: from, text: text, skip: s.skip, done: make(chan struct{})}
	if e == nil {
		if s.memory.Crowded(names) {
			names = append(names, itemName(from))
		}
		j.entry, j.why = s.enter(item.Item, names)
	} else {
		old := *e
		j.entry, j.old = e, &old
		j.rehosted = rehosted(e.Names, names)
		s.memory.Rename(e, names)
	}
	if j.entry == nil {
		s.without++
		return nil, s.pass(item.Hash)
	}
	s.listed(j.entry)
	j.entry.Seen = item.Page
	if j.old != nil {
		if s.twin(e, item.Item) || s.unchanged(e, from) {
			s.out.Plan.Kept++
			return nil, true
		}
		s.noteMove(j)
		j.moved = s.move(e)
		j.usurped = j.moved == "" && e.Page != "" && s.exists(e.Path) && s.usurped(e)
	}
	j.entry.From = from
	j.entry.Note(func(x *ledger.Extra) { x.Twin, x.Origin = "", origin(item.Item) })
	j.place, j.enrich = s.placeOf(j.entry), s.enriches(j)
	return j, true
}

// enter gives a new post its entry: with a page that is there already, and why it is the
// post's, else with a path of its own. Where pages are but adopted, a post without one has
// no entry.
func (s *stream) enter(item *source.Item, names []string) (e *ledger.Entry, why string) {
	e = &ledger.Entry{Names: names}
	page, by := s.match(&item.Post, names)
	switch {
	case page != nil:
		e.Path, why = page.path, by
	case s.Adopt:
		return nil, ""
	default:
		s.arrive(item)
		e.Path = s.path(item)
	}
	s.memory.Add(e)
	return e, why
}

// find gives the entry that an item belongs to, or nil for a new post. Again says
// that the run has had the very post already: windows shift between pages.
func (s *stream) find(names []string, from string, page int32, beside func(name string) int) (best *ledger.Entry, again bool) {
	found := s.memory.Find(names)
	if len(found) == 0 {
		found = s.memory.Find([]string{itemName(from)})
	}
	most := none
	for _, e := range found {
		by := itself
		if !sameItem(e.From, from) {
			by = s.memory.weigh(e, names, beside)
		}
		switch {
		case e.Seen > 0 && (by == itself || e.Seen != page && by > shared && !apart(e.Names, names)):
			return nil, true
		case e.Seen > 0:
			// Another post has the name: a platform that hands it out twice.
		case by > most:
			best, most = e, by
		}
	}
	return best, false
}

// itemName names a post that shares all else with a crowd by what it says.
func itemName(from string) string {
	item, _, _ := strings.Cut(from, "-")
	return "item:" + item
}

// unsettled tells whether a post waits for its author or could not be made: every run
// looks at it again.
func unsettled(e *ledger.Entry) bool { return e.Conflict != "" || e.Trouble != "" || e.From == "" }

// retries tells whether a post is made anew for its pictures alone.
func (r *run) retries(e *ledger.Entry) bool { return r.RetryImages && e.Lacks() }

// unchanged tells whether a post needs nothing: made from the same, and nothing open.
func (s *stream) unchanged(e *ledger.Entry, from string) bool {
	if e.From != from || unsettled(e) || s.Refresh || s.retries(e) {
		return false
	}
	for _, name := range []string{e.Path, baseDir + e.Path} {
		if _, marked := s.memory.journal[name]; marked {
			return false
		}
	}
	return !s.Restore || s.whole(e)
}

// whole tells whether the page, all its pictures and the files beside pages are there.
func (s *stream) whole(e *ledger.Entry) bool {
	paths := []string{e.Path}
	for _, f := range s.memory.Files {
		paths = append(paths, f.Path)
	}
	for _, a := range e.Assets {
		if a.File != "" {
			paths = append(paths, a.File)
		}
	}
	return !slices.ContainsFunc(paths, func(p string) bool {
		c, err := plan.Hash(s.Site, p)
		return err == nil && !c.Exists()
	})
}

// path gives a new post a path that no other post has: by its slug, by its long slug,
// then by number.
func (s *stream) path(item *source.Item) string {
	p := item.Post
	if p.Page {
		return s.pagePath(p)
	}
	section := s.site.Section(s.tree(), s.feed.Section, p)
	for n := 1; ; n++ {
		slug := p.Slug
		switch {
		case n == 2 && p.LongTag != "":
			slug = p.LongTag
		case n > 1:
			slug = fmt.Sprintf("%s-%d", p.Slug, n)
		}
		bundle := s.site.Place(section, slug, site.Bundle).Page
		flat := s.site.Place(section, slug, site.Flat).Page
		if s.freePath(bundle, &p) && s.freePath(flat, &p) && !s.takenIn(section)[slug] && s.ownFolder(flat) {
			return s.standing(s.site.Place(section, slug, site.Layout(s.feed.Layout)).Page, bundle, flat)
		}
	}
}

// freePath tells whether a path is no other post's, and was none when the run began.
func (s *stream) freePath(page string, p *blog.Post) bool {
	return s.memory.At(page) == nil && !s.vacated[page] && !s.othersPage(page, p)
}

// ownFolder tells whether a flat page would have a folder of pictures to itself: those of
// all sections lie together. It takes the folder then.
func (s *stream) ownFolder(flat string) bool {
	if s.feed.Layout != string(site.Flat) {
		return true
	}
	if s.folders == nil {
		s.folders = map[string]bool{}
		for _, e := range s.memory.Posts {
			s.folders[s.placeOf(e).Assets] = true
		}
	}
	folder := s.site.At(flat).Assets
	free := !s.folders[folder]
	s.folders[folder] = true
	return free
}

// takenIn gives the slugs of a section that the site has taken.
func (s *stream) takenIn(section string) map[string]bool {
	taken, known := s.taken[section]
	if !known {
		taken = s.site.Taken(s.tree(), section)
		s.taken[section] = taken
	}
	return taken
}

// standing gives the path under which a page of that slug stands already, in
// whichever layout, since both would be published at one address; else the path.
func (s *stream) standing(path string, layouts ...string) string {
	for _, l := range layouts {
		if c, err := plan.Hash(s.Site, l); err == nil && c.Exists() {
			return l
		}
	}
	return path
}

func strs[S ~string](in []S) []string {
	out := make([]string, len(in))
	for i, s := range in {
		out[i] = string(s)
	}
	return out
}
