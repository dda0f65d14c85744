package migrate

import (
	"errors"
	"fmt"
	"io/fs"
	"net/url"

	"replant/migrate/ledger"
	"replant/migrate/secret"
	"replant/migrate/source"
)

// ended notes what came in the place of an older page. Where one was only guessed, a
// server may answer with a page for people: there is none.
func (s *stream) ended(next source.Next, err error) {
	var not *source.NotFeedError
	switch {
	case errors.Is(err, fs.ErrNotExist): // Forem answers 404 behind its last page
	case next.Guess && errors.As(err, &not) && !not.Challenge:
	default:
		s.partly(fmt.Errorf("page %d: %w", s.number+1, err))
	}
}

// bookmark notes how far the feed has been read without a gap. Addresses with secrets
// are not for the ledger.
func (s *stream) bookmark(page *url.URL) {
	if page != nil && !s.part && s.number > 1 && s.feed.Secret == "" && inClear(page.String()) {
		s.upTo = &ledger.Bookmark{Address: page.String(), Page: s.number}
	}
}

// enough tells whether a page is the last one that is wanted.
func (s *stream) enough(got tally, next source.Next) bool {
	if got.unseen == 0 {
		s.barren++
		return got.items == 0 && next.Guess || s.barren == barrenMost
	}
	s.barren = 0
	return !s.deep && got.news == 0 || got.old == got.items && s.order.newestFirst()
}

// spent tells whether as many pages have been read as may be.
func (s *stream) spent() bool {
	switch {
	case s.Pages > 0:
		s.cut = s.pages >= s.Pages
	case s.pages >= pagesMost:
		s.cut = true
		s.trouble("", "%s: stopped after %d pages; to read more of them, ask for more with --pages", s.feed.Address, s.pages)
	}
	return s.cut
}

// elsewhere says once that older pages are named on another server, where a feed may not
// send its reader.
func (s *stream) elsewhere(addr *url.URL) {
	if addr != nil && s.known == nil {
		s.out.Hints = append(s.out.Hints, fmt.Sprintf("%s: older posts are said to be at %s; if that is your blog too, migrate it as a feed of its own", s.feed.Address, secret.Shown(addr)))
	}
}
