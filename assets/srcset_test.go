package assets

import (
	"slices"
	"testing"
)

func TestParseSet(t *testing.T) {
	t.Parallel()
	for set, want := range map[string][]candidate{
		"":                            nil,
		" , ,":                        nil,
		"a.png":                       {{"a.png", 1}},
		"a.png,":                      {{"a.png", 1}},
		"a.png, b.png 2x":             {{"a.png", 1}, {"b.png", 2}},
		"a.png 1.5x,b.png 3x":         {{"a.png", 1.5}, {"b.png", 3}},
		"a,b.png 100w, c,d.png 200w":  {{"a,b.png", 100}, {"c,d.png", 200}},
		"a.png 100w 50h\n,\nb.png 2w": {{"a.png", 100}, {"b.png", 2}},
		"a.png w, b.png -2x":          {{"a.png", 1}, {"b.png", 1}},
		"a.png 2xx, b.png NaNx":       {{"a.png", 1}, {"b.png", 1}},
	} {
		if got := parseSet(set); !slices.Equal(got, want) {
			t.Errorf("%q: got %v, want %v", set, got, want)
		}
	}
}
