package site

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate/dom"
	"replant/migrate/site/sitetest"
)

// hugoEmbed spells an embed as Hugo's pages do by default.
func hugoEmbed(e dom.Embed) string {
	markdown, _ := Hugo().Embed(e, Shortcode)
	return markdown
}

// embeds are things to embed, how they are spelt, and where a reader gets by them: a
// frame's address, or a link's text and address.
var embeds = map[string]struct {
	embed    dom.Embed
	markdown string
	frame    string
	text     string
	href     string
}{
	"video": {
		embed:    dom.Embed{Kind: "youtube", ID: "dQw4w9WgXcQ", URL: "https://www.youtube.com/watch?v=dQw4w9WgXcQ"},
		markdown: "{{< youtube dQw4w9WgXcQ >}}",
		frame:    "https://www.youtube.com/embed/dQw4w9WgXcQ",
	},
	"video from a moment on": {
		embed:    dom.Embed{Kind: "youtube", ID: "dQw4w9WgXcQ", URL: "https://youtu.be/dQw4w9WgXcQ", Start: "90"},
		markdown: `{{< youtube id="dQw4w9WgXcQ" start="90" >}}`,
		frame:    "https://www.youtube.com/embed/dQw4w9WgXcQ?start=90",
	},
	"video with a hyphen in front": {
		embed:    dom.Embed{Kind: "youtube", ID: "-_w4w9WgXc-", URL: "https://youtu.be/-_w4w9WgXc-"},
		markdown: `{{< youtube "-_w4w9WgXc-" >}}`,
		frame:    "https://www.youtube.com/embed/-_w4w9WgXc-",
	},
	"video that is a number": {
		embed:    dom.Embed{Kind: "youtube", ID: "01234567890", URL: "https://youtu.be/01234567890", Start: "x"},
		markdown: `{{< youtube "01234567890" >}}`,
		frame:    "https://www.youtube.com/embed/01234567890",
	},
	"video with a hostile id": {
		embed:    dom.Embed{Kind: "youtube", ID: `a" >}} {{< ref "x`, URL: "https://youtu.be/x"},
		markdown: `[YouTube: a" \>}} {\{\< ref "x](https://youtu.be/x)`,
		text:     `YouTube: a" >}} {{< ref "x`,
		href:     "https://youtu.be/x",
	},
	"post on Instagram": {
		embed:    dom.Embed{Kind: "instagram", ID: "AbC-12_x", URL: "https://www.instagram.com/p/AbC-12_x/", Title: "A post shared by Ida"},
		markdown: "{{< instagram AbC-12_x >}}",
		text:     "View this post on Instagram",
		href:     "https://www.instagram.com/p/AbC-12_x",
	},
	"post on Instagram that is a number": {
		embed:    dom.Embed{Kind: "instagram", ID: "123456", URL: "https://www.instagram.com/p/123456/"},
		markdown: `{{< instagram "123456" >}}`,
		text:     "View this post on Instagram",
		href:     "https://www.instagram.com/p/123456",
	},
	"Vimeo": {
		embed:    dom.Embed{Kind: "vimeo", ID: "19899678", URL: "https://vimeo.com/19899678"},
		markdown: "{{< vimeo 19899678 >}}",
		frame:    "https://player.vimeo.com/video/19899678?dnt=0",
	},
	"Vimeo with a key": {
		embed:    dom.Embed{Kind: "vimeo", ID: "19899678", URL: "https://vimeo.com/19899678/ab12"},
		markdown: "[Vimeo: 19899678](https://vimeo.com/19899678/ab12)",
		text:     "Vimeo: 19899678",
		href:     "https://vimeo.com/19899678/ab12",
	},
	"titled": {
		embed:    dom.Embed{Kind: "link", URL: "https://example.org/a", Title: "A *fine*\n [page] & <more> &amp; {{< x >}} {% y %} `z`"},
		markdown: "[A \\*fine\\* \\[page\\] \\& \\<more\\> \\&amp; {\\{\\< x \\>}} {\\% y %} \\`z\\`](https://example.org/a)",
		text:     "A *fine* [page] & <more> &amp; {{< x >}} {% y %} `z`",
		href:     "https://example.org/a",
	},
	"pen": {
		embed: dom.Embed{Kind: "codepen", ID: "ada/xYz", URL: "https://codepen.io/ada/pen/xYz",
			Frame: "https://codepen.io/ada/embed/xYz?a={{ b() }}&c=\""},
		markdown: "[CodePen: ada/xYz](https://codepen.io/ada/pen/xYz)",
		text:     "CodePen: ada/xYz",
		href:     "https://codepen.io/ada/pen/xYz",
	},
	"tweet": {
		embed:    dom.Embed{Kind: "tweet", ID: "1234567890", URL: "https://twitter.com/i/status/1234567890"},
		markdown: "[Tweet: 1234567890](https://twitter.com/i/status/1234567890)",
		text:     "Tweet: 1234567890",
		href:     "https://twitter.com/i/status/1234567890",
	},
	"brand without an id": {
		embed:    dom.Embed{Kind: "soundcloud", URL: "https://soundcloud.com/ada/song"},
		markdown: "[SoundCloud: soundcloud.com/ada/song](https://soundcloud.com/ada/song)",
		text:     "SoundCloud: soundcloud.com/ada/song",
		href:     "https://soundcloud.com/ada/song",
	},
	"nameless": {
		embed:    dom.Embed{Kind: "link", URL: "https://www.example.org/a_b/?q=1#c"},
		markdown: `[example.org/a\_b](https://www.example.org/a_b/?q=1#c)`,
		text:     "example.org/a_b",
		href:     "https://www.example.org/a_b/?q=1#c",
	},
	"address with everything": {
		embed:    dom.Embed{Kind: "link", URL: "https://example.org/a b(c)/{{< ref >}}?x=1&copy;=2&y=*_z_*", Title: "Hard"},
		markdown: `[Hard](https://example.org/a%20b(c)/%7B%7B%3C%20ref%20%3E%7D%7D?x=1&amp;copy;=2&y=*_z_*)`,
		text:     "Hard",
		href:     "https://example.org/a%20b(c)/%7B%7B%3C%20ref%20%3E%7D%7D?x=1&copy;=2&y=*_z_*",
	},
	"address with a lone parenthesis": {
		embed:    dom.Embed{Kind: "link", URL: "https://example.org/a)b", Title: "Odd"},
		markdown: "[Odd](<https://example.org/a)b>)",
		text:     "Odd",
		href:     "https://example.org/a)b",
	},
	"signed address": {
		embed:    dom.Embed{Kind: "link", URL: "https://example.org/f%2Fg?sig=a%2Bb/c==&e=[1]", Title: "Signed"},
		markdown: "[Signed](https://example.org/f%2Fg?sig=a%2Bb/c==&e=[1])",
		text:     "Signed",
		href:     "https://example.org/f%2Fg?sig=a%2Bb/c==&e=%5B1%5D", // goldmark's own spelling
	},
	"script": {
		embed:    dom.Embed{Kind: "link", URL: "javascript:alert(1)", Title: "1. Trap"},
		markdown: `1\. Trap`,
	},
	"heading": {
		embed:    dom.Embed{Kind: "link", URL: "//nowhere", Title: "# Not one"},
		markdown: `\# Not one`,
	},
}

