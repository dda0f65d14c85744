package fetch

import (
	"errors"
	"io/fs"
	"net"
	"net/http/httptest"
	"net/netip"
	"path"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/spf13/afero"
	"golang.org/x/net/dns/dnsmessage"
)

func TestPublicAddresses(t *testing.T) {
	t.Parallel()
	for addr, want := range map[string]bool{
		"1.1.1.1": true, "93.184.216.34": true, "172.32.0.1": true, "100.128.0.1": true,
		"2606:4700::1111": true, "2a00:1450:4001:80e::200e": true, "::ffff:1.1.1.1": true,

		"0.0.0.0": false, "0.1.2.3": false, "10.1.2.3": false, "100.64.0.1": false,
		"100.127.255.255": false, "127.0.0.1": false, "127.255.0.1": false,
		"169.254.169.254": false, "172.16.0.1": false, "172.31.255.255": false,
		"192.0.0.170": false, "192.0.2.1": false, "192.88.99.1": false, "192.168.1.1": false,
		"198.18.0.1": false, "198.19.255.255": false, "198.51.100.7": false, "203.0.113.9": false,
		"224.0.0.1": false, "239.255.255.250": false, "240.0.0.1": false, "255.255.255.255": false,

		"::": false, "::1": false, "::ffff:127.0.0.1": false, "::ffff:169.254.169.254": false,
		"::127.0.0.1": false, "::ffff:0:127.0.0.1": false, "64:ff9b::7f00:1": false,
		"64:ff9b:1::1": false, "100::1": false, "2001::1": false, "2001:2::1": false,
		"2001:10::1": false, "2001:db8::1": false, "2002:7f00:1::": false, "3fff::1": false,
		"fc00::1": false, "fd00:ec2::254": false, "fe80::1": false, "fe80::1%eth0": false,
		"fec0::1": false, "ff02::1": false,
	} {
		if got := public(netip.MustParseAddr(addr)); got != want {
			t.Errorf("public(%s) = %t", addr, got)
		}
	}
}

func TestPublicHosts(t *testing.T) {
	t.Parallel()
	for host, want := range map[string]bool{
		"example.com": true, "example.com.": true, "EXAMPLE.COM": true, "bücher.example": true,
		"a_b.example.com": true, "1e100.net": true, "1.1.1.1": true, "2606:4700::1111": true,
		"xn--bcher-kva.example": true, "0xdeadbeef.example": true, "127.0.0.1.nip.io": true,

		"": false, ".": false, "localhost": false, "LOCALHOST.": false, "a.localhost": false,
		"intranet": false, "printer.local": false, "metadata.google.internal": false,
		"router.lan": false, "nas.home.arpa": false, "localhost.localdomain": false,
		"127.0.0.1": false, "127.0.0.1.": false, "127.1": false, "2130706433": false,
		"0x7f000001": false, "0x7F.1": false, "0177.0.0.1": false, "127.0.0.0x1": false,
		"127.0.0.0x": false, "::1": false, "::ffff:10.0.0.1": false, "fe80::1%eth0": false,
		"１２７.0.0.1": false, "127。0。0。1": false, "ⓛocalhost": false, "169.254.169.254": false,
	} {
		err := publicHost(host)
		if got := err == nil; got != want {
			t.Errorf("publicHost(%q) = %v", host, err)
		}
		if err != nil && !errors.Is(err, ErrPrivate) {
			t.Errorf("publicHost(%q) is no ErrPrivate: %v", host, err)
		}
	}
}

func TestDialLooksAtTheAddressItConnectsTo(t *testing.T) {
	t.Parallel()
	for to, want := range map[string]bool{
		"1.1.1.1:443": true, "[2606:4700::1111]:80": true,
		"127.0.0.1:80": false, "[::ffff:127.0.0.1]:80": false, "[fe80::1%lo]:80": false, "": false,
	} {
		if got := control("tcp", to, nil) == nil; got != want {
			t.Errorf("control(%q) allows: %t", to, got)
		}
	}
}

