// Package reconcile decides what becomes of a site: from the fresh page of a post, what lies
// in its place, what was written last and what a killed run left, to changes of a plan.
// Start at [Reconciler.Settle].
//
// Each subject has a file and a type of its own: merges and conflicts, shrunk sources,
// pictures, files beside pages, comments, recovery, pruning. They share the memory of the
// site, the [Changes] and the report; one that needs another holds just that one.
package reconcile

import (
	"iter"

	"replant/migrate/ledger"
	"replant/migrate/memory"
	"replant/migrate/page"
	"replant/migrate/plan"
	"replant/migrate/report"
	"replant/migrate/site"
)

// Options are what the author asks of a run.
type Options struct {
	page.Options
	Adopt  bool   // takes over the pages that are there, and does nothing else
	Strict bool   // leaves out pages that do not show all that their posts do
	Links  string // how links between posts are written: see [ledger.Settings]
}

// Reconciler settles the posts of one run, one after another in the feeds' order.
type Reconciler struct {
	Changes   *Changes
	memory    *memory.Memory
	spool     *plan.Spool
	report    *report.Report
	options   Options
	losses    *losses
	pictures  *pictures
	support   *support
	comments  *comments
	texts     *sharedTexts
	waiting   *waiting
	shrinking *shrinking
	linking   *linking
	poor      *poor
}

// New returns a reconciler for a site as a run finds it. Underway yields the posts that come
// after the one in hand and are at work: it waits for each.
func New(m *memory.Memory, where *site.Site, spool *plan.Spool, rep *report.Report, o Options, underway iter.Seq[*page.Made]) *Reconciler {
	changes := newChanges(m, spool)
	pics := &pictures{memory: m, report: rep, options: o}
	texts := newSharedTexts(m.Ledger, rep, o.AcceptShrunk, underway)
	return &Reconciler{
		Changes: changes, memory: m, spool: spool, report: rep, options: o, pictures: pics,
		losses:    &losses{report: rep, strict: o.Strict},
		support:   &support{memory: m, site: where, spool: spool, report: rep, options: o, changes: changes, supplied: map[string]bool{}, lacking: map[string]int{}},
		comments:  &comments{memory: m, report: rep, restore: o.Restore},
		texts:     texts,
		shrinking: &shrinking{memory: m, report: rep, texts: texts, pictures: pics, acceptShrunk: o.AcceptShrunk},
		waiting:   &waiting{memory: m, spool: spool, report: rep, changes: changes},
		poor:      &poor{memory: m, report: rep},
		linking:   newLinking(m, where, spool, rep, changes, o.Links),
	}
}

// Placeholders returns the pictures of a post that came in the place of different ones of other
// posts: its page has to be made once more without them.
func (r *Reconciler) Placeholders(m *page.Made) []string { return r.texts.swaps.common(m) }

// Check reports what a check found of a post.
func (r *Reconciler) Check(m *page.Made) { r.losses.checked(m) }

// NoteText counts what a post says, for those that are settled after it.
func (r *Reconciler) NoteText(m *page.Made) { r.texts.note(m) }

// Tell tells of a feed whose posts say what their author cannot have written, or all the
// same, and, where it was read, of those that could not be had as their authors wrote them.
func (r *Reconciler) Tell(feed *page.Feed, read bool) {
	r.texts.tell(feed)
	if read {
		r.poor.tell(feed.Address)
	}
}

// ClearUp settles what no feed has brought up: conflicts whose posts have left their feeds,
// and what a killed run has left. Find moves an entry to where such a run has found its page, and
// returns the page's old path; empty where none has.
func (r *Reconciler) ClearUp(find func(*ledger.Entry) (from string)) {
	killed := &recovery{memory: r.memory, changes: r.Changes, taken: map[*ledger.Entry]bool{}}
	killed.follow(func(e *ledger.Entry) (from string) {
		if from = find(e); from != "" {
			r.linking.moved[from] = e
		}
		return from
	})
	if !r.options.Adopt {
		killed.conflicts()
		r.waiting.settleUnseen()
	}
	killed.run()
	r.support.advise()
}

// MendLinks lets links lead to the pages of posts that have arrived since their pages were
// made, once all posts are settled.
func (r *Reconciler) MendLinks() { r.linking.mend() }

// OutOfSight tells of pictures that were to be tried again, whose posts no feed holds any
// more.
func (r *Reconciler) OutOfSight() { r.pictures.outOfSight() }

// Waiting returns the entries of pages that wait to be settled: all that do, or those of the
// names. A page that does not is an [ErrNoConflict].
func (r *Reconciler) Waiting(pages []string) ([]*ledger.Entry, error) { return r.waiting.open(pages) }

// Choose settles a page that waits by the author's choice.
func (r *Reconciler) Choose(e *ledger.Entry, choice Choice) error {
	old := *e
	e.Seen = 1 // as if its post had been read
	changes, err := r.waiting.choose(e, choice)
	if err == nil {
		r.Changes.add(undo{entry: e, old: &old}, changes)
	}
	return err
}
