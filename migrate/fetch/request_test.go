package fetch

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// failing answers with a code so many times, then with a picture.
func failing(times int32, code int, retryAfter string) (http.HandlerFunc, *atomic.Int32) {
	var asked atomic.Int32
	return func(w http.ResponseWriter, r *http.Request) {
		if asked.Add(1) > times {
			says("pixels")(w, r)
			return
		}
		if retryAfter != "" {
			w.Header().Set("Retry-After", retryAfter)
		}
		w.WriteHeader(code)
	}, &asked
}

func TestRetries(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name        string
		times       int32
		code        int
		retryAfter  string
		asked       int32
		fails       bool
		least, most time.Duration
	}{
		{name: "once busy", times: 1, code: 503, asked: 2, least: 500 * time.Millisecond, most: time.Second},
		{name: "twice broken", times: 2, code: 500, asked: 3, least: 1500 * time.Millisecond, most: 3 * time.Second},
		{name: "always broken", times: 9, code: 502, asked: 3, fails: true, most: 3 * time.Second},
		{name: "seconds", times: 1, code: 429, retryAfter: "20", asked: 2, least: 20 * time.Second, most: 21 * time.Second},
		{name: "date", times: 1, code: 503, retryAfter: "Sat, 01 Jan 2000 00:00:30 GMT", asked: 2, least: 29 * time.Second, most: 31 * time.Second},
		{name: "date gone by", times: 1, code: 503, retryAfter: "Sat, 01 Jan 1994 00:00:00 GMT", asked: 2, most: time.Second},
		{name: "nonsense", times: 1, code: 429, retryAfter: "soon", asked: 2, least: 500 * time.Millisecond, most: time.Second},
		{name: "at the cap", times: 1, code: 429, retryAfter: "60", asked: 2, least: time.Minute, most: 61 * time.Second},
		{name: "too long", times: 1, code: 429, retryAfter: "61", asked: 1, fails: true},
		{name: "not there", times: 1, code: 404, asked: 1, fails: true},
		{name: "not allowed", times: 1, code: 403, retryAfter: "1", asked: 1, fails: true},
		{name: "not implemented", times: 1, code: 501, asked: 1, fails: true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				serve, asked := failing(tt.times, tt.code, tt.retryAfter)
				c, start := world(t, Options{}, serve), time.Now()
				_, err := picture(t, c, photo)
				var status *StatusError
				if (err != nil) != tt.fails || tt.fails && (!errors.As(err, &status) || status.Code != tt.code) {
					t.Errorf("the error is %v", err)
				}
				if took := time.Since(start); asked.Load() != tt.asked || took < tt.least || took > tt.most {
					t.Errorf("asked %d times in %s", asked.Load(), took)
				}
			})
		})
	}
}

func TestHostThatAsksForRestIsLeftAlone(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		var early, other atomic.Int32
		c := world(t, Options{}, func(w http.ResponseWriter, r *http.Request) {
			switch since := time.Since(start); {
			case r.Host == "other.example.com":
				other.Add(1)
			case since < 10*time.Second:
				early.Add(1)
				w.Header().Set("Retry-After", "10")
				w.WriteHeader(http.StatusTooManyRequests)
			}
		})
		var all sync.WaitGroup
		for i := range 100 {
			all.Go(func() {
				if _, err := picture(t, c, fmt.Sprintf("https://busy.example.com/%d.png", i)); err != nil {
					t.Error(err)
				}
			})
		}
		if _, err := picture(t, c, "https://other.example.com/a.png"); err != nil || time.Since(start) > time.Second {
			t.Errorf("the other host had to wait %s: %v", time.Since(start), err)
		}
		all.Wait()
		if n := early.Load(); n > 6 {
			t.Errorf("%d requests came before their time", n)
		}
	})
}

func TestHostThatAsksForLongRestIsAskedNoMore(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		serve, asked := failing(1000, 429, "3600")
		c := world(t, Options{}, serve)
		for i := range 50 {
			_, err := picture(t, c, fmt.Sprintf("%s?%d", photo, i))
			var status *StatusError
			if !errors.As(err, &status) || status.Code != 429 || status.RetryAfter < 59*time.Minute {
				t.Errorf("the error is %v", err)
			}
		}
		if asked.Load() != 1 {
			t.Errorf("asked %d times", asked.Load())
		}
	})
}

// TestHostThatIsBusyForGood has a server whose rests are short, and never end.
func TestHostThatIsBusyForGood(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		serve, asked := failing(1<<30, 503, "30")
		c, start := world(t, Options{}, serve), time.Now()
		var all sync.WaitGroup
		for i := range 200 {
			all.Go(func() {
				_, err := picture(t, c, fmt.Sprintf("%s?%d", photo, i))
				var status *StatusError
				if !errors.As(err, &status) || status.Code != 503 {
					t.Errorf("the error is %v", err)
				}
			})
		}
		all.Wait()
		if took := time.Since(start); took > 6*time.Minute || asked.Load() > 6*12 {
			t.Errorf("given up after %s, asked %d times", took, asked.Load())
		}
	})
}

// TestEveryPictureIsBusyOnce has a server that turns each address away the first time:
// in the end all are had.
func TestEveryPictureIsBusyOnce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var seen sync.Map
		c := world(t, Options{}, func(w http.ResponseWriter, r *http.Request) {
			if _, before := seen.LoadOrStore(r.URL.String(), true); !before {
				w.Header().Set("Retry-After", "1")
				w.WriteHeader(http.StatusTooManyRequests)
			}
		})
		fetchAll(t, c, 300, 3)
	})
}

