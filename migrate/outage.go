package migrate

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"replant/migrate/ledger"
)

// outages are the feeds that cannot be read, or only in part. The ledger remembers them, so
// that the author is told when one begins and when it ends.
type outages struct {
	memory     *ledger.Ledger
	today      time.Time
	remind     int              // after how many days the author is told again; 0 for never
	untold     bool             // the run does not sync: nothing is remembered, and all is news
	offline    bool             // a feed that cannot be read is as it should be
	now        map[string]error // by address: why a feed could not be read, or a part of it
	told       map[string]bool  // by address: of which the author is reminded
	unreadable []error          // of the feeds that could not be read at all
	failed     []error          // of these, what is news
	unread     []error          // of all feeds, where none could be read
	ended      []string         // says of feeds that they can be read again
}

// down notes that a feed could not be read at all.
func (o *outages) down(f *Feed, err error) {
	o.unreadable = append(o.unreadable, err)
	if o.begins(f, err) {
		o.failed = append(o.failed, o.since(f, err))
	}
}

// begins notes that a feed could not be read, or a part of it, and reports whether the author
// is to be told: where that is news, or has lasted as long as he wants to be reminded after.
func (o *outages) begins(f *Feed, err error) bool {
	if o.untold {
		return true
	}
	o.now[f.Address] = err
	known := o.memory.Outage(f.Address)
	if known == nil {
		o.memory.SetOutage(&ledger.Outage{Address: f.Address, Since: o.today.Format(time.DateOnly), Text: f.kept(err)})
		return true
	}
	if o.remind == 0 || o.days(cmp.Or(known.Told, known.Since)) < o.remind {
		return false
	}
	again := *known
	again.Told = o.today.Format(time.DateOnly)
	o.memory.SetOutage(&again)
	o.told[f.Address] = true
	return true
}

// since adds, to what the author is reminded of, how long it has lasted.
func (o *outages) since(f *Feed, err error) error {
	if !o.told[f.Address] {
		return err
	}
	since := o.memory.Outage(f.Address).Since
	return fmt.Errorf("%w, since %s%s", err, since, o.daysSince(since))
}

// kept returns what the ledger keeps of an error: without the path by which a file was read.
func (f *Feed) kept(err error) string {
	if f.Name == "" {
		return err.Error()
	}
	return strings.ReplaceAll(err.Error(), f.Name, f.Address)
}

// name returns a feed as messages have it.
func (f *Feed) name() string { return cmp.Or(f.Name, f.Address) }

// up notes that all of a feed could be read, and tells the author where it could not before.
func (o *outages) up(f *Feed) {
	known := o.memory.Outage(f.Address)
	if known == nil || o.untold {
		return
	}
	o.memory.EndOutage(f.Address)
	o.ended = append(o.ended, fmt.Sprintf("%s: is well again; it had failed since %s%s", f.name(), known.Since, o.daysSince(known.Since)))
}

// daysSince says how many days ago a day was; empty for today.
func (o *outages) daysSince(day string) string {
	switch days := o.days(day); {
	case days < 1:
		return ""
	case days == 1:
		return " (1 day)"
	default:
		return fmt.Sprintf(" (%d days)", days)
	}
}

// days returns how many days ago a day was; 0 where it is none.
func (o *outages) days(day string) int {
	since, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return 0
	}
	today, _ := time.Parse(time.DateOnly, o.today.Format(time.DateOnly))
	return int(today.Sub(since).Hours() / 24)
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
