package migrate

import (
	"context"
	"path"
	"slices"

	"replant/assets"
	"replant/migrate/ledger"
	"replant/migrate/plan"
	"replant/migrate/shrink"
)

// bringBack gets the pictures that their author deleted of a page whose source has less of
// it now: the page as it was written last shows them, and the source may not.
func (r *run) bringBack(ctx context.Context, j *job) (err error) {
	if !r.Restore || j.old == nil || j.less == shrink.Edit && !j.alien {
		return nil
	}
	var gone []assets.Asset
	for _, a := range j.old.Assets {
		shown := slices.ContainsFunc(j.assets, func(b assets.Asset) bool { return b.Addr == a.Address })
		if a.File == "" || shown || r.hash(a.File) != "" {
			continue
		}
		own := assets.Size{Width: a.Width, Height: a.Height}
		gone = append(gone, assets.Asset{Addr: a.Address, File: path.Base(a.File), Hash: a.Hash, Own: own})
	}
	j.back, err = assets.Again(ctx, r.media(j), gone)
	return err
}

// broughtBack puts what was brought back beside the page, and tells of what could not be.
func (r *run) broughtBack(j *job) (changes []plan.Change) {
	now := slices.Clone(j.entry.Assets)
	for _, a := range j.back {
		i := slices.IndexFunc(now, func(x ledger.Asset) bool { return x.Address == a.Addr })
		if i < 0 {
			continue
		}
		change, err := r.again(j, a, &now[i])
		if err != nil {
			r.trouble(j.entry.Path, "post %q: %s %s: %v, so it is not brought back", title(j), noun(a), a.Addr, err)
		}
		if change != nil && !slices.ContainsFunc(changes, func(c plan.Change) bool { return c.Path == change.Path }) {
			changes = append(changes, *change)
		}
	}
	if len(changes) > 0 {
		j.entry.Note(func(x *ledger.Extra) { x.Assets = now })
	}
	return changes
}

// again brings back one picture.
func (r *run) again(j *job, a assets.Asset, rec *ledger.Asset) (*plan.Change, error) {
	if a.Err != nil {
		return nil, a.Err
	}
	last := j.entry.Assets
	rec.Hash, rec.Width, rec.Height = a.Hash, a.Own.Width, a.Own.Height
	return r.place(*rec, a, last)
}
