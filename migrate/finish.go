package migrate

import (
	"cmp"
	"io"
	"maps"
	"slices"

	"replant/migrate/ledger"
	"replant/migrate/plan"
)

// finish clears up after a killed run, then adds what makes the plan safe to apply:
// the journal that is written first and the ledger that is written last.
func (r *run) finish() (err error) {
	if len(r.out.Unread) == 0 {
		r.clearUp()
	}
	p := r.out.Plan
	p.Leftover, p.Stale = r.leftover(), r.memory.stale
	p.Without = r.ledger
	if p.Ledger, err = r.ledger(nil); err != nil {
		return err
	}
	if !p.Empty() {
		p.Journal, err = r.journal()
	}
	r.out.Remember = r.remember
	return err
}

// clearUp settles what no feed has brought up.
func (r *run) clearUp() {
	if !r.Adopt {
		r.conflictsLeft()
		r.lingering()
	}
	r.recover()
	r.advise()
	r.concealed()
	r.outOfSight()
	r.dismiss()
	r.forgetOutages()
}

// ledger gives the ledger's own change, without what the failed groups would have
// brought; nil when it stays as it is.
func (r *run) ledger(failed map[int]bool) (*plan.Change, error) {
	w := r.spool.Create()
	err := r.memory.without(failed).Write(w)
	fresh, closed := w.Close()
	if err := cmp.Or(err, closed); err != nil {
		return nil, err
	}
	r.final = fresh
	for _, c := range r.store(ledger.Name, "what was written, and from what", fresh) {
		return &c, nil
	}
	return nil, nil
}

// journal marks every file that the plan is about to write. What an earlier run that
// was killed left as it is now stays marked: this one may be killed too.
func (r *run) journal() (plan.Content, error) {
	w := r.spool.Create()
	err := r.mark(w)
	c, closed := w.Close()
	return c, cmp.Or(err, closed)
}

func (r *run) mark(w io.Writer) error {
	for _, name := range slices.Sorted(maps.Keys(r.memory.journal)) {
		if m, ok := r.left(name); ok {
			if err := ledger.WriteMark(w, m); err != nil {
				return err
			}
		}
	}
	for c := range r.out.Plan.All() {
		if !c.Writes() {
			continue
		}
		m := ledger.Mark{Path: c.Path, Hash: c.After.Hash(), Page: r.pageOf(c)}
		base, merged := r.stands[c.Path]
		m.New = !c.Before.Exists() || r.memory.journal.New(c.Path) && !merged // which is the author's as well
		if merged {
			var err error
			if m.Base, err = read(base); err != nil {
				return err
			}
		}
		if err := ledger.WriteMark(w, m); err != nil {
			return err
		}
	}
	return nil
}

// pageOf gives the page that a change is made for; empty for what a killed run left.
func (r *run) pageOf(c plan.Change) string {
	if u := r.memory.undo[c.Group]; u.entry != nil {
		return u.entry.Path
	}
	return ""
}

// remember tells the web that all that the feeds said is in place.
func (r *run) remember() error {
	for _, f := range r.settled {
		if err := r.Web.Remember(f.at(), state(f.Settings, r.final)); err != nil {
			return err
		}
	}
	return nil
}
