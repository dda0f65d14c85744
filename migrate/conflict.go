package migrate

import (
	"io"

	"replant/migrate/ledger"
	"replant/migrate/plan"
)

// merge brings what the source changed into a page that its author edited.
func (r *run) merge(j *job) []plan.Change {
	base := r.baseOf(j)
	v, err := versions(base, j.disk, j.page)
	if err != nil {
		r.trouble(j.entry.Path, "%s: %v", j.entry.Path, err)
		return nil
	}
	if !base.Exists() {
		return r.conflict(j, "", clash{"what was written last is not there any more", string(v[1])})
	}
	if told, settled := r.settledByHand(j, v[0], v[1]); settled != nil {
		base, v[0] = told, settled
	}
	page, clash := mergePages(v[0], v[1], v[2])
	if clash != nil {
		j.entry.Page = base.Hash()
		return append(r.store(baseDir+j.entry.Path, "what was written", base), r.conflict(j, baseDir+j.entry.Path, *clash)...)
	}
	merged, err := r.spool.Put(page)
	if err != nil {
		r.trouble(j.entry.Path, "%s: %v", j.entry.Path, err)
		return nil
	}
	r.supply(j)
	r.lack(j)
	changes := r.pictures(j, shownOn(page))
	if !merged.Same(j.disk) {
		r.stands[j.entry.Path] = j.page
		changes = append(changes, plan.Change{
			Path: j.entry.Path, Verdict: ledger.Merge, Why: "changed at the source, with your edits", Before: j.disk, After: merged,
		})
	}
	return append(changes, r.record(j)...)
}

// versions reads the versions of a page; an absent one is empty.
func versions(base, mine, source plan.Content) (all [3][]byte, err error) {
	for i, c := range []plan.Content{base, mine, source} {
		if !c.Exists() {
			continue
		}
		if all[i], err = read(c); err != nil {
			return all, err
		}
	}
	return all, nil
}

// conflict leaves the page to the author and puts the incoming one where it can be
// compared; base is where that lies which both were made from, empty where it is gone. The
// pictures that the incoming one shows come too, so that it can be taken over as it is.
func (r *run) conflict(j *job, base string, c clash) []plan.Change {
	e := j.entry
	var changes []plan.Change
	if e.Page != "" {
		changes = r.pictures(j, func(string) bool { return true })
	}
	changes = append(changes, r.store(conflictDir+e.Path, "the source's version", j.page)...)
	if e.Conflict == j.page.Hash() && e.Shrunk == "" {
		return changes // told already
	}
	e.Note(func(x *ledger.Extra) {
		x.Conflict, x.Clash, x.Shrunk, x.Declined = j.page.Hash(), short("%s", c.mine), "", ""
	})
	why := "edited here and changed at the source: " + c.what
	if e.Page == "" {
		why = c.what + "; see " + conflictDir + e.Path
	}
	if e.Page != "" {
		r.out.Conflicts = append(r.out.Conflicts, Conflict{e.Path, base, conflictDir + e.Path})
	}
	return append(changes, plan.Change{Path: e.Path, Verdict: ledger.Conflict, Why: why, Before: j.disk, After: j.disk})
}

// settledByHand tells whether the author has settled a conflict that they were told of:
// it gives the version of the source that they had before them, which is the base from
// now on, else nil. They have when nothing of what was in its way stands there as it did,
// and no marks of git either: whoever edits something else on the page has not.
func (r *run) settledByHand(j *job, base, mine []byte) (told plan.Content, text []byte) {
	e := j.entry
	if e.Conflict == "" || e.Clash == "" || gitMarks(mine) > gitMarks(base) { // a post may be about git
		return told, nil
	}
	told, err := r.memoryOf(j, conflictDir)
	if err != nil || told.Hash() != e.Conflict {
		return told, nil
	}
	if text, err = read(told); err != nil {
		return told, nil
	}
	_, clash := mergePages(base, mine, text)
	if clash == nil || short("%s", clash.mine) == e.Clash {
		return told, nil
	}
	r.warn("%s: settled by hand, so the source's version counts as seen", e.Path)
	return told, text
}

// baseLeft finds a base that a killed run has written for a page that was edited since:
// it had written the page before.
func (r *run) baseLeft(e *ledger.Entry) (base plan.Content, left bool) {
	if r.memory.journal == nil {
		return plan.Content{}, false
	}
	for _, page := range []string{e.Path, r.movedFrom[e]} { // its author may have moved it after the run died
		base, err := plan.Hash(r.Site, baseDir+page)
		if page == "" || err != nil || !base.Exists() {
			continue
		}
		if _, left = r.memory.journal.Mark(baseDir+page, base.Hash()); left {
			return base, true
		}
	}
	return plan.Content{}, false
}

// baseOf gives the page that the author's edits were made to; an absent one where it is
// not there any more.
func (r *run) baseOf(j *job) plan.Content {
	if m, ok := r.memory.journal.Mark(j.entry.Path, j.disk.Hash()); ok && m.Base != nil {
		if base, err := r.spool.Put(m.Base); err == nil {
			return base
		}
	}
	c, err := r.memoryOf(j, baseDir)
	if err != nil || c.Hash() != j.last {
		return plan.Content{}
	}
	return c
}

// read reads a page. One that is too large to be one is cut off, and then not what it
// should be.
func read(c plan.Content) ([]byte, error) {
	f, err := c.Open()
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, pageMost))
}
