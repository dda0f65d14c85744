package source

import (
	"net/url"
	"regexp"
	"time"

	"replant/migrate/feedscan"
)

// dates gives when an item was published and last changed, as far as the item or its
// address says: published, updated, dc:date, the address; zero otherwise. The feed's
// own dates and the present say nothing about a post.
func dates(e *feedscan.Entry, u *url.URL) (published, updated time.Time) {
	published = readDate(e.Published)
	updated = modified(e)
	if published.IsZero() {
		published = readDate(e.Updated)
	}
	if published.IsZero() {
		published = dateIn(u)
	}
	if !updated.After(published) {
		updated = time.Time{}
	}
	return published, updated
}

// modified gives when an item changed. gofeed takes dc:date for it, which means when
// the item was published.
func modified(e *feedscan.Entry) time.Time {
	if e.DublinCoreExt != nil && len(e.DublinCoreExt.Date) > 0 {
		return time.Time{}
	}
	return readDate(e.Updated)
}

// plausible gives a date that means something: software without a date writes the first
// instant of its calendar. Zones beyond 14 hours do not exist.
func plausible(t time.Time) time.Time {
	_, offset := t.Zone()
	if t.Unix() == 0 || t.Year() < 1900 || t.Year() > 2100 || offset > 14*60*60 || offset < -14*60*60 {
		return time.Time{}
	}
	return t
}

var dated = regexp.MustCompile(`/((?:19|20)\d\d)[/-](0?[1-9]|1[0-2])[/-](0?[1-9]|[12]\d|3[01])(?:[/-]|$)`)

// dateIn gives the day that an address carries, such as /2024/03/04/title.
func dateIn(u *url.URL) time.Time {
	if u == nil {
		return time.Time{}
	}
	m := dated.FindStringSubmatch(u.Path)
	if m == nil {
		return time.Time{}
	}
	t, err := time.Parse("2006-1-2", m[1]+"-"+m[2]+"-"+m[3])
	if err != nil {
		return time.Time{}
	}
	return t
}
