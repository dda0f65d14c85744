package crawl

import (
	"context"
	"errors"
	"fmt"
	"net/url"

	"replant/migrate/blog"
	"replant/migrate/feedscan"
	"replant/migrate/secret"
)

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
	if named == nil || over(ctx, err) {
		return err
	}
	r.url = named
	if err := r.follow(ctx, named); err != nil && !over(ctx, err) {
		return fmt.Errorf("its feed %s: %w", secret.Shown(named), err)
	} else if err != nil {
		return err
	}
	return nil
}

// foundBefore returns where the last run found the feed that a page names; nil where
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
