package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// kills is how many runs of each kind are killed.
const kills = 20

// A first run that is killed at any moment, run again, ends in the same bytes as a
// run that was never killed.
func TestKilledFirstRunEndsAsIfNeverKilled(t *testing.T) {
	t.Parallel()
	for target, config := range map[string]string{"hugo": "hugo.toml", "zola": "config.toml"} {
		t.Run(target, func(t *testing.T) {
			t.Parallel()
			killFirstRuns(t, config)
		})
	}
}

// killFirstRuns kills runs on new sites with a configuration of that name.
func killFirstRuns(t *testing.T, config string) {
	t.Helper()
	dir := t.TempDir()
	feed := writeBlog(t, dir, 60, "first")
	whole := filepath.Join(dir, "whole")
	configure(t, whole, config)
	want, took := wholeRun(t, feed, whole)
	for i := range kills {
		site := filepath.Join(dir, fmt.Sprint("site", i))
		configure(t, site, config)
		at := killedRun(t, feed, site, took)
		endsAs(t, want, feed, site, at)
	}
}

func configure(t *testing.T, site, name string) {
	t.Helper()
	if err := os.MkdirAll(site, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(site, name), []byte("base_url = 'https://example.org'\n"), 0o644); err != nil {
		t.Fatal(err)
	}
}

// The same for a sync of a feed that has changed.
func TestKilledUpdateEndsAsIfNeverKilled(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	feed := writeBlog(t, dir, 60, "first")
	before := filepath.Join(dir, "before")
	wholeRun(t, feed, before)
	writeBlog(t, dir, 66, "second")
	whole := filepath.Join(dir, "whole")
	copyTree(t, before, whole)
	want, took := wholeRun(t, feed, whole)
	for i := range kills {
		site := filepath.Join(dir, fmt.Sprint("site", i))
		copyTree(t, before, site)
		at := killedRun(t, feed, site, took)
		endsAs(t, want, feed, site, at)
	}
}

// When the source changes between the kill and the next run, the end is that of a run
// which saw only the later source: nothing of the killed runs, one or two, stays behind.
func TestKilledRunLeavesNothingWhenTheSourceChanges(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	later := writeBlog(t, filepath.Join(dir, "later"), 40, "second")
	feed := filepath.Join(dir, "feed.xml")
	copyTree(t, filepath.Join(dir, "later"), dir)
	want, _ := wholeRun(t, feed, filepath.Join(dir, "whole"))
	for i := range kills {
		site := filepath.Join(dir, fmt.Sprint("site", i))
		writeBlog(t, dir, 60, "first")
		var at []time.Duration
		for range 1 + i%2 {
			at = append(at, killedRun(t, feed, site, 300*time.Millisecond))
		}
		copyTree(t, filepath.Dir(later), dir)
		if _, ended := readTree(site)[".replant/ledger.json"]; ended {
			continue // not killed in time: what a whole run made stays
		}
		endsAs(t, want, feed, site, at...)
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

// wholeRun runs to the end and gives the site and how long it took.
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
	cmd := replantCmd(site, feed, site)
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
