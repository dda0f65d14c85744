package migrate

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"

	"replant/migrate/secret"
	"replant/migrate/source"
)

// newest reads the feed from its beginning. Where a page was named that names a feed as
// its own, that one is read: the first time after the page, later without it, unless
// the feed is no longer where it was.
func (s *stream) newest(ctx context.Context) (failed, err error) {
	if s.feed.found = s.foundBefore(); s.feed.found != nil {
		if failed, err = s.follow(ctx, s.feed.found); failed == nil || err != nil {
			return failed, err
		}
		s.feed.found = nil
	}
	failed, err = s.follow(ctx, s.feed.URL)
	if err != nil {
		return nil, err
	}
	if s.feed.found = s.named(failed); s.feed.found == nil {
		return failed, nil
	}
	if failed, err = s.follow(ctx, s.feed.found); failed != nil {
		failed = fmt.Errorf("its feed %s: %w", secret.Shown(s.feed.found), failed)
	} else if s.known == nil || s.known.Found != s.feed.foundAt() {
		s.out.Warnings = append(s.out.Warnings, fmt.Sprintf("%s: a web page; its feed is %s", s.feed.Address, secret.Shown(s.feed.found)))
	}
	return failed, err
}

// foundBefore gives where the last run found the feed that a page names; nil where
// there is none.
func (s *stream) foundBefore() *url.URL {
	if s.known == nil || s.known.Found == "" || s.feed.URL == nil {
		return nil
	}
	u, err := url.Parse(s.known.Found)
	if err != nil {
		return nil
	}
	return u
}

// named gives the feed that a page names which was read in the place of one; else nil.
func (s *stream) named(failed error) *url.URL {
	var not *source.NotFeedError
	if s.feed.URL == nil || !errors.As(failed, &not) || not.Alternate == "" {
		return nil
	}
	u, err := s.feed.URL.Parse(not.Alternate)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.String() == s.feed.URL.String() {
		return nil
	}
	return u
}

// sameServer tells whether an address leads to the very server that the author named:
// another port of a private host is another program's.
func sameServer(named, to *url.URL) bool {
	same := strings.EqualFold(named.Hostname(), to.Hostname()) && named.Port() == to.Port()
	return same && (named.Scheme == to.Scheme || to.Scheme == "https" && to.Port() == "")
}

// ask reads an address of the feed. One that came from a page may lead to other servers
// than the author named, but nowhere private.
func (s *stream) ask(ctx context.Context, addr *url.URL) (*Reply, error) {
	state := s.feed.state(s.memory.file)
	if s.feed.found != nil && !sameServer(s.feed.URL, addr) {
		return s.Web.Found(ctx, addr, state)
	}
	return s.Web.Page(ctx, addr, state)
}

// at is where the feed is read.
func (f *Feed) at() *url.URL {
	if f.found != nil {
		return f.found
	}
	return f.URL
}

// foundAt gives the address of a feed that a page names, as the ledger keeps it; empty
// where the feed was named itself, or where the address could be a secret.
func (f *Feed) foundAt() string {
	if f.found == nil || f.Secret != "" || !inClear(f.found.String()) {
		return ""
	}
	return f.found.String()
}
