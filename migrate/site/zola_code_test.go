package site

import (
	"html"
	"strings"
	"testing"

	"replant/migrate/blog"
)

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
		if got := zolaPage(c.page); got != c.want {
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
		got := zolaPage(page)
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
	if got, want := zolaPage(page), "a @&#64;ZOLA_SC_PLACEHOLDER@@ `"+zolaPlaceholder+"`"; got != want {
		t.Errorf("the page is %q, want %q", got, want)
	}
}
