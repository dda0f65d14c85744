package site

import (
	"fmt"
	"html"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	xhtml "golang.org/x/net/html"

	"replant/frontmatter"
	"replant/migrate/blog"
	"replant/migrate/site/sitetest"
)

const zolaFixtures = "../../testdata/page/zola"

// TestZolaReadsMatter builds the fixtures' posts, their fields in either form, and
// compares what Zola made of them.
func TestZolaReadsMatter(t *testing.T) {
	t.Parallel()
	sitetest.Zola(t)
	for form, spell := range map[string]func(frontmatter.Matter) ([]byte, error){
		"yaml": frontmatter.Matter.YAML, "toml": frontmatter.Matter.TOML,
	} {
		t.Run(form, func(t *testing.T) {
			t.Parallel()
			tree := t.TempDir()
			site := &Site{Target: Zola(), Content: "content"}
			for name, post := range fixtures(t, zolaFixtures) {
				head, err := spell(site.Matter(post))
				if err != nil {
					t.Fatal(err)
				}
				page := site.Place(site.Sections().For(os.DirFS(tree), "posts", post), name, Bundle).Page
				lay(t, tree, page, string(head)+"\nBody.\n")
				for _, f := range site.Files(os.DirFS(tree), &blog.Post{}, Need{Page: page}) {
					index, err := spell(f.Matter)
					if err != nil {
						t.Fatal(err)
					}
					lay(t, tree, f.Path, string(index))
				}
			}
			pages, _ := sitetest.BuildZola(t, tree, sitetest.Taxonomies)
			compareZola(t, pages)
		})
	}
}

func compareZola(t *testing.T, pages map[string]sitetest.Page) {
	t.Helper()
	for name, post := range fixtures(t, zolaFixtures) {
		address := "/posts/" + name + "/"
		if !sayable(post.Published) {
			address = "/posts/undated/" + name + "/"
		}
		page, ok := pages[address]
		if !ok {
			t.Errorf("%s: no page at %s", name, address)
		}
		if page.Title != fold(post.Title) {
			t.Errorf("%s: title %q, want %q", name, page.Title, post.Title)
		}
		if sayable(post.Published) && !sameSecond(date(t, page.Date), post.Published) {
			t.Errorf("%s: date %s, want %s", name, page.Date, post.Published)
		}
		if want := terms(post.Tags); !slices.Equal(page.Tags, want) {
			t.Errorf("%s: tags %q, want %q", name, page.Tags, want)
		}
	}
}

// lay writes a file below a folder.
func lay(t *testing.T, tree, name, text string) {
	t.Helper()
	full := filepath.Join(tree, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
		t.Fatal(err)
	}
	write(t, full, text)
}

// The templates that replant supplies show what their shortcodes are called with.
func TestZolaShowsEmbeds(t *testing.T) {
	t.Parallel()
	sitetest.Zola(t)
	tree := t.TempDir()
	site := &Site{Target: Zola(), Content: "content"}
	for name, e := range embeds {
		for _, how := range []Embeds{Shortcode, Link, InlineHTML} {
			markdown, shortcode := site.Target.Embed(e.embed, how)
			page := fmt.Sprintf("content/%s-%s.md", blog.Slug(name), how)
			lay(t, tree, page, "---\ntitle: x\n---\nbefore\n\n"+markdown+"\n\nafter\n")
			for _, f := range site.Files(os.DirFS(tree), &blog.Post{}, Need{Page: page, Shortcodes: []string{shortcode}}) {
				lay(t, tree, f.Path, f.Text)
			}
		}
	}
	pages, _ := sitetest.BuildZola(t, tree)
	for address, frame := range map[string]string{
		"/video-shortcode/":                   "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ",
		"/video-from-a-moment-on-shortcode/":  "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?start=90",
		"/video-that-is-a-number-shortcode/":  "https://www.youtube-nocookie.com/embed/01234567890",
		"/vimeo-shortcode/":                   "https://player.vimeo.com/video/19899678?dnt=1",
		"/pen-html/":                          "https://codepen.io/ada/embed/xYz?a={{ b() }}&c=\"",
		"/video-html/":                        "",
		"/video-with-a-hostile-id-shortcode/": "",
	} {
		if got := look(t, pages[address].Body).frame; got != frame {
			t.Errorf("%s shows a frame of %q, want %q", address, got, frame)
		}
	}
	for name, e := range embeds {
		got := look(t, pages["/"+blog.Slug(name)+"-link/"].Body)
		if e.href != "" && !strings.HasPrefix(e.markdown, "{{") && (got.text != e.text || got.frame != "") {
			t.Errorf("%s: as a link it shows %q, want %q", name, got.text, e.text)
		}
	}
}

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
				got := s.Markup().LinkTitle(x.address, x.title)
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

