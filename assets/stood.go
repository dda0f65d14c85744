package assets

import (
	"errors"
	"fmt"
)

// ErrLess says that an address answers with far less of a picture than the last run stored.
var ErrLess = errors.New("far less of it is there now, so the one that was stays")

// spare keeps what the last run stored where what came in its place is a placeholder, or far
// smaller, or nothing at all.
func (s *store) spare(pictures []*picture) {
	if s.Stood == nil {
		return
	}
	same := s.answers()
	for _, p := range pictures {
		for _, a := range p.wants {
			f := s.files[a.key]
			asked := f.Addr != ""
			if k, ok := s.Stood(a.key); ok && !(asked && f.known()) {
				s.keep(p, f, k, a.key, same)
			}
		}
	}
}

// keep lets a picture show what was stored for one of its addresses, unless what came is
// as good.
func (s *store) keep(p *picture, f *file, k Known, key string, same map[string]int) {
	now := s.files[s.chosen(p).key]
	less := now.Err
	if less == nil {
		less = k.above(now.Asset, same)
	}
	if less == nil || now.known() {
		return
	}
	if now != f {
		now.Err = less
	}
	f.Asset = Asset{Addr: key, Media: f.Media, File: k.File, Hash: k.Hash, Own: k.Own, Missed: less}
}

// answers counts the addresses that gave each content.
func (s *store) answers() map[string]int {
	n := map[string]int{}
	for _, f := range s.files {
		if f.Err == nil && f.Hash != "" {
			n[f.Hash]++
		}
	}
	return n
}

// How much smaller a picture must be: a program that compresses it well saves less.
const (
	fewerPixels = 4
	fewerBytes  = 10
)

// above tells why a stored picture is better than what came: nil where it is not.
func (k Known) above(a Asset, same map[string]int) error {
	was, now := k.Own.Width*k.Own.Height, a.Own.Width*a.Own.Height
	switch {
	case a.Hash == k.Hash, a.Media:
		return nil
	case same[a.Hash] > 1:
		return fmt.Errorf("%w: several addresses answer with the same picture", ErrLess)
	case now > 0 && was > fewerPixels*now && 2*a.Size < k.Size:
		return fmt.Errorf("%w: %dx%d pixels, not %dx%d", ErrLess, a.Own.Width, a.Own.Height, k.Own.Width, k.Own.Height)
	case fewerBytes*a.Size < k.Size:
		return fmt.Errorf("%w: %d bytes, not %d", ErrLess, a.Size, k.Size)
	}
	return nil
}
