package migrate_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing/fstest"
	"time"

	"github.com/spf13/afero"

	"replant/migrate"
)

// web is a web in memory. It keeps what it was told to remember, like a cache of
// validators.
type web struct {
	delay func() time.Duration // before a picture comes; may be nil
	stock bool                 // whether what was fetched is found by its hash
	full  error                // what the cache's disk says to a picture; may be nil

	mu       sync.Mutex
	feeds    map[string]func(page int) (string, error) // by address, without its query
	pictures map[string]string                         // bytes by address
	bodies   fstest.MapFS                              // what was fetched
	seen     map[string]visit
	asked    []string // pages of feeds since it was last looked at
}

// visit is what is remembered of an address.
type visit struct {
	body, state string
	done        bool
}

func newWeb() *web {
	return &web{
		feeds: map[string]func(int) (string, error){}, pictures: map[string]string{},
		bodies: fstest.MapFS{}, seen: map[string]visit{},
	}
}

// forget loses the cache.
func (w *web) forget() { w.seen = map[string]visit{} }

func (w *web) Page(_ context.Context, addr *url.URL, state string) (*migrate.Reply, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.asked = append(w.asked, strings.TrimPrefix(addr.String(), "https://"))
	bare := *addr
	bare.RawQuery = ""
	serve := w.feeds[bare.String()]
	if serve == nil {
		return nil, fs.ErrNotExist
	}
	body, err := serve(max(1, number(addr)))
	if err != nil {
		return nil, err
	}
	last := w.seen[addr.String()]
	now := visit{body, state, last.done && last == visit{body, state, true}}
	w.seen[addr.String()] = now
	return &migrate.Reply{URL: addr, Done: now.done, Open: func() (io.ReadCloser, error) {
		return io.NopCloser(strings.NewReader(body)), nil
	}}, nil
}

func (w *web) Same(addr *url.URL, open func() (io.ReadCloser, error), state string) (bool, error) {
	f, err := open()
	if err != nil {
		return false, err
	}
	defer f.Close()
	body, err := io.ReadAll(f)
	w.mu.Lock()
	defer w.mu.Unlock()
	last := w.seen[addr.String()]
	now := visit{string(body), state, last == visit{string(body), state, true}}
	w.seen[addr.String()] = now
	return now.done, err
}

// Found reads what a page names: nothing on this web is private but what says so.
func (w *web) Found(ctx context.Context, addr *url.URL, state string) (*migrate.Reply, error) {
	if strings.Contains(addr.Host, "private") {
		return nil, errors.New("leads into a private network")
	}
	return w.Page(ctx, addr, state)
}

func number(addr *url.URL) int {
	n, _ := strconv.Atoi(addr.Query().Get("page"))
	return n
}

func (w *web) Remember(addr *url.URL, state string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	v := w.seen[addr.String()]
	w.seen[addr.String()] = visit{v.body, state, true}
	return nil
}

func (w *web) Fetch(_ context.Context, addr *url.URL, _ int64, accept func([]byte) error) (string, int64, error) {
	if w.delay != nil {
		time.Sleep(w.delay())
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	body, ok := w.pictures[addr.String()]
	if w.full != nil {
		return "", 0, &fs.PathError{Op: "write", Path: "cache", Err: w.full}
	}
	if !ok {
		return "", 0, fmt.Errorf("404 Not Found")
	}
	if err := accept([]byte(body)); err != nil {
		return "", 0, err
	}
	sum := sha256.Sum256([]byte(body))
	name := hex.EncodeToString(sum[:])
	w.bodies[name] = &fstest.MapFile{Data: []byte(body)}
	return name, int64(len(body)), nil
}

// Stored finds what was fetched, as long as the cache is not lost.
func (w *web) Stored(sum string) (string, bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return sum, w.stock && w.bodies[sum] != nil
}

// Open opens what was fetched.
func (w *web) Open(name string) (fs.File, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.bodies.Open(name)
}

// requests gives the pages of feeds that were asked for since the last time.
func (w *web) requests() []string {
	defer func() { w.asked = nil }()
	return slices.Clone(w.asked)
}

// png makes bytes that look like a picture, different for each text.
func png(text string) string {
	return "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x09\x00\x00\x00\x09\x08\x06\x00\x00\x00" + text
}

// scratch is a file in memory that may be read while it grows; afero's own may not.
type scratch struct {
	afero.File // no more of it is needed
	mu         sync.Mutex
	data       []byte
}

func (s *scratch) WriteAt(p []byte, off int64) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if grow := int(off) + len(p) - len(s.data); grow > 0 {
		s.data = append(s.data, make([]byte, grow)...)
	}
	return copy(s.data[off:], p), nil
}

func (s *scratch) ReadAt(p []byte, off int64) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return bytes.NewReader(s.data).ReadAt(p, off)
}
