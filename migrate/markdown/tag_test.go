package markdown

import (
	"bytes"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/renderer/html"

	"replant/migrate/dom"
)

var tagStyle = Style{Embed: plainStyle.Embed, HTML: true}

// TestTags compares the fixtures in testdata/tags, for targets that show raw HTML, and
// what a reader sees of them with what the source shows.
func TestTags(t *testing.T) {
	t.Parallel()
	fixturesIn(t, "testdata/tags", func(t *testing.T, source, golden string) {
		page, err := New(tagStyle).Convert(parse(t, source))
		if err != nil {
			t.Fatal(err)
		}
		compare(t, string(page), golden)
		sameTags(t, source, renderTags(t, page))
	})
}

// renderTags renders a page as a generator does that leaves raw HTML as it is.
func renderTags(t *testing.T, page []byte) string {
	t.Helper()
	var b bytes.Buffer
	md := goldmark.New(goldmark.WithExtensions(extension.GFM), goldmark.WithRendererOptions(html.WithUnsafe()))
	if err := md.Convert(page, &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// sameTags checks that the elements shown as tags are those that the source can have
// as such, in its order, with the same words, and that no word is lost.
func sameTags(t *testing.T, source, shown string) {
	t.Helper()
	want, got := tagsIn(t, source), tagsIn(t, shown)
	if strings.Join(want, "\n") != strings.Join(got, "\n") {
		t.Errorf("the page shows\n%s\nnot\n%s\nin\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"), shown)
	}
}

func tagsIn(t *testing.T, source string) (all []string) {
	t.Helper()
	for n := range parse(t, source).Descendants() {
		if taggable(n) && n.Parent.Data != "code" {
			all = append(all, n.Data+": "+dom.Words(n)+" ("+dom.Attr(n, "title")+")")
		}
	}
	return all
}
