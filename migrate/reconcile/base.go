package reconcile

import (
	"slices"

	"replant/migrate/ledger"
	"replant/migrate/memory"
	"replant/migrate/page"
	"replant/migrate/plan"
)

// record makes the fresh page what the next run compares with.
func (r *Reconciler) record(m *page.Made) []plan.Change {
	told := r.losses.tell(m)
	m.Entry.Note(func(x *ledger.Extra) { x.Losses = told })
	return stand(r.memory, m.Entry, m.Page)
}

// stand makes a page the base of an entry's. Whatever the author had to settle is settled.
func stand(mem *memory.Memory, e *ledger.Entry, base plan.Content) []plan.Change {
	e.Page = base.Hash()
	changes := append(mem.Store(memory.BaseDir+e.Path, "what was written", base), settleConflict(mem, e)...)
	e.Note(func(x *ledger.Extra) { x.Shrunk, x.Declined = "", "" })
	return changes
}

// settleConflict ends the conflict of an entry; without one there is nothing to change.
func settleConflict(mem *memory.Memory, e *ledger.Entry) []plan.Change {
	if e.Conflict == "" {
		return nil
	}
	e.Note(func(x *ledger.Extra) { x.Conflict, x.Clash, x.Shrunk = "", "", "" })
	return mem.Store(memory.ConflictDir+e.Path, "settled", plan.Content{})
}

// taken makes what its author has taken from the source, or what a killed run has written of
// a page, what the next run compares with.
func taken(mem *memory.Memory, m *page.Made) []plan.Change {
	e := m.Entry
	if m.Taken() {
		e.Page = e.Conflict
		e.Note(func(x *ledger.Extra) { x.Shrunk = "" }) // and another one is news
		return mem.Store(memory.BaseDir+e.Path, "what was written", m.Disk)
	}
	if mem.Journal == nil {
		return nil
	}
	base, ok := mem.Standing(e)
	if !ok {
		return nil
	}
	if base.Hash() != e.Page {
		left := picturesLeft(mem, e)
		e.Page = base.Hash()
		e.Note(func(x *ledger.Extra) { x.Assets = left })
	}
	return mem.Store(memory.BaseDir+e.Path, "what was written", base)
}

// decline forgets a version of the source that the author refused: it is not offered again.
func decline(mem *memory.Memory, e *ledger.Entry) []plan.Change {
	e.Note(func(x *ledger.Extra) { x.Conflict, x.Clash, x.Shrunk, x.Declined = "", "", "", e.From })
	return mem.Store(memory.ConflictDir+e.Path, "settled", plan.Content{})
}

// follow lets replant's memory of a moved page lie under its new path, and tells its
// author once. What is still true of it goes along; the rest the changes of its post bring.
func follow(mem *memory.Memory, m *page.Made, changes []plan.Change) []plan.Change {
	all := []plan.Change{{Path: m.Entry.Path, Verdict: ledger.Move, Why: "moved here from " + m.Moved, Before: m.Disk, After: m.Disk}}
	all = append(all, changes...)
	for _, f := range []struct{ dir, hash string }{{memory.BaseDir, m.Entry.Page}, {memory.ConflictDir, m.Entry.Conflict}} {
		was, err := plan.Hash(mem.Site, f.dir+m.Moved)
		if err != nil || !was.Exists() {
			continue
		}
		now := f.dir + m.Entry.Path
		brought := slices.ContainsFunc(changes, func(c plan.Change) bool { return c.Path == now })
		if was.Hash() == f.hash && !brought {
			all = append(all, mem.Store(now, "moved with its page", was)...)
		}
		all = append(all, mem.Store(f.dir+m.Moved, "moved with its page", plan.Content{})...)
	}
	return all
}
