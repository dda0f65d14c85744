package migrate

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"replant/assets"
	"replant/migrate/blog"
	"replant/migrate/crawl"
	"replant/migrate/identity"
	"replant/migrate/ledger"
	"replant/migrate/memory"
	"replant/migrate/page"
	"replant/migrate/reconcile"
	"replant/migrate/report"
	"replant/migrate/secret"
)

// reading is one feed on its way through a run.
type reading struct {
	run     *run
	feed    *Feed
	known   *ledger.Feed // what the last run noted; nil the first time
	crawl   *crawl.Reader
	posts   *identity.Reader
	pages   *page.Maker
	made    *page.Feed      // what its pages are made by
	looks   *page.Maker     // compares the pages of posts that are as they were; nil but for a review
	passed  map[string]bool // items that no entry stands for: too old, or broken
	without int             // posts that have no page to be adopted
}

// sync reads one feed and settles all its posts; before is how many pages of feeds the run
// has read. It returns how many this one had. The error is what ends the run; a feed that
// fails is noted, and the next one has its turn.
func (r *run) sync(ctx context.Context, f *Feed, before int32) (pages int32, err error) {
	if f.Err != nil {
		r.outages.down(f, f.Err)
		return 0, nil
	}
	f.Settings = asKept(f.Settings.Or(r.settingsOf(f)))
	skip, err := assets.ParsePatterns(f.Settings.SkipImages)
	if err != nil {
		return 0, fmt.Errorf("%s: pictures to skip: %w", f.name(), err)
	}
	s := &reading{run: r, feed: f, known: r.memory.Ledger.Feed(f.Address), passed: map[string]bool{}}
	s.made = &page.Feed{Address: f.Address, Settings: f.Settings, Keys: f.keys, Skip: skip, Beside: f.Beside}
	env := r.pages
	env.Site = r.site.As(f.Settings.Theme)
	s.pages = page.New(env, s.made)
	if s.posts, err = r.posts.Feed(f.Address, f.Settings, func(p *blog.Post) { s.pages.Dress(p) }); err != nil {
		return 0, fmt.Errorf("%s: %w", f.name(), err)
	}
	if r.ask.Review {
		s.looks = r.looker(env, s.made)
	}
	s.tellSettings()
	s.tellArchetype()
	s.crawl = crawl.New(r.ask.Web, r.ask.Notes, s.scope(before))
	if err := s.items(ctx); err != nil {
		return 0, err
	}
	if p := r.ask.Progress; p != nil && f == &r.ask.Feeds[len(r.ask.Feeds)-1] {
		p.read.Store(true)
	}
	rep := s.crawl.Report()
	f.found = rep.Found
	s.tell(rep)
	if err := r.pipeline.drain(ctx); err != nil {
		return 0, err
	}
	r.settle.Tell(s.made, rep.Err == nil && !rep.Unchanged)
	s.end(rep)
	return int32(rep.Extent.Pages), nil //nolint:gosec // no feed has so many
}

// end notes what became of a feed whose posts are all settled.
func (s *reading) end(rep *crawl.Report) {
	r := s.run
	switch {
	case rep.Err != nil:
		r.outages.down(s.feed, s.feed.failed(rep.Err))
		return
	case r.ask.Adopt:
		s.adopted()
	case !rep.Unchanged:
		s.tellMoves()
		if err := s.posts.Collision(); err != nil {
			r.asking = append(r.asking, err)
		}
		s.giveUpMissing(rep)
		if rep.Extent.Complete && s.feed.Settings.Since == "" {
			r.settle.Gone(s.feed.Address, r.ask.prune())
		}
		s.record(rep)
		s.hint(rep)
	}
	if len(rep.Gaps) == 0 && rep.Mark.Resume == nil {
		r.outages.up(s.feed)
	}
}

// prune returns what becomes of the pages of posts that are gone at the source.
func (o *Options) prune() reconcile.Prune {
	switch {
	case !o.Prune:
		return reconcile.Never
	case o.PruneAll:
		return reconcile.All
	}
	return reconcile.Few
}

