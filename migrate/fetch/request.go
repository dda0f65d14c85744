package fetch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/hashicorp/go-retryablehttp"

	"replant/migrate/blog"
)

// redirectsMost is how far an address may lead.
const redirectsMost = 10

// download is one address that is asked for, its redirects and repeats included. It
// travels in the context of its requests: each of them is made from it anew, so that nothing
// meant for one server reaches another.
type download struct {
	addr   *url.URL      // without user and password
	accept string        // the media types wanted
	total  time.Duration // for one answer
	known  entry         // whose validators are sent; zero for none

	feed  bool          // its address may hold secrets
	typed bool          // the user gave addr: its host may be private
	login *url.Userinfo // for addr's server alone; nil when none
}

type downloadKey struct{}

func downloadOf(ctx context.Context) *download {
	e, _ := ctx.Value(downloadKey{}).(*download)
	return e
}

// run asks for a download's address, and hands the answer to take, which is a 200, or
// a 304 to validators that were sent. What take cannot read whole is asked for again.
func (c *Client) run(ctx context.Context, e *download, take func(*http.Response) error) error {
	if err := webScheme(e.addr); err != nil {
		return err
	}
	defer c.gate.wants(e.addr.Hostname())()
	ctx = context.WithValue(ctx, downloadKey{}, e)
	req, err := retryablehttp.NewRequestWithContext(ctx, http.MethodGet, e.addr.String(), nil)
	if err != nil {
		return reasonOf(err)
	}
	req.SetResponseHandler(func(resp *http.Response) error {
		defer discard(resp.Body)
		if !e.answered(resp) {
			return statusOf(resp)
		}
		return take(resp)
	})
	_, err = c.http.Do(req) //nolint:bodyclose // the handler has closed it
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil:
		return context.Cause(ctx)
	}
	return reasonOf(err)
}

// answered reports whether resp is what was asked for.
func (e *download) answered(resp *http.Response) bool {
	switch resp.StatusCode {
	case http.StatusOK, http.StatusNonAuthoritativeInfo:
		return true
	case http.StatusNotModified:
		return e.known.From == keyOf(resp.Request.URL)
	}
	return false
}

// header returns the header of a request to one of the addresses that a download leads to.
func (e *download) header(to *url.URL, agent string) http.Header {
	h := http.Header{"User-Agent": {agent}, "Accept": {e.accept}, "Accept-Encoding": {"gzip"}}
	if e.known.From == keyOf(to) {
		set(h, "If-None-Match", e.known.ETag)
		set(h, "If-Modified-Since", e.known.LastModified)
	}
	if e.login != nil && blog.SameServer(e.addr, to) {
		password, _ := e.login.Password()
		r := http.Request{Header: h}
		r.SetBasicAuth(e.login.Username(), password)
	}
	return h
}

func set(h http.Header, key, value string) {
	if value != "" {
		h.Set(key, value)
	}
}

// trusts reports whether a request may lead to a private network: only to the server that the
// user named. Another port of its host is another server.
func (e *download) trusts(to *url.URL) bool { return e.typed && blog.SameServer(e.addr, to) }

func webScheme(u *url.URL) error {
	switch {
	case u.Scheme != "http" && u.Scheme != "https":
		return lasting{fmt.Errorf("%q: %w", u.Scheme, ErrScheme)}
	case u.Hostname() == "":
		return lasting{errors.New("an address without a host")}
	}
	return nil
}

// redirect bounds where an answer may lead.
func redirect(req *http.Request, via []*http.Request) error {
	if len(via) > redirectsMost {
		return lasting{fmt.Errorf("more than %d redirects", redirectsMost)}
	}
	return webScheme(req.URL)
}

// repeating returns a client that sends requests by t and repeats them where that may help.
func repeating(o Options, t http.RoundTripper) *retryablehttp.Client {
	return &retryablehttp.Client{
		HTTPClient:   &http.Client{Transport: t, CheckRedirect: redirect},
		RetryMax:     o.Attempts - 1,
		RetryWaitMin: o.Pause,
		RetryWaitMax: 10 * time.Second,
		Backoff:      backoff,
		ErrorHandler: lastWord,
		CheckRetry: func(ctx context.Context, resp *http.Response, err error) (bool, error) {
			if ctx.Err() != nil {
				return false, context.Cause(ctx)
			}
			if err != nil {
				return !lasts(err), nil
			}
			return passes(resp, o.MaxWait), nil
		},
	}
}

// passes reports whether a status is worth another attempt, and soon enough.
func passes(resp *http.Response, maxWait time.Duration) bool {
	if wait, _ := retryAfter(resp, time.Now()); wait > maxWait || challenged(resp) {
		return false
	}
	switch code := resp.StatusCode; code {
	case http.StatusRequestTimeout, http.StatusTooManyRequests:
		return true
	case http.StatusNotImplemented, http.StatusHTTPVersionNotSupported:
		return false
	default:
		return code >= 500
	}
}

// backoff waits as long as the server asks, else twice as long each time; a little
// more of either, so that requests which failed together do not return together.
func backoff(least, most time.Duration, attempt int, resp *http.Response) time.Duration {
	wait, said := time.Duration(0), false
	if resp != nil {
		wait, said = retryAfter(resp, time.Now())
	}
	if !said {
		wait = retryablehttp.DefaultBackoff(least, most, attempt, nil)
	}
	return wait + rand.N(least)
}

// longest bounds what a Retry-After is taken for.
const longest = 365 * 24 * time.Hour

// retryAfter reads how long a server wants to be left alone: seconds or a date
// (RFC 9110, 10.2.3). It says false where the server does not say.
func retryAfter(resp *http.Response, now time.Time) (time.Duration, bool) {
	said := resp.Header.Get("Retry-After")
	if resp.StatusCode != http.StatusTooManyRequests && resp.StatusCode != http.StatusServiceUnavailable || said == "" {
		return 0, false
	}
	if seconds, err := strconv.ParseUint(said, 10, 31); err == nil {
		return min(time.Duration(seconds)*time.Second, longest), true
	}
	at, err := http.ParseTime(said)
	if err != nil {
		return 0, false
	}
	return min(max(0, at.Sub(now)), longest), true
}

// lastWord is what remains when no attempt is left.
func lastWord(resp *http.Response, err error, _ int) (*http.Response, error) {
	if resp == nil {
		return nil, err
	}
	discard(resp.Body)
	if err == nil {
		err = statusOf(resp)
	}
	return nil, err
}

// discard closes a body, read to its end where that is near: the connection can then
// serve the next request.
func discard(body io.ReadCloser) {
	_, _ = io.CopyN(io.Discard, body, 4<<10)
	body.Close()
}
