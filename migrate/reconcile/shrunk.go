package reconcile

import (
	"fmt"

	"replant/migrate/ledger"
	"replant/migrate/memory"
	"replant/migrate/page"
	"replant/migrate/plan"
	"replant/migrate/report"
	"replant/migrate/shrink"
)

// shrinking keeps pages whose sources have less of them now.
type shrinking struct {
	memory       *memory.Memory
	report       *report.Report
	texts        *sharedTexts
	pictures     *pictures
	acceptShrunk bool
}

// outlasts reports whether what waits for a page stays, since the source has less now.
func (r *shrinking) outlasts(m *page.Made, v ledger.Verdict) bool {
	return (v == ledger.Conflict || v == ledger.Create) && m.Unplaced(r.memory).Exists() && r.isLess(m)
}

// isLess reports whether what the source has of a post is less than it had.
func (r *shrinking) isLess(m *page.Made) bool {
	if m.Alien && m.Less != shrink.Blocked && r.texts.shared(m) {
		m.Less = shrink.Shared
	}
	return m.Less != shrink.Edit
}

// hold leaves a page to its author whose source has less now, and puts the source's
// version where it can be looked at. The page as it was written last stays what the next
// run compares with. Another version that waits already stays as well: it may have more.
func (r *shrinking) hold(m *page.Made) []plan.Change {
	e := m.Entry
	robots := m.Less == shrink.Blocked || m.Less == shrink.Shared
	switch {
	case ledger.SameItem(e.Declined, m.From):
		return nil
	case e.Conflict != "" && e.Shrunk == "" && !m.Taken():
		return r.outlast(m)
	}
	changes := taken(r.memory, m)
	news := e.Shrunk == ""
	if robots {
		r.texts.noteBlocked(m, news)
	}
	changes = append(changes, r.pictures.bring(m, func(string) bool { return true })...)
	changes = append(changes, r.memory.Store(memory.ConflictDir+e.Path, "the source's version", m.Page)...)
	e.Note(func(x *ledger.Extra) {
		x.Conflict, x.Clash, x.Shrunk, x.Declined = m.Page.Hash(), "", string(m.Less), ""
	})
	if !news {
		return changes
	}
	r.report.Shrunk = append(r.report.Shrunk, e.Path)
	return append(changes, plan.Change{Path: e.Path, Verdict: ledger.Shrunk, Why: worse(m), Before: m.Disk, After: m.Disk})
}

// outlast leaves the version of the source that waits already: it has more.
func (r *shrinking) outlast(m *page.Made) []plan.Change {
	m.Entry.From = m.Old.From
	r.report.Note("%s: the source has less of it now; the version that waits stays", m.Entry.Path)
	return nil
}

// worse says in which way the source has less.
func worse(m *page.Made) string {
	text := Stays(string(m.Less))
	switch m.Less {
	case shrink.Empty:
		return text
	case shrink.Blocked, shrink.Shared:
		return fmt.Sprintf("%s: %q", text, m.Says)
	}
	return text + ", " + m.Counts
}

// Stays says why a page does, by the reason in the ledger.
func Stays(reason string) string {
	switch shrink.Reason(reason) {
	case shrink.Empty:
		return "stays: the source has nothing of it now"
	case shrink.Beginning:
		return "stays: the source has only its beginning now"
	case shrink.Excerpt:
		return "stays: the source has only an excerpt of it now"
	case shrink.Summary:
		return "stays: the source has only its summary now"
	case shrink.Blocked:
		return "stays: the source seems to be blocked"
	case shrink.Shared:
		return "stays: the source says the same of other posts now"
	}
	return "stays: the source has much less of it now"
}

// restoreLast brings back a page that its author deleted as it was written last, since the
// source has less of it now.
func (r *shrinking) restoreLast(m *page.Made) []plan.Change {
	was := m.LastWritten(r.memory)
	changes := append(r.hold(m), r.pictures.broughtBack(m)...)
	if was.Exists() {
		changes = append(changes, plan.Change{Path: m.Entry.Path, Verdict: ledger.Create, Why: "restored as it was written last", After: was})
	}
	return changes
}

// wellAgain tells of a source that has all of a post again.
func (r *shrinking) wellAgain(m *page.Made, v ledger.Verdict) {
	if m.Old == nil || m.Old.Shrunk == "" || r.acceptShrunk || m.Less != shrink.Edit {
		return
	}
	if v != ledger.Deleted && m.Disk.Hash() != m.Old.Conflict {
		r.texts.wholeAgain(m)
	}
}
