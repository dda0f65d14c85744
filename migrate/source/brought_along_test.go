package source

import (
	"slices"
	"testing"
)

// A body brings along the markup of each dialect that one of whose marks is in it.
func TestBroughtAlong(t *testing.T) {
	t.Parallel()
	for _, d := range dialects {
		for _, mark := range d.Markup {
			for _, body := range []string{mark, "<p>x" + mark + "y</p>", mark[:1] + mark} {
				if !slices.Contains(broughtAlong(body), d) || !d.carries(body) {
					t.Errorf("%s is not found in %q", d.Name, body)
				}
			}
			if slices.Contains(broughtAlong(mark[:len(mark)-1]), d) && !d.carries(mark[:len(mark)-1]) {
				t.Errorf("%s is found in half of %q", d.Name, mark)
			}
		}
	}
	if all := broughtAlong("<p>Bees &amp; wax</p>"); len(all) > 0 {
		t.Errorf("%s and others are found in plain words", all[0].Name)
	}
}
