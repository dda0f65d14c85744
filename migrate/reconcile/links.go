package reconcile

import (
	"slices"

	"replant/frontmatter"
	"replant/migrate/ledger"
	"replant/migrate/links"
	"replant/migrate/memory"
	"replant/migrate/page"
	"replant/migrate/plan"
	"replant/migrate/report"
	"replant/migrate/site"
)

// linking lets the links from post to post lead to their pages. A page is written with the
// links to what is there; what arrives later mends the pages that lead to it, by their text,
// since their posts may have left the feed. Both ways end in the same bytes.
type linking struct {
	keeps    bool // links stay as they are
	memory   *memory.Memory
	spool    *plan.Spool
	report   *report.Report
	changes  *Changes
	resolver *links.Resolver
	page     links.Page
	homes    map[string]bool          // where posts of the site lie: see [links.Home]
	hosts    map[string]bool          // theirs
	late     map[string]bool          // the hosts of homes that came up when there were pages already
	made     []*ledger.Entry          // whose pages were made in this run
	moved    map[string]*ledger.Entry // whose authors have moved their pages, by where these lay
}

func newLinking(m *memory.Memory, where *site.Site, spool *plan.Spool, rep *report.Report, c *Changes, form string) *linking {
	l := &linking{
		keeps: form == ledger.KeepLinks, memory: m, spool: spool, report: rep, changes: c, page: links.Page{Bare: where.Markup().LinksBare()},
		homes: map[string]bool{}, hosts: map[string]bool{}, late: map[string]bool{}, moved: map[string]*ledger.Entry{},
		resolver: &links.Resolver{Site: where, Memory: m, Ledger: m.Ledger, ByRef: form == ledger.LinkByRef},
	}
	for _, e := range m.Ledger.Posts {
		l.learn(e)
	}
	clear(l.late)
	return l
}

// learn notes where a post lies.
func (l *linking) learn(e *ledger.Entry) {
	for _, name := range e.Names {
		home := links.Home(name)
		if home == "" || l.homes[home] {
			continue
		}
		host := links.HostOf(home)
		l.homes[home], l.hosts[host], l.late[host] = true, true, true
	}
}

// link lets the links of a fresh page lead to the pages that are there.
func (l *linking) link(m *page.Made) {
	if l.keeps {
		l.note(m.Entry, nil)
		return
	}
	if len(l.homes) == 0 {
		defer clear(l.late) // no page is older
	}
	l.learn(m.Entry)
	if m.Moved != "" {
		l.moved[m.Moved] = m.Entry
	}
	var open []string
	if slices.ContainsFunc(m.Hosts, func(host string) bool { return l.hosts[host] }) {
		text, err := memory.Read(m.Page)
		if err != nil {
			return
		}
		fresh, between, left := l.rewrite(l.resolver, m.Entry, text)
		if between > 0 {
			if m.Page, err = l.spool.Put(fresh); err != nil {
				m.Err = err
				return
			}
		}
		open = left
		l.report.Links.Between += between
	}
	l.note(m.Entry, open)
	l.made = append(l.made, m.Entry)
}

// asLeft returns a fresh page with its links to pages of new posts that a killed run has written: it
// had written this one so, and an author's edit beside such a link would meet it. It returns nil
// where there are none. Open are the links that lead to no page even so.
func (l *linking) asLeft(m *page.Made) (fresh []byte, open []string) {
	if l.keeps || l.memory.Journal == nil || len(m.Entry.Links) == 0 {
		return nil, nil
	}
	text, err := memory.Read(m.Page)
	if err != nil {
		return nil, nil
	}
	left := &links.Resolver{Site: l.resolver.Site, Memory: l.memory, Ledger: l.memory.Ledger, ByRef: l.resolver.ByRef, Left: true}
	fresh, between, open := l.rewrite(left, m.Entry, text)
	if between == 0 {
		return nil, nil
	}
	return fresh, open
}

