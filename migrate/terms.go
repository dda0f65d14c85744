package migrate

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"replant/migrate/blog"
)

// Terms are the authors and tags that posts are given beside their own. The zero value
// leaves them as the feed has them.
type Terms struct {
	Authors        []string // of every post, instead of its own
	DefaultAuthors []string // of posts that name none

	AddTags    []string          // to every post
	DropTags   []string          // as the feed writes them, in whatever case
	RenameTags map[string]string // from, as the feed writes it, in whatever case, to
}

// or completes terms by others.
func (t Terms) or(d Terms) Terms {
	t.Authors = longer(t.Authors, d.Authors)
	t.DefaultAuthors = longer(t.DefaultAuthors, d.DefaultAuthors)
	t.AddTags = longer(t.AddTags, d.AddTags)
	t.DropTags = longer(t.DropTags, d.DropTags)
	if t.RenameTags == nil {
		t.RenameTags = d.RenameTags
	}
	return t
}

// longer gives the first list, or the second where there is no first: one that is empty
// is there.
func longer(a, b []string) []string {
	if a == nil {
		return b
	}
	return a
}

// form names the terms; "" where there are none.
func (t Terms) form() string {
	if len(t.Authors)+len(t.DefaultAuthors)+len(t.AddTags)+len(t.DropTags)+len(t.RenameTags) == 0 {
		return ""
	}
	return fmt.Sprintf(" %q %q %q %q %q", t.Authors, t.DefaultAuthors, t.AddTags, t.DropTags, t.RenameTags)
}

// give gives a post its terms. Categories are renamed and dropped like tags.
func (t Terms) give(p *blog.Post) {
	if len(t.Authors) > 0 {
		p.Authors = t.Authors
	}
	if len(p.Authors) == 0 {
		p.Authors = t.DefaultAuthors
	}
	p.Categories = t.rename(p.Categories)
	p.Tags = t.rename(p.Tags)
	for _, tag := range t.AddTags {
		if !slices.Contains(p.Tags, tag) {
			p.Tags = append(p.Tags, tag)
		}
	}
}

// rename gives tags by their new names, without those to be dropped, each once.
func (t Terms) rename(tags []string) (kept []string) {
	seen := make(map[string]bool, len(tags)) // a feed may give one post 100,000 of them
	for _, tag := range tags {
		if slices.ContainsFunc(t.DropTags, func(d string) bool { return strings.EqualFold(d, tag) }) {
			continue
		}
		if tag = cmp.Or(t.renamed(tag), tag); !seen[tag] {
			seen[tag] = true
			kept = append(kept, tag)
		}
	}
	return kept
}

func (t Terms) renamed(tag string) string {
	for from, to := range t.RenameTags {
		if strings.EqualFold(from, tag) {
			return to
		}
	}
	return ""
}
