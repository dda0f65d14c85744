package migrate

import (
	"fmt"
	"maps"
	"net/url"
	"reflect"
	"slices"
	"strings"

	"replant/frontmatter"
	"replant/migrate/plan"
)

// rehosted tells whether a post with new names is read on another host than before.
func rehosted(before, now []string) bool {
	was, is := hostOf(before), hostOf(now)
	return was != "" && is != "" && was != is
}

// noteMove counts a post that has moved to another host.
func (s *stream) noteMove(j *job) {
	if j.rehosted {
		s.moves[hostOf(j.entry.Names)]++
	}
}

// tellMoves says in one line how many posts have moved to a host.
func (s *stream) tellMoves() {
	if s.checks {
		return
	}
	for _, host := range slices.Sorted(maps.Keys(s.moves)) {
		n, have := s.moves[host], "posts have"
		if n == 1 {
			have = "post has"
		}
		s.out.Warnings = append(s.out.Warnings, fmt.Sprintf("%d %s moved to %s", n, have, host))
	}
}

// sameButAddress returns the page that was written last for a post which has moved to
// another host, where a fresh one would differ from it in nothing but what the move changes
// by itself; else an absent one.
func (r *run) sameButAddress(j *job, page []byte) plan.Content {
	if !j.rehosted || r.Refresh || j.old.Page == "" || j.old.Conflict != "" {
		return plan.Content{}
	}
	for _, name := range []string{baseDir + j.entry.Path, j.entry.Path} {
		last, err := plan.Hash(r.Site, name)
		if err != nil || last.Hash() != j.old.Page {
			continue
		}
		if old, err := read(last); err == nil && equalButAddress(old, page) {
			return last
		}
	}
	return plan.Content{}
}

// equalButAddress tells whether two pages differ in nothing but the keys that name their
// post and those of its dates, which importers write anew.
func equalButAddress(a, b []byte) bool {
	x, textX, err1 := frontmatter.Parse(a)
	y, textY, err2 := frontmatter.Parse(b)
	return err1 == nil && err2 == nil && string(textX) == string(textY) &&
		reflect.DeepEqual(withoutAddress(x), withoutAddress(y))
}

func withoutAddress(m frontmatter.Matter) (kept frontmatter.Matter) {
	for _, f := range m {
		switch below, nested := f.Value.(frontmatter.Matter); {
		case slices.Contains([]string{"source", "via", "guid", "date", "lastmod", "updated"}, f.Key):
		case nested:
			if below = withoutAddress(below); len(below) > 0 {
				kept = append(kept, frontmatter.Field{Key: f.Key, Value: below})
			}
		default:
			kept = append(kept, f)
		}
	}
	return kept
}

// samePath tells whether two addresses differ in nothing but scheme and host: a picture of
// a blog that has moved with all that it had.
func samePath(a, b string) bool {
	u, err1 := url.Parse(a)
	v, err2 := url.Parse(b)
	return err1 == nil && err2 == nil && strings.Trim(u.Path, "/") != "" && u.Path == v.Path && u.RawQuery == v.RawQuery
}

// readsText tells whether the ledger is to have a sketch of a job's text: where the item
// is another than it was. An unchanged post keeps the entry that it has, so that a new
// version of replant alone changes no ledger.
func (r *run) readsText(j *job) bool {
	return j.old == nil || j.old.From != j.from || j.old.Trouble != "" || r.Refresh
}
