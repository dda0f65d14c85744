package migrate

import (
	"fmt"
	"io"

	"github.com/spf13/afero"

	"replant/migrate/ledger"
	"replant/migrate/plan"
)

// memory is what the site's ledger says, and what a killed run left.
type memory struct {
	*ledger.Ledger
	journal ledger.Journal
	file    plan.Content // the ledger as it lies there
	undo    []undo       // by group of changes
}

// undo is what an entry was before a group of changes.
type undo struct {
	entry, old *ledger.Entry // old is nil for a new post
}

// recall reads a site's memory. A site without one has an empty memory.
func recall(site afero.Fs) (*memory, error) {
	m := &memory{Ledger: &ledger.Ledger{}}
	var err error
	if m.file, err = plan.Hash(site, ledger.Name); err != nil {
		return nil, err
	}
	if m.file.Exists() {
		if m.Ledger, err = open(m.file, ledger.Read); err != nil {
			return nil, fmt.Errorf("%s: %w", ledger.Name, err)
		}
	}
	journal, err := plan.Hash(site, ledger.JournalName)
	if err != nil || !journal.Exists() {
		return m, err
	}
	if m.journal, err = open(journal, ledger.ReadJournal); err != nil {
		return nil, fmt.Errorf("%s: %w", ledger.JournalName, err)
	}
	return m, nil
}

func open[T any](c plan.Content, read func(io.Reader) (T, error)) (T, error) {
	f, err := c.Open()
	if err != nil {
		var none T
		return none, err
	}
	defer f.Close()
	return read(f)
}

// without gives the ledger as if the failed groups of changes had never been planned.
func (m *memory) without(failed map[int]bool) *ledger.Ledger {
	if len(failed) == 0 {
		return m.Ledger
	}
	back := map[*ledger.Entry]*ledger.Entry{}
	for group := range failed {
		if u := m.undo[group]; u.entry != nil {
			back[u.entry] = u.old
		}
	}
	l := &ledger.Ledger{Feeds: m.Feeds}
	for _, e := range m.Posts {
		old, undone := back[e]
		switch {
		case !undone:
			l.Add(e)
		case old != nil:
			l.Add(old)
		}
	}
	return l
}

// files gives all paths that the ledger knows to be ours, bases included.
func (m *memory) files() map[string]bool {
	all := map[string]bool{ledger.Name: true}
	for _, e := range m.Posts {
		if e.Page != "" {
			all[e.Path], all[baseDir+e.Path] = true, true
		}
		if e.Conflict != "" {
			all[conflictDir+e.Path] = true
		}
		for _, a := range e.Assets {
			all[a.File] = true
		}
	}
	return all
}
