package crawl

import "time"

// tooOld reports whether a post was published before the day that was asked for, by the
// calendar of its own zone. A post without a date is not.
func (f *Feed) tooOld(published time.Time) bool {
	return !published.IsZero() && published.Format(time.DateOnly) < f.Since
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

// newestFirst reports whether older posts follow newer ones, as far as the feed was read.
func (o *order) newestFirst() bool { return o.dated > 1 && !o.mixed }
