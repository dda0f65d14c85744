package source

import (
	"encoding/json"
	"html"
	"regexp"
)

// What a feed says behind its items is too late for its head, but not for where its older
// pages are: no format asks for an order.

var linkAttr = regexp.MustCompile(`\b(rel|href)\s*=\s*(?:"([^"]*)"|'([^']*)')`)

// lateLink takes in a link of the feed itself that stands behind an item.
func (h *head) lateLink(tag string) {
	var rel, href string
	for _, m := range linkAttr.FindAllStringSubmatch(tag, -1) {
		value := html.UnescapeString(m[2] + m[3])
		if m[1] == "rel" {
			rel = value
		} else {
			href = value
		}
	}
	if rel != "" && href != "" && h.links[rel] == "" {
		if h.links == nil {
			h.links = map[string]string{}
		}
		h.links[rel] = href
	}
}

// lateMember takes in a member of a JSON Feed that stands behind its items.
func (h *head) lateMember(key string, value []byte) {
	if key == "next_url" && h.next == "" {
		_ = json.Unmarshal(value, &h.next) // what is no text says nothing
	}
}
