package fetch

import (
	"errors"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"path"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/spf13/afero"
)

const blogFeed = "https://blog.example.com/feed"

// etagged serves a body that can change, by ETag.
func etagged(body *string, full *atomic.Int32) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		tag := `W/"` + *body + `"`
		w.Header().Set("ETag", tag)
		if r.Header.Get("If-None-Match") == tag {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		full.Add(1)
		says(*body)(w, r)
	}
}

// dated serves a body by Last-Modified alone.
func dated(body *string, full *atomic.Int32) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		date := time.Date(2026, 3, int((*body)[0]), 10, 0, 0, 0, time.UTC).Format(http.TimeFormat)
		w.Header().Set("Last-Modified", date)
		if r.Header.Get("If-Modified-Since") == date {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		full.Add(1)
		says(*body)(w, r)
	}
}

// heedless serves a body whatever it is asked.
func heedless(body *string, full *atomic.Int32) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", `"always"`)
		full.Add(1)
		says(*body)(w, r)
	}
}

// TestFeedOverManyRuns is the life of a feed: each step is a run with a new client and
// the same cache.
func TestFeedOverManyRuns(t *testing.T) {
	t.Parallel()
	type step struct {
		name, body, state string
		remember          string // the state after the run; "" for a dry run or a killed one
		same, done        bool
	}
	steps := []step{
		{name: "first, dry", body: "one", state: ""},
		{name: "first, real", body: "one", state: "", remember: "s1", same: true},
		{name: "nothing new", body: "one", state: "s1", remember: "s1", same: true, done: true},
		{name: "changed settings", body: "one", state: "other", same: true},
		{name: "back", body: "one", state: "s1", remember: "s1", same: true, done: true},
		{name: "a new post, killed", body: "two", state: "s1"},
		{name: "a new post", body: "two", state: "s1", remember: "s2", same: true},
		{name: "nothing new again", body: "two", state: "s2", same: true, done: true},
		{name: "ledger lost", body: "two", state: "", same: true},
	}
	for _, serve := range []struct {
		name string
		by   func(*string, *atomic.Int32) http.HandlerFunc
		full int32 // bodies sent over all the steps
	}{
		// A body goes out the first time, for each state that is not noted, and when it
		// has changed.
		{"etag", etagged, 4}, {"date", dated, 4}, {"heedless", heedless, int32(len(steps))},
	} {
		t.Run(serve.name, func(t *testing.T) {
			t.Parallel()
			var body string
			var full atomic.Int32
			cache, h := afero.NewMemMapFs(), serve.by(&body, &full)
			for _, s := range steps {
				body = s.body
				c := world(t, Options{Cache: cache}, h)
				r := feed(t, c, blogFeed, s.state)
				if got := text(t, r); got != s.body {
					t.Errorf("%s: body is %q", s.name, got)
				}
				if r.NotModified != s.same || r.Done != s.done {
					t.Errorf("%s: NotModified %t, Done %t", s.name, r.NotModified, r.Done)
				}
				if s.remember == "" {
					continue
				}
				if err := c.Remember(address(t, blogFeed), s.remember); err != nil {
					t.Error(err)
				}
			}
			if full.Load() != serve.full {
				t.Errorf("%d bodies were sent, want %d", full.Load(), serve.full)
			}
		})
	}
}

// Two sites that follow one feed spare its server the body, each with the state that it knows.
func TestSitesDoNotTakeTurnsWithDownloads(t *testing.T) {
	t.Parallel()
	body, full := "one", atomic.Int32{}
	cache, h := afero.NewMemMapFs(), etagged(&body, &full)
	for run := range 6 {
		if run == 4 {
			body = "two"
		}
		for _, site := range []string{"a", "b"} {
			c := world(t, Options{Cache: cache}, h)
			r := feed(t, c, blogFeed, site)
			if want := run != 0 && run != 4; r.Done != want {
				t.Errorf("run %d of %s: Done %t", run, site, r.Done)
			}
			if err := c.Remember(address(t, blogFeed), site); err != nil {
				t.Fatal(err)
			}
		}
	}
	if full.Load() != 4 {
		t.Errorf("%d bodies were sent, want one for each site and edition", full.Load())
	}
}