// settingsOf returns the settings of a feed the last time, and the first time the defaults:
// those of the export that a site came from go on.
func (r *run) settingsOf(f *Feed) Settings {
	var last Settings
	known := r.memory.Ledger.Feed(f.Address)
	if known == nil {
		if i := slices.IndexFunc(r.memory.Ledger.Feeds, func(f *ledger.Feed) bool { return f.Export }); i >= 0 {
			known = r.memory.Ledger.Feeds[i]
		}
	}
	if known != nil {
		last = known.Settings
	}
	last.Target = r.site.Target.Name
	if last.Section == "" && f.Settings.Section == "" {
		last.Section = r.site.Sections().ForPosts(r.memory.Tree(), r.authors)
	}
	if last.Enrich == "" && r.memory.Ledger.Feed(f.Address) == nil && f.URL != nil && slices.Contains(r.ask.EnrichHosts, f.URL.Hostname()) {
		last.Enrich = On
	}
	return last.Or(usual)
}

// scope says how much of the feed is to be read.
func (s *reading) scope(before int32) crawl.Feed {
	ask, mem := s.run.ask, s.run.memory
	f := crawl.Feed{
		URL: s.feed.URL, Open: s.feed.Open, File: s.feed.File, State: state(s.feed.Settings, mem.File), Since: s.feed.Settings.Since, Pages: ask.Pages,
		Deep: ask.Refresh || ask.Restore || ask.Prune || ask.Adopt || ask.AcceptShrunk || ask.Review && ask.Offline || slices.ContainsFunc(mem.Ledger.Posts, s.run.pages.Options.Retries) ||
			mem.Journal != nil, // what a killed run left may lie on any page
		Afresh: ask.Review || slices.ContainsFunc(mem.Ledger.Posts, reconcile.Unsettled), Private: s.feed.Secret != "", Before: before,
		Awaits: func() bool { return slices.ContainsFunc(mem.Ledger.Posts, s.missing) },
	}
	if s.known == nil {
		return f
	}
	f.Deep = f.Deep || s.feed.Settings.Since < s.known.Settings.Since // which left alone what is wanted now
	f.Last = &crawl.Mark{Found: s.known.Found, Pages: s.known.Pages}
	if b := s.known.Resume; b != nil {
		f.Last.Resume = &crawl.Bookmark{Address: b.Address, Page: b.Page}
	}
	return f
}

