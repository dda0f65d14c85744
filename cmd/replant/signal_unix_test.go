//go:build unix

package main

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

// What a first signal cannot end, such as the opening of a pipe that nobody writes to, a
// second one does.
func TestSecondSignalEndsAtOnce(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	pipe, site := filepath.Join(dir, "pipe"), filepath.Join(dir, "site")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := replantCmd(site, pipe, site)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	eventually(t, func() bool { _, err := os.Stat(site); return err == nil })
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	for {
		select {
		case err := <-ended:
			var exit *exec.ExitError
			if !errors.As(err, &exit) || !exit.Sys().(syscall.WaitStatus).Signaled() {
				t.Errorf("ended by %v", err)
			}
			return
		case <-time.After(20 * time.Millisecond):
			_ = cmd.Process.Signal(syscall.SIGTERM) // it may have ended
		}
	}
}

// A pipe is read like standard input, once: the shell makes one of <(command).
func TestPipeIsAFeed(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	pipe, site := filepath.Join(dir, "pipe"), filepath.Join(dir, "site")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	feed, err := os.ReadFile("../../testdata/demo/feed.xml")
	if err != nil {
		t.Fatal(err)
	}
	written := make(chan error, 1)
	go func() { written <- os.WriteFile(pipe, feed, 0o600) }()
	out, err := replantCmd(site, "--images", "remote", pipe, site).CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	if err := <-written; err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(filepath.Join(site, "content/posts/hello-bed/index.md")); err != nil {
		t.Errorf("%v; replant says %s", err, out)
	}
}
