package migrate

import (
	"slices"

	"replant/migrate/ledger"
	"replant/migrate/source"
)

// twin tells whether an item is the other form of the post that a page was made from: a
// blog's feed shows the posts of its export as HTML, and pages made from that differ where
// the posts do not. So the first sight of it is noted and the page left as it is; once it
// is another, the post has changed. What the export held as a draft is news in a feed.
func (s *stream) twin(e *ledger.Entry, item *source.Item) bool {
	if e.From == "" || e.Page == "" || e.Origin == ledger.Draft || e.Origin == origin(item) {
		return false
	}
	if _, marked := s.memory.journal[e.Path]; marked {
		return false
	}
	hash := short("%s", item.Hash)
	if e.Twin != "" && e.Twin != hash {
		return false
	}
	e.Note(func(x *ledger.Extra) { x.Twin = hash })
	return true
}

// origin gives what a page is made from.
func origin(item *source.Item) string {
	switch {
	case !item.Whole():
		return ""
	case item.Post.Draft || item.Post.Scheduled:
		return ledger.Draft
	}
	return ledger.Export
}

// export gives the export that a site came from; nil without one.
func (s *stream) export() *ledger.Feed {
	i := slices.IndexFunc(s.memory.Feeds, func(f *ledger.Feed) bool { return f.Export })
	if i < 0 {
		return nil
	}
	return s.memory.Feeds[i]
}