// titleOf returns the title of a page's link, which may have no attribute beside it but an
// address and Zola's own.
func titleOf(t *testing.T, body string) (title string) {
	t.Helper()
	doc, err := xhtml.Parse(strings.NewReader(body))
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

func TestZolaScan(t *testing.T) {
	t.Parallel()
	for page, want := range map[string][]zolaKind{
		"{{ foo() }}":                         {zolaCall},
		"{{foo()}}{{\n foo (\t)\r\n}}":        {zolaCall, zolaCall},
		"${{{ always() }}}":                   {zolaCall},
		`{{ f(a=1 b=-2.5,c=true d="x") }}`:    {zolaCall},
		"{{ f(a=[], b=[1, [2, 'x'],],) }}":    nil,
		"{{ f(a=[], b=[1, [2, 'x'],]) }}":     {zolaCall},
		"{{ f(a='\n\"`') }}{{ f(a=`'\"`) }}":  {zolaCall, zolaCall},
		"{{/* foo() */}}":                     {zolaShown},
		"{% foo() %}x{% end %}":               {zolaHalf, zolaHalf},
		"{%/* foo() */%}{%/* end */%}":        {zolaHalf, zolaHalf},
		"{{ f(a=" + strings.Repeat("[", 1000): {zolaHalf},
		"{{ x }} {{ f }} {{ f('x') }}":        nil,
		"{{ foo() | x }} {{ a.foo() }}":       nil,
		"{{- foo() -}} {%- foo() -%}":         nil,
		"{% if x %}{% endif %}{# foo() #}":    nil,
		"{{ 1f() }} {{ f(a=) }} {{ f(1=1) }}": nil,
		"{{ f(a=01) }} {{ f(a=1.) }}":         nil,
		"{{ f(a='x) }}":                       nil,
		"{{< ref >}} {{%/* x */%}} {":         nil,
	} {
		var got []zolaKind
		for _, m := range zolaScan(page) {
			got = append(got, m.kind)
		}
		if len(got) != len(want) {
			t.Errorf("scan of %q finds %v, want %v", page, got, want)
			continue
		}
		for i := range got {
			if got[i] != want[i] {
				t.Errorf("scan of %q finds %v, want %v", page, got, want)
			}
		}
	}
}

// pieces makes a page of prose and code by turns, prose first.
func pieces(texts ...string) (page []blog.Piece) {
	for i, text := range texts {
		p := blog.Piece{Text: text}
		if i%2 == 1 {
			p.HTML = func() string { return "<" + strings.NewReplacer("{", "&#123;", "`", "").Replace(text) + ">" }
		}
		page = append(page, p)
	}
	return page
}

func TestZolaCode(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		page []blog.Piece
		want string
	}{
		"nothing":          {pieces("a ", "`{{ x }}`"), "a `{{ x }}`"},
		"a call":           {pieces("", "`{{ x() }}{{y()}}`"), "`{{/* x() */}}{{/*y()*/}}`"},
		"a shortcode":      {pieces(`{{ youtube(id="x") }}`, "`a`"), `{{ youtube(id="x") }}` + "`a`"},
		"a wrapped call":   {pieces("", "`{{/* x() */}}`"), "<&#123;&#123;/* x() */}}>"},
		"a half":           {pieces("", "`{% x() %}`", " ", "`{{ y() }}`"), "<&#123;% x() %}> `{{/* y() */}}`"},
		"across":           {pieces("", "`{{ x(a=\"`", " and ", "`\") }}`"), "<&#123;&#123; x(a=\"> and `\") }}`"},
		"across, hiding":   {pieces("", "`{{ x(a=\"`", " ", "`{{ y() }} \") }}`"), "<&#123;&#123; x(a=\"> `{{/* y() */}} \") }}`"},
		"an end inside":    {pieces("", "`{{ x(a=\"*/}}\") }}`"), "<&#123;&#123; x(a=\"*/}}\") }}>"},
		"broken by quotes": {pieces("> ", "`{{ x(\n> ) }}`"), "> `{{ x(\n> ) }}`"},
		"indented":         {pieces("- ", "`{{ x(\n  ) }}`"), "- `{{/* x(\n  ) */}}`"},
	} {
		if got := string(zolaPage(c.page)); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// FuzzZolaCode asks of every page that nothing in its code is live at the end, and that
// what a reader sees of it is what it was.
func FuzzZolaCode(f *testing.F) {
	for _, s := range []string{"{{ x() }}", `{{ x(a="`, `") }}`, "{% end %}", "{{/* x() */}}", "{{ x(a=[1,'*/}}']) }}"} {
		f.Add(s, "prose", s)
		f.Add("`", s, `") }}`)
	}
	f.Fuzz(func(t *testing.T, first, between, second string) {
		page := pieces("", "`"+first+"`", strings.ReplaceAll(between, "{", "("), "`"+second+"`")
		for i, p := range page {
			if p.HTML != nil {
				page[i].HTML = func() string { return strings.ReplaceAll(html.EscapeString(p.Text), "{", "&#123;") }
			}
		}
		got := string(zolaPage(page))
		for _, m := range zolaScan(got) {
			if m.kind != zolaShown {
				t.Errorf("%q holds %q", got, got[m.start:m.end])
			}
		}
	})
}

// BenchmarkZolaCode has pages that a careless scan would read over and over.
func BenchmarkZolaCode(b *testing.B) {
	for name, piece := range map[string]string{
		"openers": "{{ a(b=", "quotes": "{{ a(b='", "arrays": "{{ a(b=[[[[", "calls": "{{ a() }} ", "halves": "{% a() %} ", "prose": "some code; ",
	} {
		page := pieces("", strings.Repeat(piece, 1<<20/len(piece)))
		b.Run(name, func(b *testing.B) {
			b.SetBytes(1 << 20)
			for b.Loop() {
				zolaPage(page)
			}
		})
	}
}

// A placeholder of Zola's own is none in prose; in code, where it does nothing, it stays.
func TestZolaPlaceholder(t *testing.T) {
	t.Parallel()
	page := []blog.Piece{{Text: "a " + zolaPlaceholder + " "}, {Text: "`" + zolaPlaceholder + "`", HTML: func() string { return "" }}}
	if got, want := string(zolaPage(page)), "a @&#64;ZOLA_SC_PLACEHOLDER@@ `"+zolaPlaceholder+"`"; got != want {
		t.Errorf("the page is %q, want %q", got, want)
	}
}
