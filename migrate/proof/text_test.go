package proof

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// A text has what a reader sees, and nothing of how it is written.
func TestText(t *testing.T) {
	t.Parallel()
	for markdown, want := range map[string]string{
		"# A **Title**\n\nOne, two.":         "a title/ one two./",
		"`code` and ```x```":                 "code and x/",
		"```go\nfunc main() {}\n```":         "func main/",
		"![alt](a.png) [link](https://b.c)":  "<a.png> link/",
		"Cut off … […]":                      "cut off~/",
		"水を 沸かす。":                            "水 を 沸 か す./",
		"{{< youtube abc >}}":                "<youtube abc>/",
		"- item\n- item\n\n<!-- nothing -->": "item/ item/",
		"":                                   "",
	} {
		var got []string
		for _, p := range New(Style{Generator: Hugo}).Read([]byte(markdown)) {
			w := p.Word
			if p.Thing {
				w = "<" + w + ">"
			}
			for mark, set := range map[string]bool{".": p.Stop, "~": p.Trail} {
				if set {
					w += mark
				}
			}
			if p.Last {
				w += "/"
			}
			got = append(got, w)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%q is %q, want %q", markdown, strings.Join(got, " "), want)
		}
	}
}

// A word of ASCII is the same word however it is read.
func TestWordsOfASCII(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(1, 2))
	const signs = `aZ09.,!?:'-("_`
	for range tries(20_000) {
		var b strings.Builder
		for range random.IntN(7) {
			b.WriteByte(signs[random.IntN(len(signs))])
		}
		word := b.String()
		before := Text{{Word: "before"}}
		if got, want := slices.Clone(before).withWord(word), slices.Clone(before).withRunes(word); !slices.Equal(got, want) {
			t.Fatalf("%q is %+v and %+v", word, got, want)
		}
	}
}

// tries returns how many of so many random inputs are tried: fewer where tests are to be short.
func tries(n int) int {
	if testing.Short() {
		return n / 10
	}
	return n
}
