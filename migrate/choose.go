package migrate

import (
	"errors"
	"fmt"
	"slices"

	"replant/migrate/ledger"
	"replant/migrate/plan"
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

// Settle says what would change to settle the conflicts of some pages, named by their
// paths in the site; without a name, all that are open. The page becomes what was
// chosen, and the source's version is what the next run compares with. No feed is read.
// A page without a conflict is an ErrNoConflict, and then nothing is to be done.
func (m *Migration) Settle(choice Choice, pages []string) (*Outcome, error) {
	r, err := m.begin()
	if err != nil {
		return nil, err
	}
	open, err := r.open(pages)
	if err != nil {
		return nil, err
	}
	for _, e := range open {
		old := *e
		e.Seen = 1 // as if its post had been read
		changes, err := r.choose(e, choice)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", e.Path, err)
		}
		r.add(undo{entry: e, old: &old}, changes)
	}
	return r.out, r.finish()
}

// open gives the entries of pages that wait to be settled.
func (r *run) open(pages []string) (open []*ledger.Entry, err error) {
	if len(pages) == 0 {
		for _, e := range r.memory.Posts {
			if e.Conflict != "" {
				open = append(open, e)
			}
		}
	}
	for _, name := range pages {
		e := r.memory.At(name)
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
func (r *run) choose(e *ledger.Entry, choice Choice) ([]plan.Change, error) {
	told, err := plan.Hash(r.Site, conflictDir+e.Path)
	if err != nil {
		return nil, err
	}
	if told.Hash() != e.Conflict {
		return nil, fmt.Errorf("%s is not as it was put there; the next run puts it there anew", conflictDir+e.Path)
	}
	disk, err := plan.Hash(r.Site, e.Path)
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
		return slices.Concat([]plan.Change{c}, unshown, r.decline(e)), nil
	}
	return slices.Concat([]plan.Change{c}, unshown, r.stand(e, told)), nil
}

// unshown removes the pictures that only the version of a page showed that was not chosen.
func (r *run) unshown(e *ledger.Entry, page plan.Content) (changes []plan.Change, err error) {
	var text []byte
	if page.Exists() {
		if text, err = read(page); err != nil {
			return nil, err
		}
	}
	shown := shownOn(text)
	kept := slices.DeleteFunc(slices.Clone(e.Assets), func(a ledger.Asset) bool {
		if a.File == "" || shown(a.File) {
			return false
		}
		changes = append(changes, r.discard(a.File, a.Hash, "no page shows it any more")...)
		return true
	})
	e.Note(func(x *ledger.Extra) { x.Assets = kept })
	return changes, nil
}
