package site

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"replant/migrate/blog"
	"replant/migrate/site/sitetest"
)

// TestHugoPlays builds pages with the shortcodes that replant supplies, beside their files and
// without.
func TestHugoPlays(t *testing.T) {
	t.Parallel()
	tree := t.TempDir()
	page := filepath.Join(tree, "content", "talk", "index.md")
	s, err := Find(fstest.MapFS{}, "hugo")
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	var calls []string
	for _, r := range []blog.Recording{
		{Src: "talk.mp4", Poster: "still.png", Title: `The "talk"`, Film: true},
		{Src: "https://films.example/bees.mp4?a=1&b=2", Film: true, Loop: true},
		{Src: "episode.mp3", Title: "One"},
	} {
		call, name := s.Markup().Player(r, Shortcode)
		calls = append(calls, name)
		text.WriteString(call + "\n\n")
	}
	files := s.Files(os.DirFS(tree), &blog.Post{}, Need{Page: "content/talk/index.md", Shortcodes: calls})
	files = append(files, File{Path: "content/talk/index.md", Text: "---\ntitle: x\n---\n" + text.String()},
		File{Path: "content/talk/talk.mp4", Text: "film"}, File{Path: "content/talk/still.png", Text: "picture"})
	for _, f := range files {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(tree, f.Path)), 0o755); err != nil {
			t.Fatal(err)
		}
		write(t, filepath.Join(tree, f.Path), f.Text)
	}
	pages, public := sitetest.Build(t, tree, sitetest.Plain)
	if _, err := os.Stat(filepath.Join(public, "talk", "talk.mp4")); err != nil {
		t.Error(err)
	}
	body := pages["/talk/"].Body
	for _, want := range []string{
		`<video src="/talk/talk.mp4" controls preload="metadata" poster="/talk/still.png" title="The &#34;talk&#34;" style="max-width: 100%"><a href="/talk/talk.mp4">The &#34;talk&#34;</a></video>`,
		`<video src="https://films.example/bees.mp4?a=1&amp;b=2" controls preload="metadata" autoplay loop muted playsinline style="max-width: 100%"><a href="https://films.example/bees.mp4?a=1&amp;b=2">bees.mp4?a=1&amp;b=2</a></video>`,
		`<audio src="episode.mp3" controls preload="metadata" title="One" style="max-width: 100%"><a href="episode.mp3">One</a></audio>`,
	} {
		if !strings.Contains(body, want) {
			t.Errorf("no %s in %s of %s", want, body, page)
		}
	}
}

// TestHugoShowsGalleries builds a gallery: each picture, with its caption, within one of a page.
func TestHugoShowsGalleries(t *testing.T) {
	t.Parallel()
	tree := t.TempDir()
	g := blog.Gallery{Caption: `Both, [here](https://sheds.example/ "a shed")`, Pictures: []string{
		hugoFigure(blog.Picture{Src: "a.png", Alt: "A", Caption: "The *first*"}),
		hugoFigure(blog.Picture{Src: "b.png", Alt: "B", Link: "https://sheds.example/b/"}),
	}}
	call, name := hugoGallery(g)
	bare, _ := hugoGallery(blog.Gallery{Pictures: g.Pictures})
	s, err := Find(fstest.MapFS{}, "hugo")
	if err != nil {
		t.Fatal(err)
	}
	files := append(s.Files(os.DirFS(tree), &blog.Post{}, Need{Page: "content/a.md", Shortcodes: []string{name}}),
		File{Path: "content/a.md", Text: "---\ntitle: x\n---\nBefore\n\n" + call + "\n\n" + bare + "\n\nAfter\n"})
	for _, f := range files {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(tree, f.Path)), 0o755); err != nil {
			t.Fatal(err)
		}
		write(t, filepath.Join(tree, f.Path), f.Text)
	}
	pages, _ := sitetest.Build(t, tree, sitetest.Plain)
	body := pages["/a/"].Body
	for want, times := range map[string]int{
		`<div style="display: grid;`: 2, `<img src="a.png"`: 2, `<p>The <em>first</em></p>`: 2, `<a href="https://sheds.example/b/"><img src="b.png"`: 2,
		`<figcaption>Both, <a href="https://sheds.example/" title="a shed">here</a></figcaption>`: 1, "<p>After</p>": 1, "omitted": 0,
	} {
		if got := strings.Count(body, want); got != times {
			t.Errorf("%d times %s, not %d, in %s", got, want, times, body)
		}
	}
}

// A shortcode goes where the site's Hugo looks for it, once.
func TestHugoSuppliesWhereHugoLooks(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		files fstest.MapFS
		want  string
	}{
		"a new site":         {fstest.MapFS{}, "layouts/shortcodes/audio-file.html"},
		"an older site":      {fstest.MapFS{"hugo.yaml": {}, "layouts/_default/single.html": {}}, "layouts/shortcodes/audio-file.html"},
		"a newer site":       {fstest.MapFS{"hugo.yaml": {}, "layouts/_partials/a.html": {}}, "layouts/_shortcodes/audio-file.html"},
		"it is there":        {fstest.MapFS{"hugo.yaml": {}, "layouts/_partials/a.html": {}, "layouts/shortcodes/audio-file.html": {}}, "layouts/shortcodes/audio-file.html"},
		"templates named":    {fstest.MapFS{"hugo.yaml": {Data: []byte("layoutDir: looks")}}, "looks/shortcodes/audio-file.html"},
		"templates far away": {fstest.MapFS{"hugo.yaml": {Data: []byte("layoutDir: ../looks")}}, ""},
	} {
		s, err := Find(c.files, "hugo")
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		if _, shortcode := s.Markup().Player(blog.Recording{Src: "a.mp3"}, Shortcode); shortcode != "" {
			got = s.Files(c.files, &blog.Post{}, Need{Page: "content/a.md", Shortcodes: []string{shortcode, "youtube"}})[0].Path
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestPlayerTags(t *testing.T) {
	t.Parallel()
	for how, want := range map[Embeds]string{
		Shortcode:  `<video src="a.mp4?{{x}}&amp;b" controls preload="metadata" poster="p.png" title="&lt;T&gt;"></video>`,
		InlineHTML: `<video src="a.mp4?{{x}}&amp;b" controls preload="metadata" poster="p.png" title="&lt;T&gt;"></video>`,
		Link:       "",
	} {
		got, shortcode := Zola().Player(blog.Recording{Src: "a.mp4?{{x}}&b", Poster: "p.png", Title: "<T>", Film: true}, how)
		if want = strings.ReplaceAll(want, "{", "&#123;"); got != want || shortcode != "" {
			t.Errorf("%s: %s %s", how, got, shortcode)
		}
	}
}
