package identity

import (
	"path"
	"slices"

	"replant/migrate/crawl"
	"replant/migrate/ledger"
	"replant/migrate/memory"
	"replant/migrate/site"
)

// moves finds the pages that their authors have put somewhere else.
type moves struct {
	memory    *memory.Memory
	site      *site.Site
	unclaimed *unclaimed
	vacated   map[string]bool // paths that pages have been moved from
}

// move looks for a page that is not in its place any more: its author may have put it
// somewhere else, where it stays. It returns the old path; empty where nothing was moved.
func (m *moves) move(e *ledger.Entry) (from string) {
	if e.Page+e.Conflict == "" || m.memory.Journal.Removes(e.Path) || m.inPlace(e) {
		return ""
	}
	if from = m.followed(e); from != "" {
		return from
	}
	s := m.unclaimed.named(e.Names, func(a, b *page) bool { return m.nearer(e, a, b) })
	if s == nil {
		s = m.alike(e)
	}
	if s == nil {
		return ""
	}
	return m.take(e, s.path)
}

// followed moves an entry to where a killed run has found its page. That run may have written
// names into the page that the ledger does not know, and that the feed has changed since. It
// returns the old path; empty where there is no such page.
func (m *moves) followed(e *ledger.Entry) (from string) {
	to := m.memory.Followed(e.Path)
	if to == "" || m.memory.Exists(e.Path) || !m.memory.Exists(to) || m.memory.Ledger.At(to) != nil {
		return ""
	}
	return m.take(e, to)
}

// take moves an entry to where its page lies now. It returns the old path.
func (m *moves) take(e *ledger.Entry, to string) (from string) {
	from = e.Path
	old, now := m.site.At(from), m.site.At(to)
	moved := slices.Clone(e.Assets)
	gone := m.gone(moved, old, now)
	for i := range moved {
		a := &moved[i]
		if path.Dir(a.File) != old.Assets {
			continue
		}
		there := path.Join(now.Assets, path.Base(a.File))
		if m.memory.Exists(there) || gone == now.Assets && !m.memory.Exists(a.File) {
			a.File = there
		}
	}
	e.Note(func(x *ledger.Extra) { x.Assets = moved })
	m.memory.Ledger.Move(e, to)
	m.vacated[from] = true
	m.memory.Move(e, from)
	return from
}

// alike finds the page of a post under whose keys none that is known says whose it is, as where
// its author has other keys by now than it was written with, or has dropped those: by an address
// of the post under any key, with its title or day, else by both of these.
func (m *moves) alike(e *ledger.Entry) *page {
	was := m.unclaimed.look(memory.BaseDir + e.Path)
	if was == nil || was.telling > 0 {
		return nil
	}
	u := m.unclaimed.all()
	sameTitle := func(s *page) bool { return s.title != "" && s.title == was.title }
	sameDay := func(s *page) bool { return s.day != "" && s.day == was.day }
	for _, n := range e.Names {
		for _, s := range u.byName[n] {
			if u.free(s) && (sameTitle(s) || sameDay(s)) {
				return s
			}
		}
	}
	for _, s := range u.byTitle[was.title] {
		if u.free(s) && s.telling == 0 && sameTitle(s) && sameDay(s) {
			return s
		}
	}
	return nil
}

// owner returns the entry of a page that the ledger does not know where it lies: it names the
// entry's post, and its author has moved it. It is nil for any other page.
func (m *moves) owner(s *page) *ledger.Entry {
	found := m.memory.Ledger.Find(s.names[:s.telling])
	if len(found) != 1 || found[0].Page+found[0].Conflict == "" || m.inPlace(found[0]) {
		return nil
	}
	return found[0]
}

// gone returns the folder of the pictures that lie neither where they were nor beside the page
// that was moved: their author has deleted them, and the others show where they would be. The
// pictures of a bundle go with it, those among the static files stay.
func (m *moves) gone(all []ledger.Asset, old, now site.Place) string {
	went := false
	for _, a := range all {
		if path.Dir(a.File) != old.Assets {
			continue
		}
		if m.memory.Exists(a.File) {
			return old.Assets
		}
		went = went || m.memory.Exists(path.Join(now.Assets, path.Base(a.File)))
	}
	if went || old.Prefix == "" {
		return now.Assets
	}
	return old.Assets
}

// Follow moves the entry of a post that the run has not come across to where a killed run has
// found its page. It returns the old path; empty where none has.
func (m *Matcher) Follow(e *ledger.Entry) (from string) { return m.moves.followed(e) }

// inPlace reports whether a page is where it was. That of a post whose place another file has
// is there once its author has put it there; it may be anywhere.
func (m *moves) inPlace(e *ledger.Entry) bool {
	switch {
	case !m.memory.Exists(e.Path):
		return false
	case e.Page == "":
		s := m.unclaimed.look(e.Path)
		return s != nil && meet(s.names, e.Names)
	}
	return !m.usurped(e)
}

// usurped reports whether what lies in a page's place is the page of another post that the
// ledger knows: its author has moved that one there.
func (m *moves) usurped(e *ledger.Entry) bool {
	if m.memory.Hash(e.Path) == e.Page {
		return false
	}
	s := m.unclaimed.look(e.Path)
	if s == nil || slices.ContainsFunc(e.Names, func(n string) bool { return slices.Contains(s.names, n) }) {
		return false
	}
	return len(m.memory.Ledger.Find(s.names[:s.telling])) > 0
}

// nearer reports whether a is more like what a moved page was than b: the same bytes, else
// the same name.
func (m *moves) nearer(e *ledger.Entry, a, b *page) bool {
	x, y := m.memory.Hash(a.path) == e.Page, m.memory.Hash(b.path) == e.Page
	if x != y {
		return x
	}
	return slug(a.path) == slug(e.Path) && slug(b.path) != slug(e.Path)
}

// slug returns what a page is called by its path.
func slug(page string) string {
	base := path.Base(page)
	if dir := path.Base(path.Dir(page)); base == "index.md" {
		return dir
	}
	return base[:len(base)-len(path.Ext(base))]
}

// Moves returns how many posts have moved to each host.
func (r *Reader) Moves() map[string]int { return r.moved }

// byMovedPage finds the entry of a post that no name knows by a page which would be the post's if
// it were not an entry's already: its blog has moved, and so has its author moved its page. It
// returns nil where there is none.
func (r *Reader) byMovedPage(item *crawl.Item, names []string) (*ledger.Entry, error) {
	if len(r.posts.alikes.posts) == 0 {
		return nil, nil
	}
	whole, err := item.Item()
	if err != nil {
		return nil, err
	}
	s, _ := r.posts.unclaimed.match(&whole.Post, names)
	if s == nil {
		return nil, nil
	}
	e := r.posts.moves.owner(s)
	if e == nil || e.Seen > 0 || slices.ContainsFunc(own(e.Names, names), func(n string) bool { return item.Beside(n) > 0 }) {
		return nil, nil // or another item of the feed is the entry's
	}
	return e, nil
}
