//go:build linux

package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

func init() {
	memoryFolder = func() string {
		const shm, room = "/dev/shm", 1 << 30
		var stat syscall.Statfs_t
		if os.Getenv("TMPDIR") != "" || syscall.Statfs(shm, &stat) != nil || stat.Bavail*uint64(stat.Bsize) < room {
			return ""
		}
		return shm
	}
}

// peak returns the most memory, in bytes, that a first run had at a time. The kernel's own
// account of a child (ru_maxrss) begins with what its parent had, which is this test's; so
// the high-water mark of the program itself is read as long as it runs.
func peak(t testing.TB, n *internet) (most int64) {
	t.Helper()
	cmd := n.command(filepath.Join(t.TempDir(), "site"), "-q")
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error)
	go func() { ended <- cmd.Wait() }()
	for {
		select {
		case err := <-ended:
			if err != nil || most == 0 {
				t.Fatalf("%v; %d bytes of memory seen", err, most)
			}
			return most
		case <-time.After(5 * time.Millisecond):
			most = max(most, highWater(cmd.Process.Pid))
		}
	}
}

// highWater returns the most memory that a process has had so far; 0 once it has ended.
func highWater(pid int) (bytes int64) {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0
	}
	_, after, _ := strings.Cut(string(status), "VmHWM:")
	if _, err := fmt.Sscan(after, &bytes); err != nil {
		return 0
	}
	return bytes * 1024
}

// TestMemoryDoesNotGrowWithPictures brings home more than what memory may hold.
func TestMemoryDoesNotGrowWithPictures(t *testing.T) {
	t.Parallel()
	n := newInternet(t, &internet{posts: 4, each: 2, hosts: 2, size: 16 << 20})
	if most := peak(t, n); most > 100<<20 {
		t.Errorf("%d pictures of %d MB took %d MB of memory", n.posts*n.each, n.size>>20, most>>20)
	}
}

// BenchmarkLargePictures brings home thirty pictures of 20 MB and reports the most memory
// that the run had.
func BenchmarkLargePictures(b *testing.B) {
	n := newInternet(b, &internet{posts: 10, each: 3, hosts: 10, size: 20 << 20})
	b.SetBytes(30 * 20 << 20)
	var most int64
	for b.Loop() {
		most = max(most, peak(b, n))
	}
	b.ReportMetric(float64(most)/(1<<20), "peak-MB")
}
