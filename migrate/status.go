package migrate

import (
	"fmt"

	"github.com/spf13/afero"

	"replant/migrate/ledger"
	"replant/migrate/memory"
	"replant/migrate/reconcile"
)

// Lasting is a trouble that the author has been told of and that has not ended.
type Lasting struct {
	Kind  string // Outage, Item, Post, Waiting or Picture
	Feed  string // the address of the feed that it is about; else empty
	Page  string // the page that it is about; else empty
	Since string // the day on which an outage began, as 2006-01-02; else empty
	Text  string // subject, trouble, cause
	Err   error  // why the feed could not be read in this run; else nil
}

// The kinds of what lasts.
const (
	Outage  = "feed"     // a feed that cannot be read, or only in part
	Item    = "item"     // an item of a feed that cannot be read
	Post    = "post"     // a post that cannot be made, or has no place
	Waiting = "conflict" // two versions of a page that the author has to settle
	Picture = "picture"  // a picture that could not be had
)

// State is what a site's memory says of it.
type State struct {
	Feeds   []Feed // that a run on the site reads
	Posts   int
	Lasting []Lasting
}

// Status says what the memory of a site holds. It reads the ledger and nothing else. The
// error is ErrNoLedger for a site that replant never wrote to.
func Status(site afero.Fs) (*State, error) {
	m, err := memory.Recall(site, nil)
	if err != nil {
		return nil, err
	}
	feeds, err := Remembered(site)
	if err != nil {
		return nil, err
	}
	s := &State{Feeds: feeds, Posts: len(m.Ledger.Posts)}
	for _, l := range standing(m.Ledger) {
		s.Lasting = append(s.Lasting, l.Lasting)
	}
	for _, e := range m.Ledger.Posts {
		s.Lasting = append(s.Lasting, outOfReach(e)...)
	}
	return s, nil
}

// outOfReach lists the pictures of a post that could not be had.
func outOfReach(e *ledger.Entry) (all []Lasting) {
	for _, a := range e.Assets {
		if a.Trouble != "" {
			all = append(all, Lasting{Kind: Picture, Page: e.Path, Text: e.Path + ": " + a.Address + ": " + a.Trouble})
		}
	}
	return all
}

// stands is a trouble that a ledger knows of.
type stands struct {
	Lasting
	key troubleKey
}

// troubleKey is what makes a trouble the same one in the next run, wherever its page lies.
type troubleKey struct {
	entry *ledger.Entry // nil for a trouble of a feed
	what  string
}

// standing lists what a ledger says is the matter, but for pictures: their pages are there
// all the same.
func standing(l *ledger.Ledger) (all []stands) {
	for _, o := range l.Outages {
		all = append(all, stands{Lasting{Kind: Outage, Feed: o.Address, Since: o.Since, Text: o.Text}, troubleKey{nil, o.Address}})
	}
	for _, told := range l.Told {
		if feed, text, ok := memory.LostItem(told); ok {
			all = append(all, stands{Lasting{Kind: Item, Feed: feed, Text: feed + ": " + text}, troubleKey{nil, told}})
		}
	}
	for _, e := range l.Posts {
		if e.Trouble != "" {
			all = append(all, stands{Lasting{Kind: Post, Page: e.Path, Text: e.Trouble}, troubleKey{e, e.Trouble}})
		}
		if e.Conflict != "" {
			all = append(all, stands{Lasting{Kind: Waiting, Page: e.Path, Text: waits(e)}, troubleKey{e, e.Conflict}})
		}
	}
	return all
}

// waits says what the author has to settle.
func waits(e *ledger.Entry) string {
	switch {
	case e.Shrunk != "":
		return e.Path + ": " + reconcile.Stays(e.Shrunk)
	case e.Page == "":
		return fmt.Sprintf("%s: another file has this place; the post waits at %s%s", e.Path, memory.ConflictDir, e.Path)
	}
	return e.Path + ": edited here and changed at the source; a conflict waits to be settled"
}

// lasting returns what lasts: what the ledger said before the run, as keys, and says after
// it. Of feeds, those that this run was to read.
func (r *run) lasting(before map[troubleKey]bool) (all []Lasting) {
	for _, s := range standing(r.memory.Ledger) {
		if !before[s.key] || r.settle.Changes.Forgotten(s.key.entry) || s.Feed != "" && !r.ask.reads(s.Feed) || s.Kind == Outage && r.outages.told[s.Feed] {
			continue
		}
		if err := r.outages.now[s.Feed]; s.Kind == Outage && err != nil {
			s.Text, s.Err = err.Error(), err
		}
		all = append(all, s.Lasting)
	}
	return all
}

// keys returns the keys of what stands.
func keys(all []stands) map[troubleKey]bool {
	set := map[troubleKey]bool{}
	for _, s := range all {
		set[s.key] = true
	}
	return set
}
