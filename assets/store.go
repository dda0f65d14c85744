package assets

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"net/url"
	"path"
	"slices"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"
)

// inFlight bounds how many pictures of one post are under way at once.
const inFlight = 32

// store is the pictures of one post: it gets each address once, however often it is
// wanted.
type store struct {
	Options
	files map[string]*file // by the address's key; complete before the first is got
	order []*file          // those that the post shows, or would if they could be had
}

// file is one address on its way to be a file beside the page.
type file struct {
	once sync.Once
	Asset
	stem   string // what its name is made from
	former string // what names were made from before they had words; the same as stem for most
	likely string // the ending that its address gives it; may be empty
	ext    string // by its bytes, such as ".png"
}

func newStore(o Options, pictures []*picture) *store {
	s := &store{Options: o, files: map[string]*file{}}
	for _, p := range pictures {
		for _, a := range p.wants {
			if s.files[a.key] == nil {
				stem, ext, tells := s.called(a)
				f := &file{stem: stem, former: stem, likely: ext}
				if !tells {
					f.stem = cmp.Or(p.words(), stem)
				}
				s.files[a.key] = f
			}
		}
	}
	return s
}

// getAll gets for each picture the best that can be had. Its error is that of a
// context which ended.
func (s *store) getAll(ctx context.Context, pictures []*picture) error {
	var g errgroup.Group
	g.SetLimit(inFlight)
	counted := s.counted(pictures)
	for _, p := range pictures {
		if ctx.Err() != nil {
			break
		}
		g.Go(func() (err error) {
			defer counted(p)
			defer func() { // what a strange picture sets off costs its post alone
				if p := recover(); p != nil {
					err = fmt.Errorf("picture: %v", p)
				}
			}()
			s.getBest(ctx, p)
			return ctx.Err()
		})
	}
	if err := g.Wait(); err != nil {
		return err
	}
	return ctx.Err()
}

// counted tells of all files that are wanted, and returns what tells of each that came of
// its picture.
func (s *store) counted(pictures []*picture) func(*picture) {
	if s.Count == nil {
		return func(*picture) {}
	}
	first := map[string]*picture{}
	for _, p := range pictures {
		if key := p.wants[0].key; first[key] == nil {
			first[key] = p
		}
	}
	s.Count(len(first), 0, 0)
	return func(p *picture) {
		if first[p.wants[0].key] != p {
			return
		}
		fresh := 0
		if slices.ContainsFunc(p.wants, func(a address) bool { return s.files[a.key].FS != nil }) {
			fresh = 1
		}
		s.Count(0, 1, fresh)
	}
}

func (s *store) getBest(ctx context.Context, p *picture) {
	for _, a := range p.wants {
		if s.get(ctx, a).Err == nil {
			return
		}
	}
}

// get gets one address; who comes second waits for the first.
func (s *store) get(ctx context.Context, a address) *file {
	f := s.files[a.key]
	f.once.Do(func() {
		f.Asset, f.ext, f.Err = s.obtain(ctx, a)
		f.Addr, f.Media = a.key, a.kind == &media
	})
	return f
}

// choose settles what each picture shows, in the order of the document.
func (s *store) choose(pictures []*picture) {
	seen := map[*file]bool{}
	for _, p := range pictures {
		f := s.files[s.chosen(p).key]
		if best := s.files[p.wants[0].key]; best != f && f.Err == nil {
			f.Missed = best.Err
		}
		if !seen[f] {
			seen[f] = true
			s.order = append(s.order, f)
		}
	}
}

// chosen returns the first of a picture's addresses that was had, else the one that it
// shows remotely. That a link around a picture leads nowhere is no loss of the post's.
func (s *store) chosen(p *picture) address {
	for _, a := range p.wants {
		if f := s.files[a.key]; f.Addr != "" && f.Err == nil {
			return a
		}
	}
	return p.remote
}

