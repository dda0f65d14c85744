package crawl

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"net/url"

	"replant/migrate/feedscan"
	"replant/migrate/source"
)

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
		next = p.Older(p.url)
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
	*source.Feed
	io.Closer
	url    *url.URL // nil for a file
	beside *neighbours
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
		r.report.Unchanged = r.report.Extent.Pages == 0 && reply.Done && !r.paging.deep && r.paging.resume == nil && !r.feed.Afresh
		if r.report.Unchanged {
			return nil, nil
		}
		if reply.URL.String() != addr.String() && r.asked[reply.URL.String()] {
			return nil, fs.ErrNotExist
		}
		r.asked[addr.String()], r.asked[reply.URL.String()] = true, true
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
	if r.report.Extent.Pages == 0 {
		r.rest, r.claimsAll = feed.Rest, feed.Complete()
	}
	r.report.Extent.Pages++
	r.paging.number++
	return &page{feed, body, addr, &neighbours{open: open, from: addr, encoding: encoding}}, nil
}

// items hands over all items of a page.
func (r *Reader) items(ctx context.Context, p *page) (got tally, err error) {
	defer p.Close()
	for item, err := range p.Items() {
		if ctx.Err() != nil {
			return got, ctx.Err()
		}
		if errors.Is(err, feedscan.ErrTruncated) {
			r.gap(err)
			continue
		}
		i := &Item{Item: item, Page: r.feed.Before + int32(r.report.Extent.Pages), beside: p.beside}
		if err != nil {
			r.holes = true
		} else {
			r.order.note(item.Post.Published)
			i.TooOld = r.feed.tooOld(item.Post.Published)
		}
		if !r.yield(i, err) {
			return got, errStopped
		}
		got.add(i)
	}
	r.report.Extent.Items += got.items
	r.report.Extent.Posts += got.unseen
	r.report.Export = nil
	if p.Whole() {
		r.report.Export = &Export{Live: p.Live(), LeftOut: p.Left()}
	}
	return got, nil
}
