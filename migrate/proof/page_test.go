package proof

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	rendered "github.com/yuin/goldmark/renderer/html"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate/dom"
)

// markdowns are pages of all that Markdown has.
var markdowns = []string{
	"# One {#a}\n\nSetext *em*\n===\n\n###### Six",
	"a\\*b &amp; &#42; &copy; \\\\ &unknown; \\q a\x00b",
	"hard  \nbreak\\\nand soft\nend",
	"**strong *both* ~~gone~~** `a  b` `` ` `` <i>raw</i>",
	"[a](/b \"t &amp; \\\"u\\\"\") [c][d] ![e *f* `g`](h.png \"i\") [![j](k.png)](l)\n\n[d]: <m n> 'o'",
	"[a <https://example.org/> b](/c) d",
	"[a](javascript:b) ![c](data:text/html,d) <javascript:e>",
	"<https://example.org/a%20b> <ida@example.org> https://example.org/c, www.example.org ida@example.org",
	"@ida or ida@example.org\n\n[https://example.org/a](b) ![www.example.org](c)",
	"_https://example.org/a_ (www.example.org) [x] https://example.org/b [y www.example.org",
	"- a\n- b\n  - c\n\n  d\n\n7. e\n8. f\n\n- [ ] g\n- [x] h",
	"> a\n> > b\n>\n> - c\n\n---\n\n***",
	"\ta\n\t  b\n\n```go x\nc\n\td\n```\n\n~~~\n\n~~~\n\n- e\n\n\t  f",
	"| a | *b* |\n| :-- | --- |\n| c \\| d | `e` |\n| f |\n\n| g |\n| - |",
	"term\n: one\n: two\n\n  three",
	"a <!-- b --> c\n\n<!-- d -->\n\ne",
	"<div>\n<p>a</p>\n</div>\n\n<details><summary>b</summary>\n\n*c*\n\n</details>",
	"a <u>b *c* d</u> e<br>f <span title=\"*\">g</span>",
}

// TestPagesAreShownAsRendered reads pages as nodes, and as the HTML that goldmark renders.
func TestPagesAreShownAsRendered(t *testing.T) {
	t.Parallel()
	names, err := filepath.Glob("../markdown/testdata/*.md")
	if err != nil || len(names) == 0 {
		t.Fatalf("no pages (%v)", err)
	}
	all := markdowns
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if s := string(text); !strings.Contains(s, "{{") && !strings.Contains(s, "[^") {
			all = append(all, s)
		}
	}
	for _, style := range []Style{{Generator: Hugo, Bare: true}, {Generator: Zola, HTML: true}} {
		p := New(style)
		for _, text := range all {
			var want sight
			r := &reader{to: record(&want), page: true, embeds: p.embeds}
			r.read(render(t, style, text))
			p.readPage([]byte(text))
			if r := compare(&want, &p.page, style, nil); len(r) > 0 || len(want.things) == 0 {
				t.Errorf("%v: %q: %v", style, text, r)
			}
		}
	}
}

func render(t *testing.T, style Style, text string) *html.Node {
	t.Helper()
	extensions := []goldmark.Extender{extension.Table, extension.Strikethrough, extension.TaskList}
	if style.Generator == Hugo {
		extensions = append(extensions, extension.DefinitionList)
	}
	if style.Bare {
		extensions = append(extensions, extension.Linkify)
	}
	options := []goldmark.Option{goldmark.WithExtensions(extensions...), goldmark.WithParserOptions(parser.WithAttribute())}
	if style.HTML {
		options = append(options, goldmark.WithRendererOptions(rendered.WithUnsafe()))
	}
	var out bytes.Buffer
	if err := goldmark.New(options...).Convert([]byte(text), &out); err != nil {
		t.Fatal(err)
	}
	body, err := html.Parse(&out)
	if err != nil {
		t.Fatal(err)
	}
	markBare(body, text)
	return body
}

// markBare marks the links that goldmark made of bare addresses.
func markBare(body *html.Node, page string) {
	for _, a := range dom.Find(body, dom.Named(atom.A)) {
		shown, href := dom.Text(a), dom.Attr(a, "href")
		if (href == shown || href == "http://"+shown || href == "mailto:"+shown) && !strings.Contains(page, "<"+shown+">") {
			dom.SetAttr(a, bareAttr, "")
		}
	}
}

// TestShortcodesShow reads what pages show by shortcodes, and what only looks like one.
func TestShortcodesShow(t *testing.T) {
	t.Parallel()
	hugo, zola := Style{Generator: Hugo}, Style{Generator: Zola, HTML: true}
	linking := Style{Generator: Hugo, Bare: true}
	for _, c := range []struct {
		style      Style
		page, want string
	}{
		{hugo, "a {{< x 1 >}} b", "a <x 1> b"},
		{hugo, "a {{% x 1 %}} b {{</* y */>}}", "a <x 1> b y"},
		{hugo, "`{{< x.inline >}}{{`", ""},
		{hugo, "{{< x", "x"},
		{hugo, "{{ x }} {{<y}}>}}", "x <y}}>"},
		{hugo, `{{< figure src="a.png" alt="b" link="/c" >}}`, "<a.png>"},
		{hugo, `{{< figure src="a.png" caption="b *c* https://example.org/" >}}`, "<a.png> b c httpsexampleorg"},
		{linking, `{{< figure src="a.png" caption="b *c* https://example.org/" >}}`, "<a.png> b c httpsexampleorg"},
		{hugo, "{{< details summary=\"a *b*\" >}}\n\nc\n\n{{< /details >}}", "a b c"},
		{hugo, "{{< picture-grid caption=\"a\" >}}\n{{< figure src=\"b.png\" >}}\n{{< /picture-grid >}}", "<b.png> a"},
		{hugo, "\uFDD07\uFDD1 {{< x >}} \uFDD0", "7 <x>"},
		{hugo, "# h {{< x >}}\n\ni", "h <x> i"},
		{zola, "{{ x(a=1) }} {%/* y() */%} {{ z }}", "<x(a=1)> y z"},
		{zola, "<p>{{ x() }}</p>", "<x()>"},
	} {
		var got []string
		for _, p := range New(c.style).Read([]byte(c.page)) {
			if p.Thing {
				p.Word = "<" + p.Word + ">"
			}
			got = append(got, p.Word)
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%q shows %q, want %q", c.page, s, c.want)
		}
	}
}
