//go:build unix

package main

import (
	"path/filepath"
	"runtime"
	"syscall"
	"testing"
)

// peak gives the most memory, in bytes, that a first run had at a time.
func peak(t testing.TB, n *internet) int64 {
	t.Helper()
	cmd := n.command(filepath.Join(t.TempDir(), "site"), "-q")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	most := cmd.ProcessState.SysUsage().(*syscall.Rusage).Maxrss
	if runtime.GOOS == "linux" {
		most *= 1024 // counted in KB
	}
	return most
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
