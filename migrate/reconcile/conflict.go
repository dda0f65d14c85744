package reconcile

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"

	"replant/frontmatter"
	"replant/migrate/ledger"
	"replant/migrate/memory"
	"replant/migrate/merge"
	"replant/migrate/page"
	"replant/migrate/plan"
	"replant/migrate/report"
)

// merge brings what the source changed into a page that its author edited.
func (r *Reconciler) merge(m *page.Made) []plan.Change {
	base := r.memory.Edited(m.Entry, m.Disk, m.Last)
	v, err := versions(base, m.Disk, m.Page)
	if err != nil {
		r.report.Trouble(m.Entry.Path, "%s: %v", m.Entry.Path, err)
		return nil
	}
	if !base.Exists() {
		return r.conflict(m, "", clash{"what was written last is not there any more", string(v[1])})
	}
	if told, settled := settledByHand(r.memory, r.report, m, v[0], v[1]); settled != nil {
		base, v[0] = told, settled
	}
	page, clash := mergePages(v[0], v[1], v[2])
	if clash != nil {
		page, clash = r.mergeAsLeft(m, v, clash)
	}
	if clash != nil {
		m.Entry.Page = base.Hash()
		return append(r.memory.Store(memory.BaseDir+m.Entry.Path, "what was written", base), r.conflict(m, memory.BaseDir+m.Entry.Path, *clash)...)
	}
	merged, err := r.spool.Put(page)
	if err != nil {
		r.report.Trouble(m.Entry.Path, "%s: %v", m.Entry.Path, err)
		return nil
	}
	r.support.supply(m)
	changes := r.pictures.bring(m, shownOn(page))
	if !merged.Same(m.Disk) {
		r.Changes.stands[m.Entry.Path] = m.Page
		changes = append(changes, plan.Change{
			Path: m.Entry.Path, Verdict: ledger.Merge, Why: "changed at the source, with your edits", Before: m.Disk, After: merged,
		})
	}
	return append(changes, r.record(m)...)
}

// mergeAsLeft merges a page once more, with the fresh one as a killed run would have written it.
// Where that changes nothing it returns the clash.
func (r *Reconciler) mergeAsLeft(m *page.Made, v [3][]byte, c *clash) ([]byte, *clash) {
	fresh, open := r.linking.asLeft(m)
	if fresh == nil {
		return nil, c
	}
	page, again := mergePages(v[0], v[1], fresh)
	if again != nil {
		return nil, c
	}
	var err error
	if m.Page, err = r.spool.Put(fresh); err != nil {
		return nil, c
	}
	r.linking.note(m.Entry, open)
	return page, nil
}

// versions reads the versions of a page; an absent one is empty.
func versions(base, mine, source plan.Content) (all [3][]byte, err error) {
	for i, c := range []plan.Content{base, mine, source} {
		if !c.Exists() {
			continue
		}
		if all[i], err = memory.Read(c); err != nil {
			return all, err
		}
	}
	return all, nil
}

// conflict leaves the page to the author and puts the incoming one where it can be
// compared; base is where that lies which both were made from, empty where it is gone. The
// pictures that the incoming one shows come too, so that it can be taken over as it is.
func (r *Reconciler) conflict(m *page.Made, base string, c clash) []plan.Change {
	e := m.Entry
	var changes []plan.Change
	if e.Page != "" {
		changes = r.pictures.bring(m, func(string) bool { return true })
	}
	changes = append(changes, r.memory.Store(memory.ConflictDir+e.Path, "the source's version", m.Page)...)
	if e.Conflict == m.Page.Hash() && e.Shrunk == "" {
		return changes // told already
	}
	e.Note(func(x *ledger.Extra) {
		x.Conflict, x.Clash, x.Shrunk, x.Declined = m.Page.Hash(), ledger.Digest("%s", c.mine), "", ""
	})
	why := "edited here and changed at the source: " + c.what
	if e.Page == "" {
		why = c.what + "; see " + memory.ConflictDir + e.Path
	}
	if e.Page != "" {
		r.report.Conflicts = append(r.report.Conflicts, report.Conflict{Page: e.Path, Base: base, Incoming: memory.ConflictDir + e.Path})
	}
	return append(changes, plan.Change{Path: e.Path, Verdict: ledger.Conflict, Why: why, Before: m.Disk, After: m.Disk})
}

