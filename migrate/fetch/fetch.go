// Package fetch gets feeds and pictures over HTTP: politely, within limits, and never
// twice. Start at [Client.Feed] and [Client.Fetch].
//
// # What is promised
//
// To servers: at most 6 requests in flight to one host and 24 in all; Retry-After is
// obeyed, by every request to that host; what was fetched before is asked for with
// its validators; a failed request is repeated twice at the most.
//
// To the user: addresses that come from content lead nowhere private, whatever DNS,
// redirects or odd spellings say; credentials go to the server they were typed for and
// nowhere else; bodies are bounded, unpacked bytes counted, and measured against packed
// ones; what hangs is given up.
//
// # The cache
//
// Bodies are files named by their SHA-256, in the folder body; for each address a
// small JSON file in the folder index says which body it gave last, and by which
// validators. A body is written beside its place and renamed, and hashed again before it
// is read: an entry that is missing or damaged costs one download. The folder notes holds
// what callers note of an address. [Client.Sweep] drops what has not been asked for in a while.
package fetch

import (
	"cmp"
	"log/slog"
	"net/url"
	"sync"
	"time"

	"github.com/hashicorp/go-retryablehttp"
	"github.com/spf13/afero"
)

// Options are the limits of a client. The zero value of each limit stands for its
// default.
type Options struct {
	UserAgent string       // who we say we are; default "replant"
	Cache     afero.Fs     // keeps bodies and validators; required
	Log       *slog.Logger // gets every request at level debug; may be nil

	// Edition names the program that notes are of: those of another are not found.
	Edition string

	// Offline asks nobody: what the cache holds is the answer, however old, and for the rest
	// there is ErrOffline.
	Offline bool

	// AllowPrivate lets addresses that come from content lead to private networks.
	AllowPrivate bool

	MaxBytes    int64         // of one picture, decompressed; default 64 MB
	MaxFeed     int64         // of one feed, decompressed; default 2 GB
	Timeout     time.Duration // without progress; default 30 s
	Total       time.Duration // for one picture's answer, and for a host's busy spell; a feed gets ten times that; default 5 min
	Run         time.Duration // for all pictures together, from New on; default 1 h
	MaxWait     time.Duration // the longest Retry-After that is waited for; default 60 s
	MaxPerHost  int           // requests in flight to one host; default 6
	MaxInFlight int           // requests in flight in all; default 24
	Attempts    int           // for one address, the first included; default 3
	Pause       time.Duration // before the second attempt, doubled before each later one; default 500 ms
}

// Client fetches addresses. It is made for one run: what an address answered to Fetch
// holds as long as the client does. It is safe for concurrent use.
type Client struct {
	o     Options
	gate  *gate
	http  *retryablehttp.Client
	cache cache

	public *publicHosts // that the user named

	shared shared
	until  time.Time // when pictures are given up

	mu     sync.Mutex
	read   map[string]entry         // what Feed and Same read, by key of the address
	logins map[string]*url.Userinfo // what the user typed, by server
	led    map[string]bool          // servers that the user did not name, where redirects of feeds led
}

// New returns a client that obeys the proxy settings of the environment.
func New(o Options) *Client {
	o = o.withDefaults()
	return newClient(o, newTransports(o))
}

// newClient returns a client that sends its requests by the transports.
func newClient(o Options, l *transports) *Client {
	g := newGate(o)
	return &Client{
		o:      o,
		gate:   g,
		http:   repeating(o, &roundTripper{o: o, transports: l, gate: g}),
		cache:  cache{o.Cache},
		public: &l.public,
		until:  time.Now().Add(o.Run),
		read:   map[string]entry{},
		logins: map[string]*url.Userinfo{},
		led:    map[string]bool{},
	}
}

// Waiting returns a host that has asked to be left alone for a while, and how many addresses
// wait for it; "" and 0 where none has.
func (c *Client) Waiting() (host string, n int) { return c.gate.waiting() }

func (o Options) withDefaults() Options {
	o.UserAgent = cmp.Or(o.UserAgent, "replant")
	o.Log = cmp.Or(o.Log, slog.New(slog.DiscardHandler))
	o.MaxBytes = cmp.Or(o.MaxBytes, 64<<20)
	o.MaxFeed = cmp.Or(o.MaxFeed, 2<<30)
	o.Timeout = cmp.Or(o.Timeout, 30*time.Second)
	o.Total = cmp.Or(o.Total, 5*time.Minute)
	o.Run = cmp.Or(o.Run, time.Hour)
	o.MaxWait = cmp.Or(o.MaxWait, time.Minute)
	o.MaxPerHost = cmp.Or(o.MaxPerHost, 6)
	o.MaxInFlight = cmp.Or(o.MaxInFlight, 24)
	o.Attempts = cmp.Or(o.Attempts, 3)
	o.Pause = cmp.Or(o.Pause, 500*time.Millisecond)
	return o
}
