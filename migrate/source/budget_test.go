package source

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"replant/migrate/clean"
)

// TestBudget distinguishes bodies that can be converted from those that would take too much.
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

// TestElementsAreEstimated compares the estimate with what the parser makes of random
// bodies, most of whose emphasis has no end.
func TestElementsAreEstimated(t *testing.T) {
	t.Parallel()
	tags := strings.Fields("p p p /p /p div /div li ul /ul b /b b /b i /i a font font font font /font br img span /span " +
		"table tr td td /td /table h2 /h2 blockquote /blockquote nobr strong u small")
	for seed := range uint64(tries(1000)) {
		r := rand.New(rand.NewPCG(seed, 1))
		kinds := 2 + r.IntN(len(tags)-1)
		r.Shuffle(len(tags), func(i, k int) { tags[i], tags[k] = tags[k], tags[i] })
		var b strings.Builder
		for i := range 600 {
			tag := tags[r.IntN(kinds)]
			if tag == "font" {
				tag = fmt.Sprintf("font size=%d", i)
			}
			fmt.Fprintf(&b, "<%s>%s", tag, strings.Repeat("x", r.IntN(2)))
		}
		body, err := html.ParseFragment(strings.NewReader(b.String()), clean.Fragment(""))
		if err != nil { // too much is open
			continue
		}
		made := 0
		for _, n := range body {
			made += countElements(n)
		}
		if got := elements(b.String()); got > made+made/2+600 || made > 3*got+600 {
			t.Errorf("%d: %d elements estimated, %d made of %s", seed, got, made, b.String()[:300])
		}
	}
}

func countElements(n *html.Node) int {
	count := 0
	if n.Type == html.ElementNode {
		count++
	}
	for d := range n.Descendants() {
		if d.Type == html.ElementNode {
			count++
		}
	}
	return count
}

// tries returns how many of so many random inputs are tried: fewer where tests are to be short.
func tries(n int) int {
	if testing.Short() {
		return n / 10
	}
	return n
}
