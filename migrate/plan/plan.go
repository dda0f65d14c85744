// Package plan holds what a run would change as a value: a [Plan] of [Change]s that
// can be printed for a person, printed as a patch, or applied. All three come from
// the same changes, so what was shown is what is done.
package plan

import (
	"iter"
	"strings"

	"replant/migrate/ledger"
)

// Change is what becomes of one file.
type Change struct {
	Path    string // in the site, with slashes
	Why     string
	Verdict ledger.Verdict
	// Before is what lies there now, After what will: absent where nothing does.
	Before, After Content
	// Group holds together the changes of one post: they are made in order, and if one
	// of them cannot be made, those after it are not.
	Group int
}

// Writes tells whether applying the change touches its file.
func (c Change) Writes() bool { return !c.Before.Same(c.After) }

// Plan is what a run would change. [Plan.Add] puts changes into it, [Plan.All] gives
// them in order.
type Plan struct {
	list
	Kept int // posts that stay as they are

	// Journal marks the files about to be written; it lies in the site while a plan is
	// being applied. Absent in a plan without changes.
	Journal Content
	// Ledger is the last change, the ledger's own; nil when the ledger stays as it is.
	Ledger *Change
	// Without gives the ledger's change as it is when the changes of some groups were
	// not made.
	Without func(failed map[int]bool) (*Change, error)
	// Stale is the journal that a killed run left, for the patch to remove. Absent where
	// there is none.
	Stale Content
	// Leftover says that a killed run left a journal to be cleared away.
	Leftover bool
}

// Empty tells whether there is nothing to apply.
func (p *Plan) Empty() bool {
	if p.Ledger != nil || p.Leftover {
		return false
	}
	for c := range p.All() {
		if c.Writes() {
			return false
		}
	}
	return true
}

// Hidden tells whether a path is replant's own memory, which a person is not shown.
func Hidden(path string) bool { return strings.HasPrefix(path, ledger.Dir+"/") }

// Shown gives the changes that a person is shown.
func (p *Plan) Shown() iter.Seq[Change] {
	return func(yield func(Change) bool) {
		for c := range p.All() {
			if !Hidden(c.Path) && !yield(c) {
				return
			}
		}
	}
}