func FuzzPublicHost(f *testing.F) {
	for _, s := range []string{"127.0.0.1", "0x7f.1", "[::1]", "a.b", "１２７。1", "\x00", "xn--"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, host string) {
		a, err := netip.ParseAddr(host)
		if err == nil && !public(a) && publicHost(host) == nil {
			t.Errorf("%q is private, and let through", host)
		}
	})
}

var (
	outside = [4]byte{93, 184, 216, 34}
	inside  = [4]byte{127, 0, 0, 1}
)

// rebound is a client for feeds whose name server answers with its addresses one after the other,
// the last one from then on. No public address can be reached: its list of those dialled
// is all there is to see.
type rebound struct {
	*Client
	mu      sync.Mutex
	dialled []string
}

func newRebound(t *testing.T, cache afero.Fs, answers ...[4]byte) *rebound {
	t.Helper()
	var looked atomic.Int32
	names := resolver(t, func(dnsmessage.Question) [4]byte {
		return answers[min(int(looked.Add(1)), len(answers))-1]
	})
	r, o := &rebound{}, Options{Cache: cache, Attempts: 1}.withDefaults()
	l := newTransports(o)
	l.proxy = noProxy
	typed := newTransport(o, &net.Dialer{})
	typed.DisableKeepAlives = true
	typed.DialContext = l.public.dialer(net.Dialer{Resolver: names, Control: r.dial})
	l.typed = typed
	r.Client = newClient(o, l)
	return r
}

func (r *rebound) dial(_, addr string, _ syscall.RawConn) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	host, _, _ := net.SplitHostPort(addr)
	r.dialled = append(r.dialled, host)
	if host != "127.0.0.1" {
		return syscall.ECONNREFUSED
	}
	return nil
}

// A host that the user typed may be private, but not once it was public, whether its
// server answered then or not.
func TestPublicHostMayNotTurnPrivate(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		answers [][4]byte
		asks    int
		refused bool // the last time
		dialled string
	}{
		"private":                      {[][4]byte{inside}, 3, false, "127.0.0.1 127.0.0.1 127.0.0.1"},
		"public, then private":         {[][4]byte{outside, inside}, 2, true, "93.184.216.34"},
		"public again":                 {[][4]byte{outside, inside, outside}, 3, false, "93.184.216.34 93.184.216.34"},
		"private, public, and private": {[][4]byte{inside, outside, inside}, 3, true, "127.0.0.1 93.184.216.34"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			srv := httptest.NewServer(says("<rss/>"))
			t.Cleanup(srv.Close)
			_, port, _ := net.SplitHostPort(srv.Listener.Addr().String())
			c, err := newRebound(t, afero.NewMemMapFs(), tt.answers...), error(nil)
			for i := range tt.asks {
				_, err = c.Feed(t.Context(), address(t, "http://Blog.example.com:"+port+"/feed?page="+string(rune('0'+i))), "")
			}
			const want = "Blog.example.com: had a public address before, and has a private one now"
			if errors.Is(err, ErrTurnedPrivate) != tt.refused || tt.refused && (err.Error() != want || !errors.Is(err, ErrPrivate)) {
				t.Errorf("the error is %v", err)
			}
			if got := strings.Join(c.dialled, " "); got != tt.dialled {
				t.Errorf("dialled %s, want %s", got, tt.dialled)
			}
		})
	}
}

// A repeat looks the name up again.
func TestHostThatTurnsPrivateWithinOneErrand(t *testing.T) {
	t.Parallel()
	c := newRebound(t, afero.NewMemMapFs(), outside, inside)
	c.http.RetryMax = 2
	if _, err := c.Feed(t.Context(), address(t, "http://blog.example.com/feed"), ""); !errors.Is(err, ErrTurnedPrivate) {
		t.Errorf("the error is %v", err)
	}
	if !slices.Equal(c.dialled, []string{"93.184.216.34"}) {
		t.Errorf("dialled %v", c.dialled)
	}
}

