package migrate

import (
	"errors"
	"fmt"

	"replant/migrate/ledger"
	"replant/migrate/memory"
	"replant/migrate/plan"
)

// Comparison holds the versions of a page. The contents of those that are not there are absent.
type Comparison struct {
	Page   string // its path in the site
	Base   Side   // as replant wrote it last
	Mine   Side   // as it lies there
	Source Side   // what the source has now, where that waits to be settled
}

// Edited reports whether the author has changed or deleted the page.
func (v *Comparison) Edited() bool { return !v.Mine.Content.Same(v.Base.Content) }

// Waits reports whether a version of the source waits.
func (v *Comparison) Waits() bool { return v.Source.Content.Exists() }

// ErrNoPage says that a page is none that a run has written.
var ErrNoPage = errors.New("not a page that replant has written")

// Compare returns the versions of the pages that are named by their paths in the site;
// without a name, those of all pages that were edited or that wait. No feed is read.
func (m *Migration) Compare(pages []string) (all []Comparison, label func(page string) string, err error) {
	r, err := m.begin(false)
	if err != nil {
		return nil, nil, err
	}
	entries := r.memory.Ledger.Posts
	if len(pages) > 0 {
		entries = nil
	}
	for _, page := range pages {
		e := r.memory.Ledger.At(page)
		if e == nil {
			return nil, nil, fmt.Errorf("%s: %w", page, ErrNoPage)
		}
		entries = append(entries, e)
	}
	for _, e := range entries {
		v, err := r.comparison(e)
		if err != nil {
			return nil, nil, err
		}
		if len(pages) > 0 || v.Edited() || v.Waits() {
			all = append(all, v)
		}
	}
	return all, newLabels(r.memory.Ledger).of, nil
}

func (r *run) comparison(e *ledger.Entry) (v Comparison, err error) {
	mine, err := plan.Hash(r.memory.Site, e.Path)
	if err != nil {
		return v, err
	}
	base := mine
	if mine.Hash() != e.Page {
		base = r.memory.Edited(e, mine, e.Page)
	}
	v = Comparison{Page: e.Path, Mine: Side{Name: e.Path, Content: mine}, Base: Side{Name: memory.BaseDir + e.Path, Content: base}}
	if e.Conflict != "" {
		v.Source.Name = Incoming(e.Path)
		v.Source.Content, err = r.memory.Of(e, memory.ConflictDir)
	}
	return v, err
}
