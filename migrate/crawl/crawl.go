// Package crawl decides which pages of a feed are read, and reads them. Start at
// [Reader.Items].
//
// The newest page comes first. Older ones follow as long as they bring posts that the
// caller does not know; where the last run left a gap, reading goes on behind it; the
// first time, and where the caller asks for it, the whole feed is read. An address may
// lead to a web page that names its feed.
package crawl

import (
	"context"
	"errors"
	"io"
	"iter"
	"net/url"
	"time"

	"replant/migrate/source"
)

// Web reads the addresses of feeds.
type Web interface {
	// Page reads a feed, or an older page of one. The state names what the caller knows
	// already; see [Reply]. A page that does not exist is an fs.ErrNotExist.
	Page(ctx context.Context, addr *url.URL, state string) (*Reply, error)
	// Found is Page for an address that the author did not type, on another host than
	// they did: it may lead nowhere private.
	Found(ctx context.Context, addr *url.URL, state string) (*Reply, error)
	// Same reports whether the bytes of a file, by its file: address, are those of a run that
	// has taken all of them in and ended in that state.
	Same(addr *url.URL, open func() (io.ReadCloser, error), state string) (bool, error)
}

// Reply is what an address answered.
type Reply struct {
	URL      *url.URL // where the answer came from in the end
	Encoding string   // of the characters, as the server names it; may be empty
	Open     func() (io.ReadCloser, error)
	// Done says that nothing has changed since the same state was remembered.
	Done bool
}

// Feed says where a feed is read, and how much of it.
type Feed struct {
	URL  *url.URL                      // where Web reads it; nil for a file
	Open func() (io.ReadCloser, error) // reads a feed without URL; may fail the second time
	// File is the file: address of what Open reads; nil where that is no file.
	File *url.URL
	// State names what the caller knows already: see [Web].
	State string
	// Since is the day before which posts are too old, as 2006-01-02; empty for none.
	Since string
	// Pages is how many pages are read at most; 0 for the whole feed.
	Pages int
	// Deep reads older pages whatever the newer ones bring, from the first one on.
	Deep bool
	// Afresh reads the feed even where nothing has changed since the last run.
	Afresh bool
	// Awaits reports whether older pages are wanted for a post that has not come yet; may
	// be nil.
	Awaits func() bool
	// Private says that addresses of the feed's pages hold secrets, so that none is noted.
	Private bool
	// Last is how far the last run has read; nil the first time.
	Last *Mark
	// Before is how many pages of other feeds this run has read.
	Before int32
}

// Mark notes how far a feed has been read.
type Mark struct {
	// Found is where the feed is that the page at the feed's address names; empty where
	// the address is the feed's.
	Found string
	// Pages is how many of the feed's pages have been read: All, or as many as were asked
	// for; 0 where something is missing.
	Pages int
	// Resume is where reading has to go on, after a page that could not be read; nil where
	// nothing is missing.
	Resume *Bookmark
}

// Bookmark is a page of a feed.
type Bookmark struct {
	Address string
	Page    int // its number, from the newest on
}

// All is the number of pages of a feed that was read to its end.
const All = -1

// Item is an item of a feed.
type Item struct {
	*source.Sighting       // nil where the item could not be read
	Page             int32 // on which of all pages of feeds that the run has read, from 1
	TooOld           bool  // published before the day that was asked for

	// The caller says what it knows of the item before it asks for the next one: Again
	// that this run has had it, News that it is new or changed since the last run.
	Again, News bool

	beside *pageItems
}

// Beside returns how many items on the item's page have a name.
func (i *Item) Beside(name string) int { return i.beside.count(name) }

// Reread looks at all items of the item's page once more, where that can be done.
func (i *Item) Reread(look func(*source.Sighting)) { i.beside.read(look) }

// Report says how much of a feed was read, and what could not be.
type Report struct {
	// Err says why nothing could be read; only Found may be set beside it.
	Err error
	// Unchanged says that nothing has changed since the last run, so that nothing was read.
	Unchanged bool
	// Found is where the feed is that the page at the feed's address names; else nil.
	Found *url.URL

	Extent Extent
	Gaps   []error // why parts of the feed could not be read
	Mark   Mark
	Export *Export // nil for a feed that is a window on its blog
	// Rest says where the posts are that the feed does not show; empty where there are none.
	Rest string
	// Elsewhere is another server that the feed says has its older pages; else nil.
	Elsewhere *url.URL
}