func TestHangingBodies(t *testing.T) {
	t.Parallel()
	drip := func(every time.Duration, bytes int) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			for r.Context().Err() == nil {
				fmt.Fprint(w, string(make([]byte, bytes)))
				w.(http.Flusher).Flush()
				select {
				case <-time.After(every):
				case <-r.Context().Done():
				}
			}
		}
	}
	for _, tt := range []struct {
		name  string
		serve http.HandlerFunc
		after time.Duration
	}{
		{"no header", func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }, 30 * time.Second},
		{"no body", func(w http.ResponseWriter, r *http.Request) {
			w.(http.Flusher).Flush()
			<-r.Context().Done()
		}, 30 * time.Second},
		{"a byte a second", drip(time.Second, 1), 30 * time.Second},
		{"slow and steady", drip(10*time.Second, 10000), 5 * time.Minute},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				var asked atomic.Int32
				c, start := world(t, Options{}, counted(&asked, tt.serve)), time.Now()
				_, err := picture(t, c, photo)
				if !errors.Is(err, ErrStalled) || err.Error() != "timed out" {
					t.Errorf("the error is %v", err)
				}
				if took := time.Since(start); took != tt.after || asked.Load() != 1 {
					t.Errorf("given up after %s, asked %d times", took, asked.Load())
				}
			})
		})
	}
}

func TestDeadServerIsGivenUp(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var asked atomic.Int32
		c := world(t, Options{}, counted(&asked, func(_ http.ResponseWriter, r *http.Request) {
			if r.Host == "dead.example.com" {
				<-r.Context().Done()
			}
		}))
		start := time.Now()
		for i := range 100 {
			if _, err := picture(t, c, fmt.Sprintf("https://dead.example.com/%d", i)); !errors.Is(err, ErrStalled) {
				t.Fatalf("the error is %v", err)
			}
		}
		if took := time.Since(start); took != silentMost*30*time.Second || asked.Load() != silentMost {
			t.Errorf("given up after %s, asked %d times", took, asked.Load())
		}
		if _, err := picture(t, c, photo); err != nil {
			t.Errorf("another host: %v", err)
		}
	})
}

// dripping begins an answer and never ends it.
func dripping(w http.ResponseWriter, r *http.Request) {
	for r.Context().Err() == nil {
		fmt.Fprint(w, "x")
		w.(http.Flusher).Flush()
		select {
		case <-time.After(time.Second):
		case <-r.Context().Done():
		}
	}
}

// TestBodiesThatHangCostThemselvesAlone has a host of which every fifth picture hangs, more
// in a row than would count as a dead server, and one of which all do.
func TestBodiesThatHangCostThemselvesAlone(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := world(t, Options{}, func(w http.ResponseWriter, r *http.Request) {
			if r.Host == "dead.example.com" || r.URL.Query().Has("hang") {
				dripping(w, r)
				return
			}
			time.Sleep(50 * time.Millisecond)
			says("pixels")(w, r)
		})
		start := time.Now()
		var all sync.WaitGroup
		for i := range 100 {
			all.Go(func() {
				_, err := picture(t, c, fmt.Sprintf("https://dead.example.com/%d", i))
				if !errors.Is(err, ErrStalled) {
					t.Errorf("a dead host: %v", err)
				}
			})
			all.Go(func() {
				addr, hangs := fmt.Sprintf("%s?%d", photo, i), i%5 == 0
				if hangs {
					addr += "&hang"
				}
				if _, err := picture(t, c, addr); errors.Is(err, ErrStalled) != hangs {
					t.Errorf("%s: %v", addr, err)
				}
			})
		}
		all.Wait()
		if took := time.Since(start); took > 3*time.Minute {
			t.Errorf("took %s", took)
		}
	})
}

// TestRunEnds has servers that are slow, but not so slow that one of them is given up.
func TestRunEnds(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := world(t, Options{Run: time.Minute}, func(w http.ResponseWriter, r *http.Request) {
			time.Sleep(20 * time.Second)
			says("pixels")(w, r)
		})
		start := time.Now()
		var had, late atomic.Int32
		var all sync.WaitGroup
		for i := range 100 {
			all.Go(func() {
				switch _, err := picture(t, c, fmt.Sprintf("%s?%d", photo, i)); {
				case err == nil:
					had.Add(1)
				case errors.Is(err, ErrRunOver) && err.Error() == "no time left in this run":
					late.Add(1)
				default:
					t.Error(err)
				}
			})
		}
		all.Wait()
		if took := time.Since(start); took != time.Minute || had.Load() < 12 || had.Load()+late.Load() != 100 {
			t.Errorf("%d came and %d did not, in %s", had.Load(), late.Load(), took)
		}
		feed(t, c, blogFeed, "") // which is no picture
	})
}

func TestCallerThatGivesUp(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		serve, asked := failing(1, 503, "50")
		c := world(t, Options{}, serve)
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		var all sync.WaitGroup
		all.Go(func() {
			if _, _, err := c.Fetch(ctx, address(t, photo), 0, nil); !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("the error is %v", err)
			}
		})
		synctest.Wait()
		if got, err := picture(t, c, photo); err != nil || got != "pixels" || asked.Load() != 2 {
			t.Errorf("the patient one got %q, %v, asked %d times", got, err, asked.Load())
		}
		all.Wait()
	})
}
