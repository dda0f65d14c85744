package fetch

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/spf13/afero"
	"golang.org/x/net/dns/dnsmessage"
)

// TestHostileAddresses is the list of what content may try, each with its outcome. Ten
// thousand pictures in one post are a matter of package assets.
func TestHostileAddresses(t *testing.T) {
	t.Parallel()
	to := func(addr string) http.HandlerFunc { return http.RedirectHandler(addr, http.StatusFound).ServeHTTP }
	const private = ": not a public address"
	for _, tt := range []struct {
		what, addr string
		serve      http.HandlerFunc // of a public server; nil where nobody may be asked
		want       string
	}{
		{"AWS's metadata", "http://169.254.169.254/latest/meta-data/", nil, "169.254.169.254" + private},
		{"the same by IPv6", "http://[fd00:ec2::254]/latest/", nil, "fd00:ec2::254" + private},
		{"Google's metadata", "http://metadata.google.internal/", nil, "metadata.google.internal" + private},
		{"Alibaba's metadata", "http://100.100.100.200/", nil, "100.100.100.200" + private},
		{"a file", "file:///etc/passwd", nil, `"file": neither http nor https`},
		{"an old protocol", "gopher://127.0.0.1:25/", nil, `"gopher": neither http nor https`},
		{"a decimal host", "http://2130706433/", nil, "2130706433" + private},
		{"a hexadecimal host", "http://0x7f.0.0.1/", nil, "0x7f.0.0.1" + private},
		{"an octal host", "http://0177.0.0.1/", nil, "0177.0.0.1" + private},
		{"a short host", "http://127.1/", nil, "127.1" + private},
		{"a host in wide digits", "http://１２７.0.0.1/", nil, "１２７.0.0.1" + private},
		{"a v4-mapped host", "http://[::ffff:10.0.0.1]/", nil, "::ffff:10.0.0.1" + private},
		{"NAT64", "http://[64:ff9b::a00:1]/", nil, "64:ff9b::a00:1" + private},
		{"6to4", "http://[2002:a00:1::]/", nil, "2002:a00:1::" + private},
		{"carrier's NAT", "http://100.64.0.1/", nil, "100.64.0.1" + private},
		{"multicast", "http://224.0.0.1/", nil, "224.0.0.1" + private},
		{"the network for benchmarks", "http://198.18.0.1/", nil, "198.18.0.1" + private},
		{"a reserved network", "http://240.0.0.1/", nil, "240.0.0.1" + private},
		{"everywhere", "http://0.0.0.0/", nil, "0.0.0.0" + private},
		{"a name of the local network", "http://printer.local/", nil, "printer.local" + private},
		{"a user in front", "http://example.com@127.0.0.1/", nil, "127.0.0.1" + private},
		{"a redirect to metadata", photo, to("http://169.254.169.254/"), "169.254.169.254" + private},
		{"a redirect to loopback", photo, to("http://[::1]:6379/"), "::1" + private},
		{"a redirect to a file", photo, to("file:///etc/passwd"), `"file": neither http nor https`},
		{"endless redirects", photo, to(photo + "?again"), "more than 10 redirects"},
		{"an endless body", photo, endless, "too large: more than 1000000 bytes"},
		{"a gzip bomb", photo, zipped(strings.Repeat("x", 10<<20)), "too large: more than 1000000 bytes"},
		{"a length that lies", photo, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "1000000000000")
		}, "too large: more than 1000000 bytes"},
		{"endless waiting", photo, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Retry-After", "99999999999")
			w.WriteHeader(http.StatusServiceUnavailable)
		}, "503 Service Unavailable"},
		{"a body that drips", photo, dripping, "timed out"},
		{"a header that never comes", photo, func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }, "timed out"},
	} {
		t.Run(tt.what, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				var heard atomic.Int32
				c, start := world(t, Options{MaxBytes: 1_000_000}, counted(&heard, func(w http.ResponseWriter, r *http.Request) {
					if tt.serve != nil {
						tt.serve(w, r)
					}
				})), time.Now()
				_, err := picture(t, c, tt.addr)
				if err == nil || err.Error() != tt.want {
					t.Errorf("the outcome is %v, want %s", err, tt.want)
				}
				if tt.serve == nil && heard.Load() > 0 {
					t.Error("somebody was asked")
				}
				if took := time.Since(start); took > time.Minute || files(t, c, bodies) > 0 {
					t.Errorf("took %s, kept %d bodies", took, files(t, c, bodies))
				}
			})
		})
	}
}

// TestNameThatChangesItsAnswer has a name that is public when it is first looked up, and
// private when it is looked up again.
func TestNameThatChangesItsAnswer(t *testing.T) {
	t.Parallel()
	var looked atomic.Int32
	names := resolver(t, func(dnsmessage.Question) [4]byte {
		if looked.Add(1) == 1 {
			return [4]byte{93, 184, 216, 34}
		}
		return [4]byte{169, 254, 169, 254}
	})
	var dialled []string
	o := Options{Cache: afero.NewMemMapFs()}.withDefaults()
	guarded := newTransport(o, &net.Dialer{Resolver: names, Control: func(network, addr string, c syscall.RawConn) error {
		if err := control(network, addr, c); err != nil {
			return err
		}
		dialled = append(dialled, addr)
		return fmt.Errorf("a test leads nowhere: %w", syscall.ECONNREFUSED)
	}})
	c := newClient(o, &lanes{open: http.DefaultTransport, guarded: guarded, proxy: noProxy})
	if _, err := picture(t, c, "http://rebind.example.com/"); !errors.Is(err, ErrPrivate) {
		t.Errorf("the error is %v", err)
	}
	if got := strings.Join(dialled, " "); got != "93.184.216.34:80" {
		t.Errorf("dialled %s", got)
	}
}
