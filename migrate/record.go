package migrate

import (
	"errors"
	"slices"
	"strings"

	"replant/migrate/ledger"
)

// pass remembers an item that no entry stands for; 1 for one that the run has not had.
func (s *stream) pass(item string) int {
	if s.passed[item] {
		return 0
	}
	s.passed[item] = true
	return 1
}

// lost tells of an item that cannot be read, once as long as its feed has it; 1 for one
// that the run has not had.
func (s *stream) lost(err error) int {
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
func (s *stream) found() {
	if s.part || s.cut || !s.deep && !s.single && !s.end {
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

// record notes in the ledger how far the feed has been read, and lets the outcome
// spare the next run the work.
func (s *stream) record() {
	f := s.feed.note()
	f.Export = s.entire
	f.Resume = s.resume
	f.Found = s.feed.foundAt()
	switch {
	case s.part, s.resume != nil: // a gap: the next run reads on from there
	case s.cut:
		f.Pages = s.pages
	case s.deep:
		f.Pages = ledger.All
	default:
		f.Pages = s.known.Pages
	}
	s.memory.SetFeed(f)
	if s.feed.URL != nil && !s.part {
		s.settled = append(s.settled, s.feed)
	}
}

// hint says, at the end of a first migration, where the posts are that the feed does not
// show.
func (s *stream) hint() {
	if s.known != nil || s.part || s.rest == nil {
		return
	}
	text := s.rest(s.posts, s.feed.URL == nil)
	switch {
	case s.cut && s.Pages > 0:
		text = "older pages are left for the next run; to leave older posts out for good, ask for --since DATE"
	case s.cut || s.feed.Since != "":
		return
	}
	if text != "" {
		s.out.Hints = append(s.out.Hints, s.feed.Address+": "+text)
	}
}
