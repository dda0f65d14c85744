package migrate

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// left tells, the first time, what of an export was left out and how to go on from it;
// later under -v.
func (s *stream) left(d *document) {
	if live := d.Live(); live != nil && s.known == nil {
		s.out.Hints = append(s.out.Hints, fmt.Sprintf("what the blog brings from now on: replant %s SITE", live))
	}
	var all []string
	for _, what := range slices.Sorted(maps.Keys(d.Left())) {
		all = append(all, fmt.Sprintf("%s %d", what, d.Left()[what]))
	}
	switch text := fmt.Sprintf("%s: left out what are no posts: %s", s.feed.Address, strings.Join(all, ", ")); {
	case len(all) == 0:
	case s.known == nil:
		s.out.Warnings = append(s.out.Warnings, text)
	default:
		s.note("%s", text)
	}
}
