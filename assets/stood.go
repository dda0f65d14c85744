package assets

import (
	"errors"
	"fmt"
	"net/url"
)

// ErrLess says that an address answers with far less of a picture than the last run stored.
var ErrLess = errors.New("far less of it is there now")

// spare keeps what the last run stored where what came in its place is a placeholder, or far
// smaller, or nothing at all.
func (s *store) spare(pictures []*picture) {
	if s.Stood == nil {
		return
	}
	stood := s.stood()
	same := s.answers(stood)
	for _, p := range pictures {
		for _, a := range p.wants {
			f := s.files[a.key]
			asked := f.Addr != ""
			if k, ok := stood[a.key]; ok && (!asked || !f.known()) {
				s.keep(p, f, k, a.key, same)
			}
		}
	}
}

// stood returns what the last run stored, by address.
func (s *store) stood() map[string]Known {
	all := map[string]Known{}
	for key := range s.files {
		if k, ok := s.Stood(key); ok {
			all[key] = k
		}
	}
	return all
}

// keep lets a picture show what was stored for one of its addresses, unless what came is
// as good.
func (s *store) keep(p *picture, f *file, k Known, key string, same map[string]int) {
	now := s.files[s.chosen(p).key]
	if now.known() {
		return
	}
	came, less := now.Hash, now.Err
	if less == nil {
		less = k.above(now.Asset, same)
	}
	if k.Gone {
		s.replace(now, f, k, key, less)
		return
	}
	if less == nil {
		if came != k.Hash {
			now.Was, now.Came = k.Hash, came
		}
		return
	}
	if now != f {
		now.Err = less
	}
	f.Asset = Asset{Addr: key, Media: f.Media, File: k.File, Hash: k.Hash, Own: k.Own, Missed: less, Was: k.Hash, Came: came}
}

// replace takes a file that is gone from what was fetched before, where less than it came.
func (s *store) replace(now, f *file, k Known, key string, less error) {
	if less == nil {
		return
	}
	now.Err = less
	if a, ext, ok := s.stocked(k.Hash, &pictures); ok {
		f.Asset, f.ext = a, ext
		f.Addr, f.Missed = key, less
	}
}

// answers counts the pictures in whose place each content came: the addresses that gave it,
// those once of which the last run stored the same. What is no author's counts as several.
func (s *store) answers(stood map[string]Known) map[string]int {
	n, seen := map[string]int{}, map[[2]string]bool{}
	for key, f := range s.files {
		if f.Err != nil || f.Hash == "" {
			continue
		}
		if k, ok := stood[key]; ok {
			key = k.Hash
		}
		if place := [2]string{f.Hash, key}; !seen[place] {
			seen[place] = true
			n[f.Hash]++
		}
	}
	for _, hash := range s.Common {
		n[hash] += several
	}
	return n
}

// several is how many pictures no author replaces by the same one.
const several = 2

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
	case same[a.Hash] >= several:
		return fmt.Errorf("%w: several addresses answer with the same picture", ErrLess)
	case now > 0 && was > fewerPixels*now && (k.Gone || 2*a.Size < k.Size):
		return fewer(k.Own, a.Own)
	case fewerBytes*a.Size < k.Size:
		return fmt.Errorf("%w: %d bytes, not %d", ErrLess, a.Size, k.Size)
	}
	return nil
}

// SamePicture reports whether two addresses are of one picture: they share an original, or
// differ in nothing but the scheme and, where a picture's name stands before it, the query,
// which then says in what size or version it is asked for. Original is as in [Options].
func SamePicture(a, b string, original func(*url.URL) []*url.URL) bool {
	if a == b {
		return true
	}
	u, err1 := url.Parse(a)
	v, err2 := url.Parse(b)
	if err1 != nil || err2 != nil || u.Host == "" || v.Host == "" {
		return false
	}
	o := Options{Original: original}
	of := map[string]bool{}
	for _, c := range o.candidates(u) {
		of[essence(c)] = true
	}
	for _, c := range o.candidates(v) {
		if of[essence(c)] {
			return true
		}
	}
	return false
}

// essence returns what names a picture in its address.
func essence(u *url.URL) string {
	if pictureName(u) {
		return u.Host + u.Path
	}
	return u.Host + u.Path + "?" + u.RawQuery
}
