package migrate_test

import (
	"context"
	"errors"
	"os"
	"sync/atomic"

	"github.com/spf13/afero"

	"replant/migrate/tree"
)

// mortal is a site that dies after some steps: from then on nothing can be written.
type mortal struct {
	afero.Fs
	steps atomic.Int64 // still to live
}

var errDead = errors.New("dead")

func (m *mortal) step() error {
	if m.steps.Add(-1) < 0 {
		return errDead
	}
	return nil
}

func (m *mortal) OpenFile(name string, flag int, perm os.FileMode) (afero.File, error) {
	if err := m.step(); err != nil {
		return nil, err
	}
	return m.Fs.OpenFile(name, flag, perm)
}

func (m *mortal) Mkdir(name string, perm os.FileMode) error {
	if err := m.step(); err != nil {
		return err
	}
	return m.Fs.Mkdir(name, perm)
}

func (m *mortal) Rename(from, to string) error {
	if err := m.step(); err != nil {
		return err
	}
	return m.Fs.Rename(from, to)
}

func (m *mortal) Remove(name string) error {
	if err := m.step(); err != nil {
		return err
	}
	return m.Fs.Remove(name)
}

func (m *mortal) RemoveAll(name string) error {
	if err := m.step(); err != nil {
		return err
	}
	return m.Fs.RemoveAll(name)
}

// runFor makes a run that dies after so many steps; it tells whether it came to its
// end before.
func (w *world) runFor(steps int, options ...option) bool {
	w.Helper()
	site := &mortal{Fs: w.site}
	site.steps.Store(int64(steps))
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
