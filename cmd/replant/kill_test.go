package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// killedRuns is how many runs are killed in all; REPLANT_KILLS sets another number, such
// as 500.
func killedRuns(t *testing.T) int {
	t.Helper()
	text := os.Getenv("REPLANT_KILLS")
	if text == "" {
		if testing.Short() {
			return len(killCases)
		}
		return 60
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		t.Fatalf("REPLANT_KILLS: %v", err)
	}
	return n
}

// killCase is one kind of killed run: from one edition of the blog, or none, to the
// next, and a last edition that is there for the run after the kill.
type killCase struct {
	name            string
	config          string // the site's; it says for which generator
	from, to, after string
}

var killCases = []killCase{
	{"first run", "hugo.toml", "", "second", "second"},
	{"first run, Zola", "config.toml", "", "second", "second"},
	{"first run, the source changes", "hugo.toml", "", "second", "third"},
	{"update", "hugo.toml", "first", "second", "second"},
	{"update, the source changes", "hugo.toml", "first", "second", "third"},
	{"update, the source changes, Zola", "config.toml", "first", "second", "third"},
}

// A run that is killed at any moment, and any number of times, leaves nothing behind
// once a run comes to its end: the site holds the same bytes as if nothing had been
// killed, whether the source has changed meanwhile or not.
func TestKilledRunsEndAsIfNeverKilled(t *testing.T) {
	t.Parallel()
	total := killedRuns(t)
	for i, m := range killCases {
		t.Run(m.name, func(t *testing.T) {
			t.Parallel()
			m.kill(t, total*(i+1)/len(killCases)-total*i/len(killCases))
		})
	}
}

// postsOf says how many posts an edition of the blog has.
var postsOf = map[string]int{"first": 50, "second": 60, "third": 63}

// kill kills so many runs.
func (m killCase) kill(t *testing.T, runs int) {
	dir := t.TempDir()
	feed := filepath.Join(dir, "feed.xml")
	publish := func(edition string) { writeBlog(t, dir, postsOf[edition], edition) }
	before := filepath.Join(dir, "before")
	configure(t, before, m.config)
	if m.from != "" {
		publish(m.from)
		wholeRun(t, feed, before)
	}
	// The run that is killed may have come to its end before: then it counts.
	never, ended := filepath.Join(dir, "never"), filepath.Join(dir, "ended")
	copyTree(t, before, never)
	copyTree(t, before, ended)
	publish(m.to)
	done, took := wholeRun(t, feed, ended)
	publish(m.after)
	wantEnded, _ := wholeRun(t, feed, ended)
	wantNever, _ := wholeRun(t, feed, never)
	for killed := 0; killed < runs; {
		site := filepath.Join(dir, fmt.Sprint("site", killed))
		copyTree(t, before, site)
		publish(m.to)
		var at []time.Duration
		for range min(1+killed%3/2, runs-killed) { // every third is killed twice
			at = append(at, killedRun(t, feed, site, took))
			killed++
		}
		publish(m.after)
		want := wantNever
		if readTree(site)[ledgerName] == done[ledgerName] {
			want = wantEnded
		}
		endsAs(t, want, feed, site, at...)
		for _, used := range []string{site, site + ".cache"} {
			if err := os.RemoveAll(used); err != nil {
				t.Fatal(err)
			}
		}
	}
}

const ledgerName = ".replant/ledger.json"

func configure(t *testing.T, site, name string) {
	t.Helper()
	if err := os.MkdirAll(site, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(site, name), []byte("base_url = 'https://example.org'\n"), 0o644); err != nil {
		t.Fatal(err)
	}
}

// endsAs runs to the end where a run was killed, and compares the site with a tree.
func endsAs(t *testing.T, want map[string]string, feed, site string, killedAt ...time.Duration) {
	t.Helper()
	if out, err := replant(t, site, feed, site); err != nil {
		t.Fatalf("after a kill at %v: %v\n%s", killedAt, err, out)
	}
	if diff := treeDiff(want, readTree(site)); diff != "" {
		t.Fatalf("killed at %v:\n%s", killedAt, diff)
	}
}

