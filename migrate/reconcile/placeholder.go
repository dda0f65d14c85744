package reconcile

import (
	"iter"
	"maps"
	"slices"

	"replant/assets"
	"replant/migrate/page"
)

// placeholders finds pictures that a server gives in the place of others. Such a placeholder
// may be as large as they are, so that only the posts together show what it is.
type placeholders struct {
	underway iter.Seq[*page.Made]       // see [said]
	by       map[string]map[string]bool // by hash of a picture that came: those of the ones in whose place
}

// common returns the pictures of a post that came in the place of different ones of several
// posts.
func (p *placeholders) common(m *page.Made) (hashes []string) {
	if m.Err != nil || m.Again == nil {
		return nil
	}
	for _, a := range m.Assets {
		if page.Replaced(a) && p.cameElsewhere(a) {
			hashes = append(hashes, a.Came)
		}
	}
	return hashes
}

// cameElsewhere reports whether the picture that came for an address of one post came in
// another post in the place of a different picture.
func (p *placeholders) cameElsewhere(a assets.Asset) bool {
	others := maps.Clone(p.by[a.Came])
	delete(others, a.Was)
	return among(p.underway, len(others), func(o *page.Made) bool {
		return slices.ContainsFunc(o.Assets, func(b assets.Asset) bool {
			return b.Came == a.Came && b.Was != a.Was
		})
	})
}

// note remembers which pictures came for a post in the place of others, for the posts that
// are settled after it.
func (p *placeholders) note(m *page.Made) {
	for _, a := range m.Assets {
		if a.Came == "" {
			continue
		}
		if p.by[a.Came] == nil {
			p.by[a.Came] = map[string]bool{}
		}
		p.by[a.Came][a.Was] = true
	}
}
