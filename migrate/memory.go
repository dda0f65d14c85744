package migrate

import (
	"io"
	"net/url"

	"github.com/spf13/afero"

	"replant/migrate/ledger"
	"replant/migrate/plan"
)

// memory is what the site's ledger says, and what a killed run left.
type memory struct {
	*ledger.Ledger
	journal ledger.Journal
	file    plan.Content // the ledger as it lies there
	stale   plan.Content // the journal as it lies there
	undo    []undo       // by group of changes
	pruned  map[*ledger.Entry]bool
	whole   map[string]*url.URL // whole addresses that a ledger of before had, by what stands in their places
}

// undo is what a group of changes found: the entry of a post, or a file beside pages.
type undo struct {
	entry, old *ledger.Entry // old is nil for a new post
	file       *fileUndo     // nil for a post
}

// fileUndo is a file beside pages as a run found it.
type fileUndo struct {
	path string
	was  *ledger.File // nil for a new file
}

// recall reads a site's memory. A site without one has an empty memory.
func recall(site afero.Fs) (*memory, error) {
	m := &memory{Ledger: &ledger.Ledger{}, pruned: map[*ledger.Entry]bool{}}
	var err error
	if m.file, err = recallFile(site, ledger.Name, ledger.Read, &m.Ledger); err != nil {
		return nil, err
	}
	if m.file.Exists() {
		m.whole = conceal(m.Ledger)
	}
	if m.stale, err = recallFile(site, ledger.JournalName, ledger.ReadJournal, &m.journal); err != nil {
		return nil, err
	}
	return m, nil
}

// recallFile reads a file of replant's memory into what it says; an absent one says nothing.
func recallFile[T any](site afero.Fs, name string, read func(io.Reader) (T, error), says *T) (plan.Content, error) {
	c, err := plan.Hash(site, name)
	switch {
	case err != nil:
		return c, unread(name, err)
	case !c.Exists():
		return c, nil
	}
	f, err := c.Open()
	if err != nil {
		return c, unread(name, err)
	}
	defer f.Close()
	said, err := read(f)
	if err != nil {
		return c, damaged(name, c, err)
	}
	*says = said
	return c, nil
}

// without gives the ledger as if the failed groups of changes had never been planned.
func (m *memory) without(failed map[int]bool) *ledger.Ledger {
	if len(failed) == 0 && len(m.pruned) == 0 {
		return m.Ledger
	}
	back := map[*ledger.Entry]*ledger.Entry{}
	files := map[string]*ledger.File{}
	for group := range failed {
		switch u := m.undo[group]; {
		case u.entry != nil:
			back[u.entry] = u.old
		case u.file != nil:
			files[u.file.path] = u.file.was
		}
	}
	l := &ledger.Ledger{Told: m.Told, Outages: m.Outages, Feeds: m.Feeds, Files: filesWithout(m.Files, files)}
	for _, e := range m.Posts {
		old, undone := back[e]
		switch {
		case !undone && m.pruned[e]:
		case !undone:
			l.Posts = append(l.Posts, e)
		case old != nil:
			l.Posts = append(l.Posts, old)
		}
	}
	return l
}

// filesWithout gives files as they were before what failed; nil stands for a new one.
func filesWithout(all []*ledger.File, failed map[string]*ledger.File) (kept []*ledger.File) {
	for _, f := range all {
		was, undone := failed[f.Path]
		switch {
		case !undone:
			kept = append(kept, f)
		case was != nil:
			kept = append(kept, was)
		}
	}
	return kept
}

// files gives all paths that the ledger knows to be ours, bases included.
func (m *memory) files() map[string]bool {
	all := map[string]bool{ledger.Name: true}
	for _, f := range m.Files {
		all[f.Path] = true
	}
	for _, e := range m.Posts {
		if m.pruned[e] {
			continue
		}
		if e.Page != "" {
			all[e.Path], all[baseDir+e.Path] = true, true
		}
		if e.Conflict != "" {
			all[conflictDir+e.Path] = true
		}
		for _, a := range e.Assets {
			all[a.File] = true
		}
		if e.Comments != nil {
			all[e.Comments.Path] = true
		}
	}
	return all
}
