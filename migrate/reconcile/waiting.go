package reconcile

import (
	"errors"
	"fmt"
	"slices"

	"replant/migrate/identity"
	"replant/migrate/ledger"
	"replant/migrate/memory"
	"replant/migrate/page"
	"replant/migrate/plan"
	"replant/migrate/report"
)

// Choice is whose version of a page an author settles a conflict by.
type Choice string

// The choices.
const (
	Mine   Choice = "mine"   // the page as it lies there
	Source Choice = "source" // the incoming one
)

// ErrNoConflict says that a page has no conflict to settle.
var ErrNoConflict = errors.New("no conflict to settle")

// waiting looks after pages that wait for their authors.
type waiting struct {
	memory  *memory.Memory
	spool   *plan.Spool
	report  *report.Report
	changes *Changes
}

// settleUnseen looks after conflicts whose posts no feed shows any more: their authors may
// have settled them all the same.
func (r *waiting) settleUnseen() {
	for _, e := range r.memory.Ledger.Posts {
		if e.Conflict == "" || e.Seen > 0 || r.memory.Journal[e.Path] != nil {
			continue
		}
		old := *e
		if changes := r.settleOne(&page.Made{Found: identity.Found{Entry: e, Old: &old}}); changes != nil {
			r.changes.add(undo{entry: e, old: &old}, changes)
		}
	}
}

// settleOne returns what ends one of them; nil where it goes on. The waiting version of the
// source stands for the post.
func (r *waiting) settleOne(m *page.Made) []plan.Change {
	var err1, err2 error
	m.Page, err1 = r.memory.Of(m.Entry, memory.ConflictDir)
	m.Disk, err2 = plan.Hash(r.memory.Site, m.Entry.Path)
	if err1 != nil || err2 != nil || m.Page.Hash() != m.Entry.Conflict || !m.Disk.Exists() {
		return nil
	}
	if m.Disk.Same(m.Page) {
		return r.end(m, m.Disk)
	}
	if m.Entry.Shrunk != "" {
		return nil // a clean merge would bring the loss
	}
	m.Last = m.Entry.Page
	base := r.memory.Edited(m.Entry, m.Disk, m.Last)
	v, err := versions(base, m.Disk, m.Page)
	if err != nil || !base.Exists() {
		return nil
	}
	if _, settled := settledByHand(r.memory, r.report, m, v[0], v[1]); settled != nil {
		return r.end(m, m.Disk)
	}
	page, clash := mergePages(v[0], v[1], v[2])
	if clash != nil {
		return nil
	}
	merged, err := r.spool.Put(page)
	if err != nil {
		return nil
	}
	return r.end(m, merged)
}

// end ends a conflict with the page as it is to be.
func (r *waiting) end(m *page.Made, page plan.Content) (changes []plan.Change) {
	unshown, err := r.unshown(m.Entry, page)
	if err != nil {
		return nil
	}
	if !page.Same(m.Disk) {
		r.changes.stands[m.Entry.Path] = m.Page
		changes = []plan.Change{{Path: m.Entry.Path, Verdict: ledger.Merge, Why: "settled, with the source's changes", Before: m.Disk, After: page}}
	}
	return slices.Concat(changes, unshown, stand(r.memory, m.Entry, m.Page))
}

// open returns the entries of pages that wait to be settled.
func (r *waiting) open(pages []string) (open []*ledger.Entry, err error) {
	if len(pages) == 0 {
		for _, e := range r.memory.Ledger.Posts {
			if e.Conflict != "" {
				open = append(open, e)
			}
		}
	}
	for _, name := range pages {
		e := r.memory.Ledger.At(name)
		if e == nil || e.Conflict == "" {
			return nil, fmt.Errorf("%s: %w", name, ErrNoConflict)
		}
		if !slices.Contains(open, e) {
			open = append(open, e)
		}
	}
	if len(open) == 0 {
		return nil, ErrNoConflict
	}
	return open, nil
}

// choose settles the conflict of one page.
func (r *waiting) choose(e *ledger.Entry, choice Choice) ([]plan.Change, error) {
	told, err := plan.Hash(r.memory.Site, memory.ConflictDir+e.Path)
	if err != nil {
		return nil, err
	}
	if told.Hash() != e.Conflict {
		return nil, fmt.Errorf("%s is not as it was put there; the next run puts it there anew", memory.ConflictDir+e.Path)
	}
	disk, err := plan.Hash(r.memory.Site, e.Path)
	if err != nil {
		return nil, err
	}
	c := plan.Change{Path: e.Path, Verdict: ledger.Keep, Why: "settled: stays as it is", Before: disk, After: disk}
	if choice == Source && !disk.Same(told) {
		c.Verdict, c.Why, c.After = ledger.Update, "settled: the source's version", told
	}
	unshown, err := r.unshown(e, c.After)
	if err != nil {
		return nil, err
	}
	if choice == Mine && e.Shrunk != "" {
		return slices.Concat([]plan.Change{c}, unshown, decline(r.memory, e)), nil
	}
	return slices.Concat([]plan.Change{c}, unshown, stand(r.memory, e, told)), nil
}

// unshown removes the pictures that only the version of a page showed that was not chosen.
func (r *waiting) unshown(e *ledger.Entry, page plan.Content) (changes []plan.Change, err error) {
	var text []byte
	if page.Exists() {
		if text, err = memory.Read(page); err != nil {
			return nil, err
		}
	}
	shown := shownOn(text)
	kept := slices.DeleteFunc(slices.Clone(e.Assets), func(a ledger.Asset) bool {
		if a.File == "" || shown(a.File) {
			return false
		}
		changes = append(changes, r.memory.Discard(a.File, a.Hash, "no page shows it any more")...)
		return true
	})
	e.Note(func(x *ledger.Extra) { x.Assets = kept })
	return changes, nil
}