func TestRememberVouchesOnlyForWhatWasRead(t *testing.T) {
	t.Parallel()
	body, full := "one", atomic.Int32{}
	cache, h := afero.NewMemMapFs(), etagged(&body, &full)
	slow := world(t, Options{Cache: cache}, h)
	feed(t, slow, blogFeed, "s")
	body = "two"
	feed(t, world(t, Options{Cache: cache}, h), blogFeed, "s") // another run, meanwhile
	if err := slow.Remember(address(t, blogFeed), "s"); err != nil {
		t.Fatal(err)
	}
	r := feed(t, world(t, Options{Cache: cache}, h), blogFeed, "s")
	if r.Done || text(t, r) != "two" {
		t.Errorf("a feed that nobody took in counts as done (%t)", r.Done)
	}
}

func TestRememberOfAnUnreadAddress(t *testing.T) {
	t.Parallel()
	c := world(t, Options{}, says("one"))
	if err := c.Remember(address(t, blogFeed), "s"); err != nil {
		t.Fatal(err)
	}
	if n := files(t, c, index); n != 0 {
		t.Errorf("%d addresses are noted", n)
	}
}

func TestDamagedCacheCostsOneDownload(t *testing.T) {
	t.Parallel()
	key := keyOf(address(t, blogFeed))
	note := path.Join(index, key+".json")
	for name, damage := range map[string]func(afero.Fs, string) error{
		"body gone":    func(f afero.Fs, body string) error { return f.Remove(body) },
		"body cut":     func(f afero.Fs, body string) error { return afero.WriteFile(f, body, []byte("on"), 0o600) },
		"body changed": func(f afero.Fs, body string) error { return afero.WriteFile(f, body, []byte("ono"), 0o600) },
		"note gone":    func(f afero.Fs, _ string) error { return f.Remove(note) },
		"note cut":     func(f afero.Fs, _ string) error { return afero.WriteFile(f, note, []byte(`{"Sum":`), 0o600) },
		"note empty":   func(f afero.Fs, _ string) error { return afero.WriteFile(f, note, nil, 0o600) },
		"note strange": func(f afero.Fs, _ string) error { return afero.WriteFile(f, note, []byte(`{"Sum":"../x"}`), 0o600) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			body, full := "one", atomic.Int32{}
			cache, h := afero.NewMemMapFs(), etagged(&body, &full)
			c := world(t, Options{Cache: cache}, h)
			r := feed(t, c, blogFeed, "s")
			if err := damage(cache, path.Join(bodies, r.Sum)); err != nil {
				t.Fatal(err)
			}
			again := feed(t, world(t, Options{Cache: cache}, h), blogFeed, "s")
			if got := text(t, again); got != "one" || full.Load() != 2 {
				t.Errorf("body is %q after %d downloads", got, full.Load())
			}
		})
	}
}

// A body that nobody reads again is not hashed; where somebody does and it is damaged, it is
// downloaded.
func TestDamagedBodyThatWasTakenIn(t *testing.T) {
	t.Parallel()
	for name, wrong := range map[string]string{"changed": "ono", "cut": "on", "whole": "one"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			body, full := "one", atomic.Int32{}
			cache, h := afero.NewMemMapFs(), etagged(&body, &full)
			c := world(t, Options{Cache: cache}, h)
			r := feed(t, c, blogFeed, "s")
			if err := c.Remember(address(t, blogFeed), "s"); err != nil {
				t.Fatal(err)
			}
			if err := afero.WriteFile(cache, path.Join(bodies, r.Sum), []byte(wrong), 0o600); err != nil {
				t.Fatal(err)
			}
			want := int32(1)
			if name == "cut" { // which shows without a hash
				want = 2
			}
			c = world(t, Options{Cache: cache}, h)
			again := feed(t, c, blogFeed, "s")
			if again.Done == (name == "cut") || full.Load() != want {
				t.Errorf("done %t after %d downloads", again.Done, full.Load())
			}
			if name != "whole" {
				want = 2
			}
			for range 2 {
				if got := text(t, again); got != "one" || full.Load() != want {
					t.Errorf("body is %q after %d downloads", got, full.Load())
				}
			}
			if err := c.Remember(address(t, blogFeed), "s"); err != nil {
				t.Fatal(err)
			}
			if r := feed(t, world(t, Options{Cache: cache}, h), blogFeed, "s"); !r.Done || full.Load() != want {
				t.Errorf("the next run: done %t after %d downloads", r.Done, full.Load())
			}
		})
	}
}

