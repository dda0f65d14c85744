package migrate

import (
	"context"
	"fmt"
	"slices"

	"replant/assets"
	"replant/migrate/crawl"
	"replant/migrate/ledger"
)

// stream is what a run knows of the feed that it reads; [crawl.Reader] turns the pages.
type stream struct {
	*run
	feed    *Feed
	known   *ledger.Feed // what the last run noted; nil the first time
	reader  *crawl.Reader
	skip    assets.Patterns // the pictures that stay where they are
	passed  map[string]bool // items that no entry stands for: too old, or broken
	without int             // posts that have no page to be adopted
	others  strangers       // on the page of the feed that was asked about last

	moves    map[string]int         // by host: posts that have moved there
	arrivals int                    // posts that are new
	collided map[*ledger.Entry]bool // pages of the last run whose slugs they want
}

// sync reads one feed and settles all its posts. The error is what ends the run; a
// feed that fails is noted, and the next one has its turn.
func (r *run) sync(ctx context.Context, f *Feed) error {
	if f.Err != nil {
		r.down(f, f.Err)
		return nil
	}
	s := &stream{
		run: r, feed: f, known: r.memory.Feed(f.Address),
		passed: map[string]bool{}, moves: map[string]int{}, collided: map[*ledger.Entry]bool{},
	}
	f.Settings = asKept(f.Or(s.settings()))
	skip, err := assets.ParsePatterns(f.SkipImages)
	if err != nil {
		return fmt.Errorf("%s: pictures to skip: %w", f.Address, err)
	}
	s.skip = skip
	s.workers()
	s.reader = crawl.New(r.Web, s.scope())
	if err := s.items(ctx); err != nil {
		return err
	}
	rep := s.reader.Report()
	r.leaf += int32(rep.Extent.Pages)
	f.found = rep.Found
	s.tell(rep)
	if err := r.drain(ctx); err != nil {
		return err
	}
	r.hear(f)
	switch {
	case rep.Err != nil:
		r.down(f, f.failed(rep.Err))
		return nil
	case s.Adopt:
		s.adopted()
	case !rep.Unchanged:
		s.tellMoves()
		s.collide()
		s.found(rep)
		s.gone(rep)
		s.record(rep)
		s.hint(rep)
	}
	if len(rep.Gaps) == 0 && rep.Mark.Resume == nil {
		r.up(f)
	}
	return nil
}

// scope says how much of the feed is to be read.
func (s *stream) scope() crawl.Feed {
	f := crawl.Feed{
		URL: s.feed.URL, Open: s.feed.Open, State: state(s.feed.Settings, s.memory.file), Since: s.feed.Since, Pages: s.Pages,
		Deep: s.Refresh || s.Restore || s.Prune || s.Adopt || s.AcceptShrunk || slices.ContainsFunc(s.memory.Posts, s.retries) ||
			s.memory.journal != nil, // what a killed run left may lie on any page
		Afresh: slices.ContainsFunc(s.memory.Posts, unsettled), Private: s.feed.Secret != "", Before: s.leaf,
		Awaits: func() bool { return slices.ContainsFunc(s.memory.Posts, s.missing) },
	}
	if s.known == nil {
		return f
	}
	f.Deep = f.Deep || s.feed.Since < s.known.Since // which left alone what is wanted now
	f.Last = &crawl.Mark{Found: s.known.Found, Pages: s.known.Pages}
	if b := s.known.Resume; b != nil {
		f.Last.Resume = &crawl.Bookmark{Address: b.Address, Page: b.Page}
	}
	return f
}

// items admits all posts of the feed.
func (s *stream) items(ctx context.Context) error {
	for item, err := range s.reader.Items(ctx) {
		if err != nil {
			item.Again = !s.lost(err)
			continue
		}
		j, unseen := s.admit(item)
		item.Again = !unseen
		if j == nil {
			continue
		}
		item.News = j.old == nil || j.old.From != j.from
		if err := s.take(ctx, j); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// settings are those of the last time, and the first time the defaults.
func (s *stream) settings() Settings {
	var last Settings
	switch export := s.export(); {
	case s.known != nil:
		last = s.known.Settings
	case export != nil:
		last = export.Settings
	}
	last.Target = s.site.Target.Name
	return last.Or(usual)
}
