package markdown

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/renderer/html"
	xhtml "golang.org/x/net/html"

	"replant/migrate/blog"
	"replant/migrate/dom"
)

func TestNothingToSee(t *testing.T) {
	t.Parallel()
	c := New(plainStyle)
	bodies := map[string]*xhtml.Node{"nil": nil, "an empty body": {Type: xhtml.ElementNode, Data: "body"}}
	for _, source := range []string{"<p> </p>", "<p>&nbsp;</p>", "<br>", "<!-- x -->", "<b></b>", "<ul></ul>", "<ul><li></li></ul>",
		"<table></table>", "<blockquote><p></p></blockquote>", "<pre> \n</pre>", "<a href=x></a>", "<h1></h1>", "<img>"} {
		bodies[source] = parse(t, source)
	}
	for name, body := range bodies {
		if page, err := c.Convert(body); err != nil || len(page) != 0 {
			t.Errorf("%s: %q, %v", name, page, err)
		}
	}
}

// TestConverterForgets checks that nothing of a post shows in the next.
func TestConverterForgets(t *testing.T) {
	t.Parallel()
	c := New(plainStyle)
	const first = `<a href="#x">x</a><h1 id="x">x</h1><p>a<replant-note-ref name="1"></replant-note-ref></p><replant-note name="1">n</replant-note>`
	if _, err := c.Convert(parse(t, first)); err != nil {
		t.Fatal(err)
	}
	page, err := c.Convert(parse(t, `<p><a href="#x">y</a><replant-note-ref name="1"></replant-note-ref></p>`))
	if want := "y[1]\n"; err != nil || string(page) != want {
		t.Errorf("got %q, %v, want %q", page, err, want)
	}
}

// TestCodeIsInert checks that all code, and nothing else, goes through Style.Code.
func TestCodeIsInert(t *testing.T) {
	t.Parallel()
	style := plainStyle
	style.Code = func(page []blog.Piece) (all []byte) {
		for _, p := range page {
			if p.HTML != nil {
				p.Text = strings.ReplaceAll(p.Text, "{{", "{{/*")
			}
			all = append(all, p.Text...)
		}
		return all
	}
	page, err := New(style).Convert(parse(t, "<p>{{ <code>{{ x</code></p><pre>{{ y</pre><table><tr><td><code>{{ z</code></td><td>a</td></tr></table>"))
	const want = "{\\{ `{{/* x`\n\n```\n{{/* y\n```\n\n| `{{/* z` | a |\n| --- | --- |\n"
	if err != nil || string(page) != want {
		t.Errorf("got %q, %v, want %q", page, err, want)
	}
}

func TestDestination(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]string{
		"https://example.org/?X-Sig=a%2Fb%20c&d=e+f": "https://example.org/?X-Sig=a%2Fb%20c&d=e+f",
		"https://example.org/a b":                    "https://example.org/a%20b",
		"https://example.org/[x]|<y>\\`":             "https://example.org/%5Bx%5D%7C%3Cy%3E%5C%60",
		"/a(b)c":                                     "/a(b)c",
		"/a(b":                                       `/a\(b`,
		"/{{x}}":                                     "/%7B%7Bx}}",
		"/{%20}":                                     "/%7B%20}",
		"/{x}":                                       "/{x}",
		"/?a&amp;b&c":                                "/?a&amp;amp;b&c",
		"/tab\there\u0000":                           "/tab%09here",
		"/ä":                                         "/ä",
		"@/x.md":                                     "%40/x.md",
		"@ada":                                       "@ada",
		"":                                           "",
	} {
		if got := destination(address); got != want {
			t.Errorf("destination(%q) = %q, want %q", address, got, want)
		}
	}
}

// TestLongPage converts a post whose page would be forty times as long, and then another
// one: the first is refused, and the second not touched by it.
func TestLongPage(t *testing.T) {
	t.Parallel()
	c := New(plainStyle)
	deep := strings.Repeat("<ul><li>", deepest) + "<pre>" + strings.Repeat("a\n", pageMost/(2*deepest)) + "</pre>"
	if _, err := c.Convert(parse(t, deep)); !errors.Is(err, ErrLong) {
		t.Errorf("%v", err)
	}
	if page, err := c.Convert(parse(t, "<p>short")); err != nil || string(page) != "short\n" {
		t.Errorf("%q, %v", page, err)
	}
}

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

