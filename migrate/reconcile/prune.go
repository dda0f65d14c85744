package reconcile

import (
	"fmt"

	"replant/migrate/ledger"
	"replant/migrate/memory"
	"replant/migrate/plan"
	"replant/migrate/report"
)

// Prune is what becomes of the pages of posts that are gone at the source.
type Prune int

// The ways to prune.
const (
	Never Prune = iota
	Few         // they go, unless they are many
	All         // they go, however many they are
)

// pruning removes the pages of one feed's posts.
type pruning struct {
	memory  *memory.Memory
	changes *Changes
	report  *report.Report
	feed    string
	prune   Prune
}

// Gone looks for posts that a feed does not hold any more. Only a feed that says of
// itself that it is complete can say so (RFC 5005, section 2), and only when all of it
// was read: any other is a window. Their pages are removed where the author asked for
// that, and else the author is told, once. The caller says that the feed is such a one.
func (r *Reconciler) Gone(feed string, p Prune) {
	g := &pruning{memory: r.memory, changes: r.Changes, report: r.report, feed: feed, prune: p}
	remove := p != Never && !g.tooMany()
	news, pages := 0, 0
	for _, e := range r.memory.Ledger.Posts {
		switch {
		case e.Feed != feed || r.Changes.pruned[e]:
		case e.Seen > 0:
			e.Note(func(x *ledger.Extra) { x.Gone = false })
		case remove:
			g.remove(e)
		case p != Never:
			g.spare(e)
		default:
			if !e.Gone {
				news++
			}
			e.Note(func(x *ledger.Extra) { x.Gone = true })
			pages++
		}
	}
	if news > 0 {
		r.report.Hint("%s: posts that are gone at the source: %d; --prune removes their pages", feed, pages)
	}
}

// A feed that lacks many of its posts may be broken. These are too many to be removed
// without a word more: more than one of so many, and so many in all.
const (
	pruneShare = 3
	pruneLeast = 5
)

// tooMany reports whether so many posts are gone at the source that their pages stay, and
// says so.
func (r *pruning) tooMany() bool {
	gone, all := 0, 0
	for _, e := range r.memory.Ledger.Posts {
		if e.Feed != r.feed {
			continue
		}
		all++
		if e.Seen == 0 {
			gone++
		}
	}
	many := gone >= pruneLeast && gone*pruneShare > all || gone > 0 && gone == all
	if !many || r.prune == All {
		return false
	}
	r.report.Fail(&report.FeedError{
		Address: r.feed, Next: "if they are gone for good: --prune=all removes their pages",
		Err: fmt.Errorf("%d of its %d posts are gone at the source, too many to remove their pages unasked", gone, all),
	})
	return true
}

// spare says of a post that is gone at the source that its page stays.
func (r *pruning) spare(e *ledger.Entry) {
	old := *e
	e.Note(func(x *ledger.Extra) { x.Gone = true })
	if disk, err := plan.Hash(r.memory.Site, e.Path); err == nil && disk.Exists() {
		c := plan.Change{Path: e.Path, Verdict: ledger.Keep, Why: "gone at the source; --prune=all removes it", Before: disk, After: disk}
		r.changes.add(undo{entry: e, old: &old}, []plan.Change{c})
	}
}

// remove removes what replant wrote of a post that is gone at the source, and forgets it.
// A page that its author edited stays.
func (r *pruning) remove(e *ledger.Entry) {
	disk, err := plan.Hash(r.memory.Site, e.Path)
	if err == nil && disk.Exists() && (disk.Hash() != e.Page || r.memory.IsLink(e.Path)) {
		e.Note(func(x *ledger.Extra) { x.Gone = true })
		r.report.Warn("%s: its post is gone at the source, but you have edited it, so it stays", e.Path)
		return
	}
	var changes []plan.Change
	for _, a := range e.Assets {
		changes = append(changes, r.memory.Discard(a.File, a.Hash, "its post is gone at the source")...)
	}
	changes = append(changes, r.memory.Discard(e.Path, e.Page, "gone at the source")...)
	changes = append(changes, r.memory.Store(memory.BaseDir+e.Path, "gone at the source", plan.Content{})...)
	changes = append(changes, r.memory.Store(memory.ConflictDir+e.Path, "gone at the source", plan.Content{})...)
	old := *e
	r.changes.Forget(e)
	r.changes.add(undo{entry: e, old: &old}, changes)
}
