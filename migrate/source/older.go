package source

import (
	"net/url"
	"strconv"
	"strings"

	"github.com/mmcdole/gofeed"
)

// head is what a feed says before its first item.
type head struct {
	*gofeed.Feed
	links map[string]string // where the links of a relation lead, as they stand
	next  string            // the next page of a JSON Feed, as it stands
}

// newHead reads the links of a feed, which only its own format's reading keeps.
func newHead(d document) *head {
	h := &head{Feed: d.Feed, links: map[string]string{}}
	if d.atom != nil {
		for _, l := range d.atom.Links {
			h.links[l.Rel] = l.Href
		}
	}
	if d.json != nil {
		h.next = d.json.NextURL
	}
	for _, prefix := range []string{"atom", "atom10", "a10"} {
		for _, l := range h.Extensions[prefix]["link"] {
			h.links[l.Attrs["rel"]] = l.Attrs["href"]
		}
	}
	return h
}

// link gives where the link of a relation leads; "" without one.
func (h *head) link(rel string) string { return h.links[rel] }

// Older gives the address of the page of posts before those of the given page: as the
// platform has it, else as the feed itself says (RFC 5005, JSON Feed's next_url). It is
// nil where there is none, page is nil, or another origin is named.
func (f *Feed) Older(page *url.URL) *url.URL {
	if page == nil {
		return nil
	}
	if f.Dialect.Older != nil {
		if u := f.Dialect.Older(page, f.head); u != nil {
			return u
		}
	}
	for _, addr := range []string{f.head.link("prev-archive"), f.head.link("next"), f.head.next} {
		u := resolve(page, addr)
		if u != nil && u.Scheme == page.Scheme && strings.EqualFold(u.Host, page.Host) && u.String() != page.String() {
			return u
		}
	}
	return nil
}

// countUp gives the address of a page with the number of the next one in a parameter.
func countUp(page *url.URL, param string) *url.URL {
	q := page.Query()
	n, err := strconv.Atoi(q.Get(param))
	if err != nil || n < 1 {
		n = 1
	}
	q.Set(param, strconv.Itoa(n+1))
	older := *page
	older.RawQuery = q.Encode()
	return &older
}
