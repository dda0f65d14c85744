package fetch

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/spf13/afero"
	"golang.org/x/net/dns/dnsmessage"
)

// TestContentLeadsNowherePrivate asks a real client for addresses that hostile content
// may hold, while a server listens on loopback that must never hear of it.
func TestContentLeadsNowherePrivate(t *testing.T) {
	t.Parallel()
	var heard atomic.Int32
	srv := httptest.NewServer(counted(&heard, says("secret")))
	t.Cleanup(srv.Close)
	_, port, _ := net.SplitHostPort(srv.Listener.Addr().String())
	c := New(Options{Cache: afero.NewMemMapFs()})
	for _, addr := range []string{
		"http://127.0.0.1:" + port, "http://localhost:" + port, "http://LOCALHOST.:" + port,
		"http://2130706433:" + port, "http://0x7f.1:" + port, "http://0177.0.0.1:" + port,
		"http://127.1:" + port, "http://[::1]:" + port, "http://[::ffff:127.0.0.1]:" + port,
		"http://[::ffff:7f00:1]:" + port, "http://0.0.0.0:" + port, "http://[::]:" + port,
		"http://127.0.0.1.:" + port, "http://１２７.0.0.1:" + port,
		"http://user:pass@127.0.0.1:" + port, "http://example.com@127.0.0.1:" + port,
		"http://169.254.169.254/latest/meta-data/", "http://metadata.google.internal/",
		"http://[fd00:ec2::254]/", "http://100.100.100.200/", "http://192.168.0.1/",
		"http://[64:ff9b::7f00:1]:" + port, "http://[2002:7f00:1::]:" + port,
	} {
		if _, err := picture(t, c, addr); !errors.Is(err, ErrPrivate) {
			t.Errorf("%s: %v", addr, err)
		}
	}
	for _, addr := range []string{
		"file:///etc/passwd", "ftp://example.com/a.png", "gopher://127.0.0.1:" + port, "//example.com/a.png",
		"/a.png", "data:image/png;base64,AAAA", "javascript:alert(1)", "unix:/run/x.sock",
	} {
		if _, err := picture(t, c, addr); !errors.Is(err, ErrScheme) {
			t.Errorf("%s: %v", addr, err)
		}
	}
	if _, err := picture(t, c, "http:///a.png"); err == nil {
		t.Error("an address without a host was taken")
	}
	if n := heard.Load(); n != 0 {
		t.Errorf("the private server heard %d requests", n)
	}
}

func TestPrivateAddressesOnRequest(t *testing.T) {
	t.Parallel()
	srv := httptest.NewServer(says("picture"))
	t.Cleanup(srv.Close)
	c := New(Options{Cache: afero.NewMemMapFs(), AllowPrivate: true})
	if got, err := picture(t, c, srv.URL); err != nil || got != "picture" {
		t.Errorf("got %q, %v", got, err)
	}
}

// TestPrivatePictureStaysWithItsPermission has what came from private networks in the
// cache, fresh: a run without that permission must not show it.
func TestPrivatePictureStaysWithItsPermission(t *testing.T) {
	t.Parallel()
	var asked atomic.Int32
	srv := httptest.NewServer(counted(&asked, says("picture")))
	t.Cleanup(srv.Close)
	cache := afero.NewMemMapFs()
	open, guarded := New(Options{Cache: cache, AllowPrivate: true}), New(Options{Cache: cache})
	if _, err := picture(t, open, srv.URL+"/a.png"); err != nil {
		t.Fatal(err)
	}
	feed(t, guarded, srv.URL+"/feed.png", "")
	for _, addr := range []string{srv.URL + "/a.png", srv.URL + "/feed.png"} {
		if _, err := picture(t, New(Options{Cache: cache}), addr); !errors.Is(err, ErrPrivate) {
			t.Errorf("%s: %v", addr, err)
		}
	}
	if got, err := picture(t, New(Options{Cache: cache, AllowPrivate: true}), srv.URL+"/a.png"); err != nil || got != "picture" || asked.Load() != 2 {
		t.Errorf("got %q, %v; asked %d times", got, err, asked.Load())
	}
}

// TestNameThatResolvesToPrivate has a name server whose answers lie in private
// networks: no look at the name could tell.
func TestNameThatResolvesToPrivate(t *testing.T) {
	t.Parallel()
	var heard atomic.Int32
	srv := httptest.NewServer(counted(&heard, says("secret")))
	t.Cleanup(srv.Close)
	o := Options{Cache: afero.NewMemMapFs()}.withDefaults()
	guarded := newTransport(o, &net.Dialer{Control: control, Resolver: resolver(t, func(dnsmessage.Question) [4]byte { return [4]byte{127, 0, 0, 1} })})
	c := newClient(o, &transports{open: http.DefaultTransport, guarded: guarded, proxy: noProxy})
	_, port, _ := net.SplitHostPort(srv.Listener.Addr().String())
	if _, err := picture(t, c, "http://rebind.example.com:"+port); !errors.Is(err, ErrPrivate) {
		t.Errorf("the error is %v", err)
	}
	if heard.Load() != 0 {
		t.Error("the private server heard of it")
	}
}

