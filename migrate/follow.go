package migrate

import (
	"context"
	"io"
	"io/fs"
	"net/url"
	"slices"

	"replant/migrate/ledger"
	"replant/migrate/source"
)

const (
	// pagesMost bounds how many pages of one feed are read, whatever its server says,
	// unless the author asks for more.
	pagesMost = 2000
	// barrenMost is after how many pages in a row without a post that is not known yet
	// the feed has come to its end. The first such page proves nothing: posts that come
	// out while the pages are read push a whole page of others onto the next one.
	barrenMost = 2
)

// depth decides whether older pages are read whatever the newer ones bring, and whether
// that is where the last run had to stop.
func (s *stream) depth() {
	again := s.Refresh || s.Restore || s.Prune || s.Adopt || s.AcceptShrunk || slices.ContainsFunc(s.memory.Posts, s.retries) ||
		s.memory.journal != nil // what a killed run left may lie on any page
	again = again || s.known == nil || s.feed.reachesBefore(s.known.Since)
	if s.deep = again || !covers(s.known.Pages, s.Pages); !again && s.feed.URL != nil {
		s.resume = s.known.Resume
	}
}

// covers tells whether a feed read to so many pages needs no more of them.
func covers(read, asked int) bool {
	if asked == 0 {
		return read == ledger.All || read >= pagesMost
	}
	return read == ledger.All || read >= asked
}

// read reads the feed: what is new, and where the last run left a gap, what lies behind
// it.
func (s *stream) read(ctx context.Context) (failed, err error) {
	gap := s.resume
	if gap == nil {
		return s.newest(ctx)
	}
	s.deep = false
	failed, err = s.newest(ctx)
	addr, bad := url.Parse(gap.Address)
	if failed != nil || err != nil || s.part || s.cut || bad != nil {
		return failed, err
	}
	s.deep, s.number, s.barren, s.resume = true, gap.Page-1, 0, nil
	return s.follow(ctx, addr)
}

// follow reads pages from addr on until nothing more is wanted. A first page that
// cannot be read fails the feed; what goes wrong further on is a trouble; err ends the
// run.
func (s *stream) follow(ctx context.Context, addr *url.URL) (failed, err error) {
	for next := (source.Next{URL: addr}); ; {
		d, err := s.open(ctx, next.URL)
		switch {
		case ctx.Err() != nil:
			return nil, ctx.Err()
		case err != nil && s.pages == 0:
			return err, nil
		case err != nil:
			s.ended(next, err)
			return nil, nil
		case s.done:
			return nil, nil
		}
		got, err := s.items(ctx, d)
		if err != nil {
			return nil, err
		}
		s.bookmark(d.url)
		next = d.Older(d.url)
		s.single = s.pages == 1 && next.URL == nil
		if next.URL == nil || s.asked[next.URL.String()] || s.enough(got, next) || s.spent() {
			s.elsewhere(next.Elsewhere)
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

// open opens a page of the feed: the first where s has read none. A page that leads to
// one that was read does not exist.
func (s *stream) open(ctx context.Context, addr *url.URL) (d *document, err error) {
	open, encoding := s.feed.Open, ""
	if addr != nil {
		reply, err := s.ask(ctx, addr)
		if err != nil {
			return nil, err
		}
		s.done = s.pages == 0 && reply.Done && !s.deep && s.resume == nil && !slices.ContainsFunc(s.memory.Posts, unsettled)
		if s.done {
			return nil, nil
		}
		if reply.URL.String() != addr.String() && s.asked[reply.URL.String()] {
			return nil, fs.ErrNotExist
		}
		s.asked[addr.String()], s.asked[reply.URL.String()] = true, true
		addr, open, encoding = reply.URL, reply.Open, reply.Encoding
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
	if s.pages == 0 {
		s.rest, s.complete = feed.Rest, feed.Complete()
	}
	s.pages++
	s.number++
	s.leaf++
	s.others = &neighbours{open: open, from: addr, encoding: encoding}
	return &document{feed, body, addr}, nil
}
