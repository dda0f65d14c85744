package main

import (
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// outages are the ways in which a feed fails, and what is said of each. The server answers in
// that way; "down" closes its port.
var outages = map[string]string{
	"404":      ": 404 Not Found\nhint: ",
	"503":      ": 503 Service Unavailable\nhint: ",
	"page":     ": this is a web page, not a feed\nhint: ",
	"redirect": ": this is a web page, not a feed\nhint: ",
	"empty":    ": this is empty\nhint: ",
	"down":     ": connection refused\nhint: ",
}

// TestFailingFeedIsToldOnce runs replant day by day on a feed that fails in each way: the
// first day tells it, the next ones are quiet, and the day on which it is well again tells how
// long it was away. So for `replant SITE` and `replant FEED SITE`, and for a feed that is one of
// several.
func TestFailingFeedIsToldOnce(t *testing.T) {
	t.Parallel()
	for how, want := range outages {
		for _, way := range []string{"site", "feed", "several", "new"} {
			if testing.Short() && (how == "503" || how == "page" || way == "feed" || way == "several") {
				continue
			}
			t.Run(how+" "+way, func(t *testing.T) {
				t.Parallel()
				b := newFailingBlog(t)
				site := filepath.Join(t.TempDir(), "site")
				day := b.days(t, site, way)
				if said, _ := day(); said != "" && way != "new" {
					t.Fatalf("a good day: %s", said)
				}
				b.fails(how)
				before := readTree(site)
				said, code := day()
				if !strings.HasPrefix(said, "replant: "+b.address+want) || strings.Count(said, "replant:") != 1 {
					t.Errorf("the first day says\n%s", said)
				}
				away := readTree(site)
				for range 2 {
					if said, again := day(); said != "" || again != code {
						t.Errorf("a later day: exit %d, was %d\n%s", again, code, said)
					}
				}
				if diff := treeDiff(away, readTree(site)); diff != "" {
					t.Errorf("a later day wrote\n%s", diff)
				}
				age(t, site, 3)
				b.recovers(t)
				switch said, code := day(); {
				case !strings.Contains(said, "replant: "+b.address+": is well again; it had failed since "+ago(3)+" (3 days)\n"):
					t.Errorf("it is well again: exit %d\n%s", code, said)
				case strings.Count(said, "replant:") != 1 || code != exitDone:
					t.Errorf("it is well again: exit %d\n%s", code, said)
				}
				if said, code := day(); said != "" || code != exitDone {
					t.Errorf("another good day: exit %d\n%s", code, said)
				}
				if diff := treeDiff(before, readTree(site)); diff != "" && way != "new" {
					t.Errorf("an outage left\n%s", diff)
				}
			})
		}
	}
}

// TestLastingOutageIsRemindedOf asks to be told again each week.
func TestLastingOutageIsRemindedOf(t *testing.T) {
	t.Parallel()
	b := newFailingBlog(t)
	site := filepath.Join(t.TempDir(), "site")
	day := b.days(t, site, "site", "--remind", "1w")
	_, _ = day()
	b.fails("404")
	var told []int
	for n := range 24 {
		if n > 0 {
			age(t, site, 1)
		}
		said, code := day()
		if said != "" {
			told = append(told, n)
		}
		if code != exitFailed {
			t.Errorf("day %d: exit %d\n%s", n, code, said)
		}
		if n == 7 && !strings.HasPrefix(said, "replant: "+b.address+": 404 Not Found, since "+ago(7)+" (7 days)\nhint: ") {
			t.Errorf("day %d says\n%s", n, said)
		}
	}
	if fmt.Sprint(told) != "[0 7 14 21]" {
		t.Errorf("told on the days %v", told)
	}
}

// failingBlog is a server whose one feed fails in a way that can be chosen.
type failingBlog struct {
	address string
	server  *httptest.Server
	how     atomic.Value
}

func newFailingBlog(t *testing.T) *failingBlog {
	t.Helper()
	b := &failingBlog{}
	b.how.Store("")
	b.server = httptest.NewServer(b)
	t.Cleanup(func() { b.server.Close() })
	b.address = b.server.URL + "/a.xml"
	return b
}

func (b *failingBlog) fails(how string) {
	b.how.Store(how)
	if how == "down" {
		b.server.Close()
	}
}

// recovers makes the feed well again, at the same port.
func (b *failingBlog) recovers(t *testing.T) {
	t.Helper()
	if b.how.Swap("") != "down" {
		return
	}
	host := strings.TrimSuffix(strings.TrimPrefix(b.address, "http://"), "/a.xml")
	listener, err := net.Listen("tcp", host)
	if err != nil {
		t.Skip("another program has taken the port")
	}
	b.server = &httptest.Server{Listener: listener, Config: &http.Server{Handler: b}} //nolint:gosec // a test's
	b.server.Start()
}

func (b *failingBlog) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	const page, feed = "<!doctype html><html><body>Parked</body></html>", `<rss version="2.0"><channel><title>A</title><link>https://a.example/</link>` +
		`<item><title>a</title><link>https://a.example/a</link><description>text</description></item></channel></rss>`
	how, _ := b.how.Load().(string)
	switch {
	case r.URL.Path == "/page":
		fmt.Fprint(w, page)
	case r.URL.Path != "/a.xml":
		http.NotFound(w, r)
	case how == "404":
		http.NotFound(w, r)
	case how == "503":
		w.WriteHeader(http.StatusServiceUnavailable)
	case how == "page":
		fmt.Fprint(w, page)
	case how == "redirect":
		http.Redirect(w, r, "/page", http.StatusFound)
	case how == "empty":
	default:
		fmt.Fprint(w, feed)
	}
}

