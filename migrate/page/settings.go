package page

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"replant/migrate/blog"
	"replant/migrate/ledger"
	"replant/migrate/markdown"
	"replant/migrate/template"
)

// From names what a page is made from: an item, by its hash, and the settings that change
// how pages look.
func (m *Maker) From(item string) string { return ledger.From(item, m.looks) }

// looksOf names the settings that change how pages look. The section and the layout are not
// among them, since a page keeps its path for life.
func looksOf(s ledger.Settings) string {
	return ledger.Digest("%s %s %s %s%s%s", s.Target, s.Images, s.Embeds, s.FrontMatter, formOfText(s), formOfTerms(s.Terms)+formOfFetched(s)+formOfLinks(s)+formOfFit(s.Fit)+formOfKeys(s.Keys))
}

// formOfText names the settings of the text that are not as usual; "" where all are.
func formOfText(s ledger.Settings) string {
	sizes := ""
	if s.Sizes == ledger.DropSizes {
		sizes = " unsized"
	}
	if s.Figures == ledger.PlainFigures {
		sizes += " plain"
	}
	breaks := cmp.Or(s.Breaks, string(markdown.KeepBreaks))
	if breaks == string(markdown.KeepBreaks) && shift(s) == 0 {
		return sizes
	}
	return fmt.Sprintf(" %s %d", breaks, shift(s)) + sizes
}

// formOfFetched names the settings of what is fetched that are not as usual; "" where all are.
func formOfFetched(s ledger.Settings) string {
	enriched := ""
	if s.Enrich == ledger.On {
		enriched = " enriched"
	}
	if s.SkipImages == "" && s.Media != ledger.Local {
		return enriched
	}
	return fmt.Sprintf(" %q %s", s.SkipImages, s.Media) + enriched
}

// formOfFit names the settings by which pages fit a site that are not as usual; "" where all
// are.
func formOfFit(f ledger.Fit) (form string) {
	if f.Theme != "" {
		form += " theme " + f.Theme
	}
	if f.Timezone != "" {
		form += " zone " + f.Timezone
	}
	if f.More == ledger.Never {
		form += " no more"
	}
	if f.Categories != "" {
		form += " categories " + f.Categories
	}
	if f.TagCase != "" {
		form += " tags " + f.TagCase
	}
	return form
}

// formOfLinks names how links between posts are written and which old addresses stay; "" where
// that is as usual.
func formOfLinks(s ledger.Settings) (form string) {
	if s.Links != "" && s.Links != ledger.LinkByPath {
		form = " links " + s.Links
	}
	if s.Aliases != "" && s.Aliases != ledger.OwnAliases {
		form += " aliases " + s.Aliases
	}
	return form
}

// shift returns Shift as a number; what is none moves nothing.
func shift(s ledger.Settings) int {
	n, err := strconv.Atoi(s.Shift)
	if err != nil {
		return 0
	}
	return n
}

// softens reports whether line breaks may become spaces.
func softens(s ledger.Settings) bool {
	return s.Breaks != "" && s.Breaks != string(markdown.KeepBreaks)
}

// formOfTerms names terms; "" where there are none.
func formOfTerms(t ledger.Terms) string {
	if len(t.Authors)+len(t.DefaultAuthors)+len(t.AddTags)+len(t.DropTags)+len(t.RenameTags) == 0 {
		return ""
	}
	return fmt.Sprintf(" %q %q %q %q %q", t.Authors, t.DefaultAuthors, t.AddTags, t.DropTags, t.RenameTags)
}

// formOfKeys names what is asked for of keys; "" where nothing is.
func formOfKeys(k ledger.Keys) string {
	form := ""
	if len(k.Rename)+len(k.Drop)+len(k.Add) > 0 {
		form = fmt.Sprintf(" keys %q %q %q", k.Rename, k.Drop, k.Add)
	}
	if k.Archetype == ledger.FromArchetypes {
		form += " archetype"
	}
	return form
}

// give gives a post the authors, tags and categories that it is to have.
func give(s ledger.Settings, p *blog.Post) {
	t := s.Terms
	if len(t.Authors) > 0 {
		p.Authors = t.Authors
	}
	if len(p.Authors) == 0 {
		p.Authors = t.DefaultAuthors
	}
	p.Categories = rename(s, p.Categories)
	p.Tags = rename(s, p.Tags)
	for _, tag := range t.AddTags {
		if !slices.Contains(p.Tags, tag) {
			p.Tags = append(p.Tags, tag)
		}
	}
}

// fold makes tags of a post's categories, where that is asked for.
func fold(s ledger.Settings, p *blog.Post) {
	if s.Categories != ledger.AsTags {
		return
	}
	all, seen := make([]string, 0, len(p.Tags)+len(p.Categories)), map[string]bool{}
	for _, tag := range slices.Concat(p.Tags, p.Categories) {
		if !seen[tag] {
			seen[tag] = true
			all = append(all, tag)
		}
	}
	p.Tags, p.Categories = all, nil
}

// rename returns tags, or categories, by their new names, without those to be dropped, each
// once. What has no other name is spelled in the case that is asked for.
func rename(s ledger.Settings, tags []string) (kept []string) {
	seen := make(map[string]bool, len(tags)) // a feed may give one post 100,000 of them
	for _, tag := range tags {
		if slices.ContainsFunc(s.DropTags, func(d string) bool { return strings.EqualFold(d, tag) }) {
			continue
		}
		to, renamed := renamed(s.Terms, tag)
		if !renamed {
			to = inCase(s.TagCase, tag)
		}
		if to != "" && !seen[to] {
			seen[to] = true
			kept = append(kept, to)
		}
	}
	return kept
}

func renamed(t ledger.Terms, tag string) (to string, ok bool) {
	for from, to := range t.RenameTags {
		if strings.EqualFold(from, tag) {
			return to, true
		}
	}
	return "", false
}

func inCase(form, tag string) string {
	switch form {
	case ledger.LowerTags:
		return strings.ToLower(tag)
	case ledger.TitleTags:
		return template.Title(tag)
	}
	return tag
}
