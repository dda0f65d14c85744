package fetch

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"

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
	c := newClient(o, &lanes{open: http.DefaultTransport, guarded: guarded, proxy: noProxy})
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
	l := newLanes(o)
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
	l := newLanes(o)
	l.proxy = func(*http.Request) (*url.URL, error) { return nil, broken }
	if _, err := picture(t, newClient(o, l), "http://blog.example.com/a.png"); !errors.Is(err, broken) {
		t.Errorf("the error is %v", err)
	}
}