// items takes all posts of the feed.
func (s *reading) items(ctx context.Context) error {
	for item, err := range s.crawl.Items(ctx) {
		if err != nil {
			item.Again = !s.lost(err)
			continue
		}
		job, unseen, err := s.identify(item)
		if err != nil {
			item.Again = !s.lost(err)
			continue
		}
		item.Again = !unseen
		if job == nil {
			continue
		}
		item.News = job.Old == nil || job.Old.From != job.From
		w := &work{maker: s.pages, job: job, checks: s.run.checks}
		if s.looks != nil && job.Looks {
			w.maker, w.looks = s.looks, true
		}
		if err := s.run.pipeline.take(ctx, w); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// identify finds the post of an item. It returns nil for a post of which nothing is to be made. Unseen
// reports whether the run has not had this post before. The error is of the item.
func (s *reading) identify(item *crawl.Item) (j *page.Job, unseen bool, err error) {
	r := s.run
	hash, err := page.Hash(s.feed.Settings, item.Sighting)
	if err != nil {
		return nil, false, err
	}
	from := s.pages.From(hash)
	found, again, err := s.posts.Identify(item, from)
	switch {
	case err != nil, again:
		return nil, false, err
	case found.Entry == nil:
		if !item.TooOld {
			s.without++
		}
		return nil, s.pass(item.Hash), nil
	case r.ask.Adopt && found.Old != nil:
		return nil, true, nil
	}
	if found.Supersedes != nil {
		r.settle.Changes.Forget(found.Supersedes)
	}
	s.listed(found.Entry)
	if found.Old != nil && (s.posts.Paired(found.Entry, item) || r.settle.Unchanged(found.Entry, from)) {
		r.settle.Changes.Keep()
		j, err := s.look(item, found, from)
		return j, true, err
	}
	whole, err := page.Whole(s.feed.Settings, item.Sighting)
	if err != nil {
		return nil, false, err
	}
	s.posts.Locate(&found)
	found.Entry.From = from
	found.Entry.Note(func(x *ledger.Extra) { x.Twin, x.Origin = "", identity.Origin(item) })
	enrich := s.feed.Settings.Enrich == On && r.ask.Web != nil && whole.Article() != nil
	return &page.Job{
		Found: found, Item: whole, From: from, Enrich: enrich, Aliases: s.posts.Aliases(found.Entry, found.Place),
	}, true, nil
}

// listed notes, for a complete feed, that a post is of it.
func (s *reading) listed(e *ledger.Entry) {
	switch {
	case s.crawl.ClaimsAll():
		e.Note(func(x *ledger.Extra) { x.Feed = s.feed.Address })
	case e.Trouble != "" && e.Feed == s.feed.Address: // it has been found: see [reading.missing]
		e.Note(func(x *ledger.Extra) { x.Feed = "" })
	}
}

// pass remembers an item that no entry stands for; it reports whether the run has not had
// it before.
func (s *reading) pass(item string) bool {
	if s.passed[item] {
		return false
	}
	s.passed[item] = true
	return true
}

// lost tells of an item that cannot be read, once as long as its feed has it; it reports
// whether the run has not had it before.
func (s *reading) lost(err error) bool {
	text := err.Error()
	if t, ok := errors.AsType[interface {
		error
		Trouble() string
	}](err); ok {
		text = t.Trouble()
	}
	text = memory.ItemOf(s.feed.Address) + text
	if l := s.run.memory.Ledger; !slices.Contains(l.Told, text) {
		l.Told = append(l.Told, text)
		s.run.report.Trouble("", "%s: %v", s.feed.name(), err)
	}
	return s.pass(text)
}

// giveUpMissing drops what could not be read or made and is not in the feed any more, now that
// all of it has been read.
func (s *reading) giveUpMissing(rep *crawl.Report) {
	if !rep.Extent.ToEnd {
		return
	}
	l := s.run.memory.Ledger
	l.Told = slices.DeleteFunc(l.Told, func(told string) bool {
		return strings.HasPrefix(told, memory.ItemOf(s.feed.Address)) && !s.passed[told]
	})
	for _, e := range l.Posts {
		if s.missing(e) {
			s.giveUp(e)
		}
	}
}

// missing reports whether a post of the feed that could not be made has not been seen yet.
func (s *reading) missing(e *ledger.Entry) bool {
	ours := e.Feed == s.feed.Address || e.Feed == "" && len(s.run.memory.Ledger.Feeds) == 1
	return e.Trouble != "" && e.Seen == 0 && ours && !s.run.settle.Changes.Forgotten(e)
}

// giveUp ends the trouble of a post that its feed does not hold any more.
func (s *reading) giveUp(e *ledger.Entry) {
	s.run.report.Warn("%s: its post has left the feed, so it is not tried any more", e.Path)
	e.Note(func(x *ledger.Extra) { x.Trouble = "" })
	if e.Page == "" && e.Conflict == "" {
		s.run.settle.Changes.Forget(e)
	}
}

// record notes in the ledger how far the feed has been read, and lets the outcome
// spare the next run the work.
func (s *reading) record(rep *crawl.Report) {
	f := noteOf(s.feed)
	f.Export = rep.Export != nil
	f.Found = s.feed.foundAt()
	f.Empty = s.empty(rep)
	f.Pages = rep.Mark.Pages
	if b := rep.Mark.Resume; b != nil {
		f.Resume = &ledger.Bookmark{Address: b.Address, Page: b.Page}
	}
	s.run.memory.Ledger.SetFeed(f)
	if s.feed.at() != nil && len(rep.Gaps) == 0 {
		s.run.read = append(s.run.read, s.feed)
	}
}

// adopted notes a feed whose pages were adopted and nothing more: a run has still to read
// it all.
func (s *reading) adopted() {
	if s.known == nil {
		s.run.memory.Ledger.SetFeed(noteOf(s.feed))
	}
	if s.without > 0 {
		s.run.report.Hint("%s: posts that have no page here: %d; a plain run brings them", s.feed.name(), s.without)
	}
}

// tell says what the author should know of a feed that was read.
func (s *reading) tell(rep *crawl.Report) {
	addr, out := s.feed.name(), s.run.report
	if len(rep.Gaps) > 0 && s.run.outages.begins(s.feed, fmt.Errorf("%s: %w", addr, rep.Gaps[0])) {
		for _, err := range rep.Gaps {
			out.Troubles = append(out.Troubles, Trouble{Text: fmt.Sprintf("%s: %v", addr, err), Err: err})
		}
	}
	if rep.Extent.Endless {
		out.Trouble("", "%s: stopped after %d pages; to read more of them, ask for more with --pages", addr, rep.Extent.Pages)
	}
	if rep.Export != nil {
		s.leftOut(rep.Export)
	}
	if rep.Elsewhere != nil && s.known == nil {
		out.Hint("%s: older posts are said to be at %s; if that is your blog too, migrate it as a feed of its own", addr, secret.Shown(rep.Elsewhere))
	}
	if rep.Err == nil && rep.Found != nil && (s.known == nil || s.known.Found != s.feed.foundAt()) {
		out.Warn("%s: a web page; its feed is %s", addr, secret.Shown(rep.Found))
	}
}

// leftOut tells, the first time, what of an export was left out and how to go on from it;
// later under -v.
func (s *reading) leftOut(x *crawl.Export) {
	if live := x.Live; live != nil && s.known == nil {
		s.run.report.Hint("what the blog brings from now on: replant %s SITE", live)
	}
	var all []string
	for _, what := range slices.Sorted(maps.Keys(x.LeftOut)) {
		all = append(all, fmt.Sprintf("%s %d", what, x.LeftOut[what]))
	}
	say := s.run.report.Note
	if s.known == nil {
		say = s.run.report.Warn
	}
	if len(all) > 0 {
		say("%s: left out what are no posts: %s", s.feed.name(), strings.Join(all, ", "))
	}
}

// tellMoves says in one line how many posts have moved to a host.
func (s *reading) tellMoves() {
	if s.run.checks {
		return
	}
	moves := s.posts.Moves()
	for _, host := range slices.Sorted(maps.Keys(moves)) {
		n, have := moves[host], "posts have"
		if n == 1 {
			have = "post has"
		}
		s.run.report.Warn("%d %s moved to %s", n, have, host)
	}
	if len(moves) > 0 && s.known == nil {
		s.tellOld()
	}
}

// tellOld says how an end is put to the feeds that a site had before its blog moved: a list alone
// leaves one out.
func (s *reading) tellOld() {
	for _, f := range s.run.memory.Ledger.Feeds {
		if !f.Export && f.Address != s.feed.Address {
			s.run.report.Hint("%s is still read too; to end that, take it out of the list that replant init %s SITE writes", f.Address, s.feed.name())
			return
		}
	}
}

// hint says, at the end of a first migration, where the posts are that the feed does not
// show.
func (s *reading) hint(rep *crawl.Report) {
	if s.known != nil || len(rep.Gaps) > 0 {
		return
	}
	text := rep.Rest
	switch {
	case rep.Extent.Cut && s.run.ask.Pages > 0:
		text = "older pages are left for the next run; to leave older posts out for good, ask for --since DATE"
	case rep.Extent.Cut || s.feed.Settings.Since != "":
		return
	}
	if text != "" {
		s.run.report.Hint("%s: %s", s.feed.name(), text)
	}
}

var errNoPost = errors.New("has no post any more; the pages of those that it had stay")

// empty reports whether a feed has no item at all. Where it had some the last time, its
// author should know, and once there are some again.
func (s *reading) empty(rep *crawl.Report) bool {
	was := s.known != nil && s.known.Empty
	switch {
	case rep.Extent.Items > 0 && was:
		s.run.report.Warn("%s: has posts again", s.feed.name())
	case rep.Extent.Items > 0:
	case len(rep.Gaps) > 0:
		return was
	case !was && s.known != nil && len(s.run.memory.Ledger.Posts) > 0:
		s.run.report.Fail(&report.FeedError{
			Address: s.feed.Address, Name: s.feed.Name, Err: errNoPost, Next: "look at it in a browser: its server may be broken, or the blog may have moved",
		})
	}
	return rep.Extent.Items == 0
}
