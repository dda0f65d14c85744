package migrate

import (
	"fmt"
	"path"

	"replant/migrate/ledger"
	"replant/migrate/plan"
)

// adopt leaves a page that was not replant's as it is, and makes the fresh one its base.
// Of the pictures, those count as written that lie beside the page as the source has them.
func (r *run) adopt(j *job) []plan.Change {
	var beside []ledger.Asset
	for _, a := range j.assets {
		rec := ledger.Asset{Address: a.Addr, File: path.Join(j.place.Assets, a.File), Hash: a.Hash, Width: a.Own.Width, Height: a.Own.Height}
		if a.Err == nil && r.hash(rec.File) == a.Hash {
			beside = append(beside, rec)
		}
	}
	j.entry.Note(func(x *ledger.Extra) { x.Assets = beside })
	told := plan.Change{Path: j.entry.Path, Verdict: ledger.Adopt, Why: "left as it is: " + j.why, Before: j.disk, After: j.disk}
	return append([]plan.Change{told}, r.record(j)...)
}

// adopted notes a feed whose pages were adopted and nothing more: a run has still to read
// it all.
func (s *stream) adopted() {
	if s.known == nil {
		s.memory.SetFeed(noteOf(s.feed))
	}
	if s.without > 0 {
		s.out.Hints = append(s.out.Hints, fmt.Sprintf("%s: posts that have no page here: %d; a plain run brings them", s.feed.Address, s.without))
	}
}
