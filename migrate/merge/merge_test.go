package merge_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"replant/migrate/merge"
)

func TestText(t *testing.T) {
	t.Parallel()
	const base = "one\ntwo\nthree\nfour\nfive\n"
	for name, c := range map[string]struct {
		mine, theirs, want string
		clashes            []string
	}{
		"neither changed":       {mine: base, theirs: base, want: base},
		"mine changed":          {mine: "one\n2\nthree\nfour\nfive\n", theirs: base, want: "one\n2\nthree\nfour\nfive\n"},
		"theirs changed":        {mine: base, theirs: "one\ntwo\nthree\nfour\n", want: "one\ntwo\nthree\nfour\n"},
		"both, apart":           {mine: "1\ntwo\nthree\nfour\nfive\n", theirs: "one\ntwo\nthree\nfour\n5\n", want: "1\ntwo\nthree\nfour\n5\n"},
		"both the same":         {mine: "one\n2\nthree\nfour\nfive\n", theirs: "one\n2\nthree\nfour\nfive\n", want: "one\n2\nthree\nfour\nfive\n"},
		"both the same line":    {mine: "one\n2\nthree\nfour\nfive\n", theirs: "one\nII\nthree\nfour\nfive\n", clashes: []string{"2\n"}},
		"both, adjoining":       {mine: "one\n2\nthree\nfour\nfive\n", theirs: "one\ntwo\n3\nfour\nfive\n", clashes: []string{"2\nthree\n"}},
		"in two places":         {mine: "1\ntwo\nthree\nfour\n5\n", theirs: "I\ntwo\nthree\nfour\nV\n", clashes: []string{"1\n", "5\n"}},
		"mine deleted":          {mine: "one\ntwo\nfour\nfive\n", theirs: "one\ntwo\nIII\nfour\nfive\n", clashes: []string{""}},
		"mine lost the newline": {mine: base[:len(base)-1], theirs: "1" + base[3:], want: "1" + base[3:len(base)-1]},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, clashes := merge.Text([]byte(base), []byte(c.mine), []byte(c.theirs))
			if string(got) != c.want {
				t.Errorf("merged is %q, not %q", got, c.want)
			}
			var texts []string
			for _, b := range clashes {
				texts = append(texts, string(b))
			}
			if !slices.Equal(texts, c.clashes) {
				t.Errorf("clashes are %q, not %q", texts, c.clashes)
			}
		})
	}
}

// Texts that have nothing in common, or lines in all orders, are merged in bounded steps.
func BenchmarkHugeTexts(b *testing.B) {
	for _, kinds := range []int{3, 1000, 1 << 30} {
		b.Run(fmt.Sprint(kinds), func(b *testing.B) {
			var texts [3][]byte
			r := rand.New(rand.NewPCG(1, 2))
			for i := range texts {
				for range 50_000 {
					texts[i] = fmt.Appendf(texts[i], "line %d\n", r.IntN(kinds))
				}
			}
			for b.Loop() {
				merge.Text(texts[0], texts[1], texts[2])
			}
		})
	}
}
