package fetch

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/spf13/afero"
)

// overLoopback gives a client for real connections to one server, whatever the host.
func overLoopback(b *testing.B, h http.HandlerFunc) *Client {
	srv := httptest.NewServer(h)
	b.Cleanup(srv.Close)
	o := Options{Cache: afero.NewBasePathFs(afero.NewOsFs(), b.TempDir())}.withDefaults()
	tr := newTransport(o, nil)
	tr.DialContext = func(ctx context.Context, network, _ string) (net.Conn, error) {
		var d net.Dialer
		return d.DialContext(ctx, network, srv.Listener.Addr().String())
	}
	b.Cleanup(tr.CloseIdleConnections)
	return newClient(o, &lanes{open: tr, typed: tr, guarded: tr, proxy: noProxy})
}

// BenchmarkSmallPictures fetches 1,000 pictures of 10 hosts, each answered after 50 ms.
// The least that the limits allow is 42 rounds: 2.1 s.
func BenchmarkSmallPictures(b *testing.B) {
	for b.Loop() {
		fetchAll(b, overLoopback(b, func(w http.ResponseWriter, r *http.Request) {
			time.Sleep(50 * time.Millisecond)
			fmt.Fprint(w, r.URL.Path)
		}), 1000, 10)
	}
}

// BenchmarkLargePictures fetches 30 pictures of 20 MB. B/op must not come near that.
func BenchmarkLargePictures(b *testing.B) {
	part := make([]byte, 1<<20)
	b.SetBytes(30 * 20 << 20)
	b.ReportAllocs()
	for b.Loop() {
		fetchAll(b, overLoopback(b, func(w http.ResponseWriter, r *http.Request) {
			for range 20 {
				_, _ = w.Write(part)
			}
			fmt.Fprint(w, r.URL.Path)
		}), 30, 10)
	}
}
