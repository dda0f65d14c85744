package fetch

import (
	"crypto/tls"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/spf13/afero"
)

// TestHTTP2 asks a real server that speaks HTTP/2, over TLS: all requests travel on one
// connection, six at a time, bodies of every length come whole, and one that breaks off is
// asked for again and told in words that last.
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
	c := newClient(o, &lanes{open: tr, typed: tr, guarded: tr, proxy: noProxy})
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
