package fetch

import (
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/url"
	"strings"
	"syscall"
)

// reason is an error in words that are the same from run to run and from machine to
// machine: callers keep them. The ports, times and stream numbers of the error beneath
// are not, and addresses in it can hold secrets.
type reason struct {
	text  string
	cause error
}

func (r *reason) Error() string { return r.text }
func (r *reason) Unwrap() error { return r.cause }

// reasonOf says why an address could not be had. It keeps err for errors.Is and
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

// stableText gives the words for an error that has none that last; else nothing.
func stableText(err error) string {
	var (
		lookup *net.DNSError
		number syscall.Errno
		cert   x509.CertificateInvalidError
		op     *net.OpError
	)
	switch {
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

// brokenStream tells the errors of HTTP/2, whose types net/http keeps to itself.
func brokenStream(err error) bool {
	text := err.Error()
	return strings.HasPrefix(text, "stream error: ") || strings.HasPrefix(text, "http2: server sent GOAWAY")
}
