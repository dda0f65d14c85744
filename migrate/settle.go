package migrate

import (
	"errors"
	"fmt"
	"slices"

	"replant/migrate/ledger"
	"replant/migrate/plan"
	"replant/migrate/shrink"
)

// Where the memory of pages lies, each under the page's own path.
const (
	baseDir     = ledger.Dir + "/base/"     // as last written
	conflictDir = ledger.Dir + "/conflict/" // as the source has it, where the author decides
)

// settle judges a job's page and pictures and puts what changes into the plan.
func (r *run) settle(j *job) {
	if r.checks {
		r.checked(j)
		return
	}
	v := r.verdict(j)
	if j.err != nil {
		r.broken(j)
		if j.moved != "" {
			r.add(undo{entry: j.entry, old: j.old}, r.follow(j, nil))
		}
		return
	}
	if j.entry.Trouble != "" {
		r.out.Warnings = append(r.out.Warnings, fmt.Sprintf("post %q: is well again", title(j)))
	}
	if r.lacks(j) {
		return
	}
	j.entry.Note(func(x *ledger.Extra) { x.Trouble = "" })
	if !j.text.IsZero() && j.less == shrink.Edit { // what is less would not tell it from others
		j.entry.Text = j.text
	}
	if j.old == nil && j.post.Published.IsZero() && j.post.Updated.IsZero() {
		r.warn("post %q: the feed gives no date, so its page has none", title(j))
	}
	r.wellAgain(j, v)
	changes := r.become(j, v)
	if j.moved != "" {
		changes = r.follow(j, changes)
	}
	if !slices.ContainsFunc(changes, visible) {
		r.out.Plan.Kept++
	}
	r.add(undo{entry: j.entry, old: j.old}, changes)
}

// verdict judges a job that was made. One that its settings or its text forbid to settle
// has an error then.
func (r *run) verdict(j *job) (v ledger.Verdict) {
	if j.err != nil {
		return ""
	}
	if j.err = r.bar(j); j.err == nil {
		v = r.judge(j)
	}
	if j.err == nil && v != ledger.Shrunk {
		j.err = r.refused(j)
	}
	return v
}

// become gives the changes that a verdict asks for.
func (r *run) become(j *job, v ledger.Verdict) []plan.Change {
	switch {
	case r.Adopt:
		return r.adopt(j)
	case j.usurped:
		r.warn("%s: the page of another post lies here, and none of %q anywhere: left alone", j.entry.Path, title(j))
	case v == ledger.Deleted:
		r.note("%s: stays away, the author deleted it", j.entry.Path)
		if j.entry.Shrunk != "" {
			return r.decline(j.entry)
		}
		return r.settleConflict(j.entry)
	case r.outlasts(j, v):
		return r.outlast(j)
	case v == ledger.Conflict:
		return r.conflict(j, "", clash{what: "another file has this place"})
	case v == ledger.Merge:
		return r.merge(j)
	case v == ledger.Shrunk:
		return append(r.shrunk(j), r.broughtBack(j)...)
	case v == ledger.Adopt:
		return r.adopt(j)
	case v == ledger.Create && r.lessThanBefore(j):
		return r.restoreLast(j)
	default:
		r.supply(j)
		r.lack(j)
		return r.write(j, v)
	}
	return nil
}

func (r *run) judge(j *job) ledger.Verdict {
	s := ledger.State{Last: j.entry.Page, Disk: j.disk.Hash(), Fresh: j.page.Hash(), Ours: j.why != ""}
	left, isLeft := r.baseLeft(j.entry)
	switch m, marked := r.memory.journal.Mark(j.entry.Path, s.Disk); {
	case s.Disk != "" && s.Disk == j.entry.Conflict:
		s.Last = s.Disk // the author took the source's version
	case s.Disk == "" && r.memory.journal.Removes(j.entry.Path):
		s.Last = "" // it was not the author who deleted it
	case marked && m.Base != nil:
		s.Last = m.Stands() // a killed run has merged it
	case marked:
		s.Pending = m.Hash
	case isLeft && s.Disk != s.Last:
		s.Last = left.Hash()
	}
	if r.Restore && s.Disk == "" {
		s.Last = "" // as if it had never been there
	}
	s.Shrunk = s.Last+s.Pending != "" && r.lessThanBefore(j)
	j.last = s.Last
	return ledger.Judge(s)
}