// The cache lets the next run know that a host was public.
func TestHostThatTurnsPrivateBetweenRuns(t *testing.T) {
	t.Parallel()
	var heard atomic.Int32
	srv := httptest.NewServer(counted(&heard, says("secret")))
	t.Cleanup(srv.Close)
	_, port, _ := net.SplitHostPort(srv.Listener.Addr().String())
	addr := "http://blog.example.com:" + port + "/feed"
	for _, wasPublic := range []bool{true, false} {
		cache, asked := afero.NewMemMapFs(), heard.Load()
		first := world(t, Options{Cache: cache}, says("<rss/>"))
		if wasPublic {
			first.public.add("blog.example.com")
		}
		feed(t, first, addr, "")
		if err := first.Remember(address(t, addr), "s"); err != nil {
			t.Fatal(err)
		}
		for range 3 { // neither a refusal nor a sweep makes it forget
			c := newRebound(t, cache, inside)
			_, err := c.Feed(t.Context(), address(t, addr), "s")
			if errors.Is(err, ErrTurnedPrivate) != wasPublic || !wasPublic && err != nil {
				t.Errorf("public before %t: %v", wasPublic, err)
			}
			age(t, cache, 20*24*time.Hour)
			if err := c.Sweep(30 * 24 * time.Hour); err != nil {
				t.Fatal(err)
			}
		}
		if (heard.Load() > asked) == wasPublic {
			t.Errorf("public before %t: the private server heard %d requests", wasPublic, heard.Load()-asked)
		}
		note, _ := afero.ReadFile(cache, path.Join(index, keyOf(address(t, addr))+".json"))
		if strings.Contains(string(note), `"Public":true`) != wasPublic {
			t.Errorf("the note is %s", note)
		}
	}
}

// age makes all of the cache older.
func age(t *testing.T, cache afero.Fs, by time.Duration) {
	t.Helper()
	err := afero.Walk(cache, ".", func(name string, info fs.FileInfo, err error) error {
		if err != nil || info.IsDir() {
			return err
		}
		then := info.ModTime().Add(-by)
		return cache.Chtimes(name, then, then)
	})
	if err != nil {
		t.Fatal(err)
	}
}

// A host of a home network often has a public address of IPv6 beside its private one.
func TestHostWithBothKindsOfAddressStaysPrivate(t *testing.T) {
	t.Parallel()
	var p publicHosts
	for _, tt := range []struct {
		tried []string
		want  bool
	}{
		{[]string{"[2a00:1450::1]:80", "192.168.1.5:80"}, false},
		{[]string{"192.168.1.5:80"}, false},
		{nil, false},
		{[]string{"[2a00:1450::1]:80", "93.184.216.34:80"}, true},
	} {
		l := &look{host: "nas.example.com", wasPublic: p.has("nas.example.com")}
		for _, addr := range tt.tried {
			if err := l.control("tcp", addr, nil); err != nil {
				t.Errorf("%s: %v", addr, err)
			}
		}
		if l.onlyPublic() != tt.want {
			t.Errorf("%v: public is %t", tt.tried, !tt.want)
		}
	}
}

// What the user allows is not refused.
func TestTurnedPrivateOnRequest(t *testing.T) {
	t.Parallel()
	cache := afero.NewMemMapFs()
	first := world(t, Options{Cache: cache}, says("<rss/>"))
	first.public.add("127.0.0.1")
	srv := httptest.NewServer(says("<rss/>"))
	t.Cleanup(srv.Close)
	feed(t, first, srv.URL, "")
	if _, err := New(Options{Cache: cache}).Feed(t.Context(), address(t, srv.URL), ""); !errors.Is(err, ErrTurnedPrivate) {
		t.Errorf("the error is %v", err)
	}
	feed(t, New(Options{Cache: cache, AllowPrivate: true}), srv.URL, "")
}
