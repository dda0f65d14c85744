package ledger

import (
	"cmp"
	"iter"
	"slices"
)

// index finds entries by their names. Nearly every name is one entry's alone, so that
// lists are kept for the others only.
type index struct {
	first map[string]*Entry
	more  map[string][]*Entry
}

func newIndex() *index { return &index{map[string]*Entry{}, map[string][]*Entry{}} }

func (x *index) add(name string, e *Entry) {
	if _, taken := x.first[name]; taken {
		x.more[name] = append(x.more[name], e)
		return
	}
	x.first[name] = e
}

// all gives the entries of a name in the order in which they were added.
func (x *index) all(name string) iter.Seq[*Entry] {
	return func(yield func(*Entry) bool) {
		if e := x.first[name]; e == nil || !yield(e) {
			return
		}
		for _, e := range x.more[name] {
			if !yield(e) {
				return
			}
		}
	}
}

// Add takes an entry in. Its path must not be another entry's.
func (l *Ledger) Add(e *Entry) {
	if l.byName == nil {
		l.byName, l.byPath = newIndex(), map[string]*Entry{}
	}
	l.Posts = append(l.Posts, e)
	l.byPath[e.Path] = e
	for _, n := range e.Names {
		l.byName.add(n, e)
	}
}

// At gives the entry whose page is at path, or nil.
func (l *Ledger) At(path string) *Entry { return l.byPath[path] }

// File gives the file at path, or nil.
func (l *Ledger) File(path string) *File {
	return first(l.Files, func(f *File) bool { return f.Path == path })
}

// SetFile records a file in the place of any at the same path.
func (l *Ledger) SetFile(f *File) {
	l.Files = put(l.Files, f, func(old *File) bool { return old.Path == f.Path })
}

// Find gives the entries that share a name with a post. Several may, since
// platforms hand out a guid twice: the one that shares most comes first, of equals
// the one that shares the most telling name, which names has in front.
func (l *Ledger) Find(names []string) []*Entry {
	if l.byName == nil {
		return nil
	}
	var found []*Entry
	for _, n := range names {
		for e := range l.byName.all(n) {
			if !slices.Contains(found, e) {
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

func shared(a, b []string) (n int) {
	for _, x := range a {
		if slices.Contains(b, x) {
			n++
		}
	}
	return n
}

// Rename gives an entry the names that it does not have yet, the new ones first.
func (l *Ledger) Rename(e *Entry, names []string) {
	var fresh []string
	for _, n := range names {
		if !slices.Contains(e.Names, n) {
			fresh = append(fresh, n)
			l.byName.add(n, e)
		}
	}
	e.Names = append(fresh, e.Names...)
}
