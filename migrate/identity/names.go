package identity

import (
	"slices"
	"strings"
	"time"

	"replant/migrate/blog"
)

// currentAddress returns the address that a post is read at now, as a name: the first, see
// [ledger.Ledger.Rename].
func currentAddress(names []string) string {
	for _, n := range names {
		if strings.HasPrefix(n, "url:") {
			return n
		}
	}
	return ""
}

// own returns the names by which an entry's post would be known now, without those of
// another post.
func own(entry, other []string) (all []string) {
	address := currentAddress(entry)
	for _, n := range entry {
		if strings.HasPrefix(n, "url:") && n != address || slices.Contains(other, n) {
			continue
		}
		all = append(all, n)
	}
	return all
}

// apart reports whether two posts have neither an address nor a title with its time in
// common, though both have some.
func apart(a, b []string) bool {
	return differ(of(a, "url:"), of(b, "url:")) && differ(of(a, "dated:", "titled:"), of(b, "dated:", "titled:"))
}

// of returns the names of some kinds.
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

// within reports whether two times of two lists are no further apart than that.
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

// differ reports whether two lists have something each and nothing in common.
func differ(a, b []string) bool {
	return len(a) > 0 && len(b) > 0 && !slices.ContainsFunc(a, func(s string) bool { return slices.Contains(b, s) })
}

// rehosted reports whether a post with new names is read on another host than before.
func rehosted(before, now []string) bool {
	was, is := hostOf(before), hostOf(now)
	return was != "" && is != "" && was != is
}
