package site

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

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
	"captioned": {blog.Picture{Src: "a.png", Alt: "A wall", Caption: "of *stone*"}, `{{< figure src="a.png" alt="A wall" caption="of *stone*" >}}`},
	"a-title":   {blog.Picture{Src: "a.png", Alt: "x", Caption: `1\. [a](https://x.example/ "b")`}, "{{< figure src=\"a.png\" alt=\"x\" caption=`1\\. [a](https://x.example/ \"b\")` >}}"},
	"divided":   {blog.Picture{Src: "a.png", Caption: "`<!--more-->`"}, ""},
	"shortcode": {blog.Picture{Src: "a.png", Caption: "`{{< x >}}`"}, ""},
	"both":      {blog.Picture{Src: "a.png", Alt: "`a` and \"b\"", Width: "9"}, ""},
}

// captions are what a reader sees of those of figures.
var captions = map[string]string{"captioned": "of stone", "a-title": "1. a"}

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
			want := f.picture
			want.Caption = captions[name]
			if got != want {
				t.Errorf("%s:\n got %+v\nwant %+v", name, got, want)
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
			if c := dom.First(dom.Enclosing(n, atom.Figure), dom.Named(atom.Figcaption)); c != nil {
				p.Caption = dom.Words(c)
			}
			all = append(all, p)
		}
	}
	return all
}

// FuzzHugoFigure asks of every figure that it is one line and one call.
func FuzzHugoFigure(f *testing.F) {
	for _, x := range figures {
		f.Add(x.picture.Src, x.picture.Caption+x.picture.Alt, x.picture.Link)
	}
	f.Fuzz(func(t *testing.T, src, alt, link string) {
		got := hugoFigure(blog.Picture{Src: src, Alt: alt, Caption: alt, Width: "9", Link: link})
		if got != "" && (strings.ContainsAny(got, "\n\r") || strings.Count(got, "{{") != 1 || strings.Count(got, "}}") != 1) {
			t.Errorf("%q is no single call", got)
		}
	})
}

// TestHugoDetails calls for what a reader unfolds, and builds it.
func TestHugoDetails(t *testing.T) {
	t.Parallel()
	tree := t.TempDir()
	var page strings.Builder
	page.WriteString("---\ntitle: x\n---\n")
	for _, d := range []blog.Details{
		{Summary: `More "of" *it*`, Body: "Hidden **text**.\n\n- one\n- two\n\n```go\nx := 1\n```"},
		{Body: "Nameless.", Open: true},
	} {
		page.WriteString(hugoDetails(d) + "\n\n")
	}
	if err := os.Mkdir(filepath.Join(tree, "content"), 0o755); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(tree, "content", "a.md"), page.String())
	pages, _ := sitetest.Build(t, tree, sitetest.Plain)
	body := pages["/a/"].Body
	for _, want := range []string{"<summary>More &quot;of&quot; <em>it</em></summary>", "<strong>text</strong>", "<li>two</li>", "<details open>", "<p>Nameless.</p>"} {
		if !strings.Contains(body, want) {
			t.Errorf("no %s in %s", want, body)
		}
	}
	for _, refused := range []blog.Details{
		{Summary: "x"}, {Summary: "{{< x >}}", Body: "x"}, {Body: "`{{</* x */>}}`"}, {Body: "`{{% x %}}`"}, {Body: "a <!--more-->"},
	} {
		if got := hugoDetails(refused); got != "" {
			t.Errorf("%+v: %s", refused, got)
		}
	}
}

// A shortcode of the site or its theme that takes no caption, or no summary, gets none.
func TestHugoOverrides(t *testing.T) {
	t.Parallel()
	config := &fstest.MapFile{Data: []byte("theme: sheds")}
	text := func(s string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(s)} }
	picture := blog.Picture{Src: "a.png", Caption: "c"}
	for name, c := range map[string]struct {
		files             fstest.MapFS
		captions, unfolds bool
	}{
		"none":             {fstest.MapFS{}, true, true},
		"a theme's":        {fstest.MapFS{"themes/sheds/layouts/shortcodes/figure.html": text(`<img src="{{ .Get 0 }}">`)}, false, true},
		"a site's":         {fstest.MapFS{"layouts/_shortcodes/details.html": text(`<summary>{{ .Get 0 }}</summary>`)}, true, false},
		"that take both":   {fstest.MapFS{"layouts/shortcodes/figure.html": text(`{{ .Get "caption" }}`), "layouts/shortcodes/details.html": text(`{{ .Get "summary" }}`)}, true, true},
		"of another theme": {fstest.MapFS{"themes/barns/layouts/shortcodes/figure.html": text("x")}, true, true},
	} {
		c.files["hugo.yaml"] = config
		s, err := Find(c.files, "hugo")
		if err != nil {
			t.Fatal(err)
		}
		if got := s.Markup().Figure()(picture) != ""; got != c.captions {
			t.Errorf("%s: captions %t", name, got)
		}
		if s.Markup().Figure()(blog.Picture{Src: "a.png", Width: "9"}) == "" {
			t.Errorf("%s: a picture of a size has no call", name)
		}
		if got := s.Markup().Details() != nil; got != c.unfolds {
			t.Errorf("%s: details %t", name, got)
		}
	}
}