// TestCalls compares the fixtures in testdata/calls, for targets that have calls for captions
// and for what a reader unfolds.
func TestCalls(t *testing.T) {
	t.Parallel()
	style := Style{
		Embed: plainStyle.Embed, Captions: true,
		Figure: func(p blog.Picture) string { return fmt.Sprintf("FIGURE %s %q %q %s", p.Src, p.Alt, p.Caption, p.Link) },
		Details: func(d blog.Details) string {
			if d.Summary == "REFUSED" {
				return ""
			}
			return fmt.Sprintf("DETAILS %q %t\n\n%s\n\nEND", d.Summary, d.Open, d.Body)
		},
		Gallery: func(g blog.Gallery) string {
			return fmt.Sprintf("GALLERY %q\n%s\nEND", g.Caption, strings.Join(g.Pictures, "\n"))
		},
		Recording: func(r blog.Recording) string {
			if strings.Contains(r.Src, "refused") {
				return ""
			}
			return fmt.Sprintf("PLAYER %+v", r)
		},
	}
	fixturesIn(t, "testdata/calls", func(t *testing.T, source, golden string) {
		page, err := New(style).Convert(parse(t, source))
		if err != nil {
			t.Fatal(err)
		}
		compare(t, string(page), golden)
	})
}

// Delimiters of formulas go where they would pass something through: that the source
// escapes, or what would become a tag.
func TestPassthrough(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ source, never, may, is string }{
		{"costs $5", "costs $5", "costs $5", `costs \$5`},
		{"$1 or $ 2", "$1 or $ 2", "$1 or $ 2", `\$1 or \$ 2`},
		{"$ &lt;i> $", `$ \<i> $`, `\$ \<i> \$`, `\$ \<i> \$`},
		{"$ a &lt; b $", `$ a < b $`, `$ a < b $`, `\$ a < b \$`},
		{"&lt;i> $ $", `\<i> $ $`, `\<i> $ $`, `\<i> \$ \$`},
		{"$ <code>&lt;i></code> $", "$ `<i>` $", "\\$ `<i>` \\$", "\\$ `<i>` \\$"},
		{"<code>$ $</code>", "`$ $`", "`$ $`", "`$ $`"},
		{"<code>$ &lt;i> $</code> a", "`$ <i> $` a", "`$ <i> $` a", "`$ <i> $` a"},
		{`<a href="https://a.example/$x">[a]</a>`, `[\[a\]](https://a.example/$x)`, `[\[a\]](https://a.example/$x)`, `[&#91;a&#93;](https://a.example/\$x)`},
		{`<a href="https://a.example/$x">https://a.example/$x</a>`, "<https://a.example/$x>", "<https://a.example/$x>", "<https://a.example/$x>"},
		{`<img src="a" alt="[&lt;i>]">`, `![\[\<i>\]](a)`, `![&#91;\<i>&#93;](a)`, `![&#91;\<i>&#93;](a)`},
		{`\(x\) and \\$`, `\\(x\\) and \\\\$`, `\\(x\\) and \\\\$`, `\\(x\\) and \\\\\$`},
		{"<h2>$&lt;i>$</h2>", `## $\<i>$`, `## \$\<i>\$`, `## \$\<i>\$`},
		{`<iframe src="https://a.example/x" title="[&lt;i>]"></iframe>`, `[\[\<i>\]](https://a.example/x)`, `[&#91;\<i>&#93;](https://a.example/x)`, `[&#91;\<i>&#93;](https://a.example/x)`},
	} {
		for passthrough, want := range map[Passthrough]string{NoPassthrough: c.never, MayPassthrough: c.may, IsPassthrough: c.is} {
			got, err := New(Style{Embed: plainStyle.Embed, Passthrough: passthrough}).Convert(parse(t, c.source))
			if err != nil || string(got) != want+"\n" {
				t.Errorf("%s with %d:\n got %swant %s\n%v", c.source, passthrough, got, want, err)
			}
		}
	}
}

