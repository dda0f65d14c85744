package migrate

import (
	"bytes"
	"fmt"
	"path"
	"slices"

	"replant/assets"
	"replant/migrate/ledger"
	"replant/migrate/plan"
)

// pictures brings a page's pictures to what the source shows and notes them in its
// entry. One that the author replaced, compressed or deleted stays theirs; one that no
// page shows any more goes, if it is still as it was written. Shown says which files a
// page shows that is not as the source has it; nil stands for one that is.
func (r *run) pictures(j *job, shown func(file string) bool) (changes []plan.Change) {
	last := j.entry.Assets
	now := make([]ledger.Asset, 0, len(j.assets))
	for _, a := range j.assets {
		rec, change := r.picture(j, a, last)
		if shown != nil && rec.File != "" && !shown(rec.File) && !has(last, rec.File) {
			continue // the author's page does without it
		}
		if change != nil && !has(now, rec.File) {
			changes = append(changes, *change)
		}
		now = append(now, rec)
	}
	for _, old := range last {
		switch {
		case old.File == "" || has(now, old.File):
		case shown != nil && shown(old.File):
			now = append(now, old)
		default:
			changes = append(changes, r.discard(old.File, old.Hash, "no page shows it any more")...)
		}
	}
	j.entry.Note(func(x *ledger.Extra) { x.Assets = now })
	return changes
}

// has tells whether a file is among some assets.
func has(all []ledger.Asset, file string) bool {
	return slices.ContainsFunc(all, func(a ledger.Asset) bool { return a.File == file })
}

// shownOn tells which files a page names.
func shownOn(page []byte) func(file string) bool {
	return func(file string) bool { return bytes.Contains(page, []byte(path.Base(file))) }
}

// picture judges one picture.
func (r *run) picture(j *job, a assets.Asset, last []ledger.Asset) (ledger.Asset, *plan.Change) {
	rec := ledger.Asset{Address: a.Addr}
	if a.Err != nil {
		rec.Trouble = a.Err.Error()
		if recordOf(last, a.Addr).Trouble == "" {
			r.trouble(j.entry.Path, "post %q: %s %s: %v", title(j), noun(a), a.Addr, a.Err)
		}
		return rec, nil
	}
	rec.File, rec.Hash = path.Join(j.place.Assets, a.File), a.Hash
	rec.Width, rec.Height = a.Own.Width, a.Own.Height
	was := recordOf(last, a.Addr)
	if a.FS == nil { // known: the last run stored it
		rec.Missed = was.Missed
		r.stays(j, a, &rec)
		return rec, nil
	}
	if a.Missed != nil {
		rec.Missed = a.Missed.Error()
	}
	change, err := r.place(rec, a, last)
	switch {
	case err != nil:
		rec.Trouble = err.Error()
		if was.Trouble != rec.Trouble {
			r.trouble(j.entry.Path, "post %q: %s %v", title(j), noun(a), err)
		}
	case was.Trouble != "":
		r.out.Warnings = append(r.out.Warnings, fmt.Sprintf("post %q: %s %s: in reach again", title(j), noun(a), a.Addr))
	}
	return rec, change
}

// noun says what an asset is.
func noun(a assets.Asset) string {
	if a.Media {
		return "media"
	}
	return "picture"
}

// place judges the file of a picture; nil where it stays as it is.
func (r *run) place(rec ledger.Asset, a assets.Asset, last []ledger.Asset) (*plan.Change, error) {
	before, err := plan.Hash(r.Site, rec.File)
	if err != nil {
		return nil, err
	}
	after, err := plan.File(a.FS, a.Name, a.Size, a.Hash)
	if err != nil {
		return nil, err
	}
	v := ledger.Judge(ledger.State{
		Last: hashOf(last, rec.File), Pending: r.memory.journal.Pending(rec.File, before.Hash()),
		Disk: before.Hash(), Fresh: a.Hash,
	})
	if v == ledger.Deleted && (r.Restore || r.memory.journal.Removes(rec.File)) {
		v = ledger.Create // or it was not the author who deleted it
	}
	if v != ledger.Create && v != ledger.Update {
		return nil, nil
	}
	return &plan.Change{Path: rec.File, Verdict: v, Why: noun(a), Before: before, After: after}, nil
}

// outOfSight tells of pictures that were to be tried again, whose posts no feed holds any
// more.
func (r *run) outOfSight() {
	for _, e := range r.memory.Posts {
		if r.retries(e) && e.Seen == 0 {
			r.out.Warnings = append(r.out.Warnings, e.Path+": pictures not tried again, since no feed holds the post any more")
		}
	}
}

// recordOf gives what was noted of an address; the zero value where nothing was.
func recordOf(all []ledger.Asset, addr string) ledger.Asset {
	i := slices.IndexFunc(all, func(a ledger.Asset) bool { return a.Address == addr })
	if i < 0 {
		return ledger.Asset{}
	}
	return all[i]
}

func hashOf(all []ledger.Asset, file string) string {
	for _, a := range all {
		if a.File == file {
			return a.Hash
		}
	}
	return ""
}

// discard removes a file that is still as replant wrote it. One that is a link by now is the
// author's.
func (r *run) discard(name, hash, why string) []plan.Change {
	disk, err := plan.Hash(r.Site, name)
	if err != nil || !disk.Exists() || disk.Hash() != hash || r.isLink(name) {
		return nil
	}
	return []plan.Change{{Path: name, Verdict: ledger.Delete, Why: why, Before: disk}}
}
