package fetch

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/spf13/afero"
)

const photo = "https://cdn.example.com/photo.png"

func TestPictureIsFetchedOnce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var asked, full atomic.Int32
		body := "pixels"
		cache, h := afero.NewMemMapFs(), counted(&asked, etagged(&body, &full))
		var all sync.WaitGroup
		c := world(t, Options{Cache: cache}, h)
		for range 20 {
			all.Go(func() {
				if got, err := picture(t, c, photo+"#fragment"); err != nil || got != body {
					t.Errorf("got %q, %v", got, err)
				}
			})
		}
		all.Wait()
		for _, tt := range []struct {
			later       time.Duration
			asked, full int32
		}{
			{later: 23 * time.Hour, asked: 1, full: 1},
			{later: 2 * time.Hour, asked: 2, full: 1}, // a 304, fresh for another day
			{later: 23 * time.Hour, asked: 2, full: 1},
		} {
			time.Sleep(tt.later)
			got, err := picture(t, world(t, Options{Cache: cache}, h), photo)
			if err != nil || got != body || asked.Load() != tt.asked || full.Load() != tt.full {
				t.Errorf("got %q, %v; asked %d times, %d bodies", got, err, asked.Load(), full.Load())
			}
		}
	})
}

func TestPictureIsNamedByItsContent(t *testing.T) {
	t.Parallel()
	c := world(t, Options{}, says("hello"))
	name, size, err := c.Fetch(t.Context(), address(t, photo), 0, nil)
	const sum = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"
	if err != nil || path.Base(name) != sum || size != 5 {
		t.Errorf("got %s, %d, %v", name, size, err)
	}
}

func TestRefusedPictureIsNotKept(t *testing.T) {
	t.Parallel()
	var asked atomic.Int32
	c := world(t, Options{}, counted(&asked, says("<!doctype html>"+strings.Repeat("x", 9000))))
	refusal := errors.New("a web page")
	for range 2 {
		_, _, err := c.Fetch(t.Context(), address(t, photo), 0, func(head []byte) error {
			if len(head) != headSize || !bytes.HasPrefix(head, []byte("<!doctype")) {
				t.Errorf("the head has %d bytes", len(head))
			}
			return refusal
		})
		if !errors.Is(err, refusal) || err.Error() != "a web page" {
			t.Errorf("the error is %v", err)
		}
	}
	if asked.Load() != 1 || files(t, c, bodies) != 0 || files(t, c, index) != 0 {
		t.Errorf("asked %d times, kept %d bodies", asked.Load(), files(t, c, bodies))
	}
}

func TestKeptBodyIsShownToAccept(t *testing.T) {
	t.Parallel()
	cache := afero.NewMemMapFs()
	if _, err := picture(t, world(t, Options{Cache: cache}, says("web page")), photo); err != nil {
		t.Fatal(err)
	}
	c := world(t, Options{Cache: cache}, says("picture"))
	name, _, err := c.Fetch(t.Context(), address(t, photo), 0, func(head []byte) error {
		if string(head) != "picture" {
			return errors.New("no picture")
		}
		return nil
	})
	if got, _ := afero.ReadFile(cache, name); err != nil || string(got) != "picture" {
		t.Errorf("got %q, %v", got, err)
	}
}

func TestLimitsOnBytes(t *testing.T) {
	t.Parallel()
	const limit = 1000
	body := func(n int) string { return strings.Repeat("x", n) }
	for _, tt := range []struct {
		name  string
		serve http.HandlerFunc
		fits  bool
	}{
		{"at the limit", says(body(limit)), true},
		{"with its length", says(body(limit + 1)), false},
		{"without its length", chunked(body(limit + 1)), false},
		{"gzip bomb", zipped(body(1 << 20)), false},
		{"gzip, at the limit", zipped(body(limit)), true},
		{"endless", endless, false},
	} {
		var asked atomic.Int32
		c := world(t, Options{MaxBytes: limit, MaxFeed: limit}, counted(&asked, tt.serve))
		got, err := picture(t, c, photo)
		if tt.fits && (err != nil || got != body(limit)) || !tt.fits && !errors.Is(err, ErrTooLarge) {
			t.Errorf("%s: %d bytes, error %v", tt.name, len(got), err)
		}
		if _, err := c.Feed(t.Context(), address(t, blogFeed), ""); !tt.fits && !errors.Is(err, ErrTooLarge) {
			t.Errorf("%s: feed error %v", tt.name, err)
		}
		if n := files(t, c, bodies); !tt.fits && n != 0 || asked.Load() != 2 {
			t.Errorf("%s: %d files kept, asked %d times", tt.name, n, asked.Load())
		}
	}
}

