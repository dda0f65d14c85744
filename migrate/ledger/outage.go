package ledger

import "slices"

// Outage is a feed that could not be read the last time, or only in part. It is written
// when that begins and removed when it ends: a feed that is away for a week changes the
// ledger twice.
type Outage struct {
	Address string `json:"address"`
	Since   string `json:"since"` // the day, as 2006-01-02
	Text    string `json:"text"`  // why, on that day
}

// Outage returns the outage of the feed with that address, or nil.
func (l *Ledger) Outage(address string) *Outage {
	return first(l.Outages, func(o *Outage) bool { return o.Address == address })
}

// SetOutage notes that an outage has begun.
func (l *Ledger) SetOutage(o *Outage) {
	l.Outages = put(l.Outages, o, func(old *Outage) bool { return old.Address == o.Address })
}

// EndOutage forgets the outage of a feed.
func (l *Ledger) EndOutage(address string) {
	l.Outages = slices.DeleteFunc(l.Outages, func(o *Outage) bool { return o.Address == address })
}
