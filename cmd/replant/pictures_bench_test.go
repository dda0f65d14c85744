package main

import (
	"path/filepath"
	"testing"
	"time"
)

// BenchmarkSmallPictures migrates a blog of 1,000 pictures on 10 hosts, each answered after
// 50 ms. The least that 24 requests at a time allow is 42 rounds: "rounds" is how many the
// whole run took, from the start of the program to its end, and "reading" the same of a
// dry run, which writes nothing.
func BenchmarkSmallPictures(b *testing.B) {
	const latency = 50 * time.Millisecond
	n := newInternet(b, &internet{posts: 100, each: 10, hosts: 10, size: 2000, latency: latency})
	var whole, reading time.Duration
	for b.Loop() {
		whole += took(b, n, "-q")
		reading += took(b, n, "-n", "-q")
	}
	rounds := func(d time.Duration) float64 { return float64(d) / float64(latency) / float64(b.N) }
	b.ReportMetric(rounds(whole), "rounds")
	b.ReportMetric(rounds(reading), "reading")
}

// took gives how long a first run takes.
func took(b *testing.B, n *internet, flags ...string) time.Duration {
	start := time.Now()
	if code, out, errs := n.run(b, filepath.Join(b.TempDir(), "site"), flags...); code != exitDone {
		b.Fatalf("exit %d\n%s%s", code, out, errs)
	}
	return time.Since(start)
}
