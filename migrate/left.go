package migrate

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// left tells what of an export was left out: the first time, later under -v.
func (s *stream) left(d *document) {
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
