// Package memory holds what a site remembers of earlier runs: the ledger, the pages as they
// were written last, and what a killed run left. It only reads; a change of the memory is a
// [plan.Change] like any other.
package memory

import (
	"cmp"
	"io"
	"net/url"
	"slices"
	"sync"

	"github.com/spf13/afero"

	"replant/frontmatter"
	"replant/migrate/ledger"
	"replant/migrate/plan"
)

// Where the memory of pages lies, each under the page's own path.
const (
	BaseDir     = ledger.Dir + "/base/"     // as last written
	ConflictDir = ledger.Dir + "/conflict/" // as the source has it, where the author decides
)

// Memory is what a site remembers. Its files may be read from any goroutine; the ledger is
// the caller's to guard.
type Memory struct {
	Site    afero.Fs
	Ledger  *ledger.Ledger
	Journal ledger.Journal // nil after a run that came to its end
	File    plan.Content   // the ledger as it lies there
	Stale   plan.Content   // the journal as it lies there
	// Whole holds the whole addresses that a ledger of before had, by what stands in their
	// places now.
	Whole map[string]*url.URL

	spool *plan.Spool

	mu    sync.RWMutex
	moved map[*ledger.Entry]string // the old path of each page that its author has moved
}

// Move notes where a page was before its author moved it, as this run has found it.
func (m *Memory) Move(e *ledger.Entry, from string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.moved[e] = from
}

// movedFrom returns where a page was before its author moved it, or "".
func (m *Memory) movedFrom(e *ledger.Entry) string {
	m.mu.RLock()
	defer m.mu.RUnlock()
	return m.moved[e]
}

// Followed returns the new path of a page that its author had moved when a killed run moved its
// memory there, or was about to; empty for any other page.
func (m *Memory) Followed(page string) (to string) {
	if page == "" || m.Journal == nil {
		return ""
	}
	for _, dir := range []string{BaseDir, ConflictDir} {
		for _, mark := range m.Journal[dir+page] {
			if mark.Hash == "" && mark.Page != "" && mark.Page != page {
				to = mark.Page // the last of them knows best
			}
		}
	}
	return to
}

// Recall reads a site's memory. A site without one has an empty memory. The spool takes the
// bases that a journal holds; it may be nil where none is asked for.
func Recall(site afero.Fs, spool *plan.Spool) (*Memory, error) {
	m := &Memory{Site: site, Ledger: &ledger.Ledger{}, moved: map[*ledger.Entry]string{}, spool: spool}
	var err error
	if m.File, err = recall(site, ledger.Name, ledger.Read, &m.Ledger); err != nil {
		return nil, err
	}
	if m.File.Exists() {
		m.Whole = conceal(m.Ledger)
	}
	if m.Stale, err = recall(site, ledger.JournalName, ledger.ReadJournal, &m.Journal); err != nil {
		return nil, err
	}
	return m, nil
}

// RecallFeeds returns the feeds that a site came from, and the whole addresses that a ledger of
// before had, as in [Memory.Whole]; known is false for a site without a ledger. It reads no
// further than it has to: what is wrong with the rest of the ledger, [Recall] finds.
func RecallFeeds(site afero.Fs) (feeds []*ledger.Feed, whole map[string]*url.URL, known bool, err error) {
	if l := headOf(site); l != nil {
		whole = conceal(l) // which changes the feeds
		return l.Feeds, whole, true, nil
	}
	m, err := Recall(site, nil)
	if err != nil {
		return nil, nil, false, err
	}
	return m.Ledger.Feeds, m.Whole, m.File.Exists(), nil
}

// headOf reads a site's ledger up to its posts; nil where there is none that can be read.
func headOf(site afero.Fs) *ledger.Ledger {
	info, err := site.Stat(ledger.Name)
	if err != nil || !info.Mode().IsRegular() {
		return nil
	}
	f, err := site.Open(ledger.Name)
	if err != nil {
		return nil
	}
	defer f.Close()
	l, err := ledger.ReadHead(f)
	if err != nil {
		return nil
	}
	return l
}

