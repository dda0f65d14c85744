package migrate

import (
	"slices"

	"replant/migrate/ledger"
	"replant/migrate/plan"
)

// lingering looks after conflicts whose posts no feed shows any more: their authors may
// have settled them all the same.
func (r *run) lingering() {
	for _, e := range r.memory.Posts {
		if e.Conflict == "" || e.Seen > 0 || r.memory.journal[e.Path] != nil {
			continue
		}
		old := *e
		if changes := r.linger(&job{entry: e, old: &old}); changes != nil {
			r.add(undo{entry: e, old: &old}, changes)
		}
	}
}

// linger gives what ends one of them; nil where it goes on. The waiting version of the
// source stands for the post.
func (r *run) linger(j *job) []plan.Change {
	var err1, err2 error
	j.page, err1 = r.memoryOf(j, conflictDir)
	j.disk, err2 = plan.Hash(r.Site, j.entry.Path)
	if err1 != nil || err2 != nil || j.page.Hash() != j.entry.Conflict || !j.disk.Exists() {
		return nil
	}
	if j.disk.Same(j.page) {
		return r.ended(j, j.disk)
	}
	if j.entry.Shrunk != "" {
		return nil // a clean merge would bring the loss
	}
	j.last = j.entry.Page
	base := r.baseOf(j)
	v, err := versions(base, j.disk, j.page)
	if err != nil || !base.Exists() {
		return nil
	}
	if _, settled := r.settledByHand(j, v[0], v[1]); settled != nil {
		return r.ended(j, j.disk)
	}
	page, clash := mergePages(v[0], v[1], v[2])
	if clash != nil {
		return nil
	}
	merged, err := r.spool.Put(page)
	if err != nil {
		return nil
	}
	return r.ended(j, merged)
}

// ended ends a conflict with the page as it is to be.
func (r *run) ended(j *job, page plan.Content) (changes []plan.Change) {
	unshown, err := r.unshown(j.entry, page)
	if err != nil {
		return nil
	}
	if !page.Same(j.disk) {
		r.stands[j.entry.Path] = j.page
		changes = []plan.Change{{Path: j.entry.Path, Verdict: ledger.Merge, Why: "settled, with the source's changes", Before: j.disk, After: page}}
	}
	return slices.Concat(changes, unshown, r.stand(j.entry, j.page))
}