func TestBreaks(t *testing.T) {
	t.Parallel()
	const (
		verse   = "<p>Roses,<br>- and <b>thorns</b><br># here</p>"
		wrapped = "<p>An editor that wraps its lines puts a break where the next word does<br>not fit any more, and a feed may make each of them one that a reader<br>sees, <b>though</b> nobody meant it.</p>"
		prose   = "<p>The hive was full when we opened it on the first warm day of May.<br>So we looked for <b>another</b> one, in the shed behind the house and, when<br>nothing was there either, in the dark of the attic. 🐝<br>Then it rained.</p>"
		terms   = "<p><b>The hive that was full when we opened it on the first warm day.</b><br>It is the one that stands below the old lime tree, by the wall.</p>"
		address = "<p>A line that is as long as those that editors like to wrap at all<br>but<br>that is followed by short ones was broken on purpose by someone</p>"
	)
	for _, c := range []struct {
		breaks       Breaks
		source, want string
	}{
		{"", verse, "Roses,\\\n\\- and **thorns**\\\n\\# here\n"},
		{KeepBreaks, wrapped, "An editor that wraps its lines puts a break where the next word does\\\nnot fit any more, and a feed may make each of them one that a reader\\\nsees, **though** nobody meant it.\n"},
		{SoftenBreaks, verse, "Roses,\n\\- and **thorns**\n\\# here\n"},
		{AutoBreaks, verse, "Roses,\\\n\\- and **thorns**\\\n\\# here\n"},
		{AutoBreaks, wrapped, "An editor that wraps its lines puts a break where the next word does\nnot fit any more, and a feed may make each of them one that a reader\nsees, **though** nobody meant it.\n"},
		{AutoBreaks, prose, "The hive was full when we opened it on the first warm day of May.\nSo we looked for **another** one, in the shed behind the house and, when\nnothing was there either, in the dark of the attic. 🐝\nThen it rained.\n"},
		{AutoBreaks, terms, "**The hive that was full when we opened it on the first warm day.**\\\nIt is the one that stands below the old lime tree, by the wall.\n"},
		{AutoBreaks, address, "A line that is as long as those that editors like to wrap at all\\\nbut\\\nthat is followed by short ones was broken on purpose by someone\n"},
	} {
		style := plainStyle
		style.Breaks = c.breaks
		page, err := New(style).Convert(parse(t, c.source))
		if err != nil || string(page) != c.want {
			t.Errorf("%s: got %q, %v, want %q", c.breaks, page, err, c.want)
		}
	}
}

func TestShiftedHeadings(t *testing.T) {
	t.Parallel()
	for shift, want := range map[int]string{
		0:  "# a\n\n## b\n\n###### c\n",
		1:  "## a\n\n### b\n\n###### c\n",
		-1: "# a\n\n# b\n\n##### c\n",
		9:  "###### a\n\n###### b\n\n###### c\n",
	} {
		style := plainStyle
		style.Shift = shift
		page, err := New(style).Convert(parse(t, "<h1>a</h1><h2>b</h2><h6>c</h6>"))
		if err != nil || string(page) != want {
			t.Errorf("by %d: got %q, %v, want %q", shift, page, err, want)
		}
	}
}

var tagStyle = Style{Embed: plainStyle.Embed, HTML: true, Captions: true}

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

// TestWordsAreNoElements checks that a text is not taken for the element of its name.
func TestWordsAreNoElements(t *testing.T) {
	t.Parallel()
	call := plainStyle
	call.Captions = true
	call.Figure = func(p blog.Picture) string { return "{{< figure " + p.Src + " " + p.Caption + " >}}" }
	tags := plainStyle
	tags.Captions, tags.HTML = true, true
	for _, c := range []struct {
		style        Style
		source, want string
	}{
		{call, `<figure><img src="a.png">source<figcaption>b</figcaption></figure>`, "![](a.png)source\n\n*b*\n"},
		{call, `<figure><img src="a.png">figcaption</figure>`, "![](a.png)figcaption\n"},
		{call, `<p>source<img src="a.png" width="5"></p>`, "source![](a.png)\n"},
		{call, `<p><img src="a.png" width="5">p</p>`, "![](a.png)p\n"},
		{call, `<figure><img src="a.png"><figcaption>replant-b</figcaption></figure>`, "{{< figure a.png replant-b >}}\n"},
		{tags, `<figure><img src="a.png">figcaption</figure>`, "![](a.png)figcaption\n"},
		{tags, `<figure>img<figcaption>b</figcaption></figure>`, "img\n\n*b*\n"},
	} {
		if page, err := New(c.style).Convert(parse(t, c.source)); err != nil || string(page) != c.want {
			t.Errorf("%s: got %q, %v, want %q", c.source, page, err, c.want)
		}
	}
}
