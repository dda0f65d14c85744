package reconcile

import (
	"errors"
	"fmt"
	"path"
	"slices"

	"replant/migrate/ledger"
	"replant/migrate/memory"
	"replant/migrate/page"
	"replant/migrate/plan"
	"replant/migrate/shrink"
)

// Settle judges a post's page and pictures and puts what changes into the plan.
func (r *Reconciler) Settle(m *page.Made) {
	if m.Err == nil {
		r.freshen(m)
	}
	v := r.verdict(m)
	if m.Err != nil {
		r.broken(m)
		if m.Moved != "" {
			r.Changes.add(undo{entry: m.Entry, old: m.Old}, follow(r.memory, m, nil))
		}
		return
	}
	if m.Entry.Trouble != "" {
		r.report.Warn("post %q: is well again", m.Title)
	}
	if m.Poor != nil && r.poor.stays(m) {
		r.Changes.Keep()
		return
	}
	m.Entry.Note(func(x *ledger.Extra) { x.Trouble = "" })
	if !m.Sketch.IsZero() && m.Less == shrink.Edit { // what is less would not tell it from others
		m.Entry.Text = m.Sketch
	}
	if m.Old == nil && m.Post.Published.IsZero() && m.Post.Updated.IsZero() {
		r.report.Warn("post %q: the feed gives no date, so its page has none", m.Title)
	}
	if m.Old == nil && m.OtherDay {
		r.report.OtherDays++
	}
	r.shrinking.wellAgain(m, v)
	changes := r.become(m, v)
	if m.Moved != "" {
		changes = follow(r.memory, m, changes)
	}
	if !slices.ContainsFunc(changes, visible) {
		r.Changes.Keep()
	}
	r.Changes.add(undo{entry: m.Entry, old: m.Old}, changes)
}

// freshen makes a fresh page what the site would have: with links to the pages that are there,
// and as it was written last where a move of its blog alone has changed it.
func (r *Reconciler) freshen(m *page.Made) {
	r.linking.link(m)
	if m.Err != nil || r.options.Refresh {
		return
	}
	if last := m.SameButAddress(r.memory); last.Exists() {
		m.Page = last
	}
}

// verdict judges a post. One whose settings or text forbid to settle it has an error then.
func (r *Reconciler) verdict(m *page.Made) (v ledger.Verdict) {
	if m.Err != nil {
		return ""
	}
	if m.Err = r.texts.refuse(m); m.Err == nil {
		v = r.judge(m)
	}
	if m.Err == nil && v != ledger.Shrunk {
		m.Err = r.losses.refused(m)
	}
	return v
}

// become returns the changes that a verdict asks for.
func (r *Reconciler) become(m *page.Made, v ledger.Verdict) []plan.Change {
	switch {
	case r.options.Adopt:
		return r.adopt(m)
	case m.Usurped:
		r.report.Warn("%s: the page of another post lies here, and none of %q anywhere: left alone", m.Entry.Path, m.Title)
	case v == ledger.Deleted:
		r.report.Note("%s: stays away, the author deleted it", m.Entry.Path)
		if m.Entry.Shrunk != "" {
			return decline(r.memory, m.Entry)
		}
		return settleConflict(r.memory, m.Entry)
	case r.shrinking.outlasts(m, v):
		return r.shrinking.outlast(m)
	case v == ledger.Conflict:
		return r.conflict(m, "", clash{what: "another file has this place"})
	case v == ledger.Merge:
		return r.merge(m)
	case v == ledger.Shrunk:
		return append(r.shrinking.hold(m), r.pictures.broughtBack(m)...)
	case v == ledger.Adopt:
		return r.adopt(m)
	case v == ledger.Create && r.shrinking.isLess(m):
		return r.shrinking.restoreLast(m)
	default:
		r.support.supply(m)
		return r.write(m, v)
	}
	return nil
}

func (r *Reconciler) judge(m *page.Made) ledger.Verdict {
	s := ledger.State{Last: m.Entry.Page, Disk: m.Disk.Hash(), Fresh: m.Page.Hash(), Ours: m.Why != ""}
	left, isLeft := r.memory.BaseLeft(m.Entry)
	switch mark, marked := r.memory.Mark(m.Entry, s.Disk); {
	case s.Disk != "" && s.Disk == m.Entry.Conflict:
		s.Last = s.Disk // the author took the source's version
	case s.Disk == "" && r.memory.Journal.Removes(m.Entry.Path):
		s.Last = "" // it was not the author who deleted it
	case marked && mark.Base != nil:
		s.Last = mark.Stands() // a killed run has merged it
	case marked:
		s.Pending = mark.Hash
	case isLeft && s.Disk != s.Last:
		s.Last = left.Hash()
	}
	if r.options.Restore && s.Disk == "" {
		s.Last = "" // as if it had never been there
	}
	s.Shrunk = s.Last+s.Pending != "" && r.shrinking.isLess(m)
	m.Last = s.Last
	return ledger.Judge(s)
}

