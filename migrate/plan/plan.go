// Package plan holds what a run would change as a value: a [Plan] of [Change]s that
// can be printed for a person, printed as a patch, or applied. All three come from
// the same changes, so what was shown is what is done.
package plan

import (
	"iter"
	"strings"

	"replant/migrate/ledger"
)

// NewPost is why there is a page that was not there before.
const NewPost = "new post"

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

// Writes reports whether applying the change touches its file.
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
	// Without returns the ledger's change as it is when the changes of some groups were
	// not made.
	Without func(failed map[int]bool) (*Change, error)
	// Stale is the journal that a killed run left, for the patch to remove. Absent where
	// there is none.
	Stale Content
	// Leftover says that a killed run left a journal to be cleared away.
	Leftover bool
	// Page returns the page that a group of changes is for, or "" for files of no post; nil
	// where no change is for a post.
	Page func(group int) string

	figures []figures // by group; nil until they are counted
}

// Empty reports whether there is nothing to apply.
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

// Hidden reports whether a path is replant's own memory, which a person is not shown.
func Hidden(path string) bool { return strings.HasPrefix(path, ledger.Dir+"/") }

// Shown returns the changes that a person is shown.
func (p *Plan) Shown() iter.Seq[Change] {
	return func(yield func(Change) bool) {
		for c := range p.All() {
			if !Hidden(c.Path) && !yield(c) {
				return
			}
		}
	}
}

// Any reports whether there is anything to show.
func (p *Plan) Any() bool {
	for range p.Shown() {
		return true
	}
	return false
}

// Conflicts counts the files that wait for the author since both have changed them.
func (p *Plan) Conflicts() int { return p.Count()[ledger.Conflict] }

// Waiting counts the files that wait for the author.
func (p *Plan) Waiting() int {
	n := p.Count()
	return n[ledger.Conflict] + n[ledger.Shrunk]
}

// Count returns how many files have each verdict, replant's own memory left out.
func (p *Plan) Count() map[ledger.Verdict]int {
	n := map[ledger.Verdict]int{}
	for c := range p.Shown() {
		n[c.Verdict]++
	}
	return n
}

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

// Amend changes what becomes of files that the plan writes, by path. A page and its base that
// are the same stay the same: both have to be among them.
func (l *list) Amend(files map[string]Content) {
	if len(files) == 0 {
		return
	}
	for _, chunk := range l.chunks {
		for i := range chunk {
			r := &chunk[i]
			if after, ok := files[r.kind.under+r.path]; ok && !r.before.Same(r.after) {
				r.after = after
			}
		}
	}
}

// last returns the last record; nil where there is none.
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

// All returns the changes in order.
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

// groups returns the changes a group at a time.
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
