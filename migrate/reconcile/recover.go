package reconcile

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"replant/migrate/identity"
	"replant/migrate/ledger"
	"replant/migrate/memory"
	"replant/migrate/page"
	"replant/migrate/plan"
)

// recovery settles what a killed run left.
type recovery struct {
	memory  *memory.Memory
	changes *Changes
	taken   map[*ledger.Entry]bool // that were looked at
}

// follow lets the memory of pages that their authors had moved lie where a killed run was about
// to put it, for posts that this run did not come across. Find moves an entry, and returns the old
// path of its page; empty where there is none to follow.
func (r *recovery) follow(find func(*ledger.Entry) (from string)) {
	for _, name := range slices.Sorted(maps.Keys(r.memory.Journal)) {
		e := r.unseen(strings.TrimPrefix(strings.TrimPrefix(name, memory.BaseDir), memory.ConflictDir))
		if e == nil {
			continue
		}
		old := *e
		from := find(e)
		if from == "" {
			continue
		}
		m := &page.Made{Found: identity.Found{Entry: e, Old: &old, Moved: from}}
		m.Disk, _ = plan.Hash(r.memory.Site, e.Path)
		r.taken[e] = true
		r.changes.add(undo{entry: e, old: &old}, follow(r.memory, m, r.takeAsWritten(e)))
	}
}

// unseen returns the entry of a page whose post this run did not come across; nil for any other.
func (r *recovery) unseen(page string) *ledger.Entry {
	e := r.memory.Ledger.At(page)
	if e == nil || e.Seen > 0 || r.changes.pruned[e] || r.taken[e] {
		return nil
	}
	return e
}

// run settles what a killed run left and this one did not come across. What it had
// made for posts that nothing remembers goes; a page that it had brought up to date
// counts as written, and is made anew when its post is seen again.
func (r *recovery) run() {
	if r.memory.Journal == nil {
		return // and all paths of a large blog need not be held
	}
	ours, marked := r.changes.files(), slices.Sorted(maps.Keys(r.memory.Journal))
	for _, name := range marked {
		if e := r.unseen(strings.TrimPrefix(name, memory.BaseDir)); e != nil { // it may have come to the base alone
			old := *e
			r.taken[e] = true
			r.changes.add(undo{entry: e, old: &old}, r.takeAsWritten(e))
		}
	}
	for _, name := range marked {
		m, ok := r.memory.Left(name)
		inUse := r.takenAsWritten(m.Page) && !plan.Hidden(name) // a picture; a version that waits is offered anew
		if ok && r.memory.Journal.New(name) && !ours[name] && !inUse {
			r.changes.add(undo{}, r.memory.Discard(name, m.Hash, "left by a run that was stopped"))
		}
	}
}

// conflicts lets conflicts whose posts this run did not come across be what a killed run
// has made of them: it had put another version there, or removed the one that waited.
func (r *recovery) conflicts() {
	for _, name := range slices.Sorted(maps.Keys(r.memory.Journal)) {
		page, waits := strings.CutPrefix(name, memory.ConflictDir)
		e := r.memory.Ledger.At(page)
		if !waits || e == nil || e.Seen > 0 || e.Conflict == "" {
			continue
		}
		switch m, ok := r.memory.Left(name); {
		case ok && m.Hash == "":
			settleConflict(r.memory, e)
		case ok:
			e.Note(func(x *ledger.Extra) { x.Conflict = m.Hash })
		}
	}
}

// takeAsWritten makes a page of which a killed run has written something the one that the
// next run compares with. Where it is that already, a second killed run has brought it
// back, and may not have come to its base.
func (r *recovery) takeAsWritten(e *ledger.Entry) []plan.Change {
	base, ok := r.memory.Standing(e)
	switch {
	case !ok:
		r.takeBase(e)
		return nil
	case base.Hash() == e.Page:
		return r.memory.Store(memory.BaseDir+e.Path, "what was written", base)
	}
	if disk, err := plan.Hash(r.memory.Site, e.Path); err != nil || !r.relinked(e, disk) {
		left := picturesLeft(r.memory, e)
		e.From = ""
		e.Note(func(x *ledger.Extra) { x.Assets = left })
	}
	return stand(r.memory, e, base)
}

// takeBase makes the base that a killed run has written what the next run compares with, where the
// page is not there any more: its author has moved it since, or deleted it.
func (r *recovery) takeBase(e *ledger.Entry) {
	if base, left := r.memory.BaseLeft(e); left && base.Hash() != e.Page && !r.memory.Exists(e.Path) {
		e.Page, e.From = base.Hash(), ""
	}
}

// relinked reports whether a killed run has changed nothing of a page but its links.
func (r *recovery) relinked(e *ledger.Entry, disk plan.Content) bool {
	for _, name := range []string{e.Path, memory.BaseDir + e.Path} {
		marks := r.memory.Journal[name]
		if len(marks) == 0 || slices.ContainsFunc(marks, func(m ledger.Mark) bool { return !m.Links }) {
			return false
		}
	}
	return disk.Exists()
}

// picturesLeft returns the pictures of a page as killed runs left them. One that they brought
// is known by its file alone.
func picturesLeft(mem *memory.Memory, e *ledger.Entry) (assets []ledger.Asset) {
	for _, a := range e.Assets {
		if _, marked := mem.Journal[a.File]; !marked {
			assets = append(assets, a)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(mem.Journal)) {
		m := mem.Journal[name][0]
		if m.Page != e.Path || name == e.Path || plan.Hidden(name) {
			continue
		}
		if disk, err := plan.Hash(mem.Site, name); err == nil && disk.Exists() {
			assets = append(assets, ledger.Asset{File: name, Hash: wrote(mem, e, name, disk)})
		}
	}
	return assets
}

// wrote returns the hash that a picture had when it was last written: where the author
// has replaced it, by its mark, else as it lies there.
func wrote(mem *memory.Memory, e *ledger.Entry, name string, disk plan.Content) string {
	all := mem.Journal[name]
	if _, ours := mem.Journal.Mark(name, disk.Hash()); ours || hashOf(e.Assets, name) == disk.Hash() {
		return disk.Hash()
	}
	return cmp.Or(all[len(all)-1].Hash, hashOf(e.Assets, name))
}

// takenAsWritten reports whether a page stands as the killed run wrote it, though
// this run did not come across its post: its pictures are in use.
func (r *recovery) takenAsWritten(page string) bool {
	e := r.memory.Ledger.At(page)
	if e == nil || e.Seen > 0 {
		return false
	}
	return slices.ContainsFunc(r.memory.Journal[page], func(m ledger.Mark) bool { return m.Stands() == e.Page })
}
