package fetch

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"net/url"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/singleflight"
)

// freshFor is how long a picture is used without asking for it again: long enough for
// a real run after its dry run, and for the repeats of a bad day.
const freshFor = 24 * time.Hour

// Fetch gets a picture whose address comes from content, and returns the name of the
// file in Options.Cache that holds the whole body, and its size in bytes. The last
// element of the name is the body's SHA-256. The address must be absolute; it may lead
// nowhere private unless Options.AllowPrivate. The body may have most bytes; 0 stands for
// Options.MaxBytes, and one that may be larger, as films are, may take ten times as long.
//
// Accept is shown the first 3 KB, or all of a shorter body, and may refuse it: the
// body is then not kept, and Fetch fails with accept's error. A nil accept takes all.
//
// A picture that several callers want at once is asked for once, and what it answered
// holds as long as the client does, failure included.
func (c *Client) Fetch(ctx context.Context, addr *url.URL, most int64, accept func(head []byte) error) (name string, size int64, err error) {
	if accept == nil {
		accept = anything
	}
	addr = withoutUser(addr) // content has no business with credentials
	e, err := c.shared.do(ctx, keyOf(addr), func() (entry, error) {
		return c.picture(ctx, addr, most, accept)
	})
	if err != nil {
		return "", 0, err
	}
	return e.name(), e.Size, nil
}

// picture gets one picture: from the cache while it is fresh, else from its server,
// which may say that the cache is right.
func (c *Client) picture(ctx context.Context, addr *url.URL, most int64, accept accepter) (entry, error) {
	key := keyOf(addr)
	last := c.cache.entry(key)
	if last.Sum != "" && !c.cache.accepts(last, accept) {
		last = entry{}
	}
	switch {
	case c.o.Offline && last.Sum == "":
		return entry{}, ErrOffline
	case c.o.Offline:
		return last, nil
	}
	if time.Since(last.Checked).Abs() < freshFor && (c.o.AllowPrivate || !last.Private) {
		return last, nil
	}
	ctx, cancel := context.WithDeadlineCause(ctx, c.until, ErrRunOver)
	defer cancel()
	e := &download{addr: addr, accept: "*/*", total: c.o.Total, known: last}
	if most > c.o.MaxBytes {
		e.total *= 10
	}
	now, _, err := c.ask(ctx, e, last, cmp.Or(most, c.o.MaxBytes), accept)
	if err != nil {
		return entry{}, err
	}
	return now, c.cache.note(key, now)
}

// Stored returns the name of the file in Options.Cache that holds a body which was fetched
// some time, by its SHA-256 in hex, where it has not been cleared away.
func (c *Client) Stored(sum string) (name string, ok bool) {
	if raw, err := hex.DecodeString(sum); err != nil || len(raw) != sha256.Size {
		return "", false
	}
	name = entry{Sum: sum}.name()
	info, err := c.cache.fs.Stat(name)
	return name, err == nil && info.Mode().IsRegular()
}

// shared lets callers that want the same picture share one request, and keeps what came of
// it.
type shared struct {
	group singleflight.Group
	ended sync.Map // key of an address to result
}

// result is what came of a request.
type result struct {
	entry entry
	err   error
}

// do calls get once for a key and returns its result to all callers. Where the caller whose
// get runs gives up, the next one calls its own.
func (f *shared) do(ctx context.Context, key string, get func() (entry, error)) (entry, error) {
	for {
		var mine atomic.Bool
		landed := f.group.DoChan(key, func() (any, error) {
			if _, ok := f.ended.Load(key); ok {
				return nil, nil
			}
			mine.Store(true)
			now, err := get()
			if ctx.Err() == nil {
				f.ended.Store(key, result{now, err})
			}
			return nil, nil
		})
		select {
		case <-landed:
		case <-ctx.Done():
			if mine.Load() {
				<-landed // a file half written is removed before the caller goes on
			}
			return entry{}, context.Cause(ctx)
		}
		if ended, ok := f.ended.Load(key); ok {
			return ended.(result).entry, ended.(result).err
		}
	}
}
