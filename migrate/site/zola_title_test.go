package site

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"replant/migrate/site/sitetest"
)

// titles are those of links, and what has to be written of each for Zola as it comes, and
// where it adds nothing to links.
var titles = []struct{ address, title, asItComes, plainLinks string }{
	{"https://a.example/", "plain, it's", "plain, it's", "plain, it's"},
	{"https://a.example/", `say "so"`, "say &quot;so&quot;", "say ”so”"},
	{"http://a.example/", `x" onmouseover="alert(1)`, "x&quot; onmouseover=&quot;alert(1)", "x” onmouseover=”alert(1)"},
	{"https://a.example/", "<script>&amp;", "&lt;script&gt;&amp;amp;", "<script>&amp;"},
	{"https://a.example/", "AT&T & &copy", "AT&amp;T &amp; &amp;copy", "AT&T & &copy"},
	{"https://a.example/", "AT&T", "AT&T", "AT&T"},
	{"mailto:a@b.example", `say "so"`, `say "so"`, `say "so"`},
	{"/posts/a/", `say "so"`, `say "so"`, `say "so"`},
	{"picture.png", `say "so"`, `say "so"`, `say "so"`},
	{"HTTPS://a.example/", `say "so"`, `say "so"`, `say "so"`},
}

// A reader of the real Zola's pages sees the titles of links as they were, and no other
// attribute.
func TestZolaTitles(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		config string
		plain  bool
	}{
		"as it comes": {"", false},
		"target":      {"[markdown]\nexternal_links_external = false\nexternal_links_target_blank = true\n", false},
		"plain links": {"[markdown]\nexternal_links_external = false\nexternal_links_no_follow = false\n", true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, err := Find(files("config.toml", "base_url = 'https://a.example'\n"+c.config), "")
			if err != nil {
				t.Fatal(err)
			}
			tree := t.TempDir()
			for i, x := range titles {
				got := s.LinkTitle(x.address, x.title)
				if want := pick(c.plain, x.plainLinks, x.asItComes); got != want {
					t.Errorf("title of %s is %s, want %s", x.address, got, want)
				}
				lay(t, tree, fmt.Sprintf("content/p%d.md", i), fmt.Sprintf("---\ntitle: x\n---\n[x](%s '%s')\n", x.address, acts.ReplaceAllString(got, `\$0`)))
			}
			pages, _ := sitetest.BuildZola(t, tree, c.config)
			for i, x := range titles {
				if got, want := titleOf(t, pages[fmt.Sprintf("/p%d/", i)].Body), pick(c.plain, x.plainLinks, x.title); got != want {
					t.Errorf("the page shows the title %q, want %q", got, want)
				}
			}
		})
	}
}

// acts is what Markdown would not show of a title in single quotes.
var acts = regexp.MustCompile(`[&'\\]`)

func pick(first bool, a, b string) string {
	if first {
		return a
	}
	return b
}

// titleOf gives the title of a page's link, which may have no attribute beside it but an
// address and Zola's own.
func titleOf(t *testing.T, body string) (title string) {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for n := range doc.Descendants() {
		for _, a := range n.Attr {
			switch a.Key {
			case "title":
				title = a.Val
			case "href", "rel", "target":
			default:
				t.Errorf("the page has %s=%q", a.Key, a.Val)
			}
		}
	}
	return title
}
