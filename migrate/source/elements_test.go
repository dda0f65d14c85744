package source

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"replant/migrate/clean"
)

// TestElementsAreEstimated compares the estimate with what the parser makes of random
// bodies, most of whose emphasis has no end.
func TestElementsAreEstimated(t *testing.T) {
	t.Parallel()
	tags := strings.Fields("p p p /p /p div /div li ul /ul b /b b /b i /i a font font font font /font br img span /span " +
		"table tr td td /td /table h2 /h2 blockquote /blockquote nobr strong u small")
	for seed := range uint64(1000) {
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
