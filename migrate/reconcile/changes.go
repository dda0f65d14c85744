package reconcile

import (
	"cmp"
	"io"
	"maps"
	"slices"
	"strings"

	"replant/migrate/ledger"
	"replant/migrate/memory"
	"replant/migrate/plan"
)

// Changes collects the changes of a run into a plan, in groups that belong together, and
// what makes the plan safe to apply: the journal that is written first and the ledger that
// is written last.
type Changes struct {
	Plan   *plan.Plan
	memory *memory.Memory
	spool  *plan.Spool
	undo   []undo // by group of changes
	pruned map[*ledger.Entry]bool
	stands map[string]plan.Content // by path of a page that is merged: its new base
	final  plan.Content            // the ledger as the plan leaves it
	// relinked are the pages of which nothing but links change.
	relinked map[string]bool
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

func newChanges(m *memory.Memory, spool *plan.Spool) *Changes {
	c := &Changes{
		Plan: &plan.Plan{}, memory: m, spool: spool,
		pruned: map[*ledger.Entry]bool{}, stands: map[string]plan.Content{}, relinked: map[string]bool{},
	}
	c.Plan.Page = c.pageOf
	return c
}

// List puts a change of a page into the plan that is only to be shown.
func (c *Changes) List(e *ledger.Entry, change plan.Change) {
	old := *e
	c.add(undo{entry: e, old: &old}, []plan.Change{change})
}

// Keep counts a post that stays as it is.
func (c *Changes) Keep() { c.Plan.Kept++ }

// Forget drops an entry from the ledger.
func (c *Changes) Forget(e *ledger.Entry) { c.pruned[e] = true }

// Forgotten reports whether an entry is dropped from the ledger.
func (c *Changes) Forgotten(e *ledger.Entry) bool { return c.pruned[e] }

// Forgets reports whether any entry is dropped from the ledger.
func (c *Changes) Forgets() bool { return len(c.pruned) > 0 }

// Final returns the ledger as the plan leaves it, once [Changes.Finish] has run.
func (c *Changes) Final() plan.Content { return c.final }

// add puts changes that belong together into the plan as a group: if one of them fails, the
// ledger claims none of them.
func (c *Changes) add(u undo, changes []plan.Change) {
	if len(changes) == 0 {
		return
	}
	group := len(c.undo)
	c.undo = append(c.undo, u)
	for _, change := range changes {
		change.Group = group
		c.Plan.Add(change)
	}
}

// planned returns what the plan makes of the pages of some posts, of their bases and of the
// versions that wait, by path, as far as it changes them.
func (c *Changes) planned(posts []*ledger.Entry) map[string]plan.Content {
	wanted := make(map[string]bool, 3*len(posts))
	for _, e := range posts {
		wanted[e.Path], wanted[memory.BaseDir+e.Path], wanted[memory.ConflictDir+e.Path] = true, true, true
	}
	found := map[string]plan.Content{}
	for change := range c.Plan.All() {
		if wanted[change.Path] && change.Writes() {
			found[change.Path] = change.After
		}
	}
	return found
}

// without returns the ledger as if the failed groups of changes had never been planned.
func (c *Changes) without(failed map[int]bool) *ledger.Ledger {
	all := c.memory.Ledger
	if len(failed) == 0 && len(c.pruned) == 0 {
		return all
	}
	back := map[*ledger.Entry]*ledger.Entry{}
	files := map[string]*ledger.File{}
	for group := range failed {
		switch u := c.undo[group]; {
		case u.entry != nil:
			back[u.entry] = u.old
		case u.file != nil:
			files[u.file.path] = u.file.was
		}
	}
	l := &ledger.Ledger{Theme: all.Theme, Told: all.Told, Outages: all.Outages, Feeds: all.Feeds, Files: filesWithout(all.Files, files)}
	for _, e := range all.Posts {
		old, undone := back[e]
		switch {
		case !undone && c.pruned[e]:
		case !undone:
			l.Posts = append(l.Posts, e)
		case old != nil:
			l.Posts = append(l.Posts, old)
		}
	}
	return l
}

// filesWithout returns files as they were before what failed; nil stands for a new one.
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

// files returns all paths that the ledger knows to be ours, bases included.
func (c *Changes) files() map[string]bool {
	all := map[string]bool{ledger.Name: true}
	for _, f := range c.memory.Ledger.Files {
		all[f.Path] = true
	}
	for _, e := range c.memory.Ledger.Posts {
		if c.pruned[e] {
			continue
		}
		if e.Page != "" {
			all[e.Path], all[memory.BaseDir+e.Path] = true, true
		}
		if e.Conflict != "" {
			all[memory.ConflictDir+e.Path] = true
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

// Finish adds the journal and the ledger to the plan.
func (c *Changes) Finish() (err error) {
	p := c.Plan
	p.Leftover, p.Stale = c.memory.Leftover(), c.memory.Stale
	p.Without = c.ledger
	if p.Ledger, err = c.ledger(nil); err != nil {
		return err
	}
	if !p.Empty() {
		p.Journal, err = c.journal()
	}
	return err
}

// ledger returns the ledger's own change, without what the failed groups would have
// brought; nil when it stays as it is.
func (c *Changes) ledger(failed map[int]bool) (*plan.Change, error) {
	w := c.spool.Create()
	err := c.without(failed).Write(w)
	fresh, closed := w.Close()
	if err := cmp.Or(err, closed); err != nil {
		return nil, err
	}
	c.final = fresh
	for _, change := range c.memory.Store(ledger.Name, "what was written, and from what", fresh) {
		return &change, nil
	}
	return nil, nil
}

// journal marks every file that the plan is about to write. What an earlier run that was
// killed left as it is now stays marked: this one may be killed too.
func (c *Changes) journal() (plan.Content, error) {
	w := c.spool.Create()
	err := c.mark(w)
	content, closed := w.Close()
	return content, cmp.Or(err, closed)
}

func (c *Changes) mark(w io.Writer) error {
	for _, name := range slices.Sorted(maps.Keys(c.memory.Journal)) {
		if m, ok := c.memory.Left(name); ok {
			if err := ledger.WriteMark(w, m); err != nil {
				return err
			}
		}
	}
	for change := range c.Plan.All() {
		if !change.Writes() {
			continue
		}
		m := ledger.Mark{Path: change.Path, Hash: change.After.Hash(), Page: c.pageOf(change.Group)}
		m.Links = c.relinked[strings.TrimPrefix(change.Path, memory.BaseDir)]
		base, merged := c.stands[change.Path]
		m.New = !change.Before.Exists() || c.memory.Journal.New(change.Path) && !merged // which is the author's as well
		if merged {
			var err error
			if m.Base, err = memory.Read(base); err != nil {
				return err
			}
		}
		if err := ledger.WriteMark(w, m); err != nil {
			return err
		}
	}
	return nil
}

// pageOf returns the page that a group of changes is made for; empty for files beside pages
// and for what a killed run left.
func (c *Changes) pageOf(group int) string {
	if u := c.undo[group]; u.entry != nil {
		return u.entry.Path
	}
	return ""
}
