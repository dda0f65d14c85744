package markdown

import (
	"strings"
	"testing"

	"golang.org/x/net/html"

	"replant/migrate/blog"
)

func TestNothingToSee(t *testing.T) {
	t.Parallel()
	c := New(plainStyle)
	bodies := map[string]*html.Node{"nil": nil, "an empty body": {Type: html.ElementNode, Data: "body"}}
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
	style.Code = func(page []blog.Piece) string {
		var b strings.Builder
		for _, p := range page {
			if p.HTML != nil {
				p.Text = strings.ReplaceAll(p.Text, "{{", "{{/*")
			}
			b.WriteString(p.Text)
		}
		return b.String()
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
