package migrate

import (
	"errors"
	"fmt"
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
	text = s.lostMark() + text
	if !slices.Contains(s.memory.Told, text) {
		s.memory.Told = append(s.memory.Told, text)
		s.trouble("", "%s: %v", s.feed.Address, err)
	}
	return s.pass(text)
}

func (s *stream) lostMark() string { return itemMark + s.feed.Address + ": " }

// found forgets the items that could not be read and are not in the feed any more, now
// that all of it has been read.
func (s *stream) found() {
	if s.part || s.cut || !s.deep && !s.single {
		return
	}
	s.memory.Told = slices.DeleteFunc(s.memory.Told, func(told string) bool {
		return strings.HasPrefix(told, s.lostMark()) && !s.passed[told]
	})
}

// partly notes that something of the feed could not be read; the rest goes on.
func (s *stream) partly(err error) {
	if !s.part {
		s.part, s.resume = true, s.upTo
	}
	s.out.Troubles = append(s.out.Troubles, Trouble{Text: fmt.Sprintf("%s: %v", s.feed.Address, err), Err: err})
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
