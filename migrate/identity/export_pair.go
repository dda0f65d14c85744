package identity

import (
	"replant/migrate/crawl"
	"replant/migrate/ledger"
)

// Paired reports whether an item is the other form of the post that a page was made from: a
// blog's feed shows the posts of its export as HTML, and pages made from that differ where
// the posts do not. So the first sight of it is noted and the page left as it is; once it
// is another, the post has changed. What the export held as a draft is news in a feed.
func (r *Reader) Paired(e *ledger.Entry, item *crawl.Item) bool {
	if e.From == "" || e.Page == "" || e.Origin == ledger.Draft || e.Origin == Origin(item) {
		return false
	}
	if _, marked := r.posts.memory.Journal[e.Path]; marked {
		return false
	}
	hash := ledger.Digest("%s", item.Hash)
	if e.Twin != "" && e.Twin != hash {
		return false
	}
	e.Note(func(x *ledger.Extra) { x.Twin = hash })
	return true
}

// Origin returns what a page is made from.
func Origin(item *crawl.Item) string {
	switch {
	case !item.Whole:
		return ""
	case item.Draft:
		return ledger.Draft
	}
	return ledger.Export
}
