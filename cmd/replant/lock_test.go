package main

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/gofrs/flock"
)

// heldServer serves the demo's feed, to each run when it is let go.
type heldServer struct {
	*httptest.Server
	asked, letGo chan struct{}
}

func newHeldServer(t *testing.T) *heldServer {
	t.Helper()
	feed, err := os.ReadFile("../../testdata/demo/feed.xml")
	if err != nil {
		t.Fatal(err)
	}
	s := &heldServer{asked: make(chan struct{}, 1000), letGo: make(chan struct{})}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.RawQuery != "" {
			http.NotFound(w, r) // there are no older pages
			return
		}
		s.asked <- struct{}{}
		select {
		case <-s.letGo:
			_, _ = w.Write(feed)
		case <-r.Context().Done():
		}
	}))
	t.Cleanup(s.Close)
	return s
}

// Of many runs at once on one site, one works. The others say which, and touch nothing;
// on a new site too.
func TestOneOfManyRunsAtOnceWorks(t *testing.T) {
	t.Parallel()
	many := 200
	if testing.Short() {
		many = 12
	}
	for name, prepare := range map[string]func(t *testing.T, site string){
		"new site": func(*testing.T, string) {},
		"old site": func(t *testing.T, site string) { configure(t, site, "hugo.toml") },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := newHeldServer(t)
			site := filepath.Join(t.TempDir(), "new", "site")
			prepare(t, site)
			lone := filepath.Join(t.TempDir(), "site")
			prepare(t, lone)
			runAtOnce(t, many, server, site)
			if out, err := replant(t, lone, "--images", "remote", server.URL+"/feed.xml", lone); err != nil {
				t.Fatalf("%v\n%s", err, out)
			}
			if diff := treeDiff(readTree(lone), readTree(site)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// runAtOnce runs many at once, and lets the one that works go on when the others have
// given way.
func runAtOnce(t *testing.T, many int, server *heldServer, site string) {
	t.Helper()
	said := regexp.MustCompile(`^replant: .*site: another run is at work here \(pid (\d+) on .+, since \d{4}-\d\d-\d\d \d\d:\d\d:\d\d\)
hint: --wait 10m waits for its end
$`)
	type end struct {
		code int
		out  string
	}
	ends := make(chan end)
	for range many {
		go func() {
			out, err := replantCmd(site, "--images", "remote", server.URL+"/feed.xml", site).CombinedOutput()
			ends <- end{exitCode(t, err), string(out)}
		}()
	}
	holders := map[string]int{}
	for range many - 1 {
		e := <-ends
		m := said.FindStringSubmatch(e.out)
		if e.code != exitBusy || m == nil {
			t.Errorf("exit %d: %s", e.code, e.out)
			continue
		}
		holders[m[1]]++
	}
	close(server.letGo)
	if e := <-ends; e.code != exitDone {
		t.Errorf("the one that works: exit %d: %s", e.code, e.out)
	}
	if len(holders) != 1 || len(server.asked) != 1 {
		t.Errorf("at work: %v, asked %d times", holders, len(server.asked))
	}
}

func TestWaitsForAnotherRun(t *testing.T) {
	t.Parallel()
	server := newHeldServer(t)
	site := filepath.Join(t.TempDir(), "site")
	first := replantCmd(site, "--images", "remote", server.URL+"/feed.xml", site)
	if err := first.Start(); err != nil {
		t.Fatal(err)
	}
	<-server.asked
	out, err := replant(t, site, "--wait", "1ms", server.URL+"/feed.xml", site)
	if exitCode(t, err) != exitBusy || !strings.Contains(out, "another run is at work here") || strings.Contains(out, "hint:") {
		t.Errorf("waited for a moment: %v: %s", err, out)
	}
	second := replantCmd(site, "--wait", "10m", server.URL+"/feed.xml", site)
	if err := second.Start(); err != nil {
		t.Fatal(err)
	}
	close(server.letGo)
	if err := first.Wait(); err != nil {
		t.Error(err)
	}
	if err := second.Wait(); err != nil {
		t.Error(err)
	}
	if n := len(server.asked); n != 1 {
		t.Errorf("the feed was asked for %d times after the first", n)
	}
}

// A run that failed leaves no folder that it made; one that was there stays.
func TestFailedFirstRunLeavesNoFolder(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	site := filepath.Join(dir, "a", "b")
	if _, err := replant(t, dir, "http://127.0.0.1:1/feed.xml", site); exitCode(t, err) != exitFailed {
		t.Error(err)
	}
	if _, err := os.Stat(filepath.Dir(site)); err == nil {
		t.Error("a folder is left")
	}
	if err := os.MkdirAll(site, 0o755); err != nil {
		t.Fatal(err)
	}
	if _, err := replant(t, dir, "http://127.0.0.1:1/feed.xml", site); exitCode(t, err) != exitFailed {
		t.Error(err)
	}
	if _, err := os.Stat(site); err != nil {
		t.Error(err)
	}
}

// What a dead run left says nothing, whatever it says.
func TestNoteOfADeadRunIsNotBelieved(t *testing.T) {
	t.Parallel()
	dir, site := t.TempDir(), t.TempDir()
	b := noteHolder(dir, site)
	if b == nil || !strings.Contains(holder(dir, site), " (pid ") {
		t.Fatalf("a living run is not named: %q", holder(dir, site))
	}
	text, err := os.ReadFile(sitePath(dir, site))
	if err != nil {
		t.Fatal(err)
	}
	b.remove()
	if err := os.WriteFile(sitePath(dir, site), text, 0o600); err != nil {
		t.Fatal(err)
	}
	if who := holder(dir, site); who != "" {
		t.Errorf("a dead run is named: %s", who)
	}
	if next := noteHolder(dir, site); next == nil || holder(dir, site) == "" {
		t.Error("the next run has no note")
	}
}

// A folder that was removed while it was being locked is not taken for the site.
func TestLockIsOnTheFolderThatStands(t *testing.T) {
	t.Parallel()
	site := filepath.Join(t.TempDir(), "site")
	first := &lock{site: site}
	if err := first.take(t.Context()); err != nil {
		t.Fatal(err)
	}
	done := make(chan error)
	second := &lock{site: site, wait: time.Minute}
	go func() { done <- second.take(t.Context()) }()
	first.release() // removes the folder, which is empty
	if err := <-done; err != nil || second.held == nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(site); err != nil {
		t.Error(err)
	}
	second.release()
}

// A file system without locks: the runs of one user are kept apart all the same, and it is
// said once.
func TestFileSystemWithoutLocks(t *testing.T) {
	t.Parallel()
	for _, why := range []error{syscall.ENOLCK, syscall.ENOTSUP, syscall.ENOSYS, syscall.EBADF} {
		site, cache := filepath.Join(t.TempDir(), "new", "site"), t.TempDir()
		said := 0
		noLocks := func(f *flock.Flock) (bool, error) {
			if f.Path() == site {
				return false, why
			}
			return f.TryLock()
		}
		one := func() *lock {
			return &lock{site: site, holders: cache, attempt: noLocks, without: func(err error) {
				if said++; !errors.Is(err, why) {
					t.Errorf("said of %v: %v", why, err)
				}
			}}
		}
		first := one()
		if err := first.take(t.Context()); err != nil || said != 1 {
			t.Fatalf("%v: %v, said %d times", why, err, said)
		}
		if err := one().take(t.Context()); codeOf(err) != exitBusy || said != 2 {
			t.Errorf("%v: a second run: %v, said %d times", why, err, said)
		}
		first.release()
		if _, err := os.Stat(filepath.Dir(site)); !os.IsNotExist(err) {
			t.Errorf("%v: the folders that were made stay: %v", why, err)
		}
		third := one()
		if err := third.take(t.Context()); err != nil {
			t.Errorf("%v: after the first: %v", why, err)
		}
		third.release()
	}
}

// Where nothing can be locked, a run goes on.
func TestNothingCanBeLocked(t *testing.T) {
	t.Parallel()
	for _, cache := range []string{"", t.TempDir()} {
		site := filepath.Join(t.TempDir(), "site")
		l := &lock{site: site, holders: cache, attempt: func(*flock.Flock) (bool, error) { return false, syscall.ENOLCK }}
		if err := l.take(t.Context()); err != nil {
			t.Error(err)
		}
		l.release()
		if _, err := os.Stat(site); !os.IsNotExist(err) {
			t.Errorf("the folder that was made stays: %v", err)
		}
	}
}
