package page

import (
	"slices"
	"testing"

	"replant/migrate/blog"
	"replant/migrate/ledger"
)

func TestTagsAndCategories(t *testing.T) {
	t.Parallel()
	terms := ledger.Terms{
		DropTags: []string{"uncategorized"}, AddTags: []string{"From Ghost"},
		RenameTags: map[string]string{"golang": "Go", "ANNOUNCE": ""},
	}
	for _, c := range []struct {
		name             string
		form             ledger.Settings
		tags, categories []string
	}{
		{"kept", ledger.Settings{}, []string{"GoLang", "bee keeping", "Announce"}, []string{"Uncategorized", "Golang", "Bee keeping"}},
		{"given", ledger.Settings{Terms: terms}, []string{"Go", "bee keeping", "From Ghost"}, []string{"Go", "Bee keeping"}},
		{"in lower case", ledger.Settings{Terms: terms, Fit: ledger.Fit{TagCase: "lower"}}, []string{"Go", "bee keeping", "From Ghost"}, []string{"Go", "bee keeping"}},
		{"as titles", ledger.Settings{Fit: ledger.Fit{TagCase: "title"}}, []string{"GoLang", "Bee Keeping", "Announce"}, []string{"Uncategorized", "Golang", "Bee Keeping"}},
		{"folded", ledger.Settings{Terms: terms, Fit: ledger.Fit{Categories: "tags"}}, []string{"Go", "bee keeping", "From Ghost", "Bee keeping"}, nil},
		{"folded in lower case", ledger.Settings{Terms: terms, Fit: ledger.Fit{Categories: "tags", TagCase: "lower"}}, []string{"Go", "bee keeping", "From Ghost"}, nil},
	} {
		p := &blog.Post{Tags: []string{"GoLang", "bee keeping", "Announce"}, Categories: []string{"Uncategorized", "Golang", "Bee keeping"}}
		give(c.form, p)
		fold(c.form, p)
		if !slices.Equal(p.Tags, c.tags) || !slices.Equal(p.Categories, c.categories) {
			t.Errorf("%s: %q and %q", c.name, p.Tags, p.Categories)
		}
	}
}
