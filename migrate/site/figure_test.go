package site

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"replant/migrate/blog"
	"replant/migrate/dom"
	"replant/migrate/site/sitetest"
)

// figures are pictures and how they are called for; empty where the shortcode cannot say
// them.
var figures = map[string]struct {
	picture blog.Picture
	call    string
}{
	"plain":     {blog.Picture{Src: "a.png", Alt: "A wall", Width: "120", Height: "80"}, `{{< figure src="a.png" alt="A wall" width="120" height="80" >}}`},
	"share":     {blog.Picture{Src: "a.png", Width: "50%"}, `{{< figure src="a.png" width="50%" >}}`},
	"linked":    {blog.Picture{Src: "a%20b.png", Height: "9", Link: "https://example.org/?a=1&b=2#c"}, `{{< figure src="a%20b.png" height="9" link="https://example.org/?a=1&b=2#c" >}}`},
	"quotes":    {blog.Picture{Src: "a.png", Alt: `"so" said`, Width: "9"}, "{{< figure src=\"a.png\" alt=`\"so\" said` width=\"9\" >}}"},
	"backslash": {blog.Picture{Src: "a.png", Alt: `C:\new\"x`, Width: "9"}, "{{< figure src=\"a.png\" alt=`C:\\new\\\"x` width=\"9\" >}}"},
	"markup":    {blog.Picture{Src: "a.png", Alt: "<b>&amp; *c* >} /* `d`", Width: "9"}, "{{< figure src=\"a.png\" alt=\"<b>&amp; *c* >} /* `d`\" width=\"9\" >}}"},
	"template":  {blog.Picture{Src: "a.png", Alt: "{{ x }}", Width: "9"}, ""},
	"both":      {blog.Picture{Src: "a.png", Alt: "`a` and \"b\"", Width: "9"}, ""},
}

func TestHugoFigures(t *testing.T) {
	t.Parallel()
	for name, f := range figures {
		if got := Hugo().Figure(f.picture); got != f.call {
			t.Errorf("%s:\n got %s\nwant %s", name, got, f.call)
		}
	}
}

// TestHugoShowsFigures builds all figures, in a paragraph's place, an item's and a
// quote's, and looks what a reader sees.
func TestHugoShowsFigures(t *testing.T) {
	t.Parallel()
	tree := t.TempDir()
	for name, f := range figures {
		dir := filepath.Join(tree, "content", name)
		if err := os.MkdirAll(dir, 0o755); err != nil {
			t.Fatal(err)
		}
		write(t, filepath.Join(dir, "index.md"), fmt.Sprintf("---\ntitle: x\n---\nbefore\n\n%s\n\n- %[1]s\n\n> %[1]s\n\nafter\n", f.call))
	}
	pages, _ := sitetest.Build(t, tree, sitetest.Plain)
	for name, f := range figures {
		body := pages["/"+name+"/"].Body
		shown := pictures(t, body)
		if f.call == "" {
			continue
		}
		if len(shown) != 3 {
			t.Fatalf("%s: %d pictures in %s", name, len(shown), body)
		}
		for _, got := range shown {
			if got != f.picture {
				t.Errorf("%s:\n got %+v\nwant %+v", name, got, f.picture)
			}
		}
	}
}

func pictures(t *testing.T, body string) (all []blog.Picture) {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for n := range doc.Descendants() {
		if n.Data == "img" {
			p := blog.Picture{Src: dom.Attr(n, "src"), Alt: dom.Attr(n, "alt"), Width: dom.Attr(n, "width"), Height: dom.Attr(n, "height")}
			if n.Parent.Data == "a" {
				p.Link = dom.Attr(n.Parent, "href")
			}
			all = append(all, p)
		}
	}
	return all
}

// FuzzHugoFigure asks of every figure that it is one line and one call.
func FuzzHugoFigure(f *testing.F) {
	for _, x := range figures {
		f.Add(x.picture.Src, x.picture.Alt, x.picture.Link)
	}
	f.Fuzz(func(t *testing.T, src, alt, link string) {
		got := hugoFigure(blog.Picture{Src: src, Alt: alt, Width: "9", Link: link})
		if got != "" && (strings.ContainsAny(got, "\n\r") || strings.Count(got, "{{") != 1 || strings.Count(got, "}}") != 1) {
			t.Errorf("%q is no single call", got)
		}
	})
}
