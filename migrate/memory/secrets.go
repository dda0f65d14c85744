package memory

import (
	"cmp"
	"net/url"
	"slices"
	"strings"

	"replant/migrate/blog"
	"replant/migrate/ledger"
	"replant/migrate/secret"
)

// conceal takes out of a ledger what one of before holds of addresses in clear and may be
// secret. It returns the addresses as they were, by the ones that it puts in their places.
func conceal(l *ledger.Ledger) map[string]*url.URL {
	was, now := map[string]*url.URL{}, map[string]string{}
	feeds := l.Feeds
	l.Feeds = nil
	for _, f := range feeds {
		concealPages(f)
		if u := webAddress(f.Address); u != nil && !InClear(f.Address) {
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
	if f.Found != "" && !InClear(f.Found) {
		f.Found = ""
	}
	if f.Resume != nil && !InClear(f.Resume.Address) {
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

// webAddress reads an address of the web; nil for the path of a file and the like.
func webAddress(text string) *url.URL {
	if !blog.IsWeb(text) {
		return nil
	}
	u, err := url.Parse(text)
	if err != nil {
		return nil
	}
	return u
}

// InClear reports whether an address may be written down as it is.
func InClear(address string) bool {
	u := webAddress(address)
	if u == nil {
		return false
	}
	_, fingerprint := secret.Address(u)
	return fingerprint == ""
}
