package ledger

import (
	"cmp"
	"slices"
)

// Add takes an entry in. Its path must not be another entry's.
func (l *Ledger) Add(e *Entry) {
	if l.byName == nil {
		l.byName, l.byPath = map[string][]*Entry{}, map[string]*Entry{}
	}
	l.Posts = append(l.Posts, e)
	l.byPath[e.Path] = e
	for _, n := range e.Names {
		l.byName[n] = append(l.byName[n], e)
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
	var found []*Entry
	for _, n := range names {
		for _, e := range l.byName[n] {
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
			l.byName[n] = append(l.byName[n], e)
		}
	}
	e.Names = append(fresh, e.Names...)
}
