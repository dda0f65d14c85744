package fetch

import (
	"bytes"
	"compress/gzip"
	"crypto/tls"
	"errors"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/spf13/afero"
)

// TestHTTP2 asks a real server that speaks HTTP/2, over TLS: all requests travel on one
// connection, six at a time, bodies of every length come whole, and one that breaks off is
// asked for again and reported in words that stay the same.
func TestHTTP2(t *testing.T) {
	t.Parallel()
	m := &meter{now: map[string]int{}, most: map[string]int{}}
	var (
		mu    sync.Mutex
		conns = map[string]bool{}
		cuts  int
	)
	srv := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		m.count("h2", 1)
		defer m.count("h2", -1)
		mu.Lock()
		conns[r.RemoteAddr] = true
		cut := r.URL.Path == "/cut"
		if cut {
			cuts++
		}
		mu.Unlock()
		if r.ProtoMajor != 2 {
			t.Errorf("asked by %s", r.Proto)
		}
		time.Sleep(10 * time.Millisecond)
		body := strings.Repeat(r.URL.Path, 20_000)
		if cut {
			_, _ = w.Write([]byte(body))
			w.(http.Flusher).Flush()
			panic(http.ErrAbortHandler)
		}
		_, _ = w.Write([]byte(body))
	}))
	srv.EnableHTTP2 = true
	srv.StartTLS()
	t.Cleanup(srv.Close)

	o := Options{Cache: afero.NewMemMapFs(), Attempts: 2, AllowPrivate: true}.withDefaults()
	tr := newTransport(o, &net.Dialer{})
	tr.TLSClientConfig = &tls.Config{RootCAs: srv.Client().Transport.(*http.Transport).TLSClientConfig.RootCAs}
	t.Cleanup(tr.CloseIdleConnections)
	c := newClient(o, &transports{open: tr, typed: tr, guarded: tr, proxy: noProxy})
	if got, err := picture(t, c, srv.URL+"/first"); err != nil || len(got) != 120_000 {
		t.Fatalf("%d bytes, %v", len(got), err)
	}
	var all sync.WaitGroup
	for _, name := range strings.Split(strings.Repeat("abcdefghij", 5), "") {
		all.Go(func() {
			path := "/" + name + "/picture"
			if got, err := picture(t, c, srv.URL+path); err != nil || got != strings.Repeat(path, 20_000) {
				t.Errorf("%s: %d bytes, %v", path, len(got), err)
			}
		})
	}
	all.Wait()
	if _, err := picture(t, c, srv.URL+"/cut"); err == nil || err.Error() != "connection cut" || cuts != 2 {
		t.Errorf("a body that breaks off: %v, asked %d times", err, cuts)
	}
	if len(conns) != 1 || m.most["h2"] > 6 {
		t.Errorf("%d connections, %d requests in flight", len(conns), m.most["h2"])
	}
}

// mixed returns a piece of a body of which one byte in noise is random, and the others zero:
// it packs to nearly as many times less.
func mixed(size, noise int) []byte {
	piece := make([]byte, size)
	_, _ = rand.NewChaCha8([32]byte{}).Read(piece[:size/noise])
	return piece
}

// packs answers with pieces, packed, until they are sent or the client has gone.
func packs(piece []byte, times int) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Accept-Encoding") != "gzip" {
			http.Error(w, "gzip only", http.StatusNotAcceptable)
			return
		}
		w.Header().Set("Content-Encoding", "gzip")
		z, _ := gzip.NewWriterLevel(w, gzip.BestSpeed)
		for range times {
			if _, err := z.Write(piece); err != nil {
				return
			}
		}
		_ = z.Close()
	}
}

// TestBombIsNotKept serves 3 MB that unpack to 700 MB, over real connections: nothing of
// them stays, as a feed or as a film, and nobody asks for them again.
func TestBombIsNotKept(t *testing.T) {
	t.Parallel()
	var asked atomic.Int32
	srv := httptest.NewServer(counted(&asked, packs(mixed(64<<10, 240), 700<<4)))
	t.Cleanup(srv.Close)
	c := New(Options{Cache: afero.NewMemMapFs(), AllowPrivate: true})
	_, feed := c.Feed(t.Context(), address(t, srv.URL), "")
	_, _, film := c.Fetch(t.Context(), address(t, srv.URL), 2<<30, nil)
	const want = "too large: unpacks to more than 10 MB and 50 times its packed size"
	for _, err := range []error{feed, film} {
		if !errors.Is(err, ErrTooLarge) || err.Error() != want {
			t.Errorf("the error is %v", err)
		}
	}
	if n := files(t, c, bodies) + files(t, c, index); asked.Load() != 2 || n > 0 {
		t.Errorf("asked %d times, kept %d files", asked.Load(), n)
	}
}

func TestLargeFeedsPass(t *testing.T) {
	t.Parallel()
	const size = 64 << 10
	for name, tt := range map[string]struct {
		serve http.HandlerFunc
		want  int
	}{
		"packed to a twentieth": {packs(mixed(size, 20), 500), 500 * size},
		"not packed": {func(w http.ResponseWriter, _ *http.Request) {
			_, _ = w.Write(make([]byte, 40<<20))
		}, 40 << 20},
		"small, all the same": {packs(make([]byte, size), 100), 100 * size},
		"empty":               {func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("Content-Encoding", "gzip") }, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := world(t, Options{}, tt.serve)
			if got := text(t, feed(t, c, blogFeed, "")); len(got) != tt.want {
				t.Errorf("%d bytes, want %d", len(got), tt.want)
			}
		})
	}
}

// What says that it is packed and is not cannot be read, and is asked for again.
func TestBodyThatIsNotPacked(t *testing.T) {
	t.Parallel()
	var asked atomic.Int32
	c := world(t, Options{Attempts: 2}, counted(&asked, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		_, _ = w.Write(bytes.Repeat([]byte("x"), 100))
	}))
	if _, err := c.Feed(t.Context(), address(t, blogFeed), ""); !errors.Is(err, gzip.ErrHeader) || asked.Load() != 2 {
		t.Errorf("%v, asked %d times", err, asked.Load())
	}
}
