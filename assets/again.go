package assets

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"
)

var (
	errTextGone = errors.New("it stood in the text itself, which is not in the feed any more")
	errOther    = errors.New("a file of another kind is there now")
)

// Again gets files that the last run stored and that are gone, for a page whose text shows
// them and whose source may not. Of each it takes Addr, File, Hash and Own, and returns an
// Asset with the same File. Where its address has far less now, or another kind of file, or
// nothing, only a [Stock] may have it. The error is that of a context which ended.
func Again(ctx context.Context, o Options, gone []Asset) ([]Asset, error) {
	if o.Fetcher == nil {
		return nil, nil
	}
	o.Known, o.Stood = nil, nil
	var wanted []*picture
	for _, g := range gone {
		a := o.onceStored(g)
		wanted = append(wanted, &picture{wants: []address{a}, remote: a})
	}
	s := newStore(o, wanted)
	if err := s.getAll(ctx, wanted); err != nil {
		return nil, err
	}
	var all []Asset
	for i, g := range gone {
		f := s.files[wanted[i].remote.key]
		a := f.Asset
		if a.Err == nil {
			a.Err = g.unlike(a, f.ext)
		}
		if old, _, ok := s.stocked(g.Hash, wanted[i].remote.kind); a.Err != nil && ok {
			a = old
		}
		a.Addr, a.File = g.Addr, g.File
		all = append(all, a)
	}
	return all, nil
}

// Stock is a [Fetcher] that keeps what it fetched.
type Stock interface {
	// Stored returns the name of a file in the Files of [Options] that was fetched some time
	// and has that SHA-256, in hex.
	Stored(sum string) (name string, ok bool)
}

// stocked looks for a file of that hash among what was fetched before.
func (o Options) stocked(hash string, k *kind) (a Asset, ext string, ok bool) {
	stock, ok := o.Fetcher.(Stock)
	if !ok {
		return a, "", false
	}
	name, ok := stock.Stored(hash)
	if !ok {
		return a, "", false
	}
	a, ext, err := inspect(o.Files, name, k)
	a.Media = k == &media
	return a, ext, err == nil && a.Hash == hash
}

// onceStored reads the address of a file that the last run stored.
func (o Options) onceStored(g Asset) address {
	if strings.HasPrefix(g.Addr, "data:") {
		return address{key: g.Addr, kind: &pictures, err: errTextGone}
	}
	a, _ := o.address(g.Addr)
	if media.has(path.Ext(g.File)) {
		a.kind = &media
	}
	return a
}

// has tells whether files of a kind may have an ending.
func (k *kind) has(ext string) bool {
	return slices.Contains(slices.Collect(maps.Values(k.endings)), ext)
}

// unlike tells why what came cannot stand for a file that is gone; nil where it can.
func (a Asset) unlike(now Asset, ext string) error {
	was, is := a.Own.Width*a.Own.Height, now.Own.Width*now.Own.Height
	switch {
	case now.Hash == a.Hash:
		return nil
	case ext != path.Ext(a.File):
		return errOther
	case is > 0 && was > fewerPixels*is:
		return fewer(a.Own, now.Own)
	}
	return nil
}

// fewer says that a picture has far fewer pixels than it had.
func fewer(was, now Size) error {
	return fmt.Errorf("%w: %dx%d pixels, not %dx%d", ErrLess, now.Width, now.Height, was.Width, was.Height)
}
