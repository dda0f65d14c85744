package fetch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"replant/migrate/secret"
	"replant/migrate/unpack"
)

// transports are the ways a request can go. They share no connections: one made where private
// addresses are allowed is never used where they are not.
type transports struct {
	open    http.RoundTripper // anywhere, and to proxies
	typed   http.RoundTripper // straight to what the user named, private unless it was public before
	guarded http.RoundTripper // straight to public addresses alone
	proxy   func(*http.Request) (*url.URL, error)
	public  publicHosts // of those that typed leads to
}

func newTransports(o Options) *transports {
	l := &transports{proxy: http.ProxyFromEnvironment}
	anywhere := net.Dialer{Timeout: 10 * time.Second}
	open := newTransport(o, &anywhere)
	open.Proxy, open.OnProxyConnectResponse = l.proxy, connected
	typed := newTransport(o, &anywhere)
	typed.DialContext = l.public.dialer(anywhere)
	l.open, l.typed = open, typed
	l.guarded = newTransport(o, &net.Dialer{Timeout: 10 * time.Second, Control: control})
	return l
}

func newTransport(o Options, d *net.Dialer) *http.Transport {
	return &http.Transport{
		DialContext:            d.DialContext,
		ForceAttemptHTTP2:      true,
		MaxIdleConnsPerHost:    o.MaxInFlight, // a proxy is one host to net/http, whatever lies behind it
		IdleConnTimeout:        time.Minute,
		TLSHandshakeTimeout:    10 * time.Second,
		MaxResponseHeaderBytes: 1 << 20,
	}
}

// pick returns the transport for a request of a download, or refuses it. The proxy that the user
// has set up is trusted: its own address is dialled without a look.
func (l *transports) pick(e *download, req *http.Request) (http.RoundTripper, error) {
	trusted := e.trusts(req.URL)
	if !trusted {
		if err := publicHost(req.URL.Hostname()); err != nil {
			return nil, err
		}
	}
	proxy, err := l.proxy(req)
	if err != nil {
		// Err has what the environment says, password included.
		return nil, lasting{&reason{"HTTP_PROXY or HTTPS_PROXY is not an address", err}}
	}
	switch {
	case proxy != nil:
		return l.open, nil
	case trusted:
		return l.typed, nil
	}
	return l.guarded, nil
}

// roundTripper makes the requests of downloads, redirects one by one.
type roundTripper struct {
	o          Options
	transports *transports
	gate       *gate
}

// RoundTrip makes one request, when the gate lets it, by the transport that its download
// allows. It keeps its place in the gate until the body has come.
func (h *roundTripper) RoundTrip(req *http.Request) (*http.Response, error) {
	e, name := downloadOf(req.Context()), req.URL.Hostname()
	via, err := h.transport(e, req)
	if err != nil {
		return nil, err
	}
	leave, err := h.gate.enter(req.Context(), name)
	if err != nil {
		return nil, err
	}
	start := time.Now()
	w := watch(req.Context(), h.o.Timeout, e.total, func(err error) {
		leave()
		h.gate.ended(name, err)
	})
	resp, err := via.RoundTrip(h.dress(e, req.WithContext(w.ctx)))
	if err != nil {
		err = h.transports.ofProxy(req, w.cause(err))
		w.end(err)
		h.o.Log.Debug("no answer", "address", e.where(req.URL), "error", err, "took", time.Since(start))
		return nil, err
	}
	h.o.Log.Debug("answer", "address", e.where(req.URL), "status", resp.StatusCode, "took", time.Since(start))
	h.listen(name, resp)
	unpackBody(resp)
	w.body, resp.Body = resp.Body, w
	return resp, nil
}

// listen hears whether a host asks to be left alone. One that says no more than "too
// many requests" gets a second.
func (h *roundTripper) listen(name string, resp *http.Response) {
	wait, said := retryAfter(resp, time.Now())
	if said || resp.StatusCode == http.StatusTooManyRequests {
		h.gate.asksForRest(name, resp.StatusCode, max(wait, time.Second))
		return
	}
	h.gate.freed(name)
}

