package migrate

import (
	"errors"
	"maps"
	"slices"

	"replant/migrate/ledger"
	"replant/migrate/plan"
)

// finish clears up after a killed run, then adds what makes the plan safe to apply:
// the journal that is written first and the ledger that is written last.
func (r *run) finish() (err error) {
	r.recover()
	r.advise()
	p := r.out.Plan
	p.Leftover = r.memory.journal != nil
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

// ledger gives the ledger's own change, without what the failed groups would have
// brought; nil when it stays as it is.
func (r *run) ledger(failed map[int]bool) (*plan.Change, error) {
	w := r.spool.Create()
	err := r.memory.without(failed).Write(w)
	fresh, closed := w.Close()
	if err := errors.Join(err, closed); err != nil {
		return nil, err
	}
	r.final = fresh
	for _, c := range r.store(ledger.Name, "what was written, and from what", fresh) {
		return &c, nil
	}
	return nil, nil
}

// journal marks every file that the plan is about to write.
func (r *run) journal() (plan.Content, error) {
	w := r.spool.Create()
	for _, c := range r.out.Plan.Changes {
		if !c.Writes() {
			continue
		}
		m := ledger.Mark{Path: c.Path, Hash: c.After.Hash(), Page: r.pageOf(c), New: !c.Before.Exists()}
		if err := ledger.WriteMark(w, m); err != nil {
			return plan.Content{}, err
		}
	}
	return w.Close()
}

// pageOf gives the page that a change is made for; empty for what a killed run left.
func (r *run) pageOf(c plan.Change) string {
	if u := r.memory.undo[c.Group]; u.entry != nil {
		return u.entry.Path
	}
	return ""
}

// recover settles what a killed run left and this one did not come across. What it had
// made for posts that nothing remembers goes; a page that it had brought up to date
// counts as written, and is made anew when its post is seen again.
func (r *run) recover() {
	ours := r.memory.files()
	for _, name := range slices.Sorted(maps.Keys(r.memory.journal)) {
		m := r.memory.journal[name]
		if e := r.memory.At(name); e != nil && !r.met(e) {
			r.takeAsWritten(e, m)
		}
		if m.New && !ours[name] && !r.takenAsWritten(m.Page) {
			r.add(undo{}, r.discard(name, m.Hash, "left by a run that was stopped"))
		}
	}
}

func (r *run) met(e *ledger.Entry) bool {
	_, met := r.claimed[e]
	return met
}

func (r *run) takeAsWritten(e *ledger.Entry, m ledger.Mark) {
	disk, err := plan.Hash(r.Site, e.Path)
	if err != nil || disk.Hash() != m.Hash || e.Page == m.Hash {
		return
	}
	old := *e
	e.Page, e.From = m.Hash, ""
	r.add(undo{entry: e, old: &old}, r.store(baseDir+e.Path, "what was written", disk))
}

// takenAsWritten tells whether a page stands as the killed run wrote it, though
// this run did not come across its post: its pictures are in use.
func (r *run) takenAsWritten(page string) bool {
	e := r.memory.At(page)
	return e != nil && !r.met(e) && e.Page == r.memory.journal.Hash(page)
}

// remember tells the web that all that the feeds said is in place.
func (r *run) remember() error {
	for _, f := range r.settled {
		if err := r.Web.Remember(f.URL, f.state(r.final)); err != nil {
			return err
		}
	}
	return nil
}
