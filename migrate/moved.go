package migrate

import (
	"path"
	"slices"

	"replant/migrate/ledger"
	"replant/migrate/plan"
	"replant/migrate/site"
)

// move looks for a page that is not in its place any more: its author may have put it
// somewhere else, where it stays. It gives the old path; empty where nothing was moved.
func (r *run) move(e *ledger.Entry) (from string) {
	if e.Page+e.Conflict == "" || r.memory.journal.Removes(e.Path) || r.inPlace(e) {
		return ""
	}
	s := r.named(e.Names, func(a, b *stray) bool { return r.nearer(e, a, b) })
	if s == nil {
		return ""
	}
	from = e.Path
	old, now := r.site.At(from), r.site.At(s.path)
	moved := slices.Clone(e.Assets)
	for i := range moved {
		a := &moved[i]
		if path.Dir(a.File) != old.Assets {
			continue
		}
		// It went with the page, or was deleted, if it is not where it was.
		if there := path.Join(now.Assets, path.Base(a.File)); r.exists(there) || !r.exists(a.File) {
			a.File = there
		}
	}
	e.Note(func(x *ledger.Extra) { x.Assets = moved })
	r.memory.Move(e, s.path)
	r.vacated[from], r.movedFrom[e] = true, from
	return from
}

// inPlace tells whether a page is where it was. That of a post whose place another file has
// is there once its author has put it there; it may be anywhere.
func (r *run) inPlace(e *ledger.Entry) bool {
	switch {
	case !r.exists(e.Path):
		return false
	case e.Page == "":
		s := r.look(e.Path)
		return s != nil && meet(s.names, e.Names)
	}
	return !r.usurped(e)
}

// usurped tells whether what lies in a page's place is the page of another post that the
// ledger knows: its author has moved that one there.
func (r *run) usurped(e *ledger.Entry) bool {
	if r.hash(e.Path) == e.Page {
		return false
	}
	s := r.look(e.Path)
	if s == nil || slices.ContainsFunc(e.Names, func(n string) bool { return slices.Contains(s.names, n) }) {
		return false
	}
	return len(r.memory.Find(s.names[:s.telling])) > 0
}

// nearer tells whether a is more like what a moved page was than b: the same bytes, else
// the same name.
func (r *run) nearer(e *ledger.Entry, a, b *stray) bool {
	x, y := r.hash(a.path) == e.Page, r.hash(b.path) == e.Page
	if x != y {
		return x
	}
	return slug(a.path) == slug(e.Path) && slug(b.path) != slug(e.Path)
}

// slug gives what a page is called by its path.
func slug(page string) string {
	base := path.Base(page)
	if dir := path.Base(path.Dir(page)); base == "index.md" {
		return dir
	}
	return base[:len(base)-len(path.Ext(base))]
}

// follow lets replant's memory of a moved page lie under its new path, and tells its
// author once. What is still true of it goes along; the rest the changes of its post bring.
func (r *run) follow(j *job, changes []plan.Change) []plan.Change {
	all := []plan.Change{{Path: j.entry.Path, Verdict: ledger.Move, Why: "moved here from " + j.moved, Before: j.disk, After: j.disk}}
	all = append(all, changes...)
	for _, m := range []struct{ dir, hash string }{{baseDir, j.entry.Page}, {conflictDir, j.entry.Conflict}} {
		was, err := plan.Hash(r.Site, m.dir+j.moved)
		if err != nil || !was.Exists() {
			continue
		}
		if was.Hash() == m.hash {
			all = append(all, r.store(m.dir+j.entry.Path, "moved with its page", was)...)
		}
		all = append(all, r.store(m.dir+j.moved, "moved with its page", plan.Content{})...)
	}
	return all
}

// memoryOf gives the file of replant's own memory of a page, where it lies now: under the
// old path of a page that was moved, unless a run that died has brought it over.
func (r *run) memoryOf(j *job, dir string) (plan.Content, error) {
	if c, err := plan.Hash(r.Site, dir+j.entry.Path); j.moved == "" || err != nil || c.Exists() {
		return c, err
	}
	return plan.Hash(r.Site, dir+j.moved)
}

// placeOf gives the place of a post's page. A page that was moved alone leaves its pictures
// among the static files: they stay together there.
func (r *run) placeOf(e *ledger.Entry) site.Place {
	p := r.site.At(e.Path)
	for _, a := range e.Assets {
		if a.File != "" && path.Dir(a.File) != p.Assets {
			return r.site.With(p, path.Dir(a.File))
		}
	}
	return p
}