// recall reads a file of replant's memory into what it says; an absent one says nothing.
func recall[T any](site afero.Fs, name string, read func(io.Reader) (T, error), says *T) (plan.Content, error) {
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

// Of returns replant's file of a page below one of the directories of memory, or the page itself
// where dir is empty. That of a page which was moved lies under its old path, unless a killed run
// has brought it over.
func (m *Memory) Of(e *ledger.Entry, dir string) (c plan.Content, err error) {
	for _, page := range m.paths(e) {
		if c, err = plan.Hash(m.Site, dir+page); err != nil || c.Exists() {
			break
		}
	}
	return c, err
}

// paths returns under which paths a page and replant's files of it may lie: under its own, under
// the one that it was moved from, and where a killed run has moved them: see [Memory.Followed].
func (m *Memory) paths(e *ledger.Entry) []string {
	all := []string{e.Path}
	old := m.movedFrom(e)
	for _, page := range []string{old, m.Followed(cmp.Or(old, e.Path))} {
		if page != "" && !slices.Contains(all, page) {
			all = append(all, page)
		}
	}
	return all
}

// Standing returns the page that what lies at an entry's path was made of; false where no
// run has written it.
func (m *Memory) Standing(e *ledger.Entry) (base plan.Content, ok bool) {
	disk, err := plan.Hash(m.Site, e.Path)
	if err != nil || !disk.Exists() {
		return plan.Content{}, false
	}
	switch mark, marked := m.Mark(e, disk.Hash()); {
	case marked && mark.Base != nil:
		base, err = m.spool.Put(mark.Base)
		return base, err == nil
	case marked, disk.Hash() == e.Page:
		return disk, true
	}
	return m.BaseLeft(e) // its author has edited it since
}

// BaseLeft returns a base that a killed run has written for a page that was edited since:
// it had written the page before.
func (m *Memory) BaseLeft(e *ledger.Entry) (base plan.Content, left bool) {
	if m.Journal == nil {
		return plan.Content{}, false
	}
	for _, page := range m.paths(e) { // its author may have moved it after the run died
		base, err := plan.Hash(m.Site, BaseDir+page)
		if err != nil || !base.Exists() {
			continue
		}
		if _, left = m.Journal.Mark(BaseDir+page, base.Hash()); left {
			return base, true
		}
	}
	return plan.Content{}, false
}

// Edited returns the page that its author's edits of disk were made to, where the run that
// wrote it last noted its hash as last; an absent one where it is not there any more.
func (m *Memory) Edited(e *ledger.Entry, disk plan.Content, last string) plan.Content {
	if mark, ok := m.Mark(e, disk.Hash()); ok && mark.Base != nil {
		if base, err := m.spool.Put(mark.Base); err == nil {
			return base
		}
	}
	c, err := m.Of(e, BaseDir)
	if err != nil || c.Hash() != last {
		return plan.Content{}
	}
	return c
}

// Mark returns the mark by which a killed run left a page with bytes of that hash: under its path
// or, where its author has moved it since, under the one that it was moved from.
func (m *Memory) Mark(e *ledger.Entry, hash string) (mark ledger.Mark, marked bool) {
	if mark, marked = m.Journal.Mark(e.Path, hash); marked || hash == "" {
		return mark, marked
	}
	return m.Journal.Mark(m.movedFrom(e), hash)
}

// Left returns the mark by which a killed run left a path as it is now.
func (m *Memory) Left(name string) (ledger.Mark, bool) {
	disk, err := plan.Hash(m.Site, name)
	if err != nil {
		return ledger.Mark{}, false
	}
	return m.Journal.Mark(name, disk.Hash())
}

// Store returns the changes that bring a file of replant's own to the content; an absent
// content removes it.
func (m *Memory) Store(name, why string, after plan.Content) []plan.Change {
	before, err := plan.Hash(m.Site, name)
	switch {
	case err == nil && before.Hash() == after.Hash():
		return nil
	case !after.Exists():
		return []plan.Change{{Path: name, Verdict: ledger.Delete, Why: why, Before: before}}
	case before.Exists():
		return []plan.Change{{Path: name, Verdict: ledger.Update, Why: why, Before: before, After: after}}
	}
	return []plan.Change{{Path: name, Verdict: ledger.Create, Why: why, After: after}}
}

// Discard returns the change that removes a file which is still as replant wrote it. One
// that is a link by now is the author's.
func (m *Memory) Discard(name, hash, why string) []plan.Change {
	disk, err := plan.Hash(m.Site, name)
	if err != nil || !disk.Exists() || disk.Hash() != hash || m.IsLink(name) {
		return nil
	}
	return []plan.Change{{Path: name, Verdict: ledger.Delete, Why: why, Before: disk}}
}

// pageMost bounds what is read of a page.
const pageMost = 16 << 20

// Read reads a page. One that is too large to be one is cut off, and then not what it
// should be.
func Read(c plan.Content) ([]byte, error) { return c.Read(pageMost) }

// Parse reads a page. What no generator could read is text.
func Parse(page plan.Content) (frontmatter.Matter, []byte, error) {
	text, err := Read(page)
	if err != nil {
		return nil, nil, err
	}
	matter, body, err := frontmatter.Parse(text)
	if err != nil {
		return nil, text, nil
	}
	return matter, body, nil
}
