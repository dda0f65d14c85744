package migrate

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"replant/migrate/ledger"
)

// outages are the feeds that cannot be read, or only in part. The ledger remembers them, so
// that the author is told when one begins and when it ends.
type outages struct {
	memory     *ledger.Ledger
	today      time.Time
	untold     bool             // the run does not sync: nothing is remembered, and all is news
	offline    bool             // a feed that cannot be read is as it should be
	now        map[string]error // by address: why a feed could not be read, or a part of it
	unreadable []error          // of the feeds that could not be read at all
	failed     []error          // of these, what is news
	unread     []error          // of all feeds, where none could be read
	ended      []string         // says of feeds that they can be read again
}

// down notes that a feed could not be read at all.
func (o *outages) down(address string, err error) {
	o.unreadable = append(o.unreadable, err)
	if o.begins(address, err) {
		o.failed = append(o.failed, err)
	}
}

// begins notes that a feed could not be read, or a part of it, and reports whether that is
// news.
func (o *outages) begins(address string, err error) bool {
	if o.untold {
		return true
	}
	o.now[address] = err
	if o.memory.Outage(address) != nil {
		return false
	}
	o.memory.SetOutage(&ledger.Outage{Address: address, Since: o.today.Format(time.DateOnly), Text: err.Error()})
	return true
}

// up notes that all of a feed could be read, and tells the author where it could not before.
func (o *outages) up(address string) {
	known := o.memory.Outage(address)
	if known == nil || o.untold {
		return
	}
	o.memory.EndOutage(address)
	o.ended = append(o.ended, fmt.Sprintf("%s: is well again; it had failed since %s%s", address, known.Since, o.daysSince(known.Since)))
}

// daysSince says how many days ago a day was; empty for today.
func (o *outages) daysSince(day string) string {
	since, err := time.Parse(time.DateOnly, day)
	today, _ := time.Parse(time.DateOnly, o.today.Format(time.DateOnly))
	switch days := int(today.Sub(since).Hours() / 24); {
	case err != nil || days < 1:
		return ""
	case days == 1:
		return " (1 day)"
	default:
		return fmt.Sprintf(" (%d days)", days)
	}
}

// all ends the reading of so many feeds. Where none could be read, that is noted, or else,
// where there is nothing to note it in, an error.
func (o *outages) all(feeds int, noted bool) error {
	switch {
	case len(o.unreadable) == 0 || len(o.unreadable) < feeds:
		return nil
	case o.untold && !o.offline || !noted:
		return errors.Join(o.unreadable...)
	}
	o.unread = o.unreadable
	return nil
}

// forget drops the outages of feeds that no run reads any more.
func (o *outages) forget(m *Migration) {
	if len(m.Feeds) == 0 {
		return
	}
	o.memory.Outages = slices.DeleteFunc(o.memory.Outages, func(out *ledger.Outage) bool {
		known := o.memory.Feed(out.Address)
		return !m.reads(out.Address) && (known == nil || known.Export || slices.Contains(m.Gone, out.Address))
	})
}
