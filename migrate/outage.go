package migrate

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"replant/migrate/ledger"
)

// down notes that a feed could not be read at all. The author is told when that begins;
// the ledger remembers it.
func (r *run) down(f *Feed, err error) {
	r.unread = append(r.unread, err)
	if r.begins(f, err) {
		r.out.Failed = append(r.out.Failed, err)
	}
}

// begins notes that a feed could not be read, or a part of it, and tells whether that is
// news. It always is for a run that does not sync.
func (r *run) begins(f *Feed, err error) bool {
	if r.checks || r.Adopt {
		return true
	}
	r.outages[f.Address] = err
	if r.memory.Outage(f.Address) != nil {
		return false
	}
	r.memory.SetOutage(&ledger.Outage{Address: f.Address, Since: r.Today.Format(time.DateOnly), Text: err.Error()})
	return true
}

// up notes that all of a feed could be read, and tells the author where it could not before.
func (r *run) up(f *Feed) {
	o := r.memory.Outage(f.Address)
	if o == nil || r.checks || r.Adopt {
		return
	}
	r.memory.EndOutage(f.Address)
	r.out.Ended = append(r.out.Ended, fmt.Sprintf("%s: is well again; it had failed since %s%s", f.Address, o.Since, r.daysSince(o.Since)))
}

// daysSince says how many days ago a day was; empty for today.
func (r *run) daysSince(day string) string {
	since, err := time.Parse(time.DateOnly, day)
	today, _ := time.Parse(time.DateOnly, r.Today.Format(time.DateOnly))
	switch days := int(today.Sub(since).Hours() / 24); {
	case err != nil || days < 1:
		return ""
	case days == 1:
		return " (1 day)"
	default:
		return fmt.Sprintf(" (%d days)", days)
	}
}

// partly tells of the parts of the feed that could not be read, when that is news.
func (s *stream) partly(gaps []error) {
	if len(gaps) == 0 || !s.begins(s.feed, fmt.Errorf("%s: %w", s.feed.Address, gaps[0])) {
		return
	}
	for _, err := range gaps {
		s.out.Troubles = append(s.out.Troubles, Trouble{Text: fmt.Sprintf("%s: %v", s.feed.Address, err), Err: err})
	}
}

// noneRead tells whether there were feeds to read and none could be read. The outcome says
// so, unless there is no ledger to remember it in: then all there is to say is the error.
func (r *run) noneRead() (bool, error) {
	if len(r.unread) == 0 || len(r.unread) < len(r.Feeds) {
		return false, nil
	}
	if r.checks || r.Adopt || !r.memory.file.Exists() || r.leftover() {
		return true, errors.Join(r.unread...)
	}
	r.out.Unread = r.unread
	return true, nil
}

// forgetOutages drops the outages of feeds that no run reads any more.
func (r *run) forgetOutages() {
	if len(r.Feeds) == 0 {
		return
	}
	r.memory.Outages = slices.DeleteFunc(r.memory.Outages, func(o *ledger.Outage) bool {
		known := r.memory.Feed(o.Address)
		read := slices.ContainsFunc(r.Feeds, func(f Feed) bool { return f.Address == o.Address })
		return !read && (known == nil || known.Export || slices.Contains(r.Gone, o.Address))
	})
}
