package main

import (
	"errors"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

// A run that is asked to stop while it waits for a server stops with the signal's own
// exit code, and leaves nothing.
func TestSignalStopsAWaitingRun(t *testing.T) {
	t.Parallel()
	for sig, code := range map[syscall.Signal]int{syscall.SIGINT: 130, syscall.SIGTERM: 143} {
		asked := make(chan struct{}, 10)
		server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
			asked <- struct{}{}
			<-r.Context().Done()
		}))
		site := filepath.Join(t.TempDir(), "site")
		cmd := replantCmd(site, server.URL+"/feed.xml", site)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		<-asked
		if err := cmd.Process.Signal(sig); err != nil {
			t.Fatal(err)
		}
		if got := exitCode(t, cmd.Wait()); got != code {
			t.Errorf("%v: exit %d, want %d", sig, got, code)
		}
		server.CloseClientConnections()
		server.Close()
		if _, err := os.Stat(site); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("%v: the site's folder was made: %v", sig, err)
		}
	}
}

// So does one that waits for standard input, or for pictures.
func TestSignalStopsAnyWait(t *testing.T) {
	t.Parallel()
	asked := make(chan struct{}, 100)
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		asked <- struct{}{}
		<-r.Context().Done()
	}))
	defer server.Close()
	defer server.CloseClientConnections()
	const head = `<rss version="2.0"><channel><title>T</title><link>https://t.example/</link>`
	picture := head + `<item><title>A</title><link>https://t.example/a</link><description>&lt;img src="` + server.URL + `/1.png"&gt;</description></item>`
	for name, feed := range map[string]string{"standard input": head, "pictures": picture + "</channel></rss>"} {
		site := filepath.Join(t.TempDir(), "site")
		cmd := replantCmd(site, "--allow-private-addresses", "-", site)
		in, err := cmd.StdinPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(in, feed); err != nil {
			t.Fatal(err)
		}
		if name == "pictures" {
			in.Close()
			<-asked
		} else {
			eventually(t, func() bool { _, err := os.Stat(site); return err == nil }) // at work
		}
		if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
			t.Fatal(err)
		}
		if got := exitCode(t, cmd.Wait()); got != exitTerm {
			t.Errorf("%s: exit %d", name, got)
		}
		if _, err := os.Stat(site); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("%s: the site's folder is left: %v", name, err)
		}
	}
}

// eventually waits for what another process brings about.
func eventually(t *testing.T, is func() bool) {
	t.Helper()
	for !is() {
		time.Sleep(5 * time.Millisecond)
	}
}

// Neither the time zone nor the clock makes a difference to the site, nor do times of
// files in the cache that lie in the past or in the future.
func TestTimesMakeNoDifference(t *testing.T) {
	t.Parallel()
	site, feed := demoSite(t)
	want := readTree(site)
	for _, zone := range []string{"Pacific/Kiritimati", "America/Lima", "Asia/Kathmandu", "no/such"} {
		for _, year := range []int{1970, 2106} {
			at := time.Date(year, 2, 1, 0, 0, 0, 0, time.UTC)
			err := filepath.WalkDir(site+".cache", func(name string, _ fs.DirEntry, err error) error {
				return errors.Join(err, os.Chtimes(name, at, at))
			})
			if err != nil {
				t.Fatal(err)
			}
			cmd := replantCmd(site, site)
			cmd.Env = append(cmd.Env, "TZ="+zone)
			if out, err := cmd.CombinedOutput(); err != nil || len(out) > 0 {
				t.Errorf("%s, %d: %v\n%s", zone, year, err, out)
			}
		}
		anew := filepath.Join(t.TempDir(), "site")
		copyTree(t, filepath.Dir(feed), filepath.Join(anew, "feed"))
		cmd := replantCmd(anew, "-q", filepath.Join(anew, "feed", "feed.xml"), anew)
		cmd.Env = append(cmd.Env, "TZ="+zone)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("%s: %v\n%s", zone, err, out)
		}
		if diff := treeDiff(want, readTree(anew)); diff != "" {
			t.Errorf("%s: %s", zone, diff)
		}
	}
}

// A run that is asked to stop at any moment leaves whole files, and the next one ends
// as if it had never been stopped.
func TestSignalLeavesAConsistentSite(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	feed := writeBlog(t, dir, 60, "first")
	want, _ := wholeRun(t, feed, filepath.Join(dir, "whole"))
	for i, pages := range []int{0, 1, 10, 30, 59} {
		site := filepath.Join(dir, "site"+string(rune('a'+i)))
		cmd := replantCmd(site, "-q", feed, site)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		ended := make(chan error, 1)
		go func() { ended <- cmd.Wait() }()
		eventually(t, func() bool { return len(ended) > 0 || holds(site, pages) })
		_ = cmd.Process.Signal(syscall.SIGTERM) // it may have ended
		if code := exitCode(t, <-ended); code != 143 && code != 0 {
			t.Fatalf("exit %d", code)
		}
		if out, err := replant(t, site, feed, site); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		if diff := treeDiff(want, readTree(site)); diff != "" {
			t.Fatal(diff)
		}
	}
}

// holds reports whether a run is at work in a site and has written so many pages.
func holds(site string, pages int) bool {
	if _, err := os.Stat(site); err != nil {
		return false
	}
	found, _ := filepath.Glob(filepath.Join(site, "content", "posts", "*", "index.md"))
	return len(found) >= pages
}

func exitCode(t *testing.T, err error) int {
	t.Helper()
	var exit *exec.ExitError
	switch {
	case err == nil:
		return 0
	case !errors.As(err, &exit):
		t.Fatal(err)
	}
	return exit.ExitCode()
}
