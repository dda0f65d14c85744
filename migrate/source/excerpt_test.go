package source

import (
	"strings"
	"testing"

	"github.com/mmcdole/gofeed"

	"replant/migrate/feedscan"
)

func TestExcerpts(t *testing.T) {
	t.Parallel()
	for description, want := range map[string]bool{
		"<p>A wall stands [&#8230;]</p>":                   true,
		"<p>A wall stands. <a>Read more</a></p>":           true,
		"<p>A wall stands. Continue reading “Walls” →</p>": true,
		"A wall stands because each stone wants…":          true,
		"<p>And then, nothing …</p>":                       false,
		"<p>" + strings.Repeat("A wall. ", 25) + "…</p>":   true,
		"<p>" + strings.Repeat("A wall. ", 40) + "…</p>":   false,
		"<p>Une suite <a>Lire la suite</a></p>":            true,
		"<p>We keep reading: walls.</p>":                   false,
		"<p>A wall stands.</p>":                            false,
		"":                                                 false,
	} {
		if got := excerpt(&feedscan.Entry{Item: &gofeed.Item{Description: description}}); got != want {
			t.Errorf("excerpt(%q) = %v", description, got)
		}
	}
	if excerpt(&feedscan.Entry{Item: &gofeed.Item{Description: "Walls…", Content: "<p>Walls stand.</p>"}}) {
		t.Error("a feed with whole posts holds only excerpts")
	}
}
