package migrate

import (
	"context"
	"errors"
	"fmt"

	"replant/assets"
	"replant/migrate/ledger"
	"replant/migrate/site"
	"replant/migrate/source"
)

// stream is the reading of one feed, page by page; [stream.follow] turns the pages.
type stream struct {
	*run
	feed  *Feed
	known *ledger.Feed // what the last run noted; nil the first time

	skip   assets.Patterns  // the pictures that stay where they are
	deep   bool             // older pages are read whatever the newer ones brought
	pages  int              // read so far
	number int              // of the page being read, from the newest on
	asked  map[string]bool  // addresses that pages were read from
	barren int              // pages in a row that brought no post
	order  order            // of the posts so far
	posts  int              // that the feed gave
	others *neighbours      // of the items of the page being read
	passed map[string]bool  // items that no entry stands for: too old, or broken
	upTo   *ledger.Bookmark // the last page of which nothing is missing
	resume *ledger.Bookmark // where the next run has to go on

	single   bool                   // there is no page but the first
	cut      bool                   // stopped at as many pages as were asked for
	part     bool                   // something of the feed could not be read
	entire   bool                   // it is an export
	complete bool                   // it says that it holds all there is
	holes    bool                   // items of it could not be read
	without  int                    // posts that have no page to be adopted
	done     bool                   // nothing has changed since the last run
	moves    map[string]int         // by host: posts that have moved there
	arrivals int                    // posts that are new
	collided map[*ledger.Entry]bool // pages of the last run whose slugs they want
	rest     func(posts int, file bool) string
}

// sync reads one feed and settles all its posts. The error is what ends the run; a
// feed that fails is noted, and the next one has its turn.
func (r *run) sync(ctx context.Context, f *Feed) error {
	s := &stream{
		run: r, feed: f, known: r.memory.Feed(f.Address),
		asked: map[string]bool{}, passed: map[string]bool{},
		moves: map[string]int{}, collided: map[*ledger.Entry]bool{},
	}
	f.Settings = f.Or(s.settings()).plain()
	skip, err := assets.ParsePatterns(f.SkipImages)
	if err != nil {
		return fmt.Errorf("%s: pictures to skip: %w", f.Address, err)
	}
	s.skip = skip
	s.workers()
	s.depth()
	failed, err := s.read(ctx)
	if err == nil {
		err = r.drain(ctx)
	}
	switch {
	case err != nil:
		return err
	case failed != nil:
		r.out.Failed = append(r.out.Failed, f.failed(failed))
	case s.Adopt:
		s.adopted()
	case !s.done:
		s.tellMoves()
		s.collide()
		s.gone()
		s.found()
		s.record()
		s.hint()
	}
	return nil
}

// settings are those of the last time, and the first time the defaults.
func (s *stream) settings() Settings {
	var last Settings
	switch export := s.export(); {
	case s.known != nil:
		last = settingsOf(s.known)
	case export != nil:
		last = settingsOf(export)
	}
	last.Target = s.site.Target.Name
	return last.Or(Settings{Section: "posts", Layout: site.Bundle, Images: Local, Embeds: site.Shortcode, FrontMatter: YAML})
}

// tally counts what a page of the feed brought.
type tally struct {
	items  int // in all
	unseen int // that no page of this run had before
	news   int // posts new or changed since the last run
	old    int // posts from before the day that the author asked for
}

// items admits all posts of a page.
func (s *stream) items(ctx context.Context, d *document) (got tally, err error) {
	defer d.Close()
	for item, err := range d.Items() {
		switch {
		case ctx.Err() != nil:
			return got, ctx.Err()
		case errors.Is(err, source.ErrTruncated):
			s.partly(err)
			continue
		}
		got.items++
		if err != nil { // of one item: it costs itself alone
			s.holes = true
			got.unseen += s.lost(err)
			continue
		}
		s.order.note(item.Post.Published)
		if s.tooOld(item) {
			got.old++
		}
		j, unseen := s.admit(item)
		if unseen {
			got.unseen++
		}
		if j == nil {
			continue
		}
		if j.old == nil || j.old.From != j.from {
			got.news++
		}
		if err := s.take(ctx, j); err != nil {
			return got, err
		}
	}
	s.posts += got.unseen
	s.left(d)
	s.entire = d.Whole()
	return got, nil
}