func TestFeedStatus(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		code   int
		header http.Header
		want   string
		absent bool
	}{
		{code: 404, want: "404 Not Found", absent: true},
		{code: 410, want: "410 Gone", absent: true},
		{code: 401, want: "401 Unauthorized"},
		{code: 204, want: "204 No Content"},
		{code: 304, want: "304 Not Modified"}, // to a request without validators
		{code: 301, want: "301 Moved Permanently"},
		{code: 403, header: http.Header{"Cf-Mitigated": {"challenge"}}, want: "403 Forbidden (Cloudflare asks for a browser)"},
		{code: 503, header: http.Header{"Cf-Mitigated": {"challenge"}}, want: "503 Service Unavailable (Cloudflare asks for a browser)"},
		{code: 429, header: http.Header{"Retry-After": {"3600"}}, want: "429 Too Many Requests"},
		{code: 530, want: "530"},
		{code: 503, header: http.Header{"Retry-After": {"99999999999999999999"}}, want: "503 Service Unavailable"},
	} {
		var asked atomic.Int32
		c := world(t, Options{Attempts: 1}, counted(&asked, func(w http.ResponseWriter, _ *http.Request) {
			for k, v := range tt.header {
				w.Header()[k] = v
			}
			w.WriteHeader(tt.code)
		}))
		_, err := c.Feed(t.Context(), address(t, blogFeed), "")
		var status *StatusError
		if !errors.As(err, &status) || status.Code != tt.code || err.Error() != tt.want {
			t.Errorf("%d: error is %v", tt.code, err)
		}
		if errors.Is(err, fs.ErrNotExist) != tt.absent {
			t.Errorf("%d: fs.ErrNotExist is %t", tt.code, !tt.absent)
		}
		if asked.Load() != 1 {
			t.Errorf("%d: asked %d times", tt.code, asked.Load())
		}
	}
}

func TestServerSaysWhenToComeBack(t *testing.T) {
	t.Parallel()
	c := world(t, Options{}, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Retry-After", time.Now().Add(2*time.Hour).UTC().Format(http.TimeFormat))
		w.WriteHeader(http.StatusTooManyRequests)
	})
	_, err := c.Feed(t.Context(), address(t, blogFeed), "")
	var status *StatusError
	if !errors.As(err, &status) || status.RetryAfter < 119*time.Minute || status.RetryAfter > 2*time.Hour {
		t.Errorf("the error is %#v", err)
	}
}

func TestSweepDropsWhatIsNotAskedFor(t *testing.T) {
	t.Parallel()
	const month = 30 * 24 * time.Hour
	synctest.Test(t, func(t *testing.T) {
		cache, body := afero.NewMemMapFs(), "one"
		run := func() *Client { return world(t, Options{Cache: cache}, says(body)) }
		old := feed(t, run(), blogFeed, "s")
		if _, err := picture(t, run(), photo); err != nil {
			t.Fatal(err)
		}
		time.Sleep(month)
		body = "two"
		now := feed(t, run(), blogFeed, "s")
		if err := afero.WriteFile(cache, path.Join(bodies, "tmp-killed"), nil, 0o600); err != nil {
			t.Fatal(err)
		}
		time.Sleep(2 * time.Hour)
		if err := run().Sweep(month); err != nil {
			t.Fatal(err)
		}
		if files(t, run(), index) != 1 || files(t, run(), bodies) != 1 {
			t.Errorf("%d notes and %d bodies are left", files(t, run(), index), files(t, run(), bodies))
		}
		if _, err := cache.Stat(path.Join(bodies, now.Sum)); err != nil || old.Sum == now.Sum {
			t.Errorf("the feed's body: %v", err)
		}
	})
}