func (h *roundTripper) transport(e *download, req *http.Request) (http.RoundTripper, error) {
	if h.o.AllowPrivate {
		return h.transports.open, nil
	}
	return h.transports.pick(e, req)
}

// dress sets the header of a request, whatever net/http carried over from the last one.
func (h *roundTripper) dress(e *download, req *http.Request) *http.Request {
	req.Header = e.header(req.URL, h.o.UserAgent)
	return req
}

// where is an address as a log may have it: without its query, and that of a feed without
// what else of it can be secret.
func (e *download) where(u *url.URL) string {
	if e.feed {
		return secret.Shown(u)
	}
	return u.Scheme + "://" + u.Host + u.EscapedPath()
}

// progress is how many bytes a body must bring within the time-out: one that drips a
// byte a second hangs all the same.
const progress = 4 << 10

// watched is an answer under way: it ends when it makes no progress, or takes too long
// in all.
type watched struct {
	body   io.ReadCloser // nil until the header has come
	ctx    context.Context
	cancel context.CancelCauseFunc
	idle   *time.Timer
	whole  *time.Timer
	most   time.Duration // without progress
	fresh  int           // bytes since the last progress
	over   func(error)
}

// watch begins to wait for an answer. Over is called at its end, once: with the reason
// where the answer broke off, as soon as its last byte has come otherwise.
func watch(ctx context.Context, idle, whole time.Duration, over func(error)) *watched {
	w := &watched{most: idle}
	var once sync.Once
	w.over = func(err error) { once.Do(func() { over(err) }) }
	w.ctx, w.cancel = context.WithCancelCause(ctx)
	giveUp := func() { w.cancel(ErrStalled) }
	w.idle, w.whole = time.AfterFunc(idle, giveUp), time.AfterFunc(whole, giveUp)
	return w
}

func (w *watched) Read(p []byte) (int, error) {
	n, err := w.body.Read(p)
	if w.fresh += n; w.fresh >= progress {
		w.fresh = 0
		w.idle.Reset(w.most)
	}
	switch {
	case errors.Is(err, io.EOF): // what the caller does with it keeps no other waiting
		w.stop(nil)
	case err != nil:
		err = w.cause(err)
		w.stop(err)
	}
	return n, err
}

// Close closes the body and ends the watch.
func (w *watched) Close() error {
	defer w.end(nil)
	return w.body.Close()
}

// end ends the watch of an answer that has been read, or, with the reason, never came.
func (w *watched) end(err error) {
	w.stop(err)
	w.cancel(context.Canceled)
}

// stop ends the waiting.
func (w *watched) stop(err error) {
	w.idle.Stop()
	w.whole.Stop()
	w.over(err)
}

// cause returns the reason why the answer was given up, where it was; else err.
func (w *watched) cause(err error) error {
	if why := context.Cause(w.ctx); why != nil {
		return why
	}
	return err
}

// unpackBody makes the body of a packed answer read as what it unpacks to. net/http
// would do the same if the request did not say Accept-Encoding by itself, but without a
// limit on the ratio.
func unpackBody(resp *http.Response) {
	if !strings.EqualFold(resp.Header.Get("Content-Encoding"), "gzip") {
		return
	}
	resp.Body = &packedBody{ReadCloser: resp.Body}
	resp.Header.Del("Content-Encoding")
	resp.Header.Del("Content-Length")
	resp.ContentLength, resp.Uncompressed = -1, true
}

// packedBody is the body of an answer, unpacked. It waits for the first byte when it is
// first read, since an answer counts as come with its header.
type packedBody struct {
	io.ReadCloser
	unpacked *unpack.Reader
	broken   error // why there is nothing to unpack
}

func (b *packedBody) Read(p []byte) (int, error) {
	if b.unpacked == nil {
		b.unpacked, b.broken = unpack.NewReader(b.ReadCloser)
	}
	if b.broken != nil {
		return 0, b.broken
	}
	n, err := b.unpacked.Read(p)
	if errors.Is(err, unpack.ErrRatio) {
		err = lasting{fmt.Errorf("%w: %w", ErrTooLarge, err)}
	}
	return n, err
}