func TestHugoEmbed(t *testing.T) {
	t.Parallel()
	for name, e := range embeds {
		if got := hugoEmbed(e.embed); got != e.markdown {
			t.Errorf("%s:\n got %s\nwant %s", name, got, e.markdown)
		}
	}
}

// TestHugoShowsEmbeds builds all embeds and looks where they lead a reader.
func TestHugoShowsEmbeds(t *testing.T) {
	t.Parallel()
	tree := t.TempDir()
	urls := map[string]string{}
	for name, e := range embeds {
		slug := strings.ReplaceAll(strings.ToLower(name), " ", "-")
		urls[name] = "/" + slug + "/"
		dir := filepath.Join(tree, "content", slug)
		if err := os.MkdirAll(dir, 0o755); err != nil {
			t.Fatal(err)
		}
		write(t, filepath.Join(dir, "index.md"), fmt.Sprintf("---\ntitle: x\n---\nbefore\n\n%s\n\nafter\n", hugoEmbed(e.embed)))
	}
	pages, _ := sitetest.Build(t, tree, sitetest.Plain)
	for name, want := range embeds {
		got := look(t, pages[urls[name]].Body)
		if got.frame != withDefaults(want.frame) || got.text != want.text || got.href != want.href {
			t.Errorf("%s:\n got %+v\nwant %q %q %q", name, got, want.frame, want.text, want.href)
		}
		if want.frame == "" && want.text == "" && !strings.Contains(pages[urls[name]].Body, "<p>"+fold(want.embed.Title)+"</p>") {
			t.Errorf("%s: no paragraph of its title in %s", name, pages[urls[name]].Body)
		}
	}
}

// withDefaults adds to a YouTube frame's address the parameters that Hugo's shortcode always has.
func withDefaults(frame string) string {
	addr, start, _ := strings.Cut(frame, "?start=")
	if !strings.Contains(addr, "youtube") {
		return frame
	}
	if start == "" {
		start = "0"
	}
	return addr + "?autoplay=0&controls=1&end=0&loop=0&mute=0&start=" + start
}

type shown struct{ frame, text, href string }

// look finds the one link or frame of a page.
func look(t *testing.T, body string) (s shown) {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for n := range doc.Descendants() {
		switch n.DataAtom {
		case atom.Iframe:
			s.frame = dom.Attr(n, "src")
		case atom.A:
			s.text, s.href = fold(dom.Text(n)), dom.Attr(n, "href")
		}
	}
	return s
}

// FuzzHugoEmbed asks of every embed that it is one block without a live mark, whatever
// it is called and wherever it leads.
func FuzzHugoEmbed(f *testing.F) {
	for _, e := range embeds {
		f.Add(e.embed.Kind, e.embed.ID, e.embed.URL, e.embed.Title, e.embed.Start)
	}
	f.Fuzz(func(t *testing.T, kind, id, url, title, start string) {
		got := hugoEmbed(dom.Embed{Kind: kind, ID: id, URL: url, Title: title, Start: start})
		if strings.ContainsAny(got, "\n\r\x00") {
			t.Errorf("%q is no single line", got)
		}
		if !strings.HasPrefix(got, "{{< youtube ") && !strings.HasPrefix(got, "{{< vimeo ") && !strings.HasPrefix(got, "{{< instagram ") && hugoMark().MatchString(got) {
			t.Errorf("%q holds a live mark", got)
		}
	})
}
