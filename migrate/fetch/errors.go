package fetch

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"net/url"
	"strings"
	"syscall"
	"time"

	"replant/migrate/secret"
)

var (
	// ErrPrivate says that an address leads to a network that content may not name.
	ErrPrivate = errors.New("not a public address")
	// ErrTooLarge says that a body is longer than its limit.
	ErrTooLarge = errors.New("too large")
	// ErrStalled says that a server stopped sending, or took too long in all.
	ErrStalled = errors.New("timed out")
	// ErrRunOver says that the time for all pictures of a run is over.
	ErrRunOver = errors.New("no time left in this run")
	// ErrOffline says that nobody was asked, and that the cache does not have it.
	ErrOffline = errors.New("not kept on this machine")
	// ErrScheme says that an address is neither http nor https.
	ErrScheme = errors.New("neither http nor https")
)

// StatusError is an answer that is no body: the server's last word after all attempts.
type StatusError struct {
	Code int
	URL  string // what was asked in the end, without its secrets; empty where the host was left alone
	// RetryAfter is how long the server asked to be left alone; 0 where it did not say.
	RetryAfter time.Duration
	// Challenge says that Cloudflare wants proof of a person at a browser.
	Challenge bool
}

// Error returns the status as people know it: "404 Not Found". What changes from one
// time to the next is in the fields alone.
func (e *StatusError) Error() string {
	s := fmt.Sprintf("%d %s", e.Code, http.StatusText(e.Code))
	if e.Challenge {
		s += " (Cloudflare asks for a browser)"
	}
	return strings.TrimSpace(s)
}

// Is makes a 404 and a 410 an fs.ErrNotExist.
func (e *StatusError) Is(target error) bool {
	return target == fs.ErrNotExist && (e.Code == http.StatusNotFound || e.Code == http.StatusGone)
}

// ProxyError says that the proxy which the user has set up refused, or was not there.
type ProxyError struct {
	Proxy string // its host and port
	Code  int    // what it answered; 0 where it did not
	Err   error
}

// Error says it in words that are the same from run to run.
func (e *ProxyError) Error() string {
	text := stableText(e.Err)
	if text == "" {
		text = e.Err.Error()
	}
	return "the proxy " + e.Proxy + ": " + text
}

func (e *ProxyError) Unwrap() error { return e.Err }

// ofProxy returns an error as that of the proxy, where it came from there rather than from the
// server that was asked for: net/http marks what goes wrong on the way to it.
func (l *transports) ofProxy(req *http.Request, err error) error {
	var op *net.OpError
	if !errors.As(err, &op) || op.Op != "proxyconnect" {
		return err
	}
	proxy, unset := l.proxy(req)
	if unset != nil || proxy == nil {
		return err
	}
	return &ProxyError{Proxy: proxy.Host, Err: op.Err}
}

// connected is called with the answer of a proxy that was asked for a connection.
func connected(_ context.Context, proxy *url.URL, _ *http.Request, answer *http.Response) error {
	if answer.StatusCode == http.StatusOK {
		return nil
	}
	refusal := (&StatusError{Code: answer.StatusCode}).Error() // no status of the server's
	return lasting{&ProxyError{Proxy: proxy.Host, Code: answer.StatusCode, Err: errors.New(refusal)}}
}

// statusOf returns the error that resp amounts to.
func statusOf(resp *http.Response) *StatusError {
	wait, _ := retryAfter(resp, time.Now())
	return &StatusError{
		Code:       resp.StatusCode,
		URL:        secret.Shown(resp.Request.URL),
		RetryAfter: wait,
		Challenge:  challenged(resp),
	}
}

func challenged(resp *http.Response) bool {
	return resp.Header.Get("Cf-Mitigated") == "challenge"
}

// lasting marks an error that asking again would not help.
type lasting struct{ error }

func (l lasting) Unwrap() error { return l.error }

// lasts reports whether asking again is of no use.
func lasts(err error) bool {
	var (
		marked  lasting
		status  *StatusError
		lookup  *net.DNSError
		trust   *tls.CertificateVerificationError
		storage *fs.PathError
	)
	switch {
	case errors.As(err, &lookup):
		return lookup.IsNotFound
	case errors.As(err, &marked), errors.As(err, &status), errors.As(err, &trust), errors.As(err, &storage):
		return true
	}
	return errors.Is(err, ErrStalled) || errors.Is(err, http.ErrSchemeMismatch)
}

// reason is an error in words that are the same from run to run and from machine to
// machine: callers keep them. The ports, times and stream numbers of the error beneath
// are not, and addresses in it can hold secrets.
type reason struct {
	text  string
	cause error
}

func (r *reason) Error() string { return r.text }
func (r *reason) Unwrap() error { return r.cause }

// reasonOf returns an error that says why an address could not be fetched. It keeps err for errors.Is and
// errors.As.
func reasonOf(err error) error {
	var (
		request *url.Error
		marked  lasting
	)
	if errors.As(err, &request) {
		err = request.Err
	}
	if errors.As(err, &marked) {
		return marked.error
	}
	if text := stableText(err); text != "" {
		return &reason{text, err}
	}
	return err
}

// stableText returns fixed words for an error whose own change from run to run, or "".
func stableText(err error) string {
	var (
		lookup *net.DNSError
		number syscall.Errno
		cert   x509.CertificateInvalidError
		op     *net.OpError
		proxy  *ProxyError
	)
	switch {
	case errors.As(err, &proxy):
		return proxy.Error()
	case silence(err):
		return ErrStalled.Error()
	case strings.HasPrefix(err.Error(), "failed to parse Location header"):
		return "a redirect to what is no address" // the whole names it
	case errors.As(err, &lookup):
		return lookup.Err // the whole names the name server
	case errors.As(err, &cert) && cert.Reason == x509.Expired:
		return "the certificate has expired or is not yet valid" // the whole says what time it is
	case errors.As(err, &number):
		return number.Error()
	case errors.As(err, &op):
		return op.Err.Error() // the whole has our port
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), brokenStream(err):
		return "connection cut"
	}
	return ""
}

// brokenStream matches the errors of HTTP/2, whose types net/http does not export.
func brokenStream(err error) bool {
	text := err.Error()
	return strings.HasPrefix(text, "stream error: ") || strings.HasPrefix(text, "http2: server sent GOAWAY")
}
