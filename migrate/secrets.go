package migrate

import (
	"cmp"
	"maps"
	"net/url"
	"slices"
	"strings"

	"replant/migrate/ledger"
	"replant/migrate/secret"
)

// conceal takes out of a ledger what one of before holds of addresses in clear and may be
// secret. It gives the addresses as they were, by the ones that it puts in their places.
func conceal(l *ledger.Ledger) map[string]*url.URL {
	was, now := map[string]*url.URL{}, map[string]string{}
	feeds := l.Feeds
	l.Feeds = nil
	for _, f := range feeds {
		concealPages(f)
		if u := webAddress(f.Address); u != nil && !inClear(f.Address) {
			address, fingerprint := secret.Address(u)
			if f.Secret == "" && was[address] == nil { // else a part is gone already
				was[address] = u
			}
			now[f.Address] = address
			f.Address, f.Secret = address, cmp.Or(f.Secret, fingerprint)
		}
		if l.Feed(f.Address) == nil { // of several that differed in a password, the first
			l.Feeds = append(l.Feeds, f)
		}
	}
	l.Told = concealTold(l.Told)
	for _, e := range l.Posts {
		if address, ok := now[e.Feed]; ok {
			e.Note(func(x *ledger.Extra) { x.Feed = address })
		}
	}
	return was
}

// concealPages forgets further addresses of a feed that may hold a secret: they are found
// again.
func concealPages(f *ledger.Feed) {
	if f.Found != "" && !inClear(f.Found) {
		f.Found = ""
	}
	if f.Resume != nil && !inClear(f.Resume.Address) {
		f.Resume, f.Pages = nil, 0
	}
}

// concealTold does the same to what the author has been told of feeds.
func concealTold(told []string) []string {
	for i, text := range told {
		for _, mark := range []string{goneMark, itemMark} {
			rest, ok := strings.CutPrefix(text, mark)
			address, more, parted := strings.Cut(rest, ": ")
			if u := webAddress(address); ok && u != nil {
				if told[i] = mark + secret.Shown(u); parted {
					told[i] += ": " + more
				}
			}
		}
	}
	slices.Sort(told)
	return slices.Compact(told)
}

// goneMark begins what the author has been told of a feed that is not read any more.
const goneMark = "gone "

// webAddress reads an address of the web; nil for the path of a file and the like.
func webAddress(text string) *url.URL {
	if !strings.HasPrefix(text, "http://") && !strings.HasPrefix(text, "https://") {
		return nil
	}
	u, err := url.Parse(text)
	if err != nil {
		return nil
	}
	return u
}

// inClear tells whether an address may be written down as it is.
func inClear(address string) bool {
	u := webAddress(address)
	if u == nil {
		return false
	}
	_, fingerprint := secret.Address(u)
	return fingerprint == ""
}

// concealed tells of the feeds whose whole addresses the ledger does not keep any more.
func (r *run) concealed() {
	for _, address := range slices.Sorted(maps.Keys(r.memory.whole)) {
		r.warn("%s: the ledger had the whole of its address, parts of which may be secret; a fingerprint of them stays", address)
	}
	if len(r.memory.whole) > 0 {
		r.out.Hints = append(r.out.Hints, "what was committed stays in the repository's history; for runs that do not name the feed, list it: replant init FEED SITE")
	}
}
