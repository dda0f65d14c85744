package migrate

import (
	"errors"
	"path"

	"replant/assets"
	"replant/migrate/ledger"
	"replant/migrate/plan"
)

// stood returns what the last run stored for a picture's address, or else for another
// address of the same picture, where it lies there still or is to be brought back.
func (r *run) stood(j *job, addr string) (assets.Known, bool) {
	for _, same := range []func(old string) bool{
		func(old string) bool { return old == addr },
		func(old string) bool { return assets.SamePicture(old, addr, j.item.Original) },
	} {
		for _, a := range j.entry.Assets {
			if a.File == "" || path.Dir(a.File) != j.place.Assets || !same(a.Address) {
				continue
			}
			if disk, err := plan.Hash(r.Site, a.File); err == nil && (disk.Exists() || r.Restore) {
				own := assets.Size{Width: a.Width, Height: a.Height}
				return assets.Known{File: path.Base(a.File), Hash: a.Hash, Own: own, Size: disk.Size(), Gone: !disk.Exists()}, true
			}
		}
	}
	return assets.Known{}, false
}

// stays notes why a picture that the last run stored stays, and tells it once.
func (r *run) stays(j *job, a assets.Asset, rec *ledger.Asset) {
	if a.Missed == nil || a.Missed.Error() == rec.Missed || rec.Missed != "" && !errors.Is(a.Missed, assets.ErrLess) {
		return
	}
	rec.Missed = a.Missed.Error()
	r.trouble(j.entry.Path, "post %q: %s %s: %v, so the one that was stays", title(j), noun(a), a.Addr, a.Missed)
}
