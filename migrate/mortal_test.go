package migrate_test

import (
	"context"
	"errors"

	"replant/migrate/tree"
	"replant/migrate/tree/treetest"
)

var errDead = errors.New("dead")

// runFor makes a run that dies after so many steps; it tells whether it came to its
// end before.
func (w *world) runFor(steps int, options ...option) bool {
	w.Helper()
	site := treetest.Disk{Err: errDead}.After(steps, w.site)
	out := w.plan(options...)
	if err := out.Plan.Apply(context.Background(), site, tree.Put, tree.Sync); err != nil {
		if !errors.Is(err, errDead) {
			w.Errorf("a run that died says %v", err)
		}
		return false
	}
	if err := out.Remember(); err != nil {
		w.Fatal(err)
	}
	return true
}
