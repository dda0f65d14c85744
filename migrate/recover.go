package migrate

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/spf13/afero"

	"replant/migrate/ledger"
	"replant/migrate/plan"
)

// recover settles what a killed run left and this one did not come across. What it had
// made for posts that nothing remembers goes; a page that it had brought up to date
// counts as written, and is made anew when its post is seen again.
func (r *run) recover() {
	if r.memory.journal == nil {
		return // and all paths of a large blog need not be held
	}
	ours, marked := r.memory.files(), slices.Sorted(maps.Keys(r.memory.journal))
	taken := map[*ledger.Entry]bool{}
	for _, name := range marked {
		e := r.memory.At(strings.TrimPrefix(name, baseDir)) // it may have come to the base alone
		if e != nil && e.Seen == 0 && !r.memory.pruned[e] && !taken[e] {
			taken[e] = true
			r.takeAsWritten(e)
		}
	}
	for _, name := range marked {
		if m, ok := r.left(name); ok && r.memory.journal.New(name) && !ours[name] && !r.takenAsWritten(m.Page) {
			r.add(undo{}, r.discard(name, m.Hash, "left by a run that was stopped"))
		}
	}
}

// conflictsLeft lets conflicts whose posts this run did not come across be what a killed run
// has made of them: it had put another version there, or removed the one that waited.
func (r *run) conflictsLeft() {
	for _, name := range slices.Sorted(maps.Keys(r.memory.journal)) {
		page, waits := strings.CutPrefix(name, conflictDir)
		e := r.memory.At(page)
		if !waits || e == nil || e.Seen > 0 || e.Conflict == "" {
			continue
		}
		switch m, ok := r.left(name); {
		case ok && m.Hash == "":
			r.settleConflict(e)
		case ok:
			e.Note(func(x *ledger.Extra) { x.Conflict = m.Hash })
		}
	}
}

// takeAsWritten makes a page of which a killed run has written something the one that the
// next run compares with. Where it is that already, a second killed run has brought it
// back, and may not have come to its base.
func (r *run) takeAsWritten(e *ledger.Entry) {
	base, ok := r.standing(e)
	switch {
	case !ok:
		return
	case base.Hash() == e.Page:
		r.add(undo{}, r.store(baseDir+e.Path, "what was written", base))
		return
	}
	old := *e
	left := r.picturesLeft(e)
	e.From = ""
	e.Note(func(x *ledger.Extra) { x.Assets = left })
	r.add(undo{entry: e, old: &old}, r.stand(e, base))
}

// standing gives the page that what lies at an entry's path was made of; false where
// no run has written it.
func (r *run) standing(e *ledger.Entry) (base plan.Content, ok bool) {
	disk, err := plan.Hash(r.Site, e.Path)
	if err != nil || !disk.Exists() {
		return plan.Content{}, false
	}
	switch m, marked := r.memory.journal.Mark(e.Path, disk.Hash()); {
	case marked && m.Base != nil:
		base, err = r.spool.Put(m.Base)
		return base, err == nil
	case marked, disk.Hash() == e.Page:
		return disk, true
	}
	return r.baseLeft(e) // its author has edited it since
}

// picturesLeft gives the pictures of a page as killed runs left them. One that they brought
// is known by its file alone.
func (r *run) picturesLeft(e *ledger.Entry) (assets []ledger.Asset) {
	for _, a := range e.Assets {
		if _, marked := r.memory.journal[a.File]; !marked {
			assets = append(assets, a)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(r.memory.journal)) {
		m := r.memory.journal[name][0]
		if m.Page != e.Path || name == e.Path || plan.Hidden(name) {
			continue
		}
		if disk, err := plan.Hash(r.Site, name); err == nil && disk.Exists() {
			assets = append(assets, ledger.Asset{File: name, Hash: r.wrote(e, name, disk)})
		}
	}
	return assets
}

// wrote gives the hash that a picture had when it was last written: where the author
// has replaced it, by its mark, else as it lies there.
func (r *run) wrote(e *ledger.Entry, name string, disk plan.Content) string {
	all := r.memory.journal[name]
	if _, ours := r.memory.journal.Mark(name, disk.Hash()); ours || hashOf(e.Assets, name) == disk.Hash() {
		return disk.Hash()
	}
	return cmp.Or(all[len(all)-1].Hash, hashOf(e.Assets, name))
}

// takenAsWritten tells whether a page stands as the killed run wrote it, though
// this run did not come across its post: its pictures are in use.
func (r *run) takenAsWritten(page string) bool {
	e := r.memory.At(page)
	if e == nil || e.Seen > 0 {
		return false
	}
	return slices.ContainsFunc(r.memory.journal[page], func(m ledger.Mark) bool { return m.Stands() == e.Page })
}

// left gives the mark by which a killed run left a path as it is now.
func (r *run) left(name string) (ledger.Mark, bool) {
	disk, err := plan.Hash(r.Site, name)
	if err != nil {
		return ledger.Mark{}, false
	}
	return r.memory.journal.Mark(name, disk.Hash())
}

// leftover tells whether a killed run left anything of its own to clear away.
func (r *run) leftover() bool {
	tmp, err := afero.DirExists(r.Site, plan.TempDir)
	return r.memory.journal != nil || err == nil && tmp
}
