package identity

import (
	"slices"
	"strings"
	"time"

	"replant/migrate/blog"
)

// Why a page that the ledger does not know is a post's.
const (
	byAddress = "names its address"
	byPath    = "is published at its path"
	byTitle   = "has its title and date"
)

// match finds the page of a new post among those that the ledger does not know, and says
// by what; nil where it has none. An address under a key that says whose the page is
// counts for most, and title and day together for least. What is less clear, an address
// that a page mentions or the path that it is published at, needs one of those two.
func (u *unclaimed) match(p *blog.Post, names []string) (*page, string) {
	l := u.all()
	if s := u.named(names, nil); s != nil {
		return s, byAddress
	}
	title, days := plain(p.Title), daysOf(p)
	fits := func(s *page) bool {
		return u.free(s) && (title != "" && s.title == title || slices.Contains(days, s.day))
	}
	for _, n := range names {
		if i := slices.IndexFunc(l.byName[n], fits); i >= 0 {
			return l.byName[n][i], byAddress
		}
	}
	if p.URL != nil {
		same := l.byPath[strings.Trim(p.URL.Path, "/")]
		if i := slices.IndexFunc(same, fits); i >= 0 {
			return same[i], byPath
		}
	}
	var best *page
	for _, s := range l.byTitle[title] {
		if fits(s) && slices.Contains(days, s.day) && (best == nil || best.foreign && !s.foreign) {
			best = s
		}
	}
	return best, byTitle
}

// named returns the page that has one of a post's names under a telling key: the best as
// better says, then one of the site's own language.
func (u *unclaimed) named(names []string, better func(a, b *page) bool) (best *page) {
	for _, n := range names {
		for _, s := range u.all().byName[n] {
			switch {
			case !u.free(s) || !slices.Contains(s.names[:s.telling], n):
				continue
			case best == nil:
			case better != nil && better(best, s):
				continue
			case better != nil && better(s, best):
			case s.foreign || !best.foreign:
				continue
			}
			best = s
		}
	}
	return best
}

// free reports whether a page is no post's yet.
func (u *unclaimed) free(s *page) bool { return u.memory.Ledger.At(s.path) == nil }

// daysOf returns the days on which a post may be said to have come out: its own and UTC's.
func daysOf(p *blog.Post) []string {
	if p.Published.IsZero() {
		return nil
	}
	return []string{p.Published.Format(time.DateOnly), p.Published.UTC().Format(time.DateOnly)}
}

// whose says why the page in a post's place is the post's; empty where it is not.
func (u *unclaimed) whose(path string, names []string, p *blog.Post) string {
	s := u.look(path)
	switch {
	case s == nil:
		return ""
	case slices.ContainsFunc(names, func(n string) bool { return slices.Contains(s.names, n) }):
		return byAddress
	case s.title != "" && s.title == plain(p.Title) && slices.Contains(daysOf(p), s.day):
		return byTitle
	}
	return ""
}

// othersPage reports whether the page at a path is another post's: one that it names, which its
// author may have moved there or which is still to come, or one of the author's own with
// another title and a date. A new post leaves the place to it.
func (u *unclaimed) othersPage(name string, p *blog.Post) bool {
	s := u.all().at[name]
	return s != nil && (s.telling > 0 || s.title != "" && s.day != "" && s.title != plain(p.Title))
}
