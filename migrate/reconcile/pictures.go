package reconcile

import (
	"bytes"
	"errors"
	"iter"
	"maps"
	"path"
	"slices"

	"replant/assets"
	"replant/migrate/ledger"
	"replant/migrate/memory"
	"replant/migrate/page"
	"replant/migrate/plan"
	"replant/migrate/report"
)

// pictures brings the pictures of pages to what their sources show.
type pictures struct {
	memory  *memory.Memory
	report  *report.Report
	options Options
}

// bring brings a page's pictures to what the source shows and notes them in its
// entry. One that the author replaced, compressed or deleted stays theirs; one that no
// page shows any more goes, if it is still as it was written. Shown says which files a
// page shows that is not as the source has it; nil stands for one that is.
func (r *pictures) bring(m *page.Made, shown func(file string) bool) (changes []plan.Change) {
	last := m.Entry.Assets
	now := make([]ledger.Asset, 0, len(m.Assets))
	for _, a := range m.Assets {
		rec, change := r.picture(m, a, last)
		switch {
		case rec.Trouble == "":
		case a.Media:
			r.report.Proof.Media++
		default:
			r.report.Proof.Pictures++
		}
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
			changes = append(changes, r.memory.Discard(old.File, old.Hash, "no page shows it any more")...)
		}
	}
	m.Entry.Note(func(x *ledger.Extra) { x.Assets = now })
	return changes
}

// has reports whether a file is among some assets.
func has(all []ledger.Asset, file string) bool {
	return slices.ContainsFunc(all, func(a ledger.Asset) bool { return a.File == file })
}

// shownOn returns a function that reports whether a page names a file.
func shownOn(page []byte) func(file string) bool {
	return func(file string) bool { return bytes.Contains(page, []byte(path.Base(file))) }
}

// picture judges one picture.
func (r *pictures) picture(m *page.Made, a assets.Asset, last []ledger.Asset) (ledger.Asset, *plan.Change) {
	rec := ledger.Asset{Address: a.Addr}
	if a.Err != nil {
		rec.Trouble = a.Err.Error()
		if recordOf(last, a.Addr).Trouble == "" {
			r.report.Lack(m.Entry.Path, "post %q: %s %s: %v", m.Title, noun(a), a.Addr, a.Err)
		}
		return rec, nil
	}
	rec.File, rec.Hash = path.Join(m.Place.Assets, a.File), a.Hash
	rec.Width, rec.Height = a.Own.Width, a.Own.Height
	was := recordOf(last, a.Addr)
	if a.FS == nil { // known: the last run stored it
		rec.Missed = was.Missed
		r.stays(m, a, &rec)
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
			r.report.Lack(m.Entry.Path, "post %q: %s %v", m.Title, noun(a), err)
		}
	case was.Trouble != "":
		r.report.Warn("post %q: %s %s: in reach again", m.Title, noun(a), a.Addr)
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
func (r *pictures) place(rec ledger.Asset, a assets.Asset, last []ledger.Asset) (*plan.Change, error) {
	before, err := plan.Hash(r.memory.Site, rec.File)
	if err != nil {
		return nil, err
	}
	after, err := plan.File(a.FS, a.Name, a.Size, a.Hash)
	if err != nil {
		return nil, err
	}
	v := judgeFile(r.memory, rec.File, hashOf(last, rec.File), before, after)
	if v == ledger.Deleted && (r.options.Restore || r.memory.Journal.Removes(rec.File)) {
		v = ledger.Create // or it was not the author who deleted it
	}
	if v != ledger.Create && v != ledger.Update {
		return nil, nil
	}
	return &plan.Change{Path: rec.File, Verdict: v, Why: noun(a), Before: before, After: after}, nil
}

// outOfSight tells of pictures that were to be tried again, whose posts no feed holds any
// more.
func (r *pictures) outOfSight() {
	for _, e := range r.memory.Ledger.Posts {
		if r.options.RetryImages && e.Lacks() && e.Seen == 0 {
			r.report.Warn("%s: pictures not tried again, since no feed holds the post any more", e.Path)
		}
	}
}

// recordOf returns what was noted of an address; the zero value where nothing was.
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

// stays notes why a picture that the last run stored stays, and tells it once.
func (r *pictures) stays(m *page.Made, a assets.Asset, rec *ledger.Asset) {
	if a.Missed == nil || a.Missed.Error() == rec.Missed || rec.Missed != "" && !errors.Is(a.Missed, assets.ErrLess) {
		return
	}
	rec.Missed = a.Missed.Error()
	r.report.Trouble(m.Entry.Path, "post %q: %s %s: %v, so the one that was stays", m.Title, noun(a), a.Addr, a.Missed)
}

// broughtBack puts what was brought back beside the page, and tells of what could not be.
func (r *pictures) broughtBack(m *page.Made) (changes []plan.Change) {
	now := slices.Clone(m.Entry.Assets)
	for _, a := range m.Back {
		i := slices.IndexFunc(now, func(x ledger.Asset) bool { return x.Address == a.Addr })
		if i < 0 {
			continue
		}
		change, err := r.again(m, a, &now[i])
		if err != nil {
			r.report.Trouble(m.Entry.Path, "post %q: %s %s: %v, so it is not brought back", m.Title, noun(a), a.Addr, err)
		}
		if change != nil && !slices.ContainsFunc(changes, func(c plan.Change) bool { return c.Path == change.Path }) {
			changes = append(changes, *change)
		}
	}
	if len(changes) > 0 {
		m.Entry.Note(func(x *ledger.Extra) { x.Assets = now })
	}
	return changes
}

// again brings back one picture.
func (r *pictures) again(m *page.Made, a assets.Asset, rec *ledger.Asset) (*plan.Change, error) {
	if a.Err != nil {
		return nil, a.Err
	}
	last := m.Entry.Assets
	rec.Hash, rec.Width, rec.Height = a.Hash, a.Own.Width, a.Own.Height
	return r.place(*rec, a, last)
}

// placeholders finds pictures that a server gives in the place of others. Such a placeholder
// may be as large as they are, so that only the posts together show what it is.
type placeholders struct {
	underway iter.Seq[*page.Made]       // see [sharedTexts]
	by       map[string]map[string]bool // by hash of a picture that came: those of the ones in whose place
}

// common returns the pictures of a post that came in the place of different ones of several
// posts.
func (p *placeholders) common(m *page.Made) (hashes []string) {
	if m.Err != nil || m.Again == nil {
		return nil
	}
	for _, a := range m.Assets {
		if page.Replaced(a) && p.cameElsewhere(a) {
			hashes = append(hashes, a.Came)
		}
	}
	return hashes
}

// cameElsewhere reports whether the picture that came for an address of one post came in
// another post in the place of a different picture.
func (p *placeholders) cameElsewhere(a assets.Asset) bool {
	others := maps.Clone(p.by[a.Came])
	delete(others, a.Was)
	return among(p.underway, len(others), func(o *page.Made) bool {
		return slices.ContainsFunc(o.Assets, func(b assets.Asset) bool {
			return b.Came == a.Came && b.Was != a.Was
		})
	})
}

// note remembers which pictures came for a post in the place of others, for the posts that
// are settled after it.
func (p *placeholders) note(m *page.Made) {
	for _, a := range m.Assets {
		if a.Came == "" {
			continue
		}
		if p.by[a.Came] == nil {
			p.by[a.Came] = map[string]bool{}
		}
		p.by[a.Came][a.Was] = true
	}
}