// resolver asks a name server of ours, which gives each name one address at a time.
func resolver(t *testing.T, answer func(dnsmessage.Question) [4]byte) *net.Resolver {
	t.Helper()
	conn, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	go serveNames(conn, answer)
	return &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		var d net.Dialer
		return d.DialContext(ctx, "udp", conn.LocalAddr().String())
	}}
}

func serveNames(conn net.PacketConn, answer func(dnsmessage.Question) [4]byte) {
	buf := make([]byte, 1500)
	for {
		n, from, err := conn.ReadFrom(buf)
		if err != nil {
			return
		}
		var m dnsmessage.Message
		if m.Unpack(buf[:n]) != nil || len(m.Questions) != 1 {
			continue
		}
		m.Response, m.Additionals = true, nil
		if q := m.Questions[0]; q.Type == dnsmessage.TypeA {
			m.Answers = []dnsmessage.Resource{{
				Header: dnsmessage.ResourceHeader{Name: q.Name, Type: q.Type, Class: q.Class, TTL: 1},
				Body:   &dnsmessage.AResource{A: answer(q)},
			}}
		}
		if b, err := m.Pack(); err == nil {
			_, _ = conn.WriteTo(b, from)
		}
	}
}

func TestTypedAddressMayBePrivate(t *testing.T) {
	t.Parallel()
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/" {
			http.Redirect(w, r, "/index.xml", http.StatusFound)
			return
		}
		says("<rss/>")(w, r)
	}))
	t.Cleanup(srv.Close)
	c := New(Options{Cache: afero.NewMemMapFs()})
	r := feed(t, c, srv.URL+"/", "")
	if got := text(t, r); got != "<rss/>" || r.URL.Path != "/index.xml" {
		t.Errorf("got %q from %s", got, r.URL)
	}
}

func TestRedirectIntoPrivateNetwork(t *testing.T) {
	t.Parallel()
	for _, to := range []string{
		"http://127.0.0.1:1/", "http://169.254.169.254/", "http://[::1]:1/", "http://localhost:1/", "http://2130706433/",
	} {
		c := world(t, Options{}, func(w http.ResponseWriter, r *http.Request) {
			if r.Host != "blog.example.com" {
				t.Errorf("%s was asked", r.Host)
			}
			http.Redirect(w, r, to, http.StatusFound)
		})
		if _, err := picture(t, c, "http://blog.example.com/a.png"); !errors.Is(err, ErrPrivate) {
			t.Errorf("picture redirected to %s: %v", to, err)
		}
		_, err := c.Feed(t.Context(), address(t, "http://blog.example.com/feed"), "")
		if !errors.Is(err, ErrPrivate) {
			t.Errorf("feed redirected to %s: %v", to, err)
		}
	}
}

// TestProxyIsTrustedAndGuarded sends content through a proxy on loopback: the proxy is
// dialled, literal private addresses never reach it.
func TestProxyIsTrustedAndGuarded(t *testing.T) {
	t.Parallel()
	var asked []string
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked = append(asked, r.URL.String())
		says("through the proxy")(w, r)
	}))
	t.Cleanup(proxy.Close)
	o := Options{Cache: afero.NewMemMapFs()}.withDefaults()
	l := newTransports(o)
	l.proxy = http.ProxyURL(address(t, proxy.URL))
	open := newTransport(o, &net.Dialer{})
	open.Proxy = l.proxy
	l.open = open
	c := newClient(o, l)
	if got, err := picture(t, c, "http://blog.example.com/a.png"); err != nil || got != "through the proxy" {
		t.Errorf("got %q, %v", got, err)
	}
	for _, addr := range []string{proxy.URL, "http://10.0.0.1/", "http://localhost/", "http://127.1/", "http://intranet/"} {
		if _, err := picture(t, c, addr); !errors.Is(err, ErrPrivate) {
			t.Errorf("%s: %v", addr, err)
		}
	}
	if got := strings.Join(asked, " "); got != "http://blog.example.com/a.png" {
		t.Errorf("the proxy was asked for %s", got)
	}
}

func TestBrokenProxySettingIsAnError(t *testing.T) {
	t.Parallel()
	broken := errors.New("invalid proxy address")
	o := Options{Cache: afero.NewMemMapFs()}.withDefaults()
	l := newTransports(o)
	l.proxy = func(*http.Request) (*url.URL, error) { return nil, broken }
	if _, err := picture(t, newClient(o, l), "http://blog.example.com/a.png"); !errors.Is(err, broken) {
		t.Errorf("the error is %v", err)
	}
}

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
	c := newClient(o, &transports{open: http.DefaultTransport, guarded: guarded, proxy: noProxy})
	if _, err := picture(t, c, "http://rebind.example.com/"); !errors.Is(err, ErrPrivate) {
		t.Errorf("the error is %v", err)
	}
	if got := strings.Join(dialled, " "); got != "93.184.216.34:80" {
		t.Errorf("dialled %s", got)
	}
}