func chunked(body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.(http.Flusher).Flush()
		fmt.Fprint(w, body)
	}
}

func zipped(body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		z := gzip.NewWriter(w)
		fmt.Fprint(z, body)
		_ = z.Close()
	}
}

func endless(w http.ResponseWriter, _ *http.Request) {
	for err := error(nil); err == nil; {
		_, err = fmt.Fprint(w, "more and more ")
	}
}

// TestCutBodies has every way of sending half a body, twice; the third time it is whole.
func TestCutBodies(t *testing.T) {
	t.Parallel()
	whole := strings.Repeat("pixels ", 1000)
	half := whole[:len(whole)/2]
	for name, cut := range map[string]http.HandlerFunc{
		"shorter than its length": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", strconv.Itoa(len(whole)))
			fmt.Fprint(w, half)
		},
		"chunks without an end": func(w http.ResponseWriter, r *http.Request) {
			chunked(half)(w, r)
			w.(http.Flusher).Flush()
			panic(http.ErrAbortHandler)
		},
		"gzip without an end": func(w http.ResponseWriter, _ *http.Request) {
			var b bytes.Buffer
			z := gzip.NewWriter(&b)
			fmt.Fprint(z, whole)
			_ = z.Close()
			w.Header().Set("Content-Encoding", "gzip")
			_, _ = w.Write(b.Bytes()[:b.Len()-12])
		},
		"no answer": func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				var asked atomic.Int32
				good := int32(3)
				h := counted(&asked, func(w http.ResponseWriter, r *http.Request) {
					if asked.Load() < good {
						cut(w, r)
						return
					}
					fmt.Fprint(w, whole)
				})
				c := world(t, Options{}, h)
				got, err := picture(t, c, photo)
				if err != nil || got != whole || asked.Load() != 3 {
					t.Errorf("%d bytes, %v, asked %d times", len(got), err, asked.Load())
				}
				asked.Store(0)
				good = 1000
				// A new client: on a connection that worked before, net/http asks once more
				// by itself.
				c = world(t, Options{Cache: c.o.Cache}, h)
				if _, err := picture(t, c, photo+"?cut"); err == nil || asked.Load() != 3 {
					t.Errorf("a body that is never whole: %v, asked %d times", err, asked.Load())
				}
				if n := files(t, c, bodies); n != 1 {
					t.Errorf("%d files kept", n)
				}
			})
		})
	}
}

func TestFailureHoldsForTheRun(t *testing.T) {
	t.Parallel()
	var asked atomic.Int32
	cache := afero.NewMemMapFs()
	c := world(t, Options{Cache: cache}, counted(&asked, http.NotFound))
	for range 3 {
		if _, err := picture(t, c, photo); err == nil || err.Error() != "404 Not Found" {
			t.Errorf("the error is %v", err)
		}
	}
	if asked.Load() != 1 {
		t.Errorf("asked %d times", asked.Load())
	}
	if got, err := picture(t, world(t, Options{Cache: cache}, says("back")), photo); err != nil || got != "back" {
		t.Errorf("the next run got %q, %v", got, err)
	}
}

func TestCacheThatCannotBeWritten(t *testing.T) {
	t.Parallel()
	var asked atomic.Int32
	c := world(t, Options{Cache: afero.NewReadOnlyFs(afero.NewMemMapFs())}, counted(&asked, says("pixels")))
	if _, err := picture(t, c, photo); !errors.Is(err, os.ErrPermission) {
		t.Errorf("the error is %v", err)
	}
	if asked.Load() != 1 {
		t.Errorf("asked %d times", asked.Load())
	}
}

func TestStoredFindsBodiesByHash(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var asked, full atomic.Int32
		body := "pixels"
		c := world(t, Options{Cache: afero.NewMemMapFs()}, counted(&asked, etagged(&body, &full)))
		if _, err := picture(t, c, photo); err != nil {
			t.Fatal(err)
		}
		sum := fmt.Sprintf("%x", sha256.Sum256([]byte(body)))
		if name, ok := c.Stored(sum); !ok || path.Base(name) != sum {
			t.Errorf("got %q, %v", name, ok)
		}
		for _, other := range []string{"", "..", "../index", strings.Repeat("0", len(sum))} {
			if name, ok := c.Stored(other); ok {
				t.Errorf("%q is %q", other, name)
			}
		}
	})
}

// overLoopback returns a client for real connections to one server, whatever the host.
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
	return newClient(o, &transports{open: tr, typed: tr, guarded: tr, proxy: noProxy})
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
