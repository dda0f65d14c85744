package migrate

import (
	"slices"
	"strings"
	"time"

	"replant/migrate/blog"
	"replant/migrate/ledger"
)

// evidence is how strongly an entry and a post are one.
type evidence int

const (
	none   evidence = iota
	shared          // same title and time, which several posts have: the first that is free
	titled          // same title and time, as nobody else
	placed          // same address
	keyed           // a key of the platform, or a guid that is like no other
	itself          // the very item that the last run had
)

// weigh tells how strongly an entry is a post's, by the names they share. A name that
// several posts have says nothing: a guid that a feed hands out twice, an address that
// all its items link to. Beside tells how many items of the feed's page have a name: an
// entry that another one names by more is that one's.
func (m *memory) weigh(e *ledger.Entry, names []string, beside func(name string) int) (best evidence) {
	d := compare(e.Names, names)
	spokenFor := func() bool {
		return slices.ContainsFunc(own(e.Names, names), func(n string) bool { return beside(n) > 0 })
	}
	for _, n := range names {
		if !slices.Contains(e.Names, n) {
			continue
		}
		kind, value, _ := strings.Cut(n, ":")
		alone := m.Count(n) == 1
		var by evidence
		switch {
		case kind == "dated" || kind == "titled":
			by = d.byTitle(alone, func() bool { return beside(n) > 1 && spokenFor() })
		case kind == "url":
			by = d.byAddress(alone || m.lives(e, n), !strings.Contains(value, "/"), spokenFor)
		case kind == "slug":
			by = d.byAddress(alone && !d.host, false, spokenFor)
		case kind == "guid" && alone:
			by = d.byGuid(value, spokenFor)
		case alone:
			by = keyed
		}
		best = max(best, by)
	}
	return best
}

// lives tells whether an entry is the only one whose post is read at an address now;
// others may have been there before.
func (m *memory) lives(e *ledger.Entry, addr string) bool {
	if current(e.Names, "url:") != addr {
		return false
	}
	return !slices.ContainsFunc(m.Find([]string{addr}), func(o *ledger.Entry) bool {
		return o != e && current(o.Names, "url:") == addr
	})
}

// current gives the name of a kind that a post goes by now: the first, see
// [ledger.Ledger.Rename].
func current(names []string, kind string) string {
	for _, n := range names {
		if strings.HasPrefix(n, kind) {
			return n
		}
	}
	return ""
}

// own gives the names by which an entry's post would be known now, without those of
// another post.
func own(entry, other []string) (all []string) {
	address := current(entry, "url:")
	for _, n := range entry {
		if strings.HasPrefix(n, "url:") && n != address || slices.Contains(other, n) {
			continue
		}
		all = append(all, n)
	}
	return all
}

// apart tells whether two posts have neither an address nor a title with its time in
// common, though both have some.
func apart(a, b []string) bool {
	return differ(of(a, "url:"), of(b, "url:")) && differ(of(a, "dated:", "titled:"), of(b, "dated:", "titled:"))
}

// of gives the names of some kinds.
func of(names []string, kinds ...string) (all []string) {
	for _, n := range names {
		if slices.ContainsFunc(kinds, func(k string) bool { return strings.HasPrefix(n, k) }) {
			all = append(all, n)
		}
	}
	return all
}

// difference is in what two posts differ, as far as both say; what one of them does not
// say does not count.
type difference struct {
	address, guid, date, title bool
	host                       bool // they have no host in common
	untitled                   bool // there is no title to compare
	slug                       bool // the last parts of their addresses
	moment                     bool // the second of publishing, or one of them does not say
}

func compare(a, b []string) difference {
	x, y := facets(a), facets(b)
	return difference{
		address:  differ(x.addresses, y.addresses),
		guid:     differ(x.guids, y.guids),
		host:     differ(x.hosts, y.hosts),
		slug:     differ(x.slugs, y.slugs),
		title:    differ(x.titles, y.titles),
		untitled: slices.Contains(y.titles, noTitle),
		date:     len(x.dates) > 0 && len(y.dates) > 0 && !within(dayOrSo, x.dates, y.dates),
		moment:   !within(0, x.dates, y.dates),
	}
}

