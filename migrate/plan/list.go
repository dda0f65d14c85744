package plan

import (
	"iter"
	"strings"

	"replant/migrate/ledger"
)

// list is an order of changes that stays small: a blog of 200,000 posts has twice as
// many of them.
type list struct {
	records []record
	kinds   map[kind]*kind
}

// record is a change as a list holds it: what changes share is held once.
type record struct {
	path          string // behind what kind has of it
	kind          *kind
	before, after Content
	group         int
}

// kind is what many changes have in common.
type kind struct {
	verdict ledger.Verdict
	why     string
	under   string // where the path of replant's own memory of a file begins; else empty
}

// Add puts a change at the end of the plan.
func (l *list) Add(c Change) {
	k := kind{verdict: c.Verdict, why: c.Why}
	if n := len(l.records); n > 0 && Hidden(c.Path) {
		if dir, ok := strings.CutSuffix(c.Path, l.records[n-1].path); ok {
			k.under, c.Path = dir, l.records[n-1].path // a page and its base: one name
		}
	}
	l.records = append(l.records, record{c.Path, l.shared(k), c.Before, c.After, c.Group})
}

func (l *list) shared(k kind) *kind {
	if l.kinds == nil {
		l.kinds = map[kind]*kind{}
	}
	if l.kinds[k] == nil {
		l.kinds[k] = &k
	}
	return l.kinds[k]
}

// All gives the changes in order.
func (l *list) All() iter.Seq[Change] {
	return func(yield func(Change) bool) {
		for _, r := range l.records {
			c := Change{
				Path: r.kind.under + r.path, Why: r.kind.why, Verdict: r.kind.verdict,
				Before: r.before, After: r.after, Group: r.group,
			}
			if !yield(c) {
				return
			}
		}
	}
}

// groups gives the changes a group at a time.
func (l *list) groups() iter.Seq[[]Change] {
	return func(yield func([]Change) bool) {
		var group []Change
		for c := range l.All() {
			if len(group) > 0 && group[0].Group != c.Group {
				if !yield(group) {
					return
				}
				group = nil
			}
			group = append(group, c)
		}
		if len(group) > 0 {
			yield(group)
		}
	}
}
