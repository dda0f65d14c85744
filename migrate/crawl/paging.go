package crawl

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"

	"replant/migrate/blog"
	"replant/migrate/feedscan"
	"replant/migrate/secret"
	"replant/migrate/source"
)

const (
	// pagesMost bounds how many pages of one feed are read, whatever its server says,
	// unless the caller asks for more.
	pagesMost = 2000
	// barrenMost is after how many pages in a row without a post that is not known yet
	// the feed has come to its end. The first such page proves nothing: posts that come
	// out while the pages are read push a whole page of others onto the next one.
	barrenMost = 2
)

// covers reports whether a feed read to so many pages needs no more of them.
func covers(read, asked int) bool {
	if asked == 0 {
		return read == All || read >= pagesMost
	}
	return read == All || read >= asked
}

// paging is where a reader stands among the pages of a feed.
type paging struct {
	deep   bool      // older pages are read whatever the newer ones brought
	single bool      // there is no page but the first
	end    bool      // there is no older page
	number int       // of the page being read, from the newest on
	barren int       // pages in a row that brought no post
	upTo   *Bookmark // the last page of which nothing is missing
	resume *Bookmark // where reading has to go on, after a gap
}

// startOf returns where the reading of a feed starts.
func startOf(f Feed) paging {
	if f.Deep || f.Last == nil {
		return paging{deep: true}
	}
	p := paging{deep: !covers(f.Last.Pages, f.Pages)}
	if f.URL != nil {
		p.resume = f.Last.Resume
	}
	return p
}

// tally counts what a page of the feed brought.
type tally struct {
	items  int // in all
	unseen int // that no page of this run had before
	news   int // new or changed since the last run
	old    int // from before the day that was asked for
}

func (t *tally) add(i *Item) {
	t.items++
	if i.TooOld {
		t.old++
	}
	if !i.Again {
		t.unseen++
	}
	if i.News {
		t.news++
	}
}

// enough reports whether a page is the last one that is wanted.
func (r *Reader) enough(got tally, next source.Next) bool {
	if got.unseen == 0 {
		r.paging.barren++
		r.paging.end = got.items == 0 && next.Guess || r.paging.barren == barrenMost
		return r.paging.end
	}
	r.paging.barren = 0
	awaits := r.feed.Awaits != nil && r.feed.Awaits()
	return !r.paging.deep && got.news == 0 && !awaits || got.old == got.items && r.order.newestFirst()
}

// spent reports whether as many pages have been read as may be.
func (r *Reader) spent() bool {
	e := &r.report.Extent
	switch {
	case r.feed.Pages > 0:
		e.Cut = e.Pages >= r.feed.Pages
	case e.Pages >= pagesMost:
		e.Cut, e.Endless = true, true
	}
	return e.Cut
}

// missing notes an error that came in the place of an older page. Where one was only
// guessed, a server may answer with a page for people: there is none.
func (r *Reader) missing(next source.Next, err error) {
	var not *feedscan.NotFeedError
	switch {
	case errors.Is(err, fs.ErrNotExist), // Forem answers 404 behind its last page
		next.Guess && errors.As(err, &not) && !not.Challenge:
		r.paging.end = true
	default:
		r.gap(fmt.Errorf("page %d: %w", r.paging.number+1, err))
	}
}

// bookmark notes how far the feed has been read without a gap. Addresses with secrets are
// not noted.
func (r *Reader) bookmark(page *url.URL) {
	if page == nil || len(r.report.Gaps) > 0 || r.paging.number < 2 || r.feed.Private {
		return
	}
	if _, hidden := secret.Address(page); hidden == "" {
		r.paging.upTo = &Bookmark{Address: page.String(), Page: r.paging.number}
	}
}

// all reads what is new and, where the last run left a gap, what lies behind it. The
// error is errStopped, that of the context, or why nothing could be read.
func (r *Reader) all(ctx context.Context) error {
	gap := r.paging.resume
	if gap == nil {
		return r.newest(ctx)
	}
	r.paging.deep = false
	if err := r.newest(ctx); err != nil {
		return err
	}
	addr, err := url.Parse(gap.Address)
	if err != nil || len(r.report.Gaps) > 0 || r.report.Extent.Cut {
		return nil
	}
	r.paging = paging{deep: true, number: gap.Page - 1, upTo: r.paging.upTo}
	return r.follow(ctx, addr)
}

// follow reads pages from addr on until nothing more is wanted. It fails where the first
// page cannot be read; what goes wrong further on is a gap.
func (r *Reader) follow(ctx context.Context, addr *url.URL) error {
	for next := (source.Next{URL: addr}); ; {
		p, err := r.open(ctx, next.URL)
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil && r.report.Extent.Pages == 0:
			return err
		case err != nil:
			r.missing(next, err)
			return nil
		case r.report.Unchanged:
			return nil
		}
		got, err := r.items(ctx, p)
		if err != nil {
			return err
		}
		r.bookmark(p.url)
		next = p.feed.Older(p.url)
		r.paging.single = r.report.Extent.Pages == 1 && next.URL == nil
		r.paging.end = next.URL == nil || r.asked[next.URL.String()]
		if r.paging.end || r.enough(got, next) || r.spent() {
			r.report.Elsewhere = next.Elsewhere
			return nil
		}
	}
}

