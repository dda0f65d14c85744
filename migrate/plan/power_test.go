package plan_test

import (
	"math/rand/v2"
	"testing"

	"github.com/spf13/afero"

	"replant/migrate/ledger"
	"replant/migrate/plan"
	"replant/migrate/tree"
	"replant/migrate/tree/treetest"
)

// Law 3 for power cuts: whatever the disk has forgotten of what it was not made to keep,
// each file is the old or the new one as a whole, the ledger claims nothing that is lost,
// and the next run comes to the same end.
func TestPowerCutIsMendedByTheNextRun(t *testing.T) {
	t.Parallel()
	for _, bulk := range []bool{true, false} {
		t.Run(map[bool]string{true: "at once", false: "one by one"}[bulk], func(t *testing.T) {
			t.Parallel()
			cuts, each := 0, 24
			for n := 0; ; n++ {
				ended := cutPower(t, bulk, n, each)
				if cuts += each; ended {
					break
				}
			}
			if cuts < 500 {
				t.Errorf("the power was cut only %d times", cuts)
			}
		})
	}
}

// cutPower cuts the power after so many steps of a run that takes all for one post, whose
// bases come last, and tries some of what the disk may hold then. It reports whether the run
// came to its end before.
func cutPower(t *testing.T, bulk bool, steps, each int) (ended bool) {
	t.Helper()
	before, after := faultySites()
	disk, err := treetest.Forget(site(t, before))
	if err != nil {
		t.Fatal(err)
	}
	p := onePost(between(t, disk, after))
	disk.Bulk = bulk
	disk.After(steps)
	err = p.Apply(t.Context(), disk, tree.Put, tree.Sync)
	if ended = !disk.Dead(); ended != (err == nil) {
		t.Fatalf("after %d steps: %v", steps, err)
	}
	for seed := range uint64(each) {
		back, err := disk.Cut(rand.New(rand.NewPCG(seed, uint64(steps))))
		if err != nil {
			t.Fatal(err)
		}
		now := read(t, back)
		whole(t, steps, now, before, after)
		for _, page := range []string{"content/posts/a/index.md", "content/posts/b/index.md"} {
			if base := ".replant/base/" + page; now[base] == after[base] && now[page] != after[page] {
				t.Errorf("%s has its base and lies not there", page)
			}
		}
		tells := now[ledger.JournalName] != "" || now[ledger.Name] != after[ledger.Name]
		if left, err := afero.DirExists(back, plan.TempDir); left && !tells || err != nil {
			t.Errorf("%s is left, and nothing tells the next run of it; %v", plan.TempDir, err)
		}
		if err := between(t, back, after).Apply(t.Context(), back, tree.Put, tree.Sync); err != nil {
			t.Fatal(err)
		}
		equal(t, "the next run", read(t, back), after)
		if left, err := afero.DirExists(back, plan.TempDir); left || err != nil {
			t.Errorf("after %d steps %s is left by the next run, %v", steps, plan.TempDir, err)
		}
		if t.Failed() {
			t.Fatalf("steps %d, seed %d", steps, seed)
		}
	}
	return ended
}
