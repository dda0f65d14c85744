package memory

import (
	"slices"
	"strings"

	"replant/migrate/ledger"
)

// Rename has the ledger call a feed by another address: one of before has the whole path of a
// file, where now its path from the site stands.
func (m *Memory) Rename(was, now string) {
	l := m.Ledger
	known := l.Feed(was)
	if known == nil && l.Outage(was) == nil {
		return
	}
	if l.Feed(now) != nil {
		l.Feeds = slices.DeleteFunc(l.Feeds, func(f *ledger.Feed) bool { return f == known })
	} else if known != nil {
		known.Address = now
	}
	if o := l.Outage(was); o != nil {
		o.Address, o.Text = now, strings.ReplaceAll(o.Text, was, now)
	}
	for i, told := range l.Told {
		switch rest, isItem := strings.CutPrefix(told, ItemOf(was)); {
		case isItem:
			l.Told[i] = ItemOf(now) + rest
		case told == Gone(was):
			l.Told[i] = Gone(now)
		}
	}
	for _, e := range l.Posts {
		if e.Feed == was {
			e.Note(func(x *ledger.Extra) { x.Feed = now })
		}
	}
}
