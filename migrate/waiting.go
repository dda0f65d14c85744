package migrate

import (
	"errors"
	"fmt"

	"replant/migrate/ledger"
	"replant/migrate/plan"
)

// Waiting lists the pages that wait to be settled, of those that are named by their paths in
// the site; without a name, all of them. The plan of the outcome changes nothing.
func (m *Migration) Waiting(pages []string) (*Outcome, error) {
	r, err := m.begin()
	if err != nil {
		return nil, err
	}
	open, err := r.open(pages)
	switch {
	case errors.Is(err, ErrNoConflict) && len(pages) == 0:
		return r.out, nil // nothing waits
	case err != nil:
		return nil, err
	}
	for _, e := range open {
		disk, err := plan.Hash(r.Site, e.Path)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", e.Path, err)
		}
		c := plan.Change{Path: e.Path, Verdict: ledger.Conflict, Why: "edited here and changed at the source", Before: disk, After: disk}
		if e.Shrunk != "" {
			c.Verdict, c.Why = ledger.Shrunk, stays(e.Shrunk)
			r.out.Shrunk = append(r.out.Shrunk, e.Path)
		} else {
			r.out.Conflicts = append(r.out.Conflicts, Conflict{e.Path, baseDir + e.Path, conflictDir + e.Path})
		}
		r.out.Plan.Add(c)
	}
	return r.out, nil
}
