package markdown

import (
	"fmt"
	"testing"

	"replant/migrate/blog"
)

// TestFigures compares the fixtures in testdata/sized, for targets that have a call for
// pictures in a size of their own, but for those of an unlucky width.
func TestFigures(t *testing.T) {
	t.Parallel()
	style := Style{Embed: plainStyle.Embed, Figure: func(p blog.Picture) string {
		if p.Width == "13" {
			return ""
		}
		return fmt.Sprintf("FIGURE %s %q %s×%s %s", p.Src, p.Alt, p.Width, p.Height, p.Link)
	}}
	fixturesIn(t, "testdata/sized", func(t *testing.T, source, golden string) {
		page, err := New(style).Convert(parse(t, source))
		if err != nil {
			t.Fatal(err)
		}
		compare(t, string(page), golden)
	})
}
