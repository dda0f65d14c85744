package ledger

import (
	"cmp"
	"hash/maphash"
	"iter"
	"slices"
)

// index finds entries by a text, a name or a path. It holds hashes and places alone, so
// that it is small and the garbage collector skips it; the caller checks that an entry found
// is the one meant.
type index struct {
	seed  maphash.Seed
	first map[uint32]uint32   // place in Posts by hash
	more  map[uint32][]uint32 // the further places of the few hashes that several have
}

func newIndex() *index {
	return &index{maphash.MakeSeed(), map[uint32]uint32{}, map[uint32][]uint32{}}
}

func (x *index) hash(text string) uint32 { return uint32(maphash.String(x.seed, text)) } //nolint:gosec // half of it is enough

func (x *index) add(text string, place uint32) {
	h := x.hash(text)
	if _, taken := x.first[h]; taken {
		x.more[h] = append(x.more[h], place)
		return
	}
	x.first[h] = place
}

// at returns the places that a text may have, in the order in which they were added.
func (x *index) at(text string) iter.Seq[uint32] {
	return func(yield func(uint32) bool) {
		h := x.hash(text)
		place, ok := x.first[h]
		if !ok || !yield(place) {
			return
		}
		for _, place := range x.more[h] {
			if !yield(place) {
				return
			}
		}
	}
}

// Add takes an entry in. Its path must not be another entry's.
func (l *Ledger) Add(e *Entry) {
	if l.byName == nil {
		l.byName, l.byPath = newIndex(), newIndex()
	}
	e.Note(func(*Extra) {})        // one that was read has an Extra of its own
	e.place = uint32(len(l.Posts)) //nolint:gosec // more posts than that fit no memory
	l.Posts = append(l.Posts, e)
	l.byPath.add(e.Path, e.place)
	for _, n := range e.Names {
		l.byName.add(n, e.place)
	}
}

// At returns the entry whose page is at path, or nil.
func (l *Ledger) At(path string) *Entry {
	if l.byPath == nil {
		return nil
	}
	for place := range l.byPath.at(path) {
		if e := l.Posts[place]; e.Path == path {
			return e
		}
	}
	return nil
}

// Move changes the path of an entry's page to one which must not be another entry's.
func (l *Ledger) Move(e *Entry, path string) {
	e.Path = path
	l.byPath.add(path, e.place)
}

// File returns the file at path, or nil.
func (l *Ledger) File(path string) *File {
	return first(l.Files, func(f *File) bool { return f.Path == path })
}

// SetFile records a file in the place of any at the same path.
func (l *Ledger) SetFile(f *File) {
	l.Files = put(l.Files, f, func(old *File) bool { return old.Path == f.Path })
}

// crowd is how many entries may share a name that still identifies a post. A feed whose
// items all link to its front page has thousands.
const crowd = 100

// Find returns the entries that share a name with a post, but for names that a crowd has.
// Several may, since platforms hand out a guid twice: the one that shares most comes
// first, of equals the one that shares the most telling name, which names has in front.
func (l *Ledger) Find(names []string) []*Entry {
	if l.byName == nil {
		return nil
	}
	var found []*Entry
	for _, n := range names {
		if l.Count(n) > crowd {
			continue
		}
		for place := range l.byName.at(n) {
			if e := l.Posts[place]; slices.Contains(e.Names, n) && !slices.Contains(found, e) {
				found = append(found, e)
			}
		}
	}
	if len(found) > 1 {
		slices.SortStableFunc(found, func(a, b *Entry) int {
			return cmp.Compare(shared(b.Names, names), shared(a.Names, names))
		})
	}
	return found
}

// Count reports how many entries have a name; it does not count beyond a crowd.
func (l *Ledger) Count(name string) (n int) {
	if l.byName == nil {
		return 0
	}
	for place := range l.byName.at(name) {
		if slices.Contains(l.Posts[place].Names, name) {
			n++
		}
		if n > crowd {
			break
		}
	}
	return n
}

// Crowded reports whether any of some names is that of a crowd.
func (l *Ledger) Crowded(names []string) bool {
	return slices.ContainsFunc(names, func(n string) bool { return l.Count(n) > crowd })
}

func shared(a, b []string) (n int) {
	for _, x := range a {
		if slices.Contains(b, x) {
			n++
		}
	}
	return n
}

// Rename puts the names that a post goes by now in front of those that its entry had before.
func (l *Ledger) Rename(e *Entry, names []string) {
	for _, n := range names {
		if !slices.Contains(e.Names, n) {
			l.byName.add(n, e.place)
		}
	}
	if len(e.Names) >= len(names) && slices.Equal(e.Names[:len(names)], names) {
		return
	}
	now := slices.Clone(names)
	for _, n := range e.Names {
		if !slices.Contains(names, n) {
			now = append(now, n)
		}
	}
	e.Names = now
}
