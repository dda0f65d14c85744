package migrate

import (
	"cmp"
	"context"
	"fmt"
	"io/fs"
	"maps"
	"slices"

	"replant/migrate/crawl"
	"replant/migrate/identity"
	"replant/migrate/ledger"
	"replant/migrate/links"
	"replant/migrate/memory"
	"replant/migrate/page"
	"replant/migrate/plan"
	"replant/migrate/reconcile"
	"replant/migrate/report"
	"replant/migrate/site"
)

// run is one computation of a plan.
type run struct {
	ask      *Migration
	checks   bool // whether the pages that lie there are looked at, and none is made
	site     *site.Site
	memory   *memory.Memory
	report   *report.Report
	posts    *identity.Matcher
	settle   *reconcile.Reconciler
	pages    page.Env
	pipeline *pipeline
	outages  *outages
	read     []*Feed // as far as they were wanted
	asking   []error // why the run stops and asks its author
	review   *Review // nil where nobody wants it
}

func (m *Migration) begin(checks bool) (*run, error) {
	spool := plan.NewSpool(m.Scratch)
	mem, err := memory.Recall(m.Site, spool)
	if err != nil {
		return nil, err
	}
	for _, f := range m.Feeds {
		if f.Was != "" {
			mem.Rename(f.Was, f.Address)
		}
	}
	where, err := m.find(mem)
	if err != nil {
		return nil, err
	}
	known, err := m.readKeys(where, mem.Tree())
	if err != nil {
		return nil, err
	}
	r := &run{ask: m, checks: checks, site: where, memory: mem, report: &report.Report{}}
	r.posts = identity.New(mem, where, identity.Options{AsNew: m.AsNew, Adopt: m.Adopt, Feeds: m.addresses(), Keys: known})
	made := page.Options{
		Refresh: m.Refresh, Restore: m.Restore, RetryImages: m.RetryImages, AcceptShrunk: m.AcceptShrunk, Check: checks, Review: m.Review,
	}
	r.pages = page.Env{
		Memory: mem, Site: where, Spool: spool, Posts: r.posts, Files: m.Files, Uploads: m.Uploads,
		Enricher: &crawl.Enricher{Offline: m.Offline}, Options: made, Jobs: m.Jobs, Budget: page.Budget,
	}
	if form := m.links(mem); checks && form != ledger.KeepLinks {
		r.pages.Links = links.Remembered(mem, where, form == ledger.LinkByRef)
	}
	if m.Web != nil {
		r.pages.Web, r.pages.Enricher.Fetch, r.pages.Enricher.Files = m.Web, m.Web.Fetch, m.Files
	}
	p := cmp.Or(m.Progress, &Progress{})
	r.pages.Count, r.pages.Enricher.Count = p.Pictures.Add, p.Original
	r.pipeline = newPipeline(&p.Posts)
	r.pages.Workers = &r.pipeline.workers
	r.settle = reconcile.New(mem, where, spool, r.report,
		reconcile.Options{Options: made, Adopt: m.Adopt, Strict: m.Strict, Links: m.links(mem)}, r.pipeline.underway)
	r.pipeline.settle = r.settle
	if m.Review {
		r.review = newReview(r)
		r.pipeline.witness = r.review.add
	}
	r.outages = &outages{
		memory: mem.Ledger, today: m.Today, remind: m.Remind, untold: checks || m.Adopt || m.Offline,
		offline: m.Offline, now: map[string]error{}, told: map[string]bool{},
	}
	return r, nil
}

// find reads where things lie in the site, and for which target: as asked for, else
// as the last time, else by the site's own configuration, else Hugo.
func (m *Migration) find(mem *memory.Memory) (*site.Site, error) {
	name := m.Target
	if name == "" && len(mem.Ledger.Feeds) > 0 {
		name = mem.Ledger.Feeds[0].Settings.Target
	}
	where, err := site.Find(mem.Tree(), name)
	switch {
	case err != nil:
		return nil, err
	case where.Target == nil && name != "":
		return nil, fmt.Errorf("%s: %w", name, ErrTarget)
	case where.Target == nil:
		where.Target = site.Hugo()
	}
	return where, nil
}

// readKeys reads what is asked for of the keys of each feed's pages.
func (m *Migration) readKeys(where *site.Site, tree fs.FS) (known []identity.Keys, err error) {
	for i := range m.Feeds {
		f := &m.Feeds[i]
		if f.keys, err = page.KeysOf(f.Settings.Keys, where, tree); err != nil {
			return nil, fmt.Errorf("%s: front-matter: %w", f.Address, err)
		}
		known = append(known, f.keys)
	}
	return known, nil
}

