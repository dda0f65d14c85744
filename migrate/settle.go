package migrate

import (
	"errors"
	"fmt"

	"replant/migrate/ledger"
	"replant/migrate/memory"
	"replant/migrate/plan"
	"replant/migrate/reconcile"
)

// Choice is whose version of a page an author settles a conflict by.
type Choice = reconcile.Choice

// The choices.
const (
	Mine   = reconcile.Mine   // the page as it lies there
	Source = reconcile.Source // the incoming one
)

// ErrNoConflict says that a page has no conflict to settle.
var ErrNoConflict = reconcile.ErrNoConflict

// Settle says what would change to settle the conflicts of some pages, named by their
// paths in the site; without a name, all that are open. The page becomes what was
// chosen, and the source's version is what the next run compares with. No feed is read.
// A page without a conflict is an ErrNoConflict, and then nothing is to be done.
func (m *Migration) Settle(choice Choice, pages []string) (*Outcome, error) {
	r, err := m.begin(false)
	if err != nil {
		return nil, err
	}
	open, err := r.settle.Waiting(pages)
	if err != nil {
		return nil, err
	}
	for _, e := range open {
		if err := r.settle.Choose(e, choice); err != nil {
			return nil, fmt.Errorf("%s: %w", e.Path, err)
		}
	}
	if err := r.finish(); err != nil {
		return nil, err
	}
	return r.outcome(), nil
}

// Waiting lists the pages that wait to be settled, of those that are named by their paths in
// the site; without a name, all of them. The plan of the outcome changes nothing.
func (m *Migration) Waiting(pages []string) (*Outcome, error) {
	r, err := m.begin(false)
	if err != nil {
		return nil, err
	}
	open, err := r.settle.Waiting(pages)
	switch {
	case errors.Is(err, ErrNoConflict) && len(pages) == 0:
		return r.outcome(), nil // nothing waits
	case err != nil:
		return nil, err
	}
	for _, e := range open {
		disk, err := plan.Hash(m.Site, e.Path)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", e.Path, err)
		}
		c := plan.Change{Path: e.Path, Verdict: ledger.Conflict, Why: "edited here and changed at the source", Before: disk, After: disk}
		if e.Shrunk != "" {
			c.Verdict, c.Why = ledger.Shrunk, reconcile.Stays(e.Shrunk)
			r.report.Shrunk = append(r.report.Shrunk, e.Path)
		} else {
			r.report.Conflicts = append(r.report.Conflicts, Conflict{Page: e.Path, Base: memory.BaseDir + e.Path, Incoming: Incoming(e.Path)})
		}
		r.settle.Changes.List(e, c)
	}
	return r.outcome(), nil
}
