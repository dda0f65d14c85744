package plan_test

import (
	"errors"
	"maps"
	"strings"
	"syscall"
	"testing"

	"github.com/spf13/afero"

	"replant/migrate/ledger"
	"replant/migrate/plan"
	"replant/migrate/tree"
	"replant/migrate/tree/treetest"
)

// The site before and after the run that is broken off.
func faultySites() (before, after files) {
	before = files{
		"content/posts/a/index.md":               "old a\n",
		".replant/base/content/posts/a/index.md": "old a\n",
		"content/posts/gone/1.png":               "old picture",
		ledger.Name:                              "old ledger\n",
		"content/about.md":                       "the author's own\n",
	}
	after = files{
		"content/posts/a/1.png":                  "picture",
		"content/posts/a/index.md":               "new a\n",
		".replant/base/content/posts/a/index.md": "new a\n",
		"content/posts/b/index.md":               "new b\n",
		".replant/base/content/posts/b/index.md": "new b\n",
		ledger.Name:                              "new ledger\n",
		"content/about.md":                       "the author's own\n",
	}
	return before, after
}

// ways are how files are put on a disk: as it says itself, which is many at once, and one
// by one.
var ways = map[string]func(afero.Fs) afero.Fs{
	"at once":    func(disk afero.Fs) afero.Fs { return disk },
	"one by one": func(disk afero.Fs) afero.Fs { return struct{ afero.Fs }{disk} },
}

func TestFullDiskLeavesEveryFileWhole(t *testing.T) {
	t.Parallel()
	for name, way := range ways {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			fillUp(t, way)
		})
	}
}

func fillUp(t *testing.T, way func(afero.Fs) afero.Fs) {
	before, after := faultySites()
	for n := 0; ; n++ {
		fsys := site(t, before)
		p := between(t, fsys, after)
		err := p.Apply(t.Context(), way(treetest.Disk{Err: syscall.ENOSPC, Full: true}.After(n, fsys)), tree.Put, tree.Sync)
		whole(t, n, read(t, fsys), before, after)
		if err == nil {
			equal(t, "enough room", read(t, fsys), after)
			return
		}
		if !errors.Is(err, syscall.ENOSPC) || !namesOne(err, before, after) {
			t.Errorf("room for %d operations: %v", n, err)
		}
		for name := range read(t, fsys) {
			if strings.HasPrefix(name, plan.TempDir) {
				t.Errorf("room for %d operations: %s takes room", n, name)
			}
		}
	}
}

// Law 3, as far as files go: killed at any moment, each file is the old or the new one
// as a whole, what was begun is in the journal, and a second run comes to the same end.
func TestKilledRunIsFinishedByTheNext(t *testing.T) {
	t.Parallel()
	for name, way := range ways {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			kill(t, way)
		})
	}
}

func kill(t *testing.T, way func(afero.Fs) afero.Fs) {
	before, after := faultySites()
	for n := 0; ; n++ {
		fsys := site(t, before)
		p := between(t, fsys, after)
		err := p.Apply(t.Context(), way(treetest.Disk{Err: errors.New("dead")}.After(n, fsys)), tree.Put, tree.Sync)
		now := read(t, fsys)
		whole(t, n, now, before, after)
		if tmp, err := afero.DirExists(fsys, plan.TempDir); err != nil || tmp && now[ledger.JournalName] == "" && now[ledger.Name] == after[ledger.Name] {
			t.Errorf("after %d operations %s is there, and nothing tells the next run of it; %v", n, plan.TempDir, err)
		}
		if err == nil {
			equal(t, "not killed", now, after)
			return
		}
		if err := between(t, fsys, after).Apply(t.Context(), fsys, tree.Put, tree.Sync); err != nil {
			t.Fatal(err)
		}
		equal(t, "the next run", read(t, fsys), after)
	}
}

// whole checks that no file is half written, and that the journal is there while the
// site is between two states.
func whole(t *testing.T, n int, now, before, after files) {
	t.Helper()
	site := maps.Clone(now)
	maps.DeleteFunc(site, func(name, _ string) bool {
		return name == ledger.JournalName || strings.HasPrefix(name, plan.TempDir)
	})
	for name, text := range site {
		old, had := before[name]
		fresh, has := after[name]
		if (!had || text != old) && (!has || text != fresh) {
			t.Errorf("after %d operations %s holds %q", n, name, text)
		}
	}
	if journal := now[ledger.JournalName]; journal != "the journal" && !maps.Equal(site, before) && !maps.Equal(site, after) {
		t.Errorf("after %d operations the journal is %q in a site half done", n, journal)
	}
	if site[ledger.Name] == after[ledger.Name] {
		equal(t, "a site whose ledger says it is done", site, after)
	}
}

func namesOne(err error, trees ...files) bool {
	for _, tree := range trees {
		for name := range tree {
			if strings.Contains(err.Error(), name) {
				return true
			}
		}
	}
	return strings.Contains(err.Error(), ledger.JournalName) || strings.HasPrefix(err.Error(), "the site: ") // of a sync of all
}
