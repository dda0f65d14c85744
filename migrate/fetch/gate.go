package fetch

import (
	"context"
	"errors"
	"net"
	"strings"
	"sync"
	"time"
)

// silentMost is how many requests in a row a host may leave without a whole answer
// before it counts as out of reach: a thousand pictures of a dead server then cost a
// minute, not hours. A host that has answered in this run may leave more: where some
// pictures hang, the others must not be given up with them.
const (
	silentMost      = 6
	silentMostKnown = 30
)

// gate bounds the requests in flight, and keeps hosts in peace that asked for it.
type gate struct {
	all      chan struct{}
	perHost  int
	maxWait  time.Duration // for one rest
	patience time.Duration // for rest after rest

	mu    sync.Mutex
	hosts map[string]*host
}

// host is what the gate knows of one host. Its fields are the gate's to lock.
type host struct {
	slots  chan struct{}
	rest   time.Time // no request before that
	code   int       // the status that asked for the rest
	busy   time.Time // when it first asked for rest, since its last other answer; else zero
	silent int       // requests without a whole answer since the last one with
	known  bool      // has answered in this run
	wanted int       // addresses that are asked for and have not answered
}

func newGate(o Options) *gate {
	return &gate{
		all:      make(chan struct{}, o.MaxInFlight),
		perHost:  o.MaxPerHost,
		maxWait:  o.MaxWait,
		patience: o.Total,
		hosts:    map[string]*host{},
	}
}

func (g *gate) host(name string) *host {
	name = strings.ToLower(name)
	g.mu.Lock()
	defer g.mu.Unlock()
	h := g.hosts[name]
	if h == nil {
		h = &host{slots: make(chan struct{}, g.perHost)}
		g.hosts[name] = h
	}
	return h
}

// enter waits until a request to a host may be made. The caller calls leave when its
// answer has been read.
func (g *gate) enter(ctx context.Context, name string) (leave func(), err error) {
	h := g.host(name)
	for {
		if err := take(ctx, h.slots); err != nil {
			return nil, err
		}
		wait, err := g.due(h)
		if err != nil {
			<-h.slots
			return nil, err
		}
		if wait <= 0 {
			break
		}
		<-h.slots
		if err := sleep(ctx, wait); err != nil {
			return nil, err
		}
	}
	// The host's slot comes first: waiting for a slow host then holds up no other.
	if err := take(ctx, g.all); err != nil {
		<-h.slots
		return nil, err
	}
	return sync.OnceFunc(func() { <-g.all; <-h.slots }), nil
}

// due says how long a host is to be left alone yet. It fails for one that asked for
// more than anybody waits, at once or time and again, and for one that is out of reach.
func (g *gate) due(h *host) (time.Duration, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if h.silent >= silentMostKnown || h.silent >= silentMost && !h.known {
		return 0, ErrStalled
	}
	wait := time.Until(h.rest)
	if wait > g.maxWait || !h.busy.IsZero() && time.Since(h.busy) > g.patience {
		return 0, &StatusError{Code: h.code, RetryAfter: max(0, wait)}
	}
	return wait, nil
}

// wants counts an address of a host that is asked for until the caller calls done.
func (g *gate) wants(name string) (done func()) {
	h := g.host(name)
	add := func(n int) {
		g.mu.Lock()
		defer g.mu.Unlock()
		h.wanted += n
	}
	add(1)
	return func() { add(-1) }
}

// waiting returns the host that asked for rest for which most addresses wait, and how many.
func (g *gate) waiting() (name string, n int) {
	g.mu.Lock()
	defer g.mu.Unlock()
	for of, h := range g.hosts {
		if time.Now().Before(h.rest) && (h.wanted > n || h.wanted == n && of < name) {
			name, n = of, h.wanted
		}
	}
	return name, n
}

// freed notes that a host does not ask for rest.
func (g *gate) freed(name string) {
	h := g.host(name)
	g.mu.Lock()
	defer g.mu.Unlock()
	h.busy = time.Time{}
}

// ended notes how a request to a host ended, and counts those that nobody answered to
// the end.
func (g *gate) ended(name string, err error) {
	h := g.host(name)
	g.mu.Lock()
	defer g.mu.Unlock()
	switch {
	case err == nil:
		h.silent, h.known = 0, true
	case silence(err):
		h.silent++
	}
}

// asksForRest keeps a host in peace for as long as it asked, with a status.
func (g *gate) asksForRest(name string, code int, wait time.Duration) {
	h := g.host(name)
	g.mu.Lock()
	defer g.mu.Unlock()
	now := time.Now()
	if h.busy.IsZero() {
		h.busy = now
	}
	if until := now.Add(wait); until.After(h.rest) {
		h.rest, h.code = until, code
	}
}

// silence reports whether an error means that nobody answered.
func silence(err error) bool {
	var n net.Error
	return errors.Is(err, ErrStalled) || errors.As(err, &n) && n.Timeout()
}

func take(ctx context.Context, slots chan struct{}) error {
	select {
	case slots <- struct{}{}:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

func sleep(ctx context.Context, d time.Duration) error {
	select {
	case <-time.After(d):
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}
