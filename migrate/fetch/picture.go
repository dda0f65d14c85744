package fetch

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"net/url"
	"sync"
	"time"
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
	e, err := c.flights.do(ctx, keyOf(addr), func() (entry, error) {
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
	if time.Since(last.Checked).Abs() < freshFor && (c.o.AllowPrivate || !last.Private) {
		return last, nil
	}
	ctx, cancel := context.WithDeadlineCause(ctx, c.until, ErrRunOver)
	defer cancel()
	e := &errand{addr: addr, accept: "*/*", total: c.o.Total, known: last}
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

// flights lets callers that want the same picture share one journey.
type flights struct {
	mu    sync.Mutex
	under map[string]*flight // by key of the address
}

type flight struct {
	landed chan struct{} // closed when the rest is settled
	entry  entry
	err    error
}

// do gets what key stands for, once. A caller that gives up leaves the journey to the
// next.
func (f *flights) do(ctx context.Context, key string, get func() (entry, error)) (entry, error) {
	for {
		fl, mine := f.board(key)
		if mine {
			fl.entry, fl.err = get()
			if ctx.Err() != nil {
				f.forget(key)
			}
			close(fl.landed)
			return fl.entry, fl.err
		}
		select {
		case <-fl.landed:
		case <-ctx.Done():
			return entry{}, context.Cause(ctx)
		}
		if f.holds(key, fl) {
			return fl.entry, fl.err
		}
	}
}

// board returns the flight of a key; mine for the one who has to fly it.
func (f *flights) board(key string) (fl *flight, mine bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if fl := f.under[key]; fl != nil {
		return fl, false
	}
	fl = &flight{landed: make(chan struct{})}
	f.under[key] = fl
	return fl, true
}

func (f *flights) forget(key string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	delete(f.under, key)
}

// holds reports whether a flight that landed was flown to its end.
func (f *flights) holds(key string, fl *flight) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.under[key] == fl
}
