package proof

import (
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
		for _, p := range New(Style{}).Read([]byte(markdown)) {
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
