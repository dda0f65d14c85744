package migrate

import (
	"fmt"

	"replant/migrate/crawl"
	"replant/migrate/ledger"
	"replant/migrate/plan"
)

// gone looks for posts that a feed does not hold any more. Only a feed that says of
// itself that it is complete can say so (RFC 5005, section 2), and only when all of it
// was read: any other is a window. Their pages are removed where the author asked for
// that, and else the author is told, once.
func (s *stream) gone(rep *crawl.Report) {
	if !rep.Extent.Complete || s.feed.Since != "" {
		return
	}
	remove := s.Prune && !s.tooMany()
	news, pages := 0, 0
	for _, e := range s.memory.Posts {
		switch {
		case e.Feed != s.feed.Address || s.memory.pruned[e]:
		case e.Seen > 0:
			e.Note(func(x *ledger.Extra) { x.Gone = false })
		case remove:
			s.prune(e)
		case s.Prune:
			s.spare(e)
		default:
			if !e.Gone {
				news++
			}
			e.Note(func(x *ledger.Extra) { x.Gone = true })
			pages++
		}
	}
	if news > 0 {
		s.out.Hints = append(s.out.Hints, fmt.Sprintf("%s: posts that are gone at the source: %d; --prune removes their pages", s.feed.Address, pages))
	}
}

// A feed that lacks many of its posts may be broken. These are too many to be removed
// without a word more: more than one of so many, and so many in all.
const (
	pruneShare = 3
	pruneLeast = 5
)

// tooMany tells whether so many posts are gone at the source that their pages stay, and
// says so.
func (s *stream) tooMany() bool {
	gone, all := 0, 0
	for _, e := range s.memory.Posts {
		if e.Feed != s.feed.Address {
			continue
		}
		all++
		if e.Seen == 0 {
			gone++
		}
	}
	many := gone >= pruneLeast && gone*pruneShare > all || gone > 0 && gone == all
	if !many || s.PruneAll {
		return false
	}
	err := &FeedError{
		Address: s.feed.Address, hint: "if they are gone for good: --prune=all removes their pages",
		Err: fmt.Errorf("%d of its %d posts are gone at the source, too many to remove their pages unasked", gone, all),
	}
	s.out.Troubles = append(s.out.Troubles, Trouble{Text: err.Error(), Err: err})
	return true
}

// spare says of a post that is gone at the source that its page stays.
func (s *stream) spare(e *ledger.Entry) {
	old := *e
	e.Note(func(x *ledger.Extra) { x.Gone = true })
	if disk, err := plan.Hash(s.Site, e.Path); err == nil && disk.Exists() {
		c := plan.Change{Path: e.Path, Verdict: ledger.Keep, Why: "gone at the source; --prune=all removes it", Before: disk, After: disk}
		s.add(undo{entry: e, old: &old}, []plan.Change{c})
	}
}

// prune removes what replant wrote of a post that is gone at the source, and forgets it.
// A page that its author edited stays.
func (s *stream) prune(e *ledger.Entry) {
	disk, err := plan.Hash(s.Site, e.Path)
	if err == nil && disk.Exists() && (disk.Hash() != e.Page || s.isLink(e.Path)) {
		e.Note(func(x *ledger.Extra) { x.Gone = true })
		s.warn("%s: its post is gone at the source, but you have edited it, so it stays", e.Path)
		return
	}
	var changes []plan.Change
	for _, a := range e.Assets {
		changes = append(changes, s.discard(a.File, a.Hash, "its post is gone at the source")...)
	}
	changes = append(changes, s.discard(e.Path, e.Page, "gone at the source")...)
	changes = append(changes, s.store(baseDir+e.Path, "gone at the source", plan.Content{})...)
	changes = append(changes, s.store(conflictDir+e.Path, "gone at the source", plan.Content{})...)
	old := *e
	s.memory.pruned[e] = true
	s.add(undo{entry: e, old: &old}, changes)
}

// listed notes, for a complete feed, that a post is of it.
func (s *stream) listed(e *ledger.Entry) {
	switch {
	case s.reader.ClaimsAll():
		e.Note(func(x *ledger.Extra) { x.Feed = s.feed.Address })
	case e.Trouble != "" && e.Feed == s.feed.Address: // it has been found: see [stream.missing]
		e.Note(func(x *ledger.Extra) { x.Feed = "" })
	}
}
