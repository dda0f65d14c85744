package main

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

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