// page is one page of a feed, open for reading.
type page struct {
	feed   *source.Feed
	body   io.Closer
	url    *url.URL // nil for a file
	beside *pageItems
	noted  *outlines
}

// open opens a page of the feed. A page that leads to one that was read does not exist.
// There is no page where nothing has changed.
func (r *Reader) open(ctx context.Context, addr *url.URL) (*page, error) {
	open, encoding := r.feed.Open, ""
	if addr != nil {
		reply, err := r.ask(ctx, addr)
		if err != nil {
			return nil, err
		}
		r.report.Unchanged = reply.Done && r.skips()
		if r.report.Unchanged {
			return nil, nil
		}
		if reply.URL.String() != addr.String() && r.asked[reply.URL.String()] {
			return nil, fs.ErrNotExist
		}
		r.asked[addr.String()], r.asked[reply.URL.String()] = true, true
		addr, open, encoding = reply.URL, reply.Open, reply.Encoding
	}
	if r.report.Unchanged = addr == nil && r.sameFile(); r.report.Unchanged {
		return nil, nil
	}
	body, err := open()
	if err != nil {
		return nil, err
	}
	feed, err := source.OpenEncoded(body, addr, encoding)
	if err != nil {
		body.Close()
		return nil, err
	}
	if r.report.Extent.Pages == 0 {
		r.rest, r.claimsAll = feed.Rest, feed.Complete()
	}
	r.report.Extent.Pages++
	r.paging.number++
	noted := r.noted(addr)
	return &page{feed, body, addr, &pageItems{open: open, from: addr, encoding: encoding, noted: noted}, noted}, nil
}

// skips reports whether a first page that is as it was need not be read.
func (r *Reader) skips() bool {
	return r.report.Extent.Pages == 0 && !r.paging.deep && r.paging.resume == nil && !r.feed.Afresh
}

// sameFile reports whether the feed is a file which is as it was. One that cannot be read
// twice, or of which nothing can be noted, is read.
func (r *Reader) sameFile() bool {
	if r.web == nil || r.feed.File == nil {
		return false
	}
	same, err := r.web.Same(r.feed.File, r.feed.Open, r.feed.State)
	return err == nil && same && r.skips()
}

// items yields all items of a page.
func (r *Reader) items(ctx context.Context, p *page) (got tally, err error) {
	defer p.body.Close()
	defer p.noted.close()
	for item, err := range p.feed.Sightings(p.noted.known()) {
		if ctx.Err() != nil {
			return got, ctx.Err()
		}
		if errors.Is(err, feedscan.ErrTruncated) {
			r.gap(err)
			continue
		}
		i := &Item{Sighting: item, Page: r.feed.Before + int32(r.report.Extent.Pages), beside: p.beside}
		if err != nil {
			r.holes = true
		} else {
			r.order.note(item.Published)
			i.TooOld = r.feed.tooOld(item.Published)
		}
		if !r.yield(i, err) {
			return got, errStopped
		}
		got.add(i)
	}
	p.noted.keep()
	r.report.Extent.Items += got.items
	r.report.Extent.Posts += got.unseen
	r.report.Export = nil
	if p.feed.Whole() {
		r.report.Export = &Export{Live: p.feed.Live(), LeftOut: p.feed.Left()}
	}
	return got, nil
}

// newest reads the feed from its beginning. Where its address is that of a web page that
// names a feed, that one is read: the first time after the page, later without it, unless
// the feed is no longer where it was.
func (r *Reader) newest(ctx context.Context) error {
	if before := r.foundBefore(); before != nil {
		r.url = before
		if err := r.follow(ctx, r.url); err == nil || over(ctx, err) {
			return err
		}
		r.url = r.feed.URL
	}
	err := r.follow(ctx, r.url)
	named := r.namedBy(err)
	switch {
	case over(ctx, err):
		return err
	case named == nil:
		return r.search(ctx, err)
	}
	r.url = named
	if err := r.follow(ctx, named); err != nil && !over(ctx, err) {
		return fmt.Errorf("its feed %s: %w", secret.Shown(named), err)
	} else if err != nil {
		return err
	}
	return nil
}

// foundBefore returns where the last run found the feed that a page names, or nil where
// there is none.
func (r *Reader) foundBefore() *url.URL {
	if r.feed.Last == nil || r.feed.Last.Found == "" || r.feed.URL == nil {
		return nil
	}
	u, err := url.Parse(r.feed.Last.Found)
	if err != nil {
		return nil
	}
	return u
}

// namedBy returns the feed that a page names which was read in the place of one; else nil.
func (r *Reader) namedBy(failed error) *url.URL {
	var not *feedscan.NotFeedError
	if r.feed.URL == nil || !errors.As(failed, &not) || not.Alternate == "" {
		return nil
	}
	u, err := r.feed.URL.Parse(not.Alternate)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.String() == r.feed.URL.String() {
		return nil
	}
	return u
}

// ask reads an address of the feed. One that came from a page may lead to other servers
// than the author named, but nowhere private.
func (r *Reader) ask(ctx context.Context, addr *url.URL) (*Reply, error) {
	if r.url != r.feed.URL && !blog.SameServer(r.feed.URL, addr) {
		return r.web.Found(ctx, addr, r.feed.State)
	}
	return r.web.Page(ctx, addr, r.feed.State)
}
