package source

import (
	"fmt"
	"strings"
	"testing"
)

// TestBudget tells bodies that can be converted from those that would take too much.
func TestBudget(t *testing.T) {
	t.Parallel()
	var tags strings.Builder // of 400 kinds of emphasis
	for i := range 400 {
		fmt.Fprintf(&tags, "<font size=%d>", i)
	}
	for name, c := range map[string]struct {
		body string
		want string
	}{
		"a long post":                {strings.Repeat("<p>Some words of a post that is as long as a book.</p>\n", 60_000), ""},
		"too long a post":            {strings.Repeat("<p>Some words of a post that is longer than any.</p>\n", 180_000), "its text has 9.1 MB, and replant converts up to 8"},
		"a picture in it":            {`<img src="data:image/png;base64,` + strings.Repeat("A", 20<<20) + `">`, ""},
		"pictures in it":             {strings.Repeat(`<img src="data:image/png;base64,`+strings.Repeat("A", 1<<20)+`">`, 20), ""},
		"a table":                    {strings.Repeat("<tr><td>a<td>b", 80_000), ""},
		"too many elements":          {strings.Repeat("<i>a</i>", 250_001), "its text has more than 250000 elements of HTML"},
		"emphasis begun anew":        {"<p>" + tags.String() + strings.Repeat("<p>x", 1000), "its text has more than 250000 elements of HTML"},
		"emphasis around all":        {"<div>" + tags.String() + strings.Repeat("x<br>", 2000), ""},
		"emphasis in cells":          {"<table>" + strings.Repeat("<tr><td>"+tags.String()[:1000]+"x", 2000), ""},
		"the same emphasis, open":    {strings.Repeat("<p><b>x", 40_000), ""},
		"emphasis that ends":         {strings.Repeat("<p><b><i>x</i></b></p>", 60_000), ""},
		"links that are never ended": {strings.Repeat("<p><a href=/>x", 60_000), ""},
		"less-than signs":            {strings.Repeat("1 < 2 ", 300_000), ""},
	} {
		got := ""
		if err := affordable(c.body); err != nil {
			got = err.Error()
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}