// settledByHand reports whether the author has settled a conflict that they were told of:
// it returns the version of the source that they had before them, which is the base from
// now on, else nil. They have when nothing of what was in its way stands there as it did,
// and no marks of git either: whoever edits something else on the page has not.
func settledByHand(mem *memory.Memory, rep *report.Report, m *page.Made, base, mine []byte) (told plan.Content, text []byte) {
	e := m.Entry
	if e.Conflict == "" || e.Clash == "" || merge.Marks(mine) > merge.Marks(base) { // a post may be about git
		return told, nil
	}
	told, err := mem.Of(m.Entry, memory.ConflictDir)
	if err != nil || told.Hash() != e.Conflict {
		return told, nil
	}
	if text, err = memory.Read(told); err != nil {
		return told, nil
	}
	_, clash := mergePages(base, mine, text)
	if clash == nil || ledger.Digest("%s", clash.mine) == e.Clash {
		return told, nil
	}
	rep.Warn("%s: settled by hand, so the source's version counts as seen", e.Path)
	return told, text
}

// clash says why two versions of a page do not merge.
type clash struct {
	what string // for the author
	mine string // what of the author's page is in the way
}

// mergePages brings to a page that its author edited what the source changed in base:
// front matter key by key, the body line by line. Line endings and the end of the last
// line stay the author's. Where both changed the same, there is a clash and no page.
func mergePages(base, mine, source []byte) ([]byte, *clash) {
	m := merge3(base, mine, source)
	if m.what != "" {
		return nil, &m.clash
	}
	return m.page, nil
}

// merging is a merge of pages on its way.
type merging struct {
	page []byte
	clash
}

func merge3(base, mine, source []byte) (m merging) {
	old, oldBody, err1 := frontmatter.Parse(base)
	fields, body, err2 := frontmatter.Parse(mine)
	fresh, freshBody, err3 := frontmatter.Parse(source)
	if err := errors.Join(err1, err2, err3); err != nil {
		m.clashes(err.Error(), string(mine))
		return m
	}
	edits, keys := frontmatter.Merge(old, fields, fresh)
	for _, key := range keys {
		m.clashes(key, fmt.Sprint(key, at(fields, strings.Split(key, "."))))
	}
	page, err := frontmatter.Rewrite(mine, edits)
	if err != nil {
		m.clashes(err.Error(), string(mine[:len(mine)-len(body)]))
	}
	text, lines := mergeBodies(oldBody, body, freshBody)
	if lines != nil {
		m.clashes("the text", string(bytes.Join(lines, []byte("\x00"))))
	}
	if m.what == "" {
		m.page = slices.Concat(page[:len(page)-len(body)], text)
	}
	return m
}

func (m *merging) clashes(what, mine string) {
	if m.what != "" {
		m.what += ", "
	}
	m.what += what
	m.mine += mine + "\x00"
}

// at returns the value below some keys.
func at(m frontmatter.Matter, path []string) any {
	v, _ := m.Get(path[0])
	if below, ok := v.(frontmatter.Matter); ok && len(path) > 1 {
		return at(below, path[1:])
	}
	return v
}

// mergeBodies merges what stands below front matter.
func mergeBodies(base, mine, source []byte) ([]byte, [][]byte) {
	if n := bytes.Count(mine, []byte("\r\n")); 2*n > bytes.Count(mine, []byte("\n")) {
		base, source = crlf(base), crlf(source)
	}
	if cut := len(mine) > 0 && mine[len(mine)-1] != '\n' && bytes.HasSuffix(base, []byte("\n")); cut {
		text, lines := mergeBodies(base, append(slices.Clip(mine), newline(base)...), source)
		return bytes.TrimSuffix(text, newline(base)), lines
	}
	return merge.Text(base, mine, source)
}

func crlf(b []byte) []byte {
	return bytes.ReplaceAll(bytes.ReplaceAll(b, []byte("\r\n"), []byte("\n")), []byte("\n"), []byte("\r\n"))
}

// newline returns how the last line of a text ends.
func newline(b []byte) []byte {
	if bytes.HasSuffix(b, []byte("\r\n")) {
		return []byte("\r\n")
	}
	return []byte("\n")
}
