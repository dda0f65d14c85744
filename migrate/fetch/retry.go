package fetch

import (
	"context"
	"io"
	"math/rand/v2"
	"net/http"
	"strconv"
	"time"

	"github.com/hashicorp/go-retryablehttp"
)

// repeating gives a client that asks again where that may help, by way of t.
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

// passes tells whether a status is worth another attempt, and soon enough.
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
