package fetch

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"github.com/hashicorp/go-retryablehttp"

	"replant/migrate/blog"
)

// redirectsMost is how far an address may lead.
const redirectsMost = 10

// errand is one address that is asked for, its redirects and repeats included. It
// travels in the request's context: each hop is made from it anew, so that nothing
// meant for one server reaches another.
type errand struct {
	addr   *url.URL      // without user and password
	accept string        // the media types wanted
	total  time.Duration // for one answer
	known  entry         // whose validators are sent; zero for none

	feed  bool          // its address may hold secrets
	typed bool          // the user gave addr: its host may be private
	login *url.Userinfo // for addr's server alone; nil when none
}

type errandKey struct{}

func errandOf(ctx context.Context) *errand {
	e, _ := ctx.Value(errandKey{}).(*errand)
	return e
}

// run asks for the errand's address, and hands the answer to take, which is a 200, or
// a 304 to validators that were sent. What take cannot read whole is asked for again.
func (c *Client) run(ctx context.Context, e *errand, take func(*http.Response) error) error {
	if err := webScheme(e.addr); err != nil {
		return err
	}
	ctx = context.WithValue(ctx, errandKey{}, e)
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

// answered tells whether resp is what was asked for.
func (e *errand) answered(resp *http.Response) bool {
	switch resp.StatusCode {
	case http.StatusOK, http.StatusNonAuthoritativeInfo:
		return true
	case http.StatusNotModified:
		return e.known.From == keyOf(resp.Request.URL)
	}
	return false
}

// header gives what a hop of the errand says to its server.
func (e *errand) header(to *url.URL, agent string) http.Header {
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

// trusts tells whether a hop may lead to a private network: only to the server that the
// user named. Another port of its host is another server.
func (e *errand) trusts(to *url.URL) bool { return e.typed && blog.SameServer(e.addr, to) }

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