// write brings a page and its pictures to what the source says: pictures first, so that
// a page never shows what is not there yet, and the base last, so that it is never newer
// than the page.
func (r *Reconciler) write(m *page.Made, v ledger.Verdict) []plan.Change {
	changes := r.pictures.bring(m, edited(m, v))
	if v != ledger.Keep {
		why := r.why(m, v)
		changes = append(changes, plan.Change{Path: m.Entry.Path, Verdict: v, Why: why, Before: m.Disk, After: m.Page})
		r.linking.resolver.Place(m.Entry, m.Page)
	}
	changes = append(changes, r.comments.changes(m)...)
	return append(changes, r.record(m)...)
}

// edited returns a function that reports whether a page shows a file, for a page that stays
// as its author edited it; nil for any other page.
func edited(m *page.Made, v ledger.Verdict) func(file string) bool {
	if v != ledger.Keep || m.Disk.Same(m.Page) {
		return nil
	}
	mine, err := memory.Read(m.Disk)
	if err != nil {
		return nil
	}
	return shownOn(mine)
}

// why returns the reason for writing a page.
func (r *Reconciler) why(m *page.Made, v ledger.Verdict) string {
	switch {
	case m.Old != nil && r.options.Restore && !m.Disk.Exists():
		return "restored"
	case v == ledger.Update && r.options.AcceptShrunk && m.Old != nil && m.Old.Shrunk != "":
		return "taken, though the source has less now"
	case v == ledger.Update && r.options.Refresh:
		return "made anew"
	case v == ledger.Update && m.Old != nil && m.Old.From == m.From && r.options.Retries(m.Old):
		return "a picture that was out of reach"
	case v == ledger.Update && m.Old != nil && m.Old.From == m.From && m.Old.Trouble != "":
		return "changed at the source" // in an earlier run, which could not make the page
	case v == ledger.Update && m.Old != nil && ledger.SameItem(m.Old.From, m.From):
		return "changed settings"
	case v == ledger.Update:
		return "changed at the source"
	}
	return plan.NewPost
}

// broken notes a post that could not be made. The entry remembers it, so that the
// author is told once.
func (r *Reconciler) broken(m *page.Made) {
	text := fmt.Sprintf("post %q: %v", m.Title, m.Err)
	if errors.Is(m.Err, errBlocked) {
		r.texts.noteBlocked(m, m.Entry.Trouble != text)
	} else if m.Entry.Trouble != text {
		r.report.Trouble(m.Entry.Path, "%s", text)
	}
	m.Entry.Note(func(x *ledger.Extra) { x.Trouble, x.Feed = text, m.Feed.Address })
}

func visible(c plan.Change) bool { return !plan.Hidden(c.Path) }

// adopt leaves a page that was not replant's as it is, and makes the fresh one its base.
// Of the pictures, those count as written that lie beside the page as the source has them.
func (r *Reconciler) adopt(m *page.Made) []plan.Change {
	var beside []ledger.Asset
	for _, a := range m.Assets {
		rec := ledger.Asset{Address: a.Addr, File: path.Join(m.Place.Assets, a.File), Hash: a.Hash, Width: a.Own.Width, Height: a.Own.Height}
		if a.Err == nil && r.memory.Hash(rec.File) == a.Hash {
			beside = append(beside, rec)
		}
	}
	m.Entry.Note(func(x *ledger.Extra) { x.Assets = beside })
	told := plan.Change{Path: m.Entry.Path, Verdict: ledger.Adopt, Why: "left as it is: " + m.Why, Before: m.Disk, After: m.Disk}
	return append([]plan.Change{told}, r.record(m)...)
}

// Unsettled reports whether a post waits for its author or could not be made: every run
// looks at it again.
func Unsettled(e *ledger.Entry) bool { return e.Conflict != "" || e.Trouble != "" || e.From == "" }

// Unchanged reports whether a post needs nothing: made from the same, and nothing open.
func (r *Reconciler) Unchanged(e *ledger.Entry, from string) bool {
	if e.From != from || Unsettled(e) || r.options.Refresh || r.options.Retries(e) {
		return false
	}
	for _, name := range []string{e.Path, memory.BaseDir + e.Path} {
		if _, marked := r.memory.Journal[name]; marked {
			return false
		}
	}
	return !r.options.Restore || whole(r.memory, e)
}

// whole reports whether the page, all its pictures and the files beside pages are there.
func whole(mem *memory.Memory, e *ledger.Entry) bool {
	paths := []string{e.Path}
	for _, f := range mem.Ledger.Files {
		paths = append(paths, f.Path)
	}
	for _, a := range e.Assets {
		if a.File != "" {
			paths = append(paths, a.File)
		}
	}
	return !slices.ContainsFunc(paths, func(p string) bool {
		c, err := plan.Hash(mem.Site, p)
		return err == nil && !c.Exists()
	})
}
