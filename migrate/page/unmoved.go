package page

import (
	"reflect"
	"slices"

	"replant/frontmatter"
	"replant/migrate/memory"
	"replant/migrate/plan"
)

// sameButAddress returns the page that was written last for a post which has moved to
// another host, where a fresh one would differ from it in nothing but what the move changes
// by itself; else an absent one.
func (m *Maker) sameButAddress(made *Made, page []byte) plan.Content {
	if !made.Rehosted || m.env.Options.Refresh || made.Old.Page == "" || made.Old.Conflict != "" {
		return plan.Content{}
	}
	for _, name := range []string{memory.BaseDir + made.Entry.Path, made.Entry.Path} {
		last, err := plan.Hash(m.env.Memory.Site, name)
		if err != nil || last.Hash() != made.Old.Page {
			continue
		}
		if old, err := memory.Read(last); err == nil && equalButAddress(old, page) {
			return last
		}
	}
	return plan.Content{}
}

// equalButAddress reports whether two pages differ in nothing but the keys that name their
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
