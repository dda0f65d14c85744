package migrate

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"replant/migrate/crawl"
)

// left tells, the first time, what of an export was left out and how to go on from it;
// later under -v.
func (s *stream) left(x *crawl.Export) {
	if live := x.Live; live != nil && s.known == nil {
		s.out.Hints = append(s.out.Hints, fmt.Sprintf("what the blog brings from now on: replant %s SITE", live))
	}
	var all []string
	for _, what := range slices.Sorted(maps.Keys(x.LeftOut)) {
		all = append(all, fmt.Sprintf("%s %d", what, x.LeftOut[what]))
	}
	switch text := fmt.Sprintf("%s: left out what are no posts: %s", s.feed.Address, strings.Join(all, ", ")); {
	case len(all) == 0:
	case s.known == nil:
		s.out.Warnings = append(s.out.Warnings, text)
	default:
		s.note("%s", text)
	}
}