// name gives the files their names, the known ones theirs first. One that could not be
// had leaves room for its name: the others are called as if it had come.
func (s *store) name() {
	n := newNames(s.Options)
	for _, f := range s.order {
		if f.known() {
			n.keep(f.File, f.Hash)
		}
	}
	s.nameMore(n)
	for _, f := range s.order {
		switch {
		case f.Err != nil:
			n.reserve(f.stem, f.likely)
		case !f.known():
			s.keepFormer(f)
			f.File = n.give(f.stem, f.former, f.ext, f.Hash)
		}
	}
}

// nameMore gives their names to what the post shows outside its text, where they have to
// begin in some way.
func (s *store) nameMore(n *names) {
	if s.Called == "" {
		return
	}
	for _, u := range s.More {
		f := s.files[addressOf(u).key]
		if f == nil || f.Err != nil || f.known() || s.Opens && s.order[0].Hash == f.Hash {
			continue
		}
		f.stem, f.former = s.Called, s.Called
		f.File = n.give(f.stem, f.former, f.ext, f.Hash)
	}
}

// keepFormer lets a picture whose address has changed keep the name that it was stored under
// before names had words.
func (s *store) keepFormer(f *file) {
	if f.former == f.stem || s.Stood == nil {
		return
	}
	if k, ok := s.Stood(f.Addr); ok && k.File == fit(f.former, "", f.ext) {
		f.stem = f.former
	}
}

func (f *file) known() bool { return f.Err == nil && f.FS == nil }

func (s *store) assets() []Asset {
	list := make([]Asset, 0, len(s.order))
	for _, f := range s.order {
		list = append(list, f.Asset)
	}
	return list
}

var errNowhere = errors.New("a relative address, and the feed does not say to what")

// obtain gets one address: from the last run, from the text itself, from beside the
// feed, or from the web.
func (s *store) obtain(ctx context.Context, a address) (Asset, string, error) {
	if s.Known != nil {
		if k, ok := s.Known(a.key); ok && k.File != "" {
			return Asset{File: k.File, Hash: k.Hash, Own: k.Own}, "", nil
		}
	}
	switch {
	case a.err != nil:
		return Asset{}, "", a.err
	case a.data != "":
		return inline(a.data, a.kind)
	case a.file != "" && s.Beside != nil:
		asset, ext, err := inspect(s.Beside, a.file, a.kind)
		if err == nil || !errors.Is(err, fs.ErrNotExist) {
			return asset, ext, err
		}
	}
	return s.fetch(ctx, a.url, a.kind)
}

// fetch tries all that an address may stand for. When nothing can be had, what the
// address itself answered is the reason.
func (s *store) fetch(ctx context.Context, u *url.URL, k *kind) (asset Asset, ext string, err error) {
	if asset, ext, ok := s.copied(u, k); ok {
		return asset, ext, nil
	}
	var missed error
	for _, c := range s.candidates(u) {
		asset, ext, err = s.fetchOne(ctx, c, k)
		if err == nil || ctx.Err() != nil {
			break
		}
		missed = cmp.Or(missed, err)
	}
	if err == nil {
		asset.Missed = missed
	}
	return asset, ext, err
}

// copied looks for a copy of what an address may stand for.
func (s *store) copied(u *url.URL, k *kind) (Asset, string, bool) {
	if s.Copies == nil {
		return Asset{}, "", false
	}
	for _, c := range s.candidates(u) {
		if name := s.CopyOf(c); fs.ValidPath(name) && name != "." {
			if asset, ext, err := inspect(s.Copies, name, k); err == nil {
				return asset, ext, true
			}
		}
	}
	return Asset{}, "", false
}

func (s *store) fetchOne(ctx context.Context, u *url.URL, k *kind) (Asset, string, error) {
	switch {
	case u.Scheme == "":
		return Asset{}, "", errNowhere
	case u.Scheme != "http" && u.Scheme != "https":
		return Asset{}, "", fmt.Errorf("nothing is fetched by %s", u.Scheme)
	case u.Host == "":
		return Asset{}, "", errors.New("an address without a host")
	}
	name, _, err := s.Fetcher.Fetch(ctx, u, k.most, k.accept)
	if err != nil {
		return Asset{}, "", err
	}
	return inspect(s.Files, name, k)
}

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

// has reports whether files of a kind may have an ending.
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
