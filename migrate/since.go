package migrate

import (
	"time"

	"replant/migrate/source"
)

// Ever is the Since that takes an earlier one back.
const Ever = "all"

// plain gives settings as they are kept: nothing stands for what was taken back.
func (s Settings) plain() Settings {
	if s.Since == Ever {
		s.Since = ""
	}
	return s
}

// reachesBefore tells whether posts are wanted that a feed read since some day may have
// left alone.
func (s Settings) reachesBefore(since string) bool { return s.Since < since }

// tooOld tells whether a post was published before the day that the author asked for:
// by the calendar of its own zone. One without a date is not.
func (s *stream) tooOld(item *source.Item) bool {
	p := item.Post.Published
	return !p.IsZero() && p.Format(time.DateOnly) < s.feed.Since
}

// order is that of a feed's posts.
type order struct {
	last  time.Time
	dated int
	mixed bool // one was newer than the one before it
}

func (o *order) note(published time.Time) {
	if published.IsZero() {
		return
	}
	o.mixed = o.mixed || o.dated > 0 && published.After(o.last)
	o.last = published
	o.dated++
}

// newestFirst tells whether older posts follow newer ones, as far as the feed was read.
func (o *order) newestFirst() bool { return o.dated > 1 && !o.mixed }
