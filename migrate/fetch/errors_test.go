package fetch

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"syscall"
	"testing"
	"time"

	"github.com/spf13/afero"
)

func TestReasonsAreTheSameEverywhere(t *testing.T) {
	t.Parallel()
	here := &net.TCPAddr{IP: net.IPv4(10, 0, 0, 7), Port: 54321}
	op := func(err error) error { return &net.OpError{Op: "read", Net: "tcp", Source: here, Addr: here, Err: err} }
	expired := x509.CertificateInvalidError{Reason: x509.Expired, Detail: "current time 2026-01-01 is after"}
	for _, tt := range []struct {
		err  error
		want string
	}{
		{op(os.NewSyscallError("read", syscall.ECONNRESET)), "connection reset by peer"},
		{op(os.ErrDeadlineExceeded), "timed out"},
		{&net.DNSError{Err: "no such host", Name: "x", Server: "10.0.0.1:53", IsNotFound: true}, "no such host"},
		{op(&net.DNSError{Err: "no such host", Server: "10.0.0.1:53"}), "no such host"},
		{op(errors.New("no route")), "no route"},
		{op(lasting{ErrPrivate}), "not a public address"},
		{&tls.CertificateVerificationError{Err: expired}, "the certificate has expired or is not yet valid"},
		{io.ErrUnexpectedEOF, "connection cut"},
		{fmt.Errorf("net/http: connection broken: %w", io.EOF), "connection cut"},
		{errors.New("stream error: stream ID 7; INTERNAL_ERROR"), "connection cut"},
		{errors.New("http2: server sent GOAWAY and closed the connection; LastStreamID=5"), "connection cut"},
		{&StatusError{Code: 503, RetryAfter: time.Hour}, "503 Service Unavailable"},
		{errors.New("gzip: invalid header"), "gzip: invalid header"},
	} {
		wrapped := &url.Error{Op: "Get", URL: "https://example.com/?token=t0ken", Err: tt.err}
		got := reasonOf(wrapped)
		if got.Error() != tt.want {
			t.Errorf("%v: the reason is %q, want %q", tt.err, got, tt.want)
		}
	}
}

func TestReasonsKeepTheirCause(t *testing.T) {
	t.Parallel()
	srv := httptest.NewServer(http.NotFoundHandler())
	srv.Close()
	c := New(Options{Cache: afero.NewMemMapFs(), Attempts: 1})
	_, err := c.Feed(t.Context(), address(t, srv.URL), "")
	if !errors.Is(err, syscall.ECONNREFUSED) || err.Error() != "connection refused" {
		t.Errorf("the error is %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := c.Feed(ctx, address(t, srv.URL), ""); !errors.Is(err, context.Canceled) {
		t.Errorf("the error is %v", err)
	}
}

func TestUntrustedCertificate(t *testing.T) {
	t.Parallel()
	srv := httptest.NewUnstartedServer(http.NotFoundHandler())
	srv.Config.ErrorLog = log.New(io.Discard, "", 0)
	srv.StartTLS()
	t.Cleanup(srv.Close)
	c := New(Options{Cache: afero.NewMemMapFs()})
	_, err := c.Feed(t.Context(), address(t, srv.URL), "")
	var untrusted x509.UnknownAuthorityError
	if !errors.As(err, &untrusted) || !lasts(err) {
		t.Errorf("the error is %v, and lasts: %t", err, lasts(err))
	}
}
