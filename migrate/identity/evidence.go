package identity

import (
	"slices"
	"strings"

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

// weigh returns how strongly an entry is a post's, by the names they share. A name that
// several posts have says nothing: a guid that a feed hands out twice, an address that
// all its items link to. Beside returns how many items of the feed's page have a name: an
// entry that another one names by more is that one's.
func weigh(l *ledger.Ledger, e *ledger.Entry, names []string, beside func(name string) int) (best evidence) {
	d := compare(e.Names, names)
	spokenFor := func() bool {
		return slices.ContainsFunc(own(e.Names, names), func(n string) bool { return beside(n) > 0 })
	}
	var titles []string // they say the least, and to hear them may take another look at the page
	for _, n := range names {
		if !slices.Contains(e.Names, n) {
			continue
		}
		kind, value, _ := strings.Cut(n, ":")
		alone := l.Count(n) == 1
		var by evidence
		switch {
		case kind == "dated" || kind == "titled":
			titles = append(titles, n)
		case kind == "url":
			by = d.byAddress(alone || lives(l, e, n), !strings.Contains(value, "/"), spokenFor)
		case kind == "slug":
			by = d.byAddress(alone && !d.host, false, spokenFor)
		case kind == "guid" && alone:
			by = d.byGUID(value, spokenFor)
		case alone:
			by = keyed
		}
		best = max(best, by)
	}
	for _, n := range titles {
		if best < titled {
			best = max(best, d.byTitle(l.Count(n) == 1, func() bool { return beside(n) > 1 && spokenFor() }))
		}
	}
	return best
}

// lives reports whether an entry is the only one whose post is read at an address now;
// others may have been there before.
func lives(l *ledger.Ledger, e *ledger.Entry, addr string) bool {
	if currentAddress(e.Names) != addr {
		return false
	}
	return !slices.ContainsFunc(l.Find([]string{addr}), func(o *ledger.Entry) bool {
		return o != e && currentAddress(o.Names) == addr
	})
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

// byGUID weighs that two posts have the same guid, as nobody else. A short one, such as a
// number, is another's on another host, unless slug and second of publishing are the
// same; and feeds were seen that gave one guid to all.
func (d difference) byGUID(guid string, spokenFor func() bool) evidence {
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

// worldwide reports whether a guid is one wherever it comes from: an address, a tag or
// some other URI, or long enough to be random.
func worldwide(guid string) bool { return strings.ContainsAny(guid, ":/") || len(guid) >= 20 }

// platformGUIDs are what guids hold that a platform makes once for each post.
var platformGUIDs = []string{"tag:", "urn:", "medium.com/p/", "?p="}

// stable reports whether a guid is of a kind that outlives all else about a post: Blogger's
// tag:, a UUID, Medium's and WordPress's number, Ghost's key. Any other address may be
// the post's own, or the blog's.
func stable(guid string) bool {
	for _, sign := range platformGUIDs {
		if strings.Contains(guid, sign) {
			return true
		}
	}
	return !strings.ContainsAny(guid, "/.") && len(guid) >= 20
}
