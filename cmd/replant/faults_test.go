package main

import (
	"fmt"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// TestFaultyPictures has a tenth of the pictures fail in every way that servers know. All
// others arrive, each that does not is told once, and when the faults are gone
// --retry-images makes the site that a run without them makes.
func TestFaultyPictures(t *testing.T) {
	t.Parallel()
	reasons := map[string]string{ // "" where another attempt helps
		"gone": "404 Not Found", "busy once": "", "broken once": "", "cut": "connection cut",
		"page": "a web page, not a picture", "empty": "nothing in it", "hangs": "timed out",
	}
	kinds := []string{"gone", "busy once", "broken once", "cut", "page", "empty", "hangs"}
	var mended atomic.Bool
	fault := func(i int) string {
		if i%10 != 3 || mended.Load() {
			return ""
		}
		return kinds[i/10%len(kinds)]
	}
	n := newInternet(t, &internet{posts: 40, each: 7, hosts: 6, size: 2000, timeout: 3 * time.Second, fault: fault})
	site := filepath.Join(t.TempDir(), "site")
	code, _, stderr := n.run(t, site, "-q")
	if code != exitTrouble {
		t.Errorf("exit %d", code)
	}
	told := 0
	for i := range n.posts * n.each {
		why := reasons[fault(i)]
		if has := n.has(site, i); has != (why == "") {
			t.Errorf("picture %d (%s) is in the site: %t", i, fault(i), has)
		}
		if why != "" {
			told++
			line := fmt.Sprintf("replant: post \"Post %d\": picture %s: %s\n", i/n.each, n.address(i), why)
			if !strings.Contains(stderr, line) {
				t.Errorf("nothing says %s", line)
			}
		}
	}
	if lines := strings.Count(stderr, "\n"); lines != told {
		t.Errorf("%d lines for %d failures:\n%s", lines, told, stderr)
	}
	if n.most[""] > 24 || n.most["img0.example"] > 6 {
		t.Errorf("requests in flight: %v", n.most)
	}
	n.forget()
	if code, stdout, stderr := n.run(t, site); code != exitDone || stdout+stderr != "" || n.forget() != 1 {
		t.Errorf("the next run: exit %d\n%s%s", code, stdout, stderr)
	}
	mended.Store(true)
	if code, _, stderr := n.run(t, site, "-q", "--retry-images"); code != exitDone || stderr != "" {
		t.Errorf("--retry-images: exit %d\n%s", code, stderr)
	}
	if got := n.forget(); got != told+1 {
		t.Errorf("%d addresses were asked for, for %d failures", got, told)
	}
	faultless := filepath.Join(t.TempDir(), "faultless")
	n.run(t, faultless)
	if diff := treeDiff(readTree(faultless), readTree(site)); diff != "" {
		t.Error(diff)
	}
}
