package source

import (
	"regexp"

	"github.com/mmcdole/gofeed"
)

// certainty is how surely a feed is a platform's.
type certainty int

const (
	never    certainty = iota
	byMarkup           // its first post has the platform's markup, or has brought it along
	byName             // its first post goes by a name of the platform's making
	byHead             // its head says so
	byExport           // it has what only an export has
)

// signs are by what a platform's feed is known, as patterns; empty ones say nothing.
// What a feed says made it settles the matter. Of one that says nothing of the kind,
// the first item's names and body are looked at; elements that only one platform makes
// count whatever a feed says.
type signs struct {
	generator string
	guid      string
	space     string   // a namespace prefix that only this platform's items use
	body      []string // what only this platform's markup has in it
}

// match gives the function that recognises a feed by the signs.
func (s signs) match() func(*gofeed.Feed) certainty {
	generator, guid := pattern(s.generator), pattern(s.guid)
	body := &Dialect{Markup: s.body}
	return func(f *gofeed.Feed) certainty {
		switch {
		case f.FeedType == "json":
			return never // a format of its own, whatever its posts were made with
		case generator != nil && generator.MatchString(f.Generator):
			return byHead
		case len(f.Items) == 0:
			return never
		}
		i := f.Items[0]
		switch {
		case s.space != "" && len(i.Extensions[s.space]) > 0:
			return byName // also where a plug-in has put another generator
		case f.Generator != "" && !silent.MatchString(f.Generator):
			return never
		case guid != nil && guid.MatchString(i.GUID):
			return byName
		case body.carries(i.Content), body.carries(i.Description):
			return byMarkup
		}
		return never
	}
}

// silent are generators that many platforms are made with, and that name none.
var silent = regexp.MustCompile(`^RSS for Node$`)

func pattern(s string) *regexp.Regexp {
	if s == "" {
		return nil
	}
	return regexp.MustCompile(s)
}