// write brings a page and its pictures to what the source says: pictures first, so that
// a page never shows what is not there yet, and the base last, so that it is never newer
// than the page.
func (r *run) write(j *job, v ledger.Verdict) []plan.Change {
	changes := r.pictures(j, r.edited(j, v))
	if v != ledger.Keep {
		why := r.why(j, v)
		changes = append(changes, plan.Change{Path: j.entry.Path, Verdict: v, Why: why, Before: j.disk, After: j.page})
	}
	changes = append(changes, r.commented(j)...)
	return append(changes, r.record(j)...)
}

// edited tells which pictures a page shows that stays as its author edited it; nil for
// any other page.
func (r *run) edited(j *job, v ledger.Verdict) func(file string) bool {
	if v != ledger.Keep || j.disk.Same(j.page) {
		return nil
	}
	mine, err := read(j.disk)
	if err != nil {
		return nil
	}
	return shownOn(mine)
}

// why gives the reason for writing a page.
func (r *run) why(j *job, v ledger.Verdict) string {
	switch {
	case j.old != nil && r.Restore && !j.disk.Exists():
		return "restored"
	case v == ledger.Update && r.AcceptShrunk && j.old != nil && j.old.Shrunk != "":
		return "taken, though the source has less now"
	case v == ledger.Update && r.Refresh:
		return "made anew"
	case v == ledger.Update && j.old != nil && j.old.From == j.from && r.retries(j.old):
		return "a picture that was out of reach"
	case v == ledger.Update && j.old != nil && sameItem(j.old.From, j.from):
		return "changed settings"
	case v == ledger.Update:
		return "changed at the source"
	}
	return "new post"
}

// record makes the fresh page what the next run compares with.
func (r *run) record(j *job) []plan.Change {
	told := r.losses(j)
	j.entry.Note(func(x *ledger.Extra) { x.Losses = told })
	return r.stand(j.entry, j.page)
}

// stand makes a page the base of an entry's. Whatever the author had to settle is settled.
func (r *run) stand(e *ledger.Entry, base plan.Content) []plan.Change {
	e.Page = base.Hash()
	changes := append(r.store(baseDir+e.Path, "what was written", base), r.settleConflict(e)...)
	e.Note(func(x *ledger.Extra) { x.Shrunk, x.Declined = "", "" })
	return changes
}

// settleConflict ends the conflict of an entry; without one there is nothing to change.
func (r *run) settleConflict(e *ledger.Entry) []plan.Change {
	if e.Conflict == "" {
		return nil
	}
	e.Note(func(x *ledger.Extra) { x.Conflict, x.Clash, x.Shrunk = "", "", "" })
	return r.store(conflictDir+e.Path, "settled", plan.Content{})
}

// store brings a file of replant's own to the content; an absent content removes it.
func (r *run) store(name, why string, after plan.Content) []plan.Change {
	before, err := plan.Hash(r.Site, name)
	switch {
	case err == nil && before.Hash() == after.Hash():
		return nil
	case !after.Exists():
		return []plan.Change{{Path: name, Verdict: ledger.Delete, Why: why, Before: before}}
	case before.Exists():
		return []plan.Change{{Path: name, Verdict: ledger.Update, Why: why, Before: before, After: after}}
	}
	return []plan.Change{{Path: name, Verdict: ledger.Create, Why: why, After: after}}
}

// broken notes a post that could not be made. The entry remembers it, so that the
// author is told once.
func (r *run) broken(j *job) {
	text := fmt.Sprintf("post %q: %v", title(j), j.err)
	if errors.Is(j.err, errBarred) {
		r.heard(j, j.entry.Trouble != text)
	} else if j.entry.Trouble != text {
		r.trouble(j.entry.Path, "%s", text)
	}
	j.entry.Note(func(x *ledger.Extra) { x.Trouble, x.Feed = text, j.feed.Address })
}

// add puts changes that belong together into the plan as a group: if one of them
// fails, the ledger claims none of them.
func (r *run) add(u undo, changes []plan.Change) {
	if len(changes) == 0 {
		return
	}
	group := len(r.memory.undo)
	r.memory.undo = append(r.memory.undo, u)
	for _, c := range changes {
		c.Group = group
		r.out.Plan.Add(c)
	}
}

// title names a post in a report.
func title(j *job) string {
	if t := j.item.Post.Title; t != "" {
		return t
	}
	return j.item.Post.Slug
}

func visible(c plan.Change) bool { return !plan.Hidden(c.Path) }
