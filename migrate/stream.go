package migrate

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"slices"

	"replant/migrate/ledger"
	"replant/migrate/site"
	"replant/migrate/source"
)

// pagesMost bounds how many pages of one feed are read, whatever its server says.
const pagesMost = 2000

// stream is the reading of one feed, page by page.
type stream struct {
	*run
	feed  *Feed
	known *ledger.Feed // what the last run noted; nil the first time

	deep  bool // older pages are read whatever the newer ones brought
	pages int  // read so far
	cut   bool // stopped at as many pages as were asked for
	part  bool // something of the feed could not be read
	done  bool // nothing has changed since the last run
}

// sync reads one feed and settles all its posts. The error is what ends the run; a
// feed that fails is noted, and the next one has its turn.
func (r *run) sync(ctx context.Context, f *Feed) error {
	s := &stream{run: r, feed: f, known: r.memory.Feed(f.Address)}
	f.Settings = f.Or(s.settings())
	s.workers()
	s.deep = s.known == nil || !covers(s.known.Pages, r.Pages) ||
		r.Refresh || r.Restore || slices.ContainsFunc(r.memory.Posts, r.retries) ||
		r.memory.journal != nil // what a killed run left may lie on any page
	failed, err := s.read(ctx)
	if err == nil {
		err = r.drain(ctx)
	}
	switch {
	case err != nil:
		return err
	case failed != nil:
		r.out.Failed = append(r.out.Failed, f.failed(failed))
	case !s.done:
		s.record()
	}
	return nil
}

// settings are those of the last time, and the first time the defaults.
func (s *stream) settings() Settings {
	var last Settings
	if s.known != nil {
		last = settingsOf(s.known)
	}
	last.Target = s.site.Target.Name
	return last.Or(Settings{Section: "posts", Layout: site.Bundle, Images: Local, Embeds: site.Shortcode, FrontMatter: YAML})
}

// covers tells whether a feed read to so many pages needs no more of them.
func covers(read, asked int) bool {
	return read == ledger.All || asked > 0 && read >= asked
}

// read follows the feed's pages until nothing more is wanted. A first page that
// cannot be read fails the feed; what goes wrong further on is a trouble; err ends
// the run.
func (s *stream) read(ctx context.Context) (failed, err error) {
	for addr := s.feed.URL; ; {
		d, err := s.open(ctx, addr)
		switch {
		case err != nil && s.pages == 0:
			return err, nil
		case errors.Is(err, fs.ErrNotExist):
			return nil, nil // Forem answers 404 behind its last page
		case err != nil:
			s.partly(fmt.Errorf("page %d: %w", s.pages+1, err))
			return nil, nil
		case s.done:
			return nil, nil
		}
		got, err := s.items(ctx, d)
		if err != nil {
			return nil, err
		}
		addr = d.Older(d.url)
		if addr == nil || got.unseen == 0 || !s.deep && got.news == 0 {
			return nil, nil
		}
		if s.pages == s.Pages || s.pages == pagesMost {
			s.cut = true
			return nil, nil
		}
	}
}

// document is one page of a feed, open for reading.
type document struct {
	*source.Feed
	io.Closer
	url *url.URL // nil for a file
}

// open opens a page of the feed: the first where s has read none.
func (s *stream) open(ctx context.Context, addr *url.URL) (d *document, err error) {
	open := s.feed.Open
	if addr != nil {
		reply, err := s.Web.Page(ctx, addr, s.feed.state(s.memory.file))
		if err != nil {
			return nil, err
		}
		s.done = s.pages == 0 && reply.Done && !s.deep && !slices.ContainsFunc(s.memory.Posts, unsettled)
		if s.done {
			return nil, nil
		}
		addr, open = reply.URL, reply.Open
	}
	body, err := open()
	if err != nil {
		return nil, err
	}
	feed, err := source.Open(body, addr)
	if err != nil {
		body.Close()
		return nil, err
	}
	s.pages++
	return &document{feed, body, addr}, nil
}

// tally counts what a page of the feed brought.
type tally struct {
	unseen int // posts that no page of this run had before
	news   int // posts new or changed since the last run
}

// items admits all posts of a page.
func (s *stream) items(ctx context.Context, d *document) (got tally, err error) {
	defer d.Close()
	for item, err := range d.Items() {
		switch {
		case ctx.Err() != nil:
			return got, ctx.Err()
		case errors.Is(err, source.ErrTruncated):
			s.partly(err)
			continue
		case err != nil: // of one item: it costs itself alone
			s.trouble("", "%s: %v", s.feed.Address, err)
			continue
		}
		j, unseen := s.admit(item)
		if unseen {
			got.unseen++
		}
		if j == nil {
			continue
		}
		if j.old == nil || j.old.From != j.from {
			got.news++
		}
		if err := s.take(ctx, j); err != nil {
			return got, err
		}
	}
	return got, nil
}

// partly notes that something of the feed could not be read; the rest goes on.
func (s *stream) partly(err error) {
	s.part = true
	s.trouble("", "%s: %v", s.feed.Address, err)
}

// record notes in the ledger how far the feed has been read, and lets the outcome
// spare the next run the work.
func (s *stream) record() {
	f := s.feed.note()
	switch {
	case s.part: // a gap: the next run reads all pages again
	case s.cut:
		f.Pages = s.pages
	case s.deep:
		f.Pages = ledger.All
	default:
		f.Pages = s.known.Pages
	}
	s.memory.SetFeed(f)
	if s.feed.URL != nil && !s.part {
		s.settled = append(s.settled, s.feed)
	}
}
