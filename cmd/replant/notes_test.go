package main

import (
	"path/filepath"
	"testing"
)

// The program notes what it has read of a long feed, and goes by it.
func TestNotesAreKept(t *testing.T) {
	t.Parallel()
	n := newInternet(t, &internet{posts: 200})
	site := filepath.Join(t.TempDir(), "site")
	for range 2 {
		if code, _, stderr := n.run(t, site, "-q"); code != exitDone || stderr != "" {
			t.Fatalf("exit %d\n%s", code, stderr)
		}
		pages, err := filepath.Glob(filepath.Join(site, "content", "posts", "*", "index.md"))
		if err != nil || len(pages) != n.posts {
			t.Errorf("%d pages, %v", len(pages), err)
		}
		notes, err := filepath.Glob(filepath.Join(site+".cache", "replant", "notes", "*"))
		if err != nil || len(notes) != 1 {
			t.Errorf("notes: %q, %v", notes, err)
		}
		n.publish()
	}
}
