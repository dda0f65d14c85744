package migrate

import (
	"slices"
	"strings"

	"replant/migrate/ledger"
)

// same tells whether the names that an entry shares with a post make them one post. An
// address that several posts have (a feed whose items all link to its front page) says
// nothing, nor does a short guid, such as a number, from another host's feed.
func (m *memory) same(e *ledger.Entry, names []string) bool {
	for _, n := range names {
		if !slices.Contains(e.Names, n) {
			continue
		}
		kind, value, _ := strings.Cut(n, ":")
		switch {
		case kind == "url" && len(m.Find([]string{n})) > 1:
		case (kind == "slug" || kind == "guid" && !worldwide(value)) && !sameHost(e.Names, names):
		default:
			return true
		}
	}
	return false
}

// worldwide tells whether a guid is one wherever it comes from: an address, a tag or
// some other URI, or long enough to be random.
func worldwide(guid string) bool { return strings.ContainsAny(guid, ":/") || len(guid) >= 20 }

// sameHost tells whether two posts have addresses on one host; a post without an address
// may be anywhere.
func sameHost(a, b []string) bool {
	x, y := hosts(a), hosts(b)
	return len(x) == 0 || len(y) == 0 || slices.ContainsFunc(x, func(h string) bool { return slices.Contains(y, h) })
}

func hosts(names []string) (all []string) {
	for _, n := range names {
		if addr, ok := strings.CutPrefix(n, "url:"); ok {
			host, _, _ := strings.Cut(addr, "/")
			all = append(all, host)
		}
	}
	return all
}
