package fetch

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"net/http"
	"net/url"
	"time"

	"replant/migrate/blog"
)

// feedTypes is what a feed may be.
const feedTypes = "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, */*;q=0.8"

// Reply is what the address of a feed answered.
type Reply struct {
	URL *url.URL // where the answer came from in the end, without user and password
	Sum string   // SHA-256 of the body, hexadecimal
	// Charset is the encoding that the server names for the body; may be empty.
	Charset string
	// Body opens the whole body, decompressed; any number of times.
	Body func() (io.ReadCloser, error)
	// NotModified says that the bytes are those of the time before.
	NotModified bool
	// Done says that they are, and that Remember was called with the same state: there is
	// nothing in them that the caller has not taken in.
	Done bool
}

// Feed asks for an address that the user typed, or for an older page of one. Its server
// may be private, unless it was public before, in this run or the last one of which the
// cache knows: that is [ErrTurnedPrivate]. Where it redirects to another server, or another
// port, that one may not be private, nor later when older pages there are asked for.
//
// The state stands for what the caller has and wants to know: its memory and its
// settings. A conditional request is made only for a state in which the address was
// asked for, or which was passed to Remember, and only while the body is still
// there; so the answer always has a body, and a caller that lost its memory gets it
// anew.
//
// A user and a password in addr go to its server alone. They are used again for later
// addresses there that have none: older pages need them too.
//
// The error is a *StatusError where the server answered with anything but a body.
func (c *Client) Feed(ctx context.Context, addr *url.URL, state string) (*Reply, error) {
	return c.feed(ctx, addr, state, true)
}

// Found is Feed for an address that came from content: a page that the user typed may
// name its feed on another host, which may not be private.
func (c *Client) Found(ctx context.Context, addr *url.URL, state string) (*Reply, error) {
	return c.feed(ctx, addr, state, false)
}

func (c *Client) feed(ctx context.Context, addr *url.URL, state string, typed bool) (*Reply, error) {
	key := keyOf(addr)
	if c.o.Offline {
		return c.kept(addr, key)
	}
	last, proved := c.cache.taken(key, state)
	e := &download{
		addr: withoutUser(addr), accept: feedTypes, total: 10 * c.o.Total, feed: true,
		typed: typed && !c.wasLed(addr, nil), login: c.login(addr),
	}
	if last.Public {
		c.public.add(addr.Hostname())
	}
	given, done := last.seenBy(state)
	if given {
		e.known = last
	}
	now, from, err := c.ask(ctx, e, last, c.o.MaxFeed, anything)
	if errors.Is(err, ErrTurnedPrivate) && last.Public {
		err = errors.Join(err, c.cache.note(key, last)) // no sweep makes it forget
	}
	if err != nil {
		return nil, err
	}
	c.wasLed(from, addr)
	now.Public = c.public.has(addr.Hostname())
	same := now.Sum == last.Sum
	if same {
		now.Seen = last.Seen
	}
	now = now.see(state, same && done)
	if err := c.keep(key, now); err != nil {
		return nil, err
	}
	return &Reply{
		URL: from, Sum: now.Sum, Charset: now.Charset, NotModified: same, Done: same && done,
		Body: func() (io.ReadCloser, error) {
			if same && !proved {
				if err := c.prove(ctx, key, e, &now); err != nil {
					return nil, err
				}
				proved = true
			}
			return c.cache.fs.Open(now.name())
		},
	}, nil
}

// kept is feed where nobody is asked.
func (c *Client) kept(addr *url.URL, key string) (*Reply, error) {
	last := c.cache.entry(key)
	if last.Sum == "" {
		return nil, ErrOffline
	}
	return &Reply{
		URL: withoutUser(addr), Sum: last.Sum, Charset: last.Charset, NotModified: true,
		Body: func() (io.ReadCloser, error) { return c.cache.fs.Open(last.name()) },
	}, nil
}

// keep notes what the address of a feed answered, here and in the cache.
func (c *Client) keep(key string, now entry) error {
	if err := c.cache.note(key, now); err != nil {
		return err
	}
	c.mu.Lock()
	c.read[key] = now
	c.mu.Unlock()
	return nil
}

// prove downloads the body of a feed again if it is not what it was.
func (c *Client) prove(ctx context.Context, key string, e *download, now *entry) error {
	if c.cache.whole(*now) {
		return nil
	}
	e.known = entry{}
	again, _, err := c.ask(ctx, e, entry{}, c.o.MaxFeed, anything)
	if err != nil {
		return err
	}
	state := now.Seen[len(now.Seen)-1].State
	again.Public = now.Public
	*now = again.see(state, false)
	return c.keep(key, *now)
}

// Same reports whether the bytes that open reads are those which the file at a file: address
// had when Remember was called with the same state. It reads them to their end and keeps
// nothing of them but a hash.
func (c *Client) Same(addr *url.URL, open func() (io.ReadCloser, error), state string) (bool, error) {
	f, err := open()
	if err != nil {
		return false, err
	}
	defer f.Close()
	h := sha256.New()
	size, err := io.Copy(h, f)
	if err != nil {
		return false, err
	}
	key := keyOf(addr)
	now := entry{Sum: hex.EncodeToString(h.Sum(nil)), Size: size, Checked: time.Now()}
	last, err := c.cache.noted(key + ".json")
	same := err == nil && last.Sum == now.Sum
	if same {
		now.Seen = last.Seen
	}
	_, done := now.seenBy(state)
	now = now.see(state, done)
	return done, c.keep(key, now)
}

// Remember notes that all that Feed or Same read of an address is in place, and what the
// caller's state is after it. It notes nothing of an address that they did not read:
// what another run may have read meanwhile is that run's to vouch for.
func (c *Client) Remember(addr *url.URL, state string) error {
	key := keyOf(addr)
	c.mu.Lock()
	e, ok := c.read[key]
	c.mu.Unlock()
	if _, done := e.seenBy(state); !ok || done {
		return nil
	}
	e.Seen = e.Seen[:len(e.Seen)-1] // the caller has left the state in which it asked
	return c.cache.note(key, e.see(state, true))
}

// ask runs a download and stores its answer: the body that it brings, or, of a 304,
// the last one.
func (c *Client) ask(ctx context.Context, e *download, last entry, most int64, accept accepter) (now entry, from *url.URL, err error) {
	err = c.run(ctx, e, func(resp *http.Response) error {
		from = withoutUser(resp.Request.URL)
		if resp.StatusCode == http.StatusNotModified {
			now = last.vouch(resp)
			now.Private = c.o.AllowPrivate || e.typed
			return nil
		}
		if resp.ContentLength > most {
			return tooLarge(most)
		}
		sum, size, err := c.cache.put(resp.Body, most, accept)
		now = entryOf(resp, sum, size)
		now.Private = c.o.AllowPrivate || e.typed
		return err
	})
	return now, from, err
}

// wasLed reports whether a redirect has led from an address of a feed to a server that was not
// asked for. With the address that was, it notes that this may have happened.
func (c *Client) wasLed(to, asked *url.URL) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if asked != nil && !blog.SameServer(asked, to) {
		c.led[blog.Server(to)] = true
	}
	return c.led[blog.Server(to)]
}

// login returns the user and password for an address, and keeps those it has.
func (c *Client) login(addr *url.URL) *url.Userinfo {
	c.mu.Lock()
	defer c.mu.Unlock()
	if addr.User != nil {
		c.logins[blog.Server(addr)] = addr.User
	}
	return c.logins[blog.Server(addr)]
}

func withoutUser(u *url.URL) *url.URL {
	v := *u
	v.User = nil
	return &v
}
