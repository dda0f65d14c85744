package fetch

import (
	"fmt"
	"net/http"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// meter counts the requests in flight at a server.
type meter struct {
	mu        sync.Mutex
	now, most map[string]int // by host; "" is all of them
}

func (m *meter) count(host string, by int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, h := range []string{host, ""} {
		m.now[h] += by
		m.most[h] = max(m.most[h], m.now[h])
	}
}

// TestLimitsInFlight is the promise to servers, counted at theirs: a thousand pictures
// on ten hosts, each answered after 50 ms. The limits are kept, and used: the time is
// near the least that they allow.
func TestLimitsInFlight(t *testing.T) {
	t.Parallel()
	const pictures, hosts, latency = 1000, 10, 50 * time.Millisecond
	synctest.Test(t, func(t *testing.T) {
		m := &meter{now: map[string]int{}, most: map[string]int{}}
		c := world(t, Options{}, func(w http.ResponseWriter, r *http.Request) {
			m.count(r.Host, 1)
			defer m.count(r.Host, -1)
			time.Sleep(latency)
			says("pixels")(w, r)
		})
		start := time.Now()
		fetchAll(t, c, pictures, hosts)
		ideal := (pictures + 23) / 24 * latency
		if took := time.Since(start); took > ideal*5/4 {
			t.Errorf("took %s, the ideal is %s", took, ideal)
		}
		for host, most := range m.most {
			if limit := map[bool]int{true: 24, false: 6}[host == ""]; most > limit {
				t.Errorf("%d requests in flight to %q", most, host)
			}
		}
		if m.most[""] != 24 {
			t.Errorf("at most %d requests in flight in all", m.most[""])
		}
	})
}

// fetchAll wants all pictures at once.
func fetchAll(t testing.TB, c *Client, pictures, hosts int) {
	var all sync.WaitGroup
	for i := range pictures {
		all.Go(func() {
			u := fmt.Sprintf("http://h%d.example.com/%d.png", i%hosts, i)
			if _, _, err := c.Fetch(t.Context(), address(t, u), 0, nil); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
}

// TestWaitingHoldsNoPlace has one host whose every request waits to be repeated.
func TestWaitingHoldsNoPlace(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		c := world(t, Options{MaxInFlight: 1, MaxPerHost: 1}, func(w http.ResponseWriter, r *http.Request) {
			if r.Host == "busy.example.com" && time.Since(start) < 30*time.Second {
				w.Header().Set("Retry-After", "30")
				w.WriteHeader(http.StatusServiceUnavailable)
			}
		})
		var all sync.WaitGroup
		all.Go(func() {
			if _, err := picture(t, c, "https://busy.example.com/"); err != nil {
				t.Error(err)
			}
		})
		synctest.Wait()
		if _, err := picture(t, c, photo); err != nil || time.Since(start) > time.Second {
			t.Errorf("had to wait %s: %v", time.Since(start), err)
		}
		all.Wait()
	})
}

func TestWaitingNamesTheHostThatRests(t *testing.T) {
	t.Parallel()
	g := newGate(Options{}.withDefaults())
	g.wants("busy.example") // which does not rest
	one, two := g.wants("rests.example"), g.wants("rests.example")
	if host, n := g.waiting(); host != "" || n != 0 {
		t.Errorf("%d wait for %q", n, host)
	}
	g.asksForRest("rests.example", 429, time.Minute)
	if host, n := g.waiting(); host != "rests.example" || n != 2 {
		t.Errorf("%d wait for %q", n, host)
	}
	one()
	two()
	if host, n := g.waiting(); n != 0 {
		t.Errorf("%d wait for %q", n, host)
	}
}
