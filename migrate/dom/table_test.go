package dom

import (
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// TestSparse tells tables that a grid suits from those that it would blow up.
func TestSparse(t *testing.T) {
	t.Parallel()
	row := func(cell string, n int) string { return "<tr>" + strings.Repeat(cell, n) + "</tr>" }
	for name, c := range map[string]struct {
		rows string
		want bool
	}{
		"small and ragged":           {strings.Repeat(row("<td>a", 1), 40) + row("<td>b", 20), false},
		"full":                       {strings.Repeat(row("<td>a", 9), 900), false},
		"a wide row last":            {strings.Repeat(row("<td>a", 1), 200) + row("<td>b", 200), true},
		"a wide row first":           {row("<td>b", 200) + strings.Repeat(row("<td>a", 1), 200), true},
		"one row in a body each":     {"<tbody>" + strings.Repeat(row("<td>a", 1), 200) + "<tbody>" + row("<td>b", 200), true},
		"a staircase of spans":       {strings.Repeat("<tr><td rowspan=65534>a<td>b", 200), true},
		"spans that end":             {strings.Repeat("<tr><td rowspan=2>a<td>b<tr><td>c", 200), false},
		"spans across":               {strings.Repeat("<tr><td colspan=9>a", 900) + row("<td>b", 9), true},
		"spans across, filled":       {strings.Repeat("<tr><td colspan=4>a<td>b", 900) + row("<td>b", 5), false},
		"no rows":                    {"", false},
		"tables within do not count": {strings.Repeat("<tr><td>a<td><table>"+row("<td>b", 99)+"</table>", 99), false},
	} {
		root, err := html.Parse(strings.NewReader("<table>" + c.rows + "</table>"))
		if err != nil {
			t.Fatal(err)
		}
		for n := range root.Descendants() {
			if n.Data == "table" {
				if got := Sparse(n); got != c.want {
					t.Errorf("%s: %v", name, got)
				}
				break
			}
		}
	}
}
