package migrate

import (
	"errors"
	"net/url"

	"replant/migrate/crawl"
	"replant/migrate/feedscan"
	"replant/migrate/memory"
)

// failed returns why a feed could not be read, with the next step to try.
func (f *Feed) failed(err error) error {
	e := &FeedError{Address: f.Address, Name: f.Name, Err: err}
	var not *feedscan.NotFeedError
	if errors.As(err, &not) {
		page := f.found
		if page == nil {
			page = f.URL
		}
		e.Next = feedHint(page, not)
	}
	return e
}

// feedHint says where the feed of a page may be: where the page says, else where its
// platform has it. Page is nil for a file.
func feedHint(page *url.URL, not *feedscan.NotFeedError) string {
	switch {
	case not.Challenge:
		return "open it in a browser, save the feed as a file, and give the file"
	case not.Instead != "":
		return not.Instead
	case page == nil && not.Alternate != "":
		return "the page names its feed: " + not.Alternate
	case page == nil && not.Page:
		return "in a browser, open the feed of the blog and not its page, and save that"
	case page == nil:
		return "give a feed (RSS, Atom or JSON Feed), or the export of a blog"
	case len(not.Tried) > 0:
		return "give the address of the blog's front page or of the feed itself, or an export of the blog"
	case not.Alternate != "":
		return "try " + not.Alternate
	}
	if addr := crawl.HomeFeed(page); addr != "" {
		return "try " + addr
	}
	return "give the address of an RSS, Atom or JSON feed; on a page it is behind a link or an icon for RSS"
}

// HomeFeed returns the address of the feed of a blog on a known platform; else empty.
func HomeFeed(page *url.URL) string { return crawl.HomeFeed(page) }

// at returns where the feed is read: an address of the web or of a file; nil for standard
// input.
func (f *Feed) at() *url.URL {
	switch {
	case f.found != nil:
		return f.found
	case f.URL == nil:
		return f.File
	}
	return f.URL
}

// foundAt returns the address of a feed that a page names, as the ledger keeps it; empty
// where the feed was named itself, or where the address could be a secret.
func (f *Feed) foundAt() string {
	if f.found == nil || f.Secret != "" || !memory.InClear(f.found.String()) {
		return ""
	}
	return f.found.String()
}
