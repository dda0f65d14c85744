package reconcile

import (
	"slices"

	"replant/migrate/ledger"
	"replant/migrate/memory"
	"replant/migrate/plan"
)

// Unsettled reports whether a post waits for its author or could not be made: every run
// looks at it again.
func Unsettled(e *ledger.Entry) bool { return e.Conflict != "" || e.Trouble != "" || e.From == "" }

// Retries reports whether a post is made anew for its pictures alone.
func (r *Reconciler) Retries(e *ledger.Entry) bool { return r.options.RetryImages && e.Lacks() }

// Unchanged reports whether a post needs nothing: made from the same, and nothing open.
func (r *Reconciler) Unchanged(e *ledger.Entry, from string) bool {
	if e.From != from || Unsettled(e) || r.options.Refresh || r.Retries(e) {
		return false
	}
	for _, name := range []string{e.Path, memory.BaseDir + e.Path} {
		if _, marked := r.memory.Journal[name]; marked {
			return false
		}
	}
	return !r.options.Restore || r.whole(e)
}

// whole reports whether the page, all its pictures and the files beside pages are there.
func (r *Reconciler) whole(e *ledger.Entry) bool {
	paths := []string{e.Path}
	for _, f := range r.memory.Ledger.Files {
		paths = append(paths, f.Path)
	}
	for _, a := range e.Assets {
		if a.File != "" {
			paths = append(paths, a.File)
		}
	}
	return !slices.ContainsFunc(paths, func(p string) bool {
		c, err := plan.Hash(r.memory.Site, p)
		return err == nil && !c.Exists()
	})
}
