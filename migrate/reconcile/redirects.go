package reconcile

import (
	"cmp"
	"slices"
	"strings"

	"replant/migrate/ledger"
	"replant/migrate/links"
	"replant/migrate/plan"
	"replant/migrate/redirects"
)

// Redirects plans the table that leads from the old addresses of posts to their pages, once
// all posts are settled: file is as [redirects.Parse] has it. The author's own file stays, and
// so does one that the author has edited; that is told once.
func (r *Reconciler) Redirects(file string) error {
	f, err := redirects.Parse(file)
	if err != nil {
		return err
	}
	rows, without := rowsOf(r.Changes, r.memory.Ledger, r.linking.resolver)
	fresh, err := r.spool.Put(f.Text(rows, without))
	if err != nil {
		return err
	}
	disk, err := plan.Hash(r.memory.Site, f.Path)
	if err != nil {
		return err
	}
	l := r.memory.Ledger
	known, told := l.File(f.Path), "redirects "+f.Path
	v := judgeFile(r.memory, f.Path, written(known), disk, fresh)
	switch {
	case v == ledger.Merge, v == ledger.Conflict:
		if !slices.Contains(l.Told, told) {
			l.Told = append(l.Told, told)
			r.report.Trouble(f.Path, "%s: is not as replant wrote it, so it is left alone; remove it to have it written anew", f.Path)
		}
		return nil
	case v == ledger.Deleted && r.options.Restore:
		v = ledger.Create
	case v == ledger.Deleted:
		return nil
	}
	l.Told = slices.DeleteFunc(l.Told, func(t string) bool { return t == told })
	if v == ledger.Keep && (!disk.Same(fresh) || written(known) == fresh.Hash()) {
		return nil // an author's edit of what it says still, or nothing new
	}
	l.SetFile(&ledger.File{Path: f.Path, Hash: fresh.Hash()})
	var changes []plan.Change
	if v != ledger.Keep {
		changes = []plan.Change{{Path: f.Path, Verdict: v, Why: "old addresses", Before: disk, After: fresh}}
	}
	r.Changes.add(undo{file: &fileUndo{f.Path, known}}, changes)
	return nil
}

// rowsOf lists the old addresses of all pages that are there, and counts those pages of which
// it is not known where they are published.
func rowsOf(c *Changes, l *ledger.Ledger, pages *links.Resolver) (rows []redirects.Row, without int) {
	for _, e := range l.Posts {
		if c.Forgotten(e) || e.Origin == ledger.Draft {
			continue
		}
		to, is, known := pages.Published(e)
		switch {
		case !is:
		case !known:
			without++
		default:
			rows = append(rows, oldAddresses(e, to)...)
		}
	}
	return rows, without
}

// oldAddresses returns a row for each address that a post has had. A guid is one where it lies
// on the post's own host.
func oldAddresses(e *ledger.Entry, to string) (rows []redirects.Row) {
	hosts := map[string]bool{}
	for _, name := range e.Names {
		addr, isURL := strings.CutPrefix(name, "url:")
		if !isURL {
			addr, _ = strings.CutPrefix(name, "guid:")
		}
		i := strings.IndexAny(addr, "/?")
		if i < 0 || strings.ContainsAny(addr, "# \"\\") {
			continue
		}
		if hosts[addr[:i]] = isURL || hosts[addr[:i]]; !hosts[addr[:i]] {
			continue
		}
		at, query, _ := strings.Cut(addr[i:], "?")
		row := redirects.Row{Path: cmp.Or(at, "/"), Query: query, To: to}
		if row.Path+"/" != to && (row.Path != "/" || query != "") {
			rows = append(rows, row)
		}
	}
	return rows
}
