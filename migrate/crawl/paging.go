package crawl

import (
	"errors"
	"fmt"
	"io/fs"
	"net/url"

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