// note notes which links of a page lead to no page.
func (l *linking) note(e *ledger.Entry, open []string) {
	if !slices.Equal(e.Links, open) {
		e.Note(func(x *ledger.Extra) { x.Links = open })
	}
}

// rewrite returns a page with its links as they are to lead, how many lead to other pages of
// the site that did not, and which would if there were one.
func (l *linking) rewrite(by *links.Resolver, e *ledger.Entry, text []byte) (fresh []byte, between int, open []string) {
	_, body, err := frontmatter.Parse(text)
	if err != nil {
		return text, 0, nil
	}
	after := l.page.Rewrite(body, func(address string) (string, bool) {
		to, ok := by.Lead(e, address)
		if !ok && len(l.moved) > 0 {
			to, ok = by.Follow(e, address, l.moved)
		}
		if ok {
			between++
		} else if name := links.Open(address, l.homes); name != "" && !slices.Contains(open, name) && !slices.Contains(e.Names, "url:"+name) {
			open = append(open, name)
		}
		return to, ok
	})
	slices.Sort(open)
	return slices.Concat(text[:len(text)-len(body)], after), between, open
}

// mend lets the links of pages lead to what has arrived since they were made.
func (l *linking) mend() {
	if l.keeps {
		return
	}
	defer l.count()
	l.leave()
	stale := l.stale()
	if len(stale) == 0 {
		return
	}
	r := revision{planned: l.changes.planned(stale), amended: map[string]plan.Content{}}
	for _, e := range stale {
		if e.Conflict != "" {
			l.mendWaiting(e, r)
		} else {
			l.mendPage(e, r)
		}
	}
	l.changes.Plan.Amend(r.amended)
}

// leave lets the pages that were made note no links to blogs of which the ledger forgets all posts:
// the next run does not know them.
func (l *linking) leave() {
	if !l.changes.Forgets() {
		return
	}
	homes := map[string]bool{}
	for _, e := range l.memory.Ledger.Posts {
		if l.changes.Forgotten(e) {
			continue
		}
		for _, name := range e.Names {
			homes[links.Home(name)] = true
		}
	}
	delete(homes, "") // of names that are no address
	l.homes = homes
	for _, e := range l.made {
		l.note(e, slices.DeleteFunc(slices.Clone(e.Links), func(name string) bool { return !homes[links.Home("url:"+name)] }))
	}
}

// revision is what the plan makes of files, by path, and what it is to make of them instead.
type revision struct{ planned, amended map[string]plan.Content }

// becomes lets a file become something: by the change of it that is in the plan, else by the
// changes returned, which are others.
func (r revision) becomes(name string, after plan.Content, others []plan.Change) []plan.Change {
	if _, planned := r.planned[name]; !planned {
		return others
	}
	r.amended[name] = after
	return nil
}

// stale returns the posts whose pages may have links that lead to what has arrived.
func (l *linking) stale() (all []*ledger.Entry) {
	for _, e := range l.memory.Ledger.Posts {
		if e.Page+e.Conflict == "" || l.changes.Forgotten(e) {
			continue
		}
		if len(l.late) > 0 || len(l.moved) > 0 || l.leads(e) {
			all = append(all, e)
		}
	}
	return all
}

// leads reports whether a link of a page that led to no page does by now.
func (l *linking) leads(e *ledger.Entry) bool {
	return slices.ContainsFunc(e.Links, func(name string) bool { return l.resolver.Is(e, "https://"+name) })
}

// concerns reports whether a page may have links to what has arrived.
func (l *linking) concerns(e *ledger.Entry, text []byte) bool {
	return len(l.moved) > 0 || l.leads(e) || slices.ContainsFunc(links.Hosts(text), func(host string) bool { return l.late[host] })
}