// within tells whether two times of two lists are no further apart than that.
func within(most time.Duration, a, b []time.Time) bool {
	return slices.ContainsFunc(a, func(t time.Time) bool {
		return slices.ContainsFunc(b, func(u time.Time) bool { return t.Sub(u).Abs() <= most })
	})
}

// dayOrSo is by how much a post's date may move when software takes its time of day or
// its zone from it.
const dayOrSo = 26 * time.Hour

// facet is what the names of a post say of it.
type facet struct {
	addresses, guids, hosts, slugs, titles []string
	dates                                  []time.Time
}

func facets(names []string) (f facet) {
	for _, n := range names {
		switch kind, value, _ := strings.Cut(n, ":"); kind {
		case "url":
			host, path, _ := strings.Cut(value, "/")
			f.addresses, f.hosts = append(f.addresses, value), append(f.hosts, host)
			f.slugs = append(f.slugs, path[strings.LastIndexByte(path, '/')+1:])
		case "guid":
			f.guids = append(f.guids, value)
		case "dated", "titled":
			if date, title, ok := blog.ID(n).Said(); ok {
				f.titles = append(f.titles, title)
				if !date.IsZero() {
					f.dates = append(f.dates, date)
				}
			}
		}
	}
	return f
}

// differ tells whether two lists have something each and nothing in common.
func differ(a, b []string) bool {
	return len(a) > 0 && len(b) > 0 && !slices.ContainsFunc(a, func(s string) bool { return slices.Contains(b, s) })
}

var _, noTitle, _ = blog.Titled("", "").Said()

// byTitle weighs that two posts have the same title and were published in the same
// second: a blog that moved to another host or platform, or a new slug. It says less
// where the title is none.
func (d difference) byTitle(alone bool, spokenFor func() bool) evidence {
	switch {
	case d.untitled && d.slug, spokenFor():
		return none
	case alone:
		return titled
	}
	return shared
}

// byAddress weighs that two posts have the same address. A new guid alone is another
// software's, a new date and title are an author's who rewrote the post; all three are a
// new post at an old one's address, or at the front page, to which any post may lead, as
// is one where another item is the entry's by more.
func (d difference) byAddress(alone, front bool, spokenFor func() bool) evidence {
	switch {
	case !alone, (d.guid || front) && d.date && d.title, (d.guid || d.title) && spokenFor():
		return none
	}
	return placed
}

// byGuid weighs that two posts have the same guid, as nobody else. A short one, such as a
// number, is another's on another host, unless slug and second of publishing are the
// same; and feeds were seen that gave one guid to all.
func (d difference) byGuid(guid string, spokenFor func() bool) evidence {
	other := d.address && d.date && d.title
	switch {
	case stable(guid):
		if other && spokenFor() {
			return none
		}
		return keyed
	case other, !worldwide(guid) && d.host && (d.moment || d.slug), d.address && spokenFor():
		return none
	}
	return placed
}

// worldwide tells whether a guid is one wherever it comes from: an address, a tag or
// some other URI, or long enough to be random.
func worldwide(guid string) bool { return strings.ContainsAny(guid, ":/") || len(guid) >= 20 }

// stable tells whether a guid is of a kind that outlives all else about a post: Blogger's
// tag:, a UUID, Medium's and WordPress's number, Ghost's key. Any other address may be
// the post's own, or the blog's.
func stable(guid string) bool {
	for _, sign := range []string{"tag:", "urn:", "medium.com/p/", "?p="} {
		if strings.Contains(guid, sign) {
			return true
		}
	}
	return !strings.ContainsAny(guid, "/.") && len(guid) >= 20
}
