package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// slowBlog serves a feed of some posts, each with so many pictures that take a while.
func slowBlog(t *testing.T, posts, each int, delay time.Duration) (feed string) {
	t.Helper()
	picture, err := os.ReadFile("../../testdata/demo/pictures/seedlings.png")
	if err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	mux.HandleFunc("/feed.xml", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, `<rss version="2.0"><channel><title>T</title><link>https://t.example/</link>`)
		for post := range posts {
			fmt.Fprintf(w, `<item><title>P%d</title><link>https://t.example/p%d</link><description>&lt;p&gt;Look.`, post, post)
			for i := range each {
				fmt.Fprintf(w, ` &lt;img src="%s/p/%d-%d.png"&gt;`, server.URL, post, i)
			}
			fmt.Fprint(w, `&lt;/p&gt;</description></item>`)
		}
		fmt.Fprint(w, `</channel></rss>`)
	})
	mux.HandleFunc("/p/", func(w http.ResponseWriter, r *http.Request) {
		time.Sleep(delay)
		_, _ = w.Write(append(picture, r.URL.Path...))
	})
	return server.URL + "/feed.xml"
}

// On a terminal one line says how far a run has come. It moves, fits, counts right, and is
// gone at the end.
func TestProgressIsALineThatMoves(t *testing.T) {
	t.Parallel()
	feed, site := slowBlog(t, 4, 30, 100*time.Millisecond), filepath.Join(t.TempDir(), "site")
	const columns = 60
	begun := time.Now()
	term := onTerminal(t, columns, replantCmd(site, "--allow-private-addresses", "--images", "local", feed, site))
	screen, code := term.end()
	spent := time.Since(begun)
	if code != 0 || strings.Contains(screen, "pictures 1") || !strings.Contains(screen, "4 created, 120 pictures\n4 posts, nothing lost\n") {
		t.Errorf("exit %d:\n%s", code, screen)
	}
	frames := regexp.MustCompile(`\r[-\\|/] posts (\d)/4 · pictures (\d+)/120(?: · \d+ s left)? *`).FindAllString(term.text(), -1)
	if len(frames) < int(2*spent.Seconds()) || len(frames) < 2 {
		t.Errorf("%d lines in %s:\n%q", len(frames), spent, term.text())
	}
	for _, f := range frames {
		if utf8.RuneCountInString(f) > columns {
			t.Errorf("wider than the terminal: %q", f)
		}
	}
	if !strings.Contains(term.text(), " s left") {
		t.Errorf("no time left is told: %q", term.text())
	}
}

// Who stops a run is told what is kept, and the next run goes on from there.
func TestStoppedRunSaysWhatIsKept(t *testing.T) {
	t.Parallel()
	feed, site := slowBlog(t, 2, 60, 200*time.Millisecond), filepath.Join(t.TempDir(), "site")
	term := onTerminal(t, 80, replantCmd(site, "--allow-private-addresses", "--images", "local", feed, site))
	term.await("/120")
	time.Sleep(700 * time.Millisecond) // in which the first answers come, and by far not all
	term.answer("\x03")
	screen, code := term.end()
	if code != exitInterrupt || !regexp.MustCompile(`^replant: stopped: \d+ pictures kept, run again to go on\n$`).MatchString(screen) {
		t.Errorf("exit %d:\n%q", code, screen)
	}
	if out, err := replant(t, site, "--allow-private-addresses", feed, site); err != nil || !strings.Contains(out, "120 pictures") {
		t.Errorf("%v\n%s", err, out)
	}
}
