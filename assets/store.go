package assets

import (
	"context"
	"fmt"
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
	likely string // the ending that its address gives it; may be empty
	ext    string // by its bytes, such as ".png"
}

func newStore(o Options, pictures []*picture) *store {
	s := &store{Options: o, files: map[string]*file{}}
	for _, p := range pictures {
		for _, a := range p.wants {
			if s.files[a.key] == nil {
				stem, ext := s.called(a)
				s.files[a.key] = &file{stem: stem, likely: ext}
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
	for _, p := range pictures {
		if ctx.Err() != nil {
			break
		}
		g.Go(func() (err error) {
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

// chosen gives the first of a picture's addresses that was had, else the one that it
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
	for _, f := range s.order {
		switch {
		case f.Err != nil:
			n.reserve(f.stem, f.likely)
		case !f.known():
			f.File = n.give(f.stem, f.ext, f.Hash)
		}
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
