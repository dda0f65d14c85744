package migrate

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"replant/migrate/crawl"
	"replant/migrate/ledger"
	"replant/migrate/secret"
)

// pass remembers an item that no entry stands for; it reports whether the run has not had
// it before.
func (s *stream) pass(item string) bool {
	if s.passed[item] {
		return false
	}
	s.passed[item] = true
	return true
}

// lost tells of an item that cannot be read, once as long as its feed has it; it reports
// whether the run has not had it before.
func (s *stream) lost(err error) bool {
	text := err.Error()
	if t, ok := errors.AsType[interface {
		error
		Trouble() string
	}](err); ok {
		text = t.Trouble()
	}
	text = itemOf(s.feed.Address) + text
	if !slices.Contains(s.memory.Told, text) {
		s.memory.Told = append(s.memory.Told, text)
		s.trouble("", "%s: %v", s.feed.Address, err)
	}
	return s.pass(text)
}

// found forgets what could not be read or made and is not in the feed any more, now that
// all of it has been read.
func (s *stream) found(rep *crawl.Report) {
	if !rep.Extent.ToEnd {
		return
	}
	s.memory.Told = slices.DeleteFunc(s.memory.Told, func(told string) bool {
		return strings.HasPrefix(told, itemOf(s.feed.Address)) && !s.passed[told]
	})
	for _, e := range s.memory.Posts {
		if s.missing(e) {
			s.giveUp(e)
		}
	}
}

// missing tells whether a post of the feed that could not be made has not been seen yet.
func (s *stream) missing(e *ledger.Entry) bool {
	ours := e.Feed == s.feed.Address || e.Feed == "" && len(s.memory.Feeds) == 1
	return e.Trouble != "" && e.Seen == 0 && ours && !s.memory.pruned[e]
}

// giveUp ends the trouble of a post that its feed does not hold any more.
func (s *stream) giveUp(e *ledger.Entry) {
	s.warn("%s: its post has left the feed, so it is not tried any more", e.Path)
	e.Note(func(x *ledger.Extra) { x.Trouble = "" })
	if e.Page == "" && e.Conflict == "" {
		s.memory.pruned[e] = true
	}
}

// tell says what the author should know of a feed that was read.
func (s *stream) tell(rep *crawl.Report) {
	addr := s.feed.Address
	s.partly(rep.Gaps)
	if rep.Extent.Endless {
		s.trouble("", "%s: stopped after %d pages; to read more of them, ask for more with --pages", addr, rep.Extent.Pages)
	}
	if rep.Export != nil {
		s.left(rep.Export)
	}
	if rep.Elsewhere != nil && s.known == nil {
		s.out.Hints = append(s.out.Hints, fmt.Sprintf("%s: older posts are said to be at %s; if that is your blog too, migrate it as a feed of its own", addr, secret.Shown(rep.Elsewhere)))
	}
	if rep.Err == nil && rep.Found != nil && (s.known == nil || s.known.Found != s.feed.foundAt()) {
		s.warn("%s: a web page; its feed is %s", addr, secret.Shown(rep.Found))
	}
}

// record notes in the ledger how far the feed has been read, and lets the outcome
// spare the next run the work.
func (s *stream) record(rep *crawl.Report) {
	f := noteOf(s.feed)
	f.Export = rep.Export != nil
	f.Found = s.feed.foundAt()
	f.Empty = s.empty(rep)
	f.Pages = rep.Mark.Pages
	if b := rep.Mark.Resume; b != nil {
		f.Resume = &ledger.Bookmark{Address: b.Address, Page: b.Page}
	}
	s.memory.SetFeed(f)
	if s.feed.URL != nil && len(rep.Gaps) == 0 {
		s.settled = append(s.settled, s.feed)
	}
}

// hint says, at the end of a first migration, where the posts are that the feed does not
// show.
func (s *stream) hint(rep *crawl.Report) {
	if s.known != nil || len(rep.Gaps) > 0 {
		return
	}
	text := rep.Rest
	switch {
	case rep.Extent.Cut && s.Pages > 0:
		text = "older pages are left for the next run; to leave older posts out for good, ask for --since DATE"
	case rep.Extent.Cut || s.feed.Since != "":
		return
	}
	if text != "" {
		s.out.Hints = append(s.out.Hints, s.feed.Address+": "+text)
	}
}

// noteOf returns a feed as the ledger keeps it, before anything is known of its pages.
func noteOf(f *Feed) *ledger.Feed {
	n := &ledger.Feed{Address: f.Address, Secret: f.Secret, Settings: f.Settings}
	n.Terms = ledger.Terms{}
	return n
}
