package source

import (
	"strings"
	"testing"

	"github.com/mmcdole/gofeed"

	"replant/migrate/blog"
	"replant/migrate/clean"
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

// How a text ends says whether it goes on: letter case and what stands behind the words do
// not count.
func TestContinues(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"Walls stand […]":     true,
		"Walls stand [...] »": true,
		"Walls. READ MORE →":  true,
		"Walls. Продолжить. Читать далее...":                  true,
		"壁は立つ。続きを読む":                                          true,
		"Walls. Continue reading " + strings.Repeat("ä", 119): true,
		"Walls. Continue reading " + strings.Repeat("ä", 120): false,
		"Walls. Continue reading Walls. They stand":           false,
		"Continue reading? Continue reading Walls »":          true,
		"Read more walls": false,
		"":                false,
		"...":             false,
		strings.Repeat("ä", 2000) + " continue reading of walls": true,
	} {
		if got := clean.Continues(text); got != want {
			t.Errorf("Continues(%.80q) = %v", text, got)
		}
	}
}

// A summary is compared with no more of a body than it is long, whatever tags part the two.
func TestBeginsOfHTML(t *testing.T) {
	t.Parallel()
	for source, want := range map[string]bool{
		"<p>Trees gr<b>ow</b></p><p>slowly, and die.</p>": true,
		"<script>Trees</script>Trees &#103;row slowly":    true,
		"<p>Trees grow</p>":                               false,
		"<p>Trees go slowly</p>":                          false,
		"":                                                false,
	} {
		if got := begins(source, "Trees grow: slowly…"); got != want {
			t.Errorf("%q begins so: %v", source, got)
		}
	}
}

// The opening of a text is that of its blocks, one behind the other.
func FuzzOpening(f *testing.F) {
	for _, source := range []string{"", "a", "<p>a</p><p>b</p>", "<p></p><p>a", "<b>a</b>b<br>", "a<p> </p>b", "&amp;<p>&nbsp;", "<script>a</script>b", strings.Repeat("<p>ä b</p>", 40)} {
		f.Add(source, 100)
	}
	f.Fuzz(func(t *testing.T, source string, most int) {
		most = max(0, most%3000)
		if got, want := opening(source, most), blog.OneLine(strings.Join(textBlocks(source, most), " ")); got != want {
			t.Errorf("%q opens with %q, not %q", source, got, want)
		}
	})
}
