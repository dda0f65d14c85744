package fetch

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"sync/atomic"
	"testing"

	"github.com/spf13/afero"
)

// world returns a client for an internet of one handler, which answers for every host.
// It is all in memory, https without the encryption: in a synctest bubble, waiting
// costs nothing.
func world(t *testing.T, o Options, h http.HandlerFunc) *Client {
	t.Helper()
	net := newMemoryNet()
	srv := &http.Server{Handler: h}
	go func() { _ = srv.Serve(net) }()
	tr := newTransport(o.withDefaults(), nil)
	tr.DialContext, tr.DialTLSContext = net.dial, net.dial
	t.Cleanup(func() {
		tr.CloseIdleConnections()
		_ = srv.Close()
	})
	if o.Cache == nil {
		o.Cache = afero.NewMemMapFs()
	}
	return newClient(o.withDefaults(), &transports{open: tr, typed: tr, guarded: tr, proxy: noProxy})
}

func noProxy(*http.Request) (*url.URL, error) { return nil, nil }

// memoryNet is a listener whose connections are pipes.
type memoryNet struct {
	conns  chan net.Conn
	closed context.Context
	close  context.CancelFunc
}

func newMemoryNet() *memoryNet {
	n := &memoryNet{conns: make(chan net.Conn)}
	n.closed, n.close = context.WithCancel(context.Background())
	return n
}

func (n *memoryNet) dial(ctx context.Context, _, _ string) (net.Conn, error) {
	here, there := net.Pipe()
	select {
	case n.conns <- there:
		return here, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-n.closed.Done():
		return nil, net.ErrClosed
	}
}

func (n *memoryNet) Accept() (net.Conn, error) {
	select {
	case c := <-n.conns:
		return c, nil
	case <-n.closed.Done():
		return nil, net.ErrClosed
	}
}

func (n *memoryNet) Close() error   { n.close(); return nil }
func (n *memoryNet) Addr() net.Addr { return &net.UnixAddr{Name: "memory"} }

// counted counts the requests that reach a handler.
func counted(n *atomic.Int32, h http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		n.Add(1)
		h(w, r)
	}
}

func says(body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, body) }
}

func address(t testing.TB, s string) *url.URL {
	t.Helper()
	u, err := url.Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

// picture fetches an address, whatever its body is, and returns the body.
func picture(t *testing.T, c *Client, addr string) (string, error) {
	t.Helper()
	name, size, err := c.Fetch(t.Context(), address(t, addr), 0, nil)
	if err != nil {
		return "", err
	}
	body, err := afero.ReadFile(c.o.Cache, name)
	if err != nil {
		t.Fatal(err)
	}
	if int64(len(body)) != size {
		t.Errorf("%s: size is %d, of %d bytes", addr, size, len(body))
	}
	return string(body), nil
}

// feed reads an address for a state.
func feed(t *testing.T, c *Client, addr, state string) *Reply {
	t.Helper()
	r, err := c.Feed(t.Context(), address(t, addr), state)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func text(t *testing.T, r *Reply) string {
	t.Helper()
	body, err := r.Body()
	if err != nil {
		t.Fatal(err)
	}
	defer body.Close()
	b, err := io.ReadAll(body)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// files counts the files in a folder of the cache.
func files(t *testing.T, c *Client, dir string) int {
	t.Helper()
	all, err := c.cache.list(dir)
	if err != nil {
		t.Fatal(err)
	}
	return len(all)
}