// mendPage mends a page and its base. One that its author has edited there keeps the edit.
func (l *linking) mendPage(e *ledger.Entry, r revision) {
	baseName := memory.BaseDir + e.Path
	disk, err := plan.Hash(l.memory.Site, e.Path)
	if err != nil {
		return
	}
	now, changes := r.planned[e.Path]
	if !changes {
		now = disk
	}
	base, changesBase := r.planned[baseName]
	if !changesBase {
		base = l.base(e)
	}
	if !now.Exists() || !base.Exists() {
		return
	}
	text, fresh, between, open := l.again(e, base)
	if between == 0 {
		return
	}
	after, ok := l.merged(now, base, text, fresh)
	if !ok {
		return
	}
	written, err := l.spool.Put(fresh)
	if err != nil {
		return
	}
	old := *e
	e.Page = written.Hash()
	l.note(e, open)
	l.report.Links.Between += between
	l.changes.relinked[e.Path] = !changes && !changesBase
	if !now.Same(base) {
		l.changes.stands[e.Path] = written
	}
	l.changes.add(undo{entry: e, old: &old}, slices.Concat(
		r.becomes(e.Path, after, relink(e, disk, after, now.Same(base))),
		r.becomes(baseName, written, l.memory.Store(baseName, "what was written", written)),
	))
}

// base returns what the page of a post was made of, where the plan does not write that anew. Of
// a post that this run has come across it is what the ledger has; of any other a killed run may
// have brought the page further.
func (l *linking) base(e *ledger.Entry) plan.Content {
	if e.Seen == 0 && l.memory.Journal != nil {
		if c, ok := l.memory.Standing(e); ok {
			return c
		}
	}
	if c, err := l.memory.Of(e, memory.BaseDir); err == nil && c.Hash() == e.Page {
		return c
	}
	c, _ := l.memory.Standing(e)
	return c
}

// again returns what was written of a post, and the same as it is with the links to what has
// arrived; where between is 0 there are none.
func (l *linking) again(e *ledger.Entry, written plan.Content) (text, fresh []byte, between int, open []string) {
	text, err := memory.Read(written)
	if err != nil || !l.concerns(e, text) {
		return nil, nil, 0, nil
	}
	if fresh, between, open = l.rewrite(l.resolver, e, text); between == 0 {
		l.note(e, open)
	}
	return text, fresh, between, open
}

// mendWaiting mends the version of the source that waits for its author to settle a conflict.
func (l *linking) mendWaiting(e *ledger.Entry, r revision) {
	name := memory.ConflictDir + e.Path
	waits, changes := r.planned[name]
	if !changes {
		waits, _ = l.memory.Of(e, memory.ConflictDir)
	}
	if waits.Hash() != e.Conflict {
		return
	}
	_, fresh, between, open := l.again(e, waits)
	if between == 0 {
		return
	}
	after, err := l.spool.Put(fresh)
	if err != nil {
		return
	}
	old := *e
	e.Note(func(x *ledger.Extra) { x.Conflict, x.Links = after.Hash(), open })
	l.changes.add(undo{entry: e, old: &old}, r.becomes(name, after, l.memory.Store(name, "the source's version", after)))
}

// merged returns a page with the changed links of its base; not ok where its author has
// changed them too.
func (l *linking) merged(now, base plan.Content, text, fresh []byte) (plan.Content, bool) {
	if !now.Same(base) {
		mine, err := memory.Read(now)
		if err != nil {
			return plan.Content{}, false
		}
		var conflict *clash
		if fresh, conflict = mergePages(text, mine, fresh); conflict != nil {
			return plan.Content{}, false
		}
	}
	after, err := l.spool.Put(fresh)
	return after, err == nil
}

// relink returns the change of a page of which nothing but links change; asWritten says that
// it has no edits of its author's.
func relink(e *ledger.Entry, disk, after plan.Content, asWritten bool) []plan.Change {
	c := plan.Change{Path: e.Path, Verdict: ledger.Update, Why: "a page that it links to has arrived or moved", Before: disk, After: after}
	switch {
	case after.Same(disk):
		return nil
	case !asWritten:
		c.Verdict, c.Why = ledger.Merge, c.Why+", with your edits"
	}
	return []plan.Change{c}
}

// count counts the links of the pages that were made which lead to no page.
func (l *linking) count() {
	for _, e := range l.made {
		l.report.Links.Open += len(e.Links)
	}
}
