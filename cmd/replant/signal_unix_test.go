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
