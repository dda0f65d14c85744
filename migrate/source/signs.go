package source

import (
	"regexp"

	"github.com/mmcdole/gofeed"
)

// signs are by what a platform's feed is known, as patterns; empty ones say nothing.
// What a feed says made it settles the matter. Of one that says nothing of the kind,
// the first item's guid and body are looked at.
type signs struct {
	generator string
	guid      string
	body      string
	space     string // a namespace prefix that only this platform's items use
}

// match gives the function that recognises a feed by the signs.
func (s signs) match() func(*gofeed.Feed) bool {
	generator, guid, body := pattern(s.generator), pattern(s.guid), pattern(s.body)
	return func(f *gofeed.Feed) bool {
		if generator != nil && generator.MatchString(f.Generator) {
			return true
		}
		if len(f.Items) == 0 || f.Generator != "" && !silent.MatchString(f.Generator) {
			return false
		}
		i := f.Items[0]
		return guid != nil && guid.MatchString(i.GUID) ||
			body != nil && (body.MatchString(i.Content) || body.MatchString(i.Description)) ||
			s.space != "" && len(i.Extensions[s.space]) > 0
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
