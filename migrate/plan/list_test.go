package plan_test

import (
	"slices"
	"testing"

	"replant/migrate/ledger"
	"replant/migrate/plan"
)

// What is put into a plan comes out of it, however it is kept.
func TestPlanGivesWhatWasAdded(t *testing.T) {
	t.Parallel()
	s := spool(t)
	changes := []plan.Change{
		{Path: "a/index.md", Why: "new post", Verdict: ledger.Create, After: put(t, s, "a")},
		{Path: ".replant/base/a/index.md", Why: "what was written", Verdict: ledger.Create, After: put(t, s, "a")},
		{Path: ".replant/conflict/a/index.md", Why: "settled", Verdict: ledger.Delete, Before: put(t, s, "c")},
		{Path: ".replant/base/a/index.md", Why: "what was written", Verdict: ledger.Create, After: put(t, s, "a"), Group: 1},
		{Path: "index.md", Why: "new post", Verdict: ledger.Update, Before: put(t, s, "a"), After: put(t, s, "b"), Group: 1},
		{Path: "a/index.md", Why: "another file has this place", Verdict: ledger.Conflict, Group: 2},
		{Path: ".replant/base/other.md", Why: "what was written", Verdict: ledger.Create, Group: 3},
	}
	p := &plan.Plan{}
	for _, c := range changes {
		p.Add(c)
	}
	if got := slices.Collect(p.All()); !slices.EqualFunc(got, changes, equalChanges) {
		t.Errorf("in: %+v\nout: %+v", changes, got)
	}
	if got := len(slices.Collect(p.Shown())); got != 3 {
		t.Errorf("%d changes are shown, want 3", got)
	}
}

// equalChanges compares contents by their bytes.
func equalChanges(a, b plan.Change) bool {
	return a.Path == b.Path && a.Why == b.Why && a.Verdict == b.Verdict && a.Group == b.Group &&
		a.Before.Same(b.Before) && a.After.Same(b.After)
}
