// Package source reads feeds: the items of a feed, which package feedscan has cut, become
// posts whose bodies are neutral DOMs. Start at [Open].
//
// The way of an item:
//
//	bytes -> feedscan.Entry (one item, as gofeed reads it)
//	      -> Item (a post without its body: names, dates, tags)
//	      -> Item.Parse (the body, parsed once; clean undoes what all platforms do to it,
//	         the Dialect what its own platform does)
//
// To add a platform, write one file with a [Dialect] and put it in the list of
// dialects; nothing else changes.
package source

import (
	"io"
	"net/url"

	"github.com/mmcdole/gofeed"

	"replant/migrate/blog"
	"replant/migrate/feedscan"
)

// Feed is a feed opened for reading: its head is known, its items are still to come.
type Feed struct {
	Title   string
	Home    *url.URL // the blog's own page; nil when the feed does not say
	Dialect *Dialect // never nil: the general one where no platform is recognised

	head    *feedscan.Head
	from    *url.URL // where the feed is; nil where that is not known
	base    *url.URL // what the items' relative addresses start from; may be nil
	authors []*gofeed.Person
	cutter  feedscan.Cutter
	waiting []reading // what Open read ahead to recognise the dialect
	library *library  // of an export; else nil
	left    map[string]int
	context []byte // all that the reading of an item depends on beside its bytes and the head's; nil until asked for
}

// reading is the result of reading one item.
type reading struct {
	entry *feedscan.Entry
	err   error
}

// Open reads a feed up to its first item: enough for its head and its dialect. From
// is where the feed was read, nil for a file and for standard input. An export is read
// twice, so that r has to be an [io.Seeker] then, and for a ZIP an [io.ReaderAt] too. Bytes
// that are no feed are a [feedscan.ErrNotFeed].
func Open(r io.Reader, from *url.URL) (*Feed, error) { return OpenEncoded(r, from, "") }

// OpenEncoded is [Open] for bytes that came with the name of their encoding, as in HTTP: it
// counts where they do not name one themselves.
func OpenEncoded(r io.Reader, from *url.URL, encoding string) (*Feed, error) {
	start := offset(r)
	cut, err := cutterOf(r, from, encoding)
	if err != nil {
		return nil, whose(r, start, err)
	}
	head, err := cut.Head()
	if err != nil {
		return nil, whose(r, start, err)
	}
	from = feedAddress(head, from)
	f := &Feed{Title: blog.PlainTitle(head.Title), Home: home(head.Feed, from), from: from, head: head, authors: head.Authors, cutter: cut, left: map[string]int{}}
	f.base = f.Home
	if f.base == nil {
		f.base = from
	}
	first, err := cut.Next()
	f.waiting = []reading{{first, err}}
	if err == nil {
		head.Items = []*gofeed.Item{first.Item}
	}
	f.Dialect = recognise(head.Feed)
	head.Items = nil // no other item is read by it
	if f.Dialect.Survey != nil {
		if err := f.survey(r, start); err != nil {
			return nil, err
		}
	}
	return f, nil
}

// Whole reports whether it is an export: the whole of a blog, and not a window on it.
func (f *Feed) Whole() bool { return f.Dialect.Whole }

// Live returns where the blog of an export has its feed, or nil where that is not known.
func (f *Feed) Live() *url.URL {
	if f.Home == nil || f.Dialect.Live == "" {
		return nil
	}
	return f.Home.JoinPath(f.Dialect.Live)
}

// Left counts what of an export is no post, by what it is. It is complete when the items
// have been read.
func (f *Feed) Left() map[string]int { return f.left }

// cutterOf returns the cutter for what a reader holds.
func cutterOf(r io.Reader, from *url.URL, encoding string) (feedscan.Cutter, error) {
	if a, err := openArchive(r); a != nil || err != nil {
		return a, err
	}
	if x, err := openExport(r); x != nil || err != nil {
		return x, err
	}
	return feedscan.Open(r, from, encoding)
}

// feedAddress returns the address of a feed: where it was read, else, for a file, what it says of
// itself. It is nil where it does not say.
func feedAddress(h *feedscan.Head, from *url.URL) *url.URL {
	if from != nil {
		return from
	}
	for _, said := range []string{h.Link("self"), h.FeedLink, h.Feed.Link} {
		if u := blog.ParseURL(said); u != nil && blog.IsWeb(said) && u.Host != "" {
			return u
		}
	}
	return nil
}

// home returns the address of the blog that a feed belongs to.
func home(head *gofeed.Feed, from *url.URL) *url.URL {
	u := blog.ParseURL(head.Link)
	switch {
	case u == nil:
		return nil
	case from != nil:
		return from.ResolveReference(u)
	case !u.IsAbs():
		return nil
	}
	return u
}

// read reads the next item, whatever it is.
func (f *Feed) read() (*feedscan.Entry, error) {
	if len(f.waiting) > 0 {
		first := f.waiting[0]
		f.waiting = nil
		return first.entry, first.err
	}
	return f.cutter.Next()
}
