package plan

import (
	"iter"
	"strings"

	"replant/migrate/ledger"
)

// list is an order of changes that stays small: a blog of 200,000 posts has twice as
// many of them.
type list struct {
	chunks [][]record // of chunkSize: one slice that grows would be there twice for a while
	n      int        // records in all
	kinds  map[kind]*kind
}

const chunkSize = 256

// record is a change as a list holds it, and often a second one with it: a page and
// its base share all but where they lie.
type record struct {
	path          string // behind what kind has of it
	kind, also    *kind  // also is nil where there is no second change
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
	if last := l.last(); last != nil && Hidden(c.Path) {
		if dir, ok := strings.CutSuffix(c.Path, last.path); ok {
			k.under, c.Path = dir, last.path
			if last.also == nil && last.group == c.Group && last.before.Same(c.Before) && last.after.Same(c.After) {
				last.also = l.shared(k)
				return
			}
		}
	}
	if l.n%chunkSize == 0 {
		l.chunks = append(l.chunks, make([]record, 0, chunkSize))
	}
	chunk := &l.chunks[l.n/chunkSize]
	*chunk = append(*chunk, record{c.Path, l.shared(k), nil, c.Before, c.After, c.Group})
	l.n++
}

// last gives the last record; nil where there is none.
func (l *list) last() *record {
	if l.n == 0 {
		return nil
	}
	return &l.chunks[(l.n-1)/chunkSize][(l.n-1)%chunkSize]
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
		for _, chunk := range l.chunks {
			for _, r := range chunk {
				if !yield(r.change(r.kind)) || r.also != nil && !yield(r.change(r.also)) {
					return
				}
			}
		}
	}
}

func (r record) change(k *kind) Change {
	return Change{
		Path: k.under + r.path, Why: k.why, Verdict: k.verdict,
		Before: r.before, After: r.after, Group: r.group,
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
