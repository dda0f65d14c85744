package main

import (
	"errors"
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

// A run that is asked to stop at any moment leaves whole files, and the next one ends
// as if it had never been stopped.
func TestSignalLeavesAConsistentSite(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	feed := writeBlog(t, dir, 60, "first")
	want, took := wholeRun(t, feed, filepath.Join(dir, "whole"))
	for i := range 5 {
		site := filepath.Join(dir, "site"+string(rune('a'+i)))
		cmd := replantCmd(site, "-q", feed, site)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(took * time.Duration(i+2) / 8)
		_ = cmd.Process.Signal(syscall.SIGTERM) // it may have ended
		if code := exitCode(t, cmd.Wait()); code != 143 && code != 0 {
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
