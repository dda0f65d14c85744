package feedscan

import (
	"encoding/json"
	"html"

	"github.com/mmcdole/gofeed"

	"replant/migrate/regex"
)

// Head is what a feed says before its first item.
type Head struct {
	*gofeed.Feed
	Links map[string]string // where the links of a relation lead, as they stand
	Next  string            // the next page of a JSON Feed, as it stands
}

// newHead reads the links of a feed, which only its own format's reading keeps.
func newHead(d document) *Head {
	h := &Head{Feed: d.Feed, Links: map[string]string{}}
	if d.atom != nil {
		for _, l := range d.atom.Links {
			h.Links[l.Rel] = l.Href
		}
		if h.FeedLink == "" { // RFC 4287, section 4.2.6: an id is an address, if often of another scheme
			h.FeedLink = d.atom.ID
		}
	}
	if d.json != nil {
		h.Next = d.json.NextURL
	}
	for _, prefix := range []string{"atom", "atom10", "a10"} {
		for _, l := range h.Extensions[prefix]["link"] {
			h.Links[l.Attrs["rel"]] = l.Attrs["href"]
		}
	}
	return h
}

// Link returns where the link of a relation leads, or "".
func (h *Head) Link(rel string) string { return h.Links[rel] }

// Complete reports whether a feed says that it holds all there is (RFC 5005, section 2).
func (h *Head) Complete() bool {
	return h.Feed != nil && len(h.Extensions["fh"]["complete"]) > 0
}

var linkAttr = regex.Lazy(`\b(rel|href)\s*=\s*(?:"([^"]*)"|'([^']*)')`)

// lateLink adds a link of the feed itself that stands behind an item: no format asks for
// an order.
func (h *Head) lateLink(tag string) {
	var rel, href string
	for _, m := range linkAttr().FindAllStringSubmatch(tag, -1) {
		value := html.UnescapeString(m[2] + m[3])
		if m[1] == "rel" {
			rel = value
		} else {
			href = value
		}
	}
	if rel != "" && href != "" && h.Links[rel] == "" {
		if h.Links == nil {
			h.Links = map[string]string{}
		}
		h.Links[rel] = href
	}
}

// lateMember adds a member of a JSON Feed that stands behind its items.
func (h *Head) lateMember(key string, value []byte) {
	if key == "next_url" && h.Next == "" {
		_ = json.Unmarshal(value, &h.Next) // what is no text says nothing
	}
}
