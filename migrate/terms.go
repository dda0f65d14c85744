package migrate

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"replant/migrate/blog"
	"replant/migrate/ledger"
)

// Terms are the authors and tags that posts are given beside their own.
type Terms = ledger.Terms

// formOfTerms names terms; "" where there are none.
func formOfTerms(t Terms) string {
	if len(t.Authors)+len(t.DefaultAuthors)+len(t.AddTags)+len(t.DropTags)+len(t.RenameTags) == 0 {
		return ""
	}
	return fmt.Sprintf(" %q %q %q %q %q", t.Authors, t.DefaultAuthors, t.AddTags, t.DropTags, t.RenameTags)
}

// give adds terms to a post. Categories are renamed and dropped like tags.
func give(t Terms, p *blog.Post) {
	if len(t.Authors) > 0 {
		p.Authors = t.Authors
	}
	if len(p.Authors) == 0 {
		p.Authors = t.DefaultAuthors
	}
	p.Categories = rename(t, p.Categories)
	p.Tags = rename(t, p.Tags)
	for _, tag := range t.AddTags {
		if !slices.Contains(p.Tags, tag) {
			p.Tags = append(p.Tags, tag)
		}
	}
}

// rename returns tags by their new names, without those to be dropped, each once.
func rename(t Terms, tags []string) (kept []string) {
	seen := make(map[string]bool, len(tags)) // a feed may give one post 100,000 of them
	for _, tag := range tags {
		if slices.ContainsFunc(t.DropTags, func(d string) bool { return strings.EqualFold(d, tag) }) {
			continue
		}
		if tag = cmp.Or(renamed(t, tag), tag); !seen[tag] {
			seen[tag] = true
			kept = append(kept, tag)
		}
	}
	return kept
}

func renamed(t Terms, tag string) string {
	for from, to := range t.RenameTags {
		if strings.EqualFold(from, tag) {
			return to
		}
	}
	return ""
}
