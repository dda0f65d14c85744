package migrate

import (
	"replant/migrate/ledger"
	"replant/migrate/plan"
	"replant/migrate/site"
)

// supply plans the files that a job's page needs beside it and the site lacks. They are
// replant's own only while they stand as they were written.
func (r *run) supply(j *job) {
	for _, f := range r.site.Files(r.tree(), j.post, j.entry.Path, j.needs) {
		if r.supplied[f.Path] {
			continue
		}
		r.supplied[f.Path] = true
		if err := r.supplyFile(j, f); err != nil {
			r.trouble(f.Path, "%s: %v", f.Path, err)
		}
	}
}

func (r *run) supplyFile(j *job, f site.File) error {
	fresh, err := r.content(j.feed.Settings, f)
	if err != nil {
		return err
	}
	disk, err := plan.Hash(r.Site, f.Path)
	if err != nil {
		return err
	}
	known, pending := r.memory.File(f.Path), r.memory.journal.Pending(f.Path, disk.Hash())
	killed := disk.Exists() && disk.Hash() == pending // a killed run's own
	v := ledger.Judge(ledger.State{
		Last: written(known), Pending: pending, Disk: disk.Hash(), Fresh: fresh.Hash(),
	})
	why := f.Why
	switch {
	case v == ledger.Deleted && r.Restore:
		v, why = ledger.Create, "restored"
	case v == ledger.Update && r.Refresh:
		why = "made anew"
	case killed && (v == ledger.Update || v == ledger.Keep): // it has to be remembered
	case v != ledger.Create:
		return nil // the site's, the author's, or as it should be
	}
	r.memory.SetFile(&ledger.File{Path: f.Path, Hash: fresh.Hash()})
	var changes []plan.Change
	if v != ledger.Keep {
		changes = []plan.Change{{Path: f.Path, Verdict: v, Why: why, Before: disk, After: fresh}}
	}
	r.add(undo{file: &fileUndo{f.Path, known}}, changes)
	return nil
}

// written gives the hash of a file as it was written last; empty when it never was.
func written(f *ledger.File) string {
	if f == nil {
		return ""
	}
	return f.Hash
}

// content gives a supplied file, its front matter in the form that the feed's pages have.
func (r *run) content(s Settings, f site.File) (plan.Content, error) {
	text := []byte(f.Text)
	if f.Matter != nil {
		matter, err := head(s, f.Matter)
		if err != nil {
			return plan.Content{}, err
		}
		text = matter
	}
	return r.spool.Put(text)
}