// days returns what runs replant once, quietly: on the site alone, by the feed's address, on the
// site with another feed too, or on a site whose list has the feed for the first time. It
// returns what is said.
func (b *failingBlog) days(t *testing.T, site, way string, flags ...string) func() (string, int) {
	t.Helper()
	beside := filepath.Join(filepath.Dir(site), "beside.xml")
	if err := os.WriteFile(beside, []byte(`<rss version="2.0"><channel><title>B</title><item><title>b</title><link>https://b.example/b</link></item></channel></rss>`), 0o644); err != nil {
		t.Fatal(err)
	}
	first := map[string][]string{"site": {b.address}, "feed": {b.address}, "several": {b.address, beside}, "new": {beside}}[way]
	for _, feed := range first {
		if out, err := replant(t, site, "-q", feed, site); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
	}
	args := append(slices.Clone(flags), "-q", site)
	switch way {
	case "feed":
		args = append(slices.Clone(flags), "-q", b.address, site)
	case "new":
		list := "feeds: [../beside.xml, \"" + b.address + "\"]\n"
		if err := os.WriteFile(filepath.Join(site, configName), []byte(list), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return func() (string, int) {
		cmd := replantCmd(site, args...)
		out, _ := cmd.CombinedOutput()
		return string(out), cmd.ProcessState.ExitCode()
	}
}

// age puts the outages that a ledger knows some days back.
func age(t *testing.T, site string, days int) {
	t.Helper()
	name := filepath.Join(site, ".replant", "ledger.json")
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var l struct {
		Outages []struct{ Since, Told string }
	}
	if err := json.Unmarshal(text, &l); err != nil {
		t.Fatal(err)
	}
	for _, o := range l.Outages {
		for _, key := range []struct{ name, day string }{{"since", o.Since}, {"told", o.Told}} {
			if day, err := time.Parse(time.DateOnly, key.day); err == nil {
				was := fmt.Sprintf("%q:%q", key.name, key.day)
				now := fmt.Sprintf("%q:%q", key.name, day.AddDate(0, 0, -days).Format(time.DateOnly))
				text = []byte(strings.NewReplacer(was, now, strings.Replace(was, ":", ": ", 1), strings.Replace(now, ":", ": ", 1)).Replace(string(text)))
			}
		}
	}
	if err := os.WriteFile(name, text, 0o644); err != nil {
		t.Fatal(err)
	}
}

// ago is the day some days before today.
func ago(days int) string { return time.Now().AddDate(0, 0, -days).Format(time.DateOnly) }