// writeBlog writes a feed of posts with pictures beside it, newest first.
func writeBlog(t *testing.T, dir string, posts int, edition string) string {
	t.Helper()
	if err := os.MkdirAll(filepath.Join(dir, "pictures"), 0o755); err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	b.WriteString(`<rss version="2.0"><channel><title>Killed</title><link>https://blog.example/</link>`)
	for i := posts - 1; i >= 0; i-- {
		picture := fmt.Sprintf("pictures/%s-%d.png", edition, i%7)
		bytes := append([]byte("\x89PNG\r\n\x1a\n"), fmt.Sprint(edition, i%7)...)
		if err := os.WriteFile(filepath.Join(dir, picture), bytes, 0o644); err != nil {
			t.Fatal(err)
		}
		text := edition
		if i%3 == 0 {
			text = "unchanging"
			picture = "none"
		}
		fmt.Fprintf(&b, `<item><title>post number %d</title><link>https://blog.example/post-%d</link><guid>%d</guid>`, i, i, i)
		if i%10 != 5 {
			fmt.Fprintf(&b, `<pubDate>Thu, 01 Jan 2026 00:%02d:00 +0000</pubDate>`, i%60)
		}
		fmt.Fprintf(&b, `<description>&lt;p&gt;%s text of %d&lt;/p&gt;`, text, i)
		if i%10 == 6 {
			b.WriteString(`&lt;iframe src="https://www.youtube.com/embed/aBcDeFgHiJk"&gt;&lt;/iframe&gt;`)
		}
		if picture != "none" {
			fmt.Fprintf(&b, `&lt;img src="%s" alt="x"&gt;`, picture)
		}
		b.WriteString(`</description></item>`)
	}
	b.WriteString(`</channel></rss>`)
	feed := filepath.Join(dir, "feed.xml")
	if err := os.WriteFile(feed, []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
	return feed
}

// wholeRun runs to the end and returns the site and how long it took.
func wholeRun(t *testing.T, feed, site string) (map[string]string, time.Duration) {
	t.Helper()
	start := time.Now()
	if out, err := replant(t, site, feed, site); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return readTree(site), time.Since(start)
}

// killedRun starts a run and kills it at a random moment.
func killedRun(t *testing.T, feed, site string, took time.Duration) time.Duration {
	t.Helper()
	return killAtRandom(t, replantCmd(site, feed, site), took)
}

// killAtRandom starts a program and kills it at a moment of the time that a whole run took.
func killAtRandom(t *testing.T, cmd *exec.Cmd, took time.Duration) time.Duration {
	t.Helper()
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	at := rand.N(took + took/10)
	time.Sleep(at)
	_ = cmd.Process.Kill()
	_ = cmd.Wait()
	return at
}

// replant runs the program with a cache of the site's own.
func replant(t *testing.T, site string, args ...string) (string, error) {
	t.Helper()
	out, err := replantCmd(site, args...).CombinedOutput()
	return string(out), err
}

func replantCmd(site string, args ...string) *exec.Cmd {
	cmd := exec.Command("replant", args...)
	cmd.Env = append(os.Environ(), "XDG_CACHE_HOME="+site+".cache")
	return cmd
}

func copyTree(t *testing.T, from, to string) {
	t.Helper()
	for name, b := range readTree(from) {
		full := filepath.Join(to, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(full, []byte(b), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// TestKilledPictureRun kills runs on a blog of many pictures: no file in the site is ever a
// part of one, what arrived is not fetched again, and the end is that of a run which was
// never killed.
func TestKilledPictureRun(t *testing.T) {
	t.Parallel()
	times := 50
	if testing.Short() {
		times = 5
	}
	const groups = 5 // a run waits for its server most of the time
	for i := range groups {
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			t.Parallel()
			killPictures(t, times/groups)
		})
	}
}

// killPictures kills so many runs on an internet of their own.
func killPictures(t *testing.T, times int) {
	n := newInternet(t, &internet{posts: 20, each: 5, hosts: 4, size: 100_000, latency: 5 * time.Millisecond})
	whole := filepath.Join(t.TempDir(), "whole")
	start := time.Now()
	if code, out, errs := n.run(t, whole); code != exitDone {
		t.Fatalf("exit %d\n%s%s", code, out, errs)
	}
	took, want := time.Since(start), readTree(whole)
	twice := 0
	for i := range times {
		site := filepath.Join(t.TempDir(), fmt.Sprint("site", i))
		n.forget()
		at := killAtRandom(t, n.command(site), took)
		for name, b := range readTree(site) {
			if !strings.HasPrefix(name, ".replant/") && b != want[name] {
				t.Fatalf("killed at %v: %s has %d bytes, not %d", at, name, len(b), len(want[name]))
			}
		}
		if code, out, errs := n.run(t, site, "-q"); code != exitDone {
			t.Fatalf("after a kill at %v: exit %d\n%s%s", at, code, out, errs)
		}
		if diff := treeDiff(want, readTree(site)); diff != "" {
			t.Fatalf("killed at %v:\n%s", at, diff)
		}
		twice += n.twice()
	}
	if twice > 24*times {
		t.Errorf("%d pictures were fetched twice for %d kills, more than can be under way", twice, times)
	}
}