// Extent says how much of a feed was read.
type Extent struct {
	Pages int
	Items int  // in all, those that could not be read too
	Posts int  // that the caller did not have from an earlier page
	Cut   bool // stopped at as many pages as may be read
	// Endless says that it was not the caller who set that bound.
	Endless bool
	// ToEnd says that all of the feed was read, though perhaps not each of its items.
	ToEnd bool
	// Complete says that all of the feed was read with all of its items, and that it says
	// of itself that it holds all there is (RFC 5005, section 2).
	Complete bool
}

// Export is a file that holds the whole of a blog.
type Export struct {
	Live    *url.URL       // where the blog has its feed; nil where that is not known
	LeftOut map[string]int // how much of the file is no post, by kind
}

// Reader reads one feed.
type Reader struct {
	feed   Feed
	web    Web
	notes  Notes
	url    *url.URL // where the feed is read: its URL, or the feed that the page there names
	yield  func(*Item, error) bool
	report Report
	paging paging
	order  order           // of the posts so far
	asked  map[string]bool // addresses that pages were read from

	rest      func(posts int, file bool) string
	claimsAll bool // the feed says of itself that it is complete
	holes     bool // items of it could not be read
}

// New returns a reader of a feed. Web may be nil for a file. So may notes, which keep what is
// known of the items of a page from one run to the next: without them a run takes longer, and
// comes to the same.
func New(web Web, notes Notes, f Feed) *Reader {
	return &Reader{feed: f, web: web, notes: notes, url: f.URL, paging: startOf(f), asked: map[string]bool{}}
}

// ClaimsAll reports whether the feed says of itself that it holds all there is. It is
// known from the first item on.
func (r *Reader) ClaimsAll() bool { return r.claimsAll }

// Items reads the items of all pages that are wanted, in the feed's order; it can be
// ranged over once. An error is of one item and costs it alone. Items ends early when ctx
// does; afterwards [Reader.Report] says how much was read.
func (r *Reader) Items(ctx context.Context) iter.Seq2[*Item, error] {
	return func(yield func(*Item, error) bool) {
		r.yield = yield
		err := r.all(ctx)
		if over(ctx, err) {
			return
		}
		r.report.Err = err
		r.conclude()
	}
}

// errStopped says that the caller wants no more items.
var errStopped = errors.New("stopped")

// over reports whether reading has ended by the caller or the context.
func over(ctx context.Context, err error) bool { return errors.Is(err, errStopped) || ctx.Err() != nil }

// Report returns the report on the feed. It is complete once Items has ended.
func (r *Reader) Report() *Report { return &r.report }

// conclude completes the report.
func (r *Reader) conclude() {
	rep := &r.report
	if r.url != r.feed.URL {
		rep.Found = r.url
	}
	if rep.Err != nil || rep.Unchanged {
		return
	}
	whole := len(rep.Gaps) == 0 && !rep.Extent.Cut
	rep.Extent.ToEnd = whole && (r.paging.deep || r.paging.single || r.paging.end)
	rep.Extent.Complete = r.claimsAll && whole && !r.holes
	rep.Mark = r.mark()
	if r.rest != nil {
		rep.Rest = r.rest(rep.Extent.Posts, r.feed.URL == nil)
	}
}

// mark returns how far the feed has been read, for the next run.
func (r *Reader) mark() Mark {
	m := Mark{Resume: r.paging.resume}
	switch {
	case len(r.report.Gaps) > 0, m.Resume != nil: // the next run reads on from there
	case r.report.Extent.Cut:
		m.Pages = r.report.Extent.Pages
	case r.paging.deep:
		m.Pages = All
	default:
		m.Pages = r.feed.Last.Pages
	}
	return m
}

// gap notes that something of the feed could not be read; the rest goes on.
func (r *Reader) gap(err error) {
	if len(r.report.Gaps) == 0 {
		r.paging.resume = r.paging.upTo
	}
	r.report.Gaps = append(r.report.Gaps, err)
}

// tooOld reports whether a post was published before the day that was asked for, by the
// calendar of its own zone. A post without a date is not.
func (f *Feed) tooOld(published time.Time) bool {
	return !published.IsZero() && published.Format(time.DateOnly) < f.Since
}

// order is that of a feed's posts.
type order struct {
	last  time.Time
	dated int
	mixed bool // one was newer than the one before it
}

func (o *order) note(published time.Time) {
	if published.IsZero() {
		return
	}
	o.mixed = o.mixed || o.dated > 0 && published.After(o.last)
	o.last = published
	o.dated++
}

// newestFirst reports whether older posts follow newer ones, as far as the feed was read.
func (o *order) newestFirst() bool { return o.dated > 1 && !o.mixed }