// links returns how links between posts are written.
func (m *Migration) links(mem *memory.Memory) string {
	return cmp.Or(m.everywhere(mem, func(s Settings) string { return s.Links }), ledger.LinkByPath)
}

// everywhere returns a setting that is the same for all feeds of a site: as asked for, else as
// the last time; "" where it never was.
func (m *Migration) everywhere(mem *memory.Memory, setting func(Settings) string) string {
	for _, f := range m.Feeds {
		if s := setting(f.Settings); s != "" {
			return s
		}
	}
	for _, f := range mem.Ledger.Feeds {
		if s := setting(f.Settings); s != "" {
			return s
		}
	}
	return ""
}

// addresses returns those of all feeds.
func (m *Migration) addresses() []string {
	all := make([]string, 0, len(m.Feeds))
	for _, f := range m.Feeds {
		all = append(all, f.Address)
	}
	return all
}

// reads reports whether the run is to read a feed.
func (m *Migration) reads(address string) bool { return slices.Contains(m.addresses(), address) }

// readAll reads all feeds. It fails when none could be read. No page is being made any more
// when it returns, but for a step that nothing can stop: see [page.Budget].
func (r *run) readAll(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	defer r.pipeline.abandon(cancel)
	var leaf int32
	for i := range r.ask.Feeds {
		pages, err := r.sync(ctx, &r.ask.Feeds[i], leaf)
		if err != nil {
			return err
		}
		leaf += pages
	}
	return r.outages.all(len(r.ask.Feeds), r.memory.File.Exists() && !r.memory.Leftover())
}

// finish settles what no feed has brought up, and completes the plan.
func (r *run) finish() error {
	if len(r.outages.unread) == 0 {
		r.settle.ClearUp(r.posts.Follow)
		r.concealed()
		r.settle.OutOfSight()
		r.dismiss()
		r.outages.forget(r.ask)
	}
	if !r.ask.Adopt {
		r.settle.MendLinks()
		if file := r.ask.everywhere(r.memory, func(s Settings) string { return s.Redirects }); file != "" {
			if err := r.settle.Redirects(file); err != nil {
				return err
			}
		}
	}
	r.tellSite()
	return r.settle.Changes.Finish()
}

// outcome returns what the run would do, and what it has to tell.
func (r *run) outcome() *Outcome {
	return &Outcome{
		Plan: r.settle.Changes.Plan, Report: *r.report, Failed: r.outages.failed, Ended: r.outages.ended,
		Unread: r.outages.unread, Remember: r.remember, Label: newLabels(r.memory.Ledger).of,
		Review: r.review.complete(r.settle.Changes.Plan),
	}
}

// question returns an outcome that changes nothing and asks the author to go on.
func (r *run) question() *Outcome {
	out := &Outcome{Plan: &plan.Plan{}, Failed: r.outages.failed, Remember: func() error { return nil }, Label: newLabels(r.memory.Ledger).of}
	for _, err := range r.asking {
		out.Fail(err)
	}
	return out
}

// remember tells the web that all that the feeds said is in place.
func (r *run) remember() error {
	for _, f := range r.read {
		if r.ask.Web == nil {
			break
		}
		if err := r.ask.Web.Remember(f.at(), state(f.Settings, r.settle.Changes.Final())); err != nil {
			return err
		}
	}
	return nil
}

// dismiss tells the author once of each feed that is not read any more.
func (r *run) dismiss() {
	l := r.memory.Ledger
	for _, addr := range r.ask.Gone {
		if told := memory.Gone(addr); !slices.Contains(l.Told, told) {
			l.Told = append(l.Told, told)
			r.report.Warn("%s: not in replant.yaml, so it is not read any more; its pages stay", addr)
		}
	}
	for _, addr := range r.ask.addresses() {
		l.Told = slices.DeleteFunc(l.Told, func(told string) bool { return told == memory.Gone(addr) })
	}
}

// concealed tells of the feeds whose whole addresses the ledger does not keep any more.
func (r *run) concealed() {
	for _, address := range slices.Sorted(maps.Keys(r.memory.Whole)) {
		r.report.Warn("%s: the ledger had the whole of its address, parts of which may be secret; a fingerprint of them stays", address)
	}
	if len(r.memory.Whole) > 0 {
		r.report.Hint("what was committed stays in the repository's history; for runs that do not name the feed, list it: replant init FEED SITE")
	}
}

// noteOf returns a feed as the ledger keeps it, before anything is known of its pages.
func noteOf(f *Feed) *ledger.Feed {
	n := &ledger.Feed{Address: f.Address, Secret: f.Secret, Settings: f.Settings}
	n.Terms, n.Keys = ledger.Terms{}, ledger.Keys{}
	return n
}
