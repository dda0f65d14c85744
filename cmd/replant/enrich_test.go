package main

import (
	"compress/gzip"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// community is a Forem community of one post: its feed, and what its API says.
type community struct {
	*httptest.Server
	asked  atomic.Int32
	closed atomic.Bool // the API answers nothing
	busy   atomic.Int32
}

func newCommunity(t *testing.T, markdown string) *community {
	t.Helper()
	c := &community{}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /feed/ada", func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Query().Get("page") > "1" {
			http.NotFound(w, r)
			return
		}
		fmt.Fprintf(w, `<rss version="2.0"><channel><title>Trees: Ada</title><link>%[1]s/ada</link><description>The latest articles on Trees by Ada (@ada).</description>
<item><title>Oaks</title><pubDate>Fri, 01 Mar 2024 07:30:00 +0000</pubDate><link>%[1]s/ada/oaks-1abc</link><guid>%[1]s/ada/oaks-1abc</guid><description>&lt;p&gt;From the feed.&lt;/p&gt;</description></item></channel></rss>`, c.URL)
	})
	mux.HandleFunc("GET /api/articles/ada/oaks-1abc", func(w http.ResponseWriter, _ *http.Request) {
		c.asked.Add(1)
		switch {
		case c.closed.Load():
			http.Error(w, "closed", http.StatusForbidden)
			return
		case c.busy.Add(-1) >= 0:
			w.Header().Set("Retry-After", "1")
			http.Error(w, "slow down", http.StatusTooManyRequests)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(map[string]any{"description": "On oaks.", "body_markdown": markdown})
	})
	c.Server = httptest.NewUnstartedServer(mux)
	c.Start()
	t.Cleanup(c.Close)
	return c
}

// TestEnrich asks a platform for a post as its author wrote it: once, at the server's
// pace, and not before it is asked for.
func TestEnrich(t *testing.T) {
	t.Parallel()
	c := newCommunity(t, "From the author.\n\n{% details More %}\nAcorns.\n{% enddetails %}\n\n{% youtube abcdefghijk %}\n")
	c.busy.Store(1)
	site := filepath.Join(t.TempDir(), "site")
	sync := func(args ...string) string {
		t.Helper()
		out, err := replant(t, site, append(args, "--allow-private-addresses", c.URL+"/feed/ada", site)...)
		if err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		return out
	}
	page := func() string {
		t.Helper()
		b, err := os.ReadFile(filepath.Join(site, "content/posts/oaks/index.md"))
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}

	sync()
	if c.asked.Load() != 0 || !strings.Contains(page(), "From the feed.") {
		t.Fatalf("asked %d times before it was asked for:\n%s", c.asked.Load(), page())
	}
	begun := time.Now()
	sync("--enrich")
	if got := page(); !strings.Contains(got, "Acorns.") || !strings.Contains(got, "{{< youtube abcdefghijk >}}") || !strings.Contains(got, "On oaks.") {
		t.Fatalf("not enriched:\n%s", got)
	}
	if c.asked.Load() != 2 || time.Since(begun) < time.Second {
		t.Errorf("asked %d times, the second %s after the first", c.asked.Load(), time.Since(begun))
	}
	if out := sync(); out != "" || c.asked.Load() != 2 { // it is remembered
		t.Errorf("asked %d times for what is there:\n%s", c.asked.Load(), out)
	}
}

// TestEnrichWithoutAPI makes pages from the feed where the platform says no, and asks
// again the next time.
func TestEnrichWithoutAPI(t *testing.T) {
	t.Parallel()
	c := newCommunity(t, "From the author.\n\n---\n\nAcorns.\n")
	c.closed.Store(true)
	dir := t.TempDir()
	plain, site := filepath.Join(dir, "plain"), filepath.Join(dir, "site")
	for i, args := range [][]string{{c.URL + "/feed/ada", plain}, {"--enrich", c.URL + "/feed/ada", site}, {"--enrich", c.URL + "/feed/ada", site}} {
		out, err := replant(t, site, append([]string{"--allow-private-addresses"}, args...)...)
		told := strings.Contains(out, "the original of 1 post could not be had") && strings.Contains(out, "1 post, 1 only as the feed has them\n")
		if first := i == 1; told != first || err != nil || first && strings.Contains(out, "nothing lost") {
			t.Errorf("run %d: %v\n%s", i, err, out)
		}
	}
	want, got := readFile(t, plain, "content/posts/oaks/index.md"), readFile(t, site, "content/posts/oaks/index.md")
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	c.closed.Store(false)
	if out, err := replant(t, site, "--allow-private-addresses", c.URL+"/feed/ada", site); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if got := readFile(t, site, "content/posts/oaks/index.md"); !strings.Contains(got, "Acorns.") {
		t.Errorf("not asked again:\n%s", got)
	}
}

func readFile(t *testing.T, elem ...string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(elem...))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// A look at what is there asks the platform for nothing: without a feed it shows what the
// platform has said before, and with one it does not take the feed's text for the author's.
func TestReviewOfEnrichedPosts(t *testing.T) {
	t.Parallel()
	c := newCommunity(t, "From the author.\n\n{% details More %}\nAcorns.\n{% enddetails %}\n")
	dir := t.TempDir()
	site, file := filepath.Join(dir, "site"), filepath.Join(dir, "review.html")
	if out, err := replant(t, site, "--enrich", "--allow-private-addresses", c.URL+"/feed/ada", site); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	asked := c.asked.Load()
	for args, says := range map[string]string{c.URL + "/feed/ada": "From the feed.", "": "Acorns."} {
		line := append([]string{"review", "-q", "-o", file}, strings.Fields(args)...)
		if out, err := replant(t, site, append(line, site)...); err != nil || out != "" {
			t.Fatalf("review %s: %v\n%s", args, err, out)
		}
		post := reviewed(t, readFile(t, file))
		if !strings.Contains(post.Source, says) || !strings.Contains(post.Page, "Acorns.") || len(post.Findings)+len(post.Losses) > 0 || post.Verdict != "unchanged" {
			t.Errorf("review %s shows %+v", args, post)
		}
	}
	if c.asked.Load() != asked {
		t.Errorf("asked %d times more", c.asked.Load()-asked)
	}
}

// shownPost is what a review shows of a post.
type shownPost struct {
	Source, Page, Verdict string
	Findings              []any
	Losses                []string
}

// reviewed returns the first post in the file of a review.
func reviewed(t *testing.T, file string) (p shownPost) {
	t.Helper()
	_, packed, _ := strings.Cut(file, `id="d0">`)
	packed, _, _ = strings.Cut(packed, "<")
	z, err := gzip.NewReader(base64.NewDecoder(base64.StdEncoding, strings.NewReader(packed)))
	if err == nil {
		err = json.NewDecoder(z).Decode(&p)
	}
	if err != nil {
		t.Fatal(err)
	}
	return p
}