func TestSweepLeavesBodiesUnderWay(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := world(t, Options{}, says("one"))
		if _, _, err := c.cache.put(strings.NewReader("pixels"), 10, anything); err != nil {
			t.Fatal(err)
		}
		if err := c.Sweep(24 * time.Hour); err != nil || files(t, c, bodies) != 1 {
			t.Errorf("%d bodies are left, %v", files(t, c, bodies), err)
		}
	})
}

func TestSweepOfAnEmptyCache(t *testing.T) {
	t.Parallel()
	if err := world(t, Options{}, says("")).Sweep(time.Hour); err != nil {
		t.Error(err)
	}
}

// A file is the same for the state in which all of it was taken in, and for no other.
func TestSameFile(t *testing.T) {
	t.Parallel()
	text, addr := "one", &url.URL{Scheme: "file", Path: "/blog.xml"}
	cache := afero.NewMemMapFs()
	same := func(c *Client, state string) bool {
		t.Helper()
		is, err := c.Same(addr, func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(text)), nil }, state)
		if err != nil {
			t.Fatal(err)
		}
		return is
	}
	run := func(before, after string) bool {
		t.Helper()
		c := New(Options{Cache: cache})
		is := same(c, before)
		if err := c.Remember(addr, after); err != nil {
			t.Fatal(err)
		}
		return is
	}
	if run("", "first") {
		t.Error("a file is known before it was read")
	}
	for range 2 {
		if !run("first", "first") {
			t.Error("a file that is as it was is not known")
		}
	}
	if same(New(Options{Cache: cache}), "other") {
		t.Error("a file is known to a state that has not taken it in")
	}
	if text = "two"; run("first", "second") {
		t.Error("a file that has changed is known")
	}
	if text = "one"; same(New(Options{Cache: cache}), "first") {
		t.Error("a file that was changed back is known, though the caller has read another")
	}
}

// Offline, the cache answers, and nobody is asked.
func TestOffline(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		body, full := "first", atomic.Int32{}
		cache := afero.NewMemMapFs()
		feed, picture := address(t, "https://blog.example/feed"), address(t, "https://blog.example/a.png")
		online := world(t, Options{Cache: cache}, heedless(&body, &full))
		if _, err := online.Feed(t.Context(), feed, "state"); err != nil {
			t.Fatal(err)
		}
		if _, _, err := online.Fetch(t.Context(), picture, 0, nil); err != nil {
			t.Fatal(err)
		}
		time.Sleep(48 * time.Hour)
		asked := full.Load()
		offline := world(t, Options{Cache: cache, Offline: true}, heedless(&body, &full))
		for range 2 {
			r, err := offline.Feed(t.Context(), feed, "another state")
			if err != nil {
				t.Fatal(err)
			}
			if got := text(t, r); got != "first" || r.Done {
				t.Errorf("the feed is %q, done: %v", got, r.Done)
			}
		}
		if _, size, err := offline.Fetch(t.Context(), picture, 0, nil); err != nil || size != 5 {
			t.Errorf("the picture: %d, %v", size, err)
		}
		other := address(t, "https://blog.example/other")
		if _, err := offline.Feed(t.Context(), other, "state"); !errors.Is(err, ErrOffline) {
			t.Errorf("what is not there: %v", err)
		}
		if _, _, err := offline.Fetch(t.Context(), other, 0, nil); !errors.Is(err, ErrOffline) {
			t.Errorf("what is not there: %v", err)
		}
		if full.Load() != asked {
			t.Error("the server was asked")
		}
	})
}
