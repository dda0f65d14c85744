package fetch

import (
	"bytes"
	"compress/gzip"
	"errors"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"

	"github.com/spf13/afero"
)

// mixed gives a piece of a body of which one byte in noise is random, and the others zero:
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
