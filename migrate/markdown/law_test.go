package markdown

import (
	"fmt"
	"html"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	dom "golang.org/x/net/html"
)

// FuzzConvert checks that no HTML makes the converter panic or break its promises.
func FuzzConvert(f *testing.F) {
	for _, s := range []string{"<p>a<b>,</b>b", "<ul><ul><li>", "<table><tr><td colspan=9>", "<pre><br>", "<a href=#x><h1 id=x>",
		"<b><i></b></i>", "<li>a<li>b", "<q>", "<ruby>x<rt>y", "<code><a href=x>y</a></code>", "\x00\xff", "<dl><dd><dt>"} {
		f.Add(s)
	}
	names, err := filepath.Glob("testdata/*.html")
	if err != nil || len(names) == 0 {
		f.Fatalf("no seeds (%v)", err)
	}
	for _, name := range names {
		source, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(source))
	}
	f.Fuzz(func(t *testing.T, source string) {
		page := convert(t, source)
		wellFormed(t, page)
		if !strings.Contains(page, "<!--more-->") && strings.Contains(render(t, page), "raw HTML omitted") {
			t.Errorf("raw HTML in %q from %q", page, source)
		}
	})
}

// places are where a text may stand.
var places = []string{"<p>%s</p>", "<h2>%s</h2>", "<ul><li>%s</li></ul>", "<blockquote>%s</blockquote>",
	"<p>x<br>%s<br>y</p>", "<p><b>%s</b></p>", "<p>a<i>%s</i>b</p>", "<p><s>%s</s>.</p>", "<p>(%s)<b>b</b></p>",
	`<p><a href="https://example.org/">%s</a></p>`, "<table><tr><th>%s</th><th>b</th></tr></table>",
	"<p>a <code>c</code> %s</p>", "<p><code>c</code>%s<code>d</code>x %[1]s<b><code>e</code></b>%[1]s</p>", "<p>x``%s`<code>`d</code>%[1]s</p>", "<ul><li>%s<br>%[1]s<br>*x _y z* w_</li><li>b</li></ul>", "<p>*a _b ~c <b>%s</b>%[1]s <i>d</i> e* f_ g~</p>",
	`<p>see <img src="a.png" alt="%s"> %[1]s<i>%[1]s</i></p>`, "<ol><li><p>%s</p><p>%[1]s</p></li></ol>", "<dl><dt>%s</dt><dd>%[1]s</dd></dl>"}

// FuzzText checks that a text shows as it is, wherever it stands.
func FuzzText(f *testing.F) {
	for _, s := range []string{"*a*", "1. x", "a_b_ c", "{{< x >}}", "\\", "a\\*", "[x](y)", "# x #", "~~a~", "&amp;", "`", "``a`", "<b>",
		"a|b", "- ", "x}", "www.a.bc", "a@b.cd", "http://a.bc", "![a](b)", "[^1]:", "$x$", ":a:", "***", "\u00a0x", "…", "!@0.00"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, place := range places {
			source := fmt.Sprintf(place, html.EscapeString(text))
			shows(t, source)
		}
	})
}

// shows checks that a page shows the text of its source, where bare addresses are links and
// where they are none.
func shows(t *testing.T, source string) {
	t.Helper()
	for _, bare := range []bool{true, false} {
		style := plainStyle
		style.Bare = bare
		page, err := New(style).Convert(parse(t, source))
		if err != nil {
			t.Fatal(err)
		}
		rendered := renderAs(t, string(page), bare)
		want, got := see(parse(t, source)), see(parseShown(t, rendered))
		for _, kind := range []string{"text", "links"} {
			if w, g := strings.Join(want[kind], " "), strings.Join(got[kind], " "); w != g {
				t.Errorf("%s: %q, want %q, in %q from %q", kind, g, w, page, source)
			}
		}
	}
}

// textsTried is how many random texts are tried.
const textsTried = 3000

// TestAnyTextShows checks random texts of the characters that act.
func TestAnyTextShows(t *testing.T) {
	t.Parallel()
	pieces := strings.Split(`&x; &lt; &ltx; <a.b> <b:c> <d_e> * ** _ __ ~ ~~ | [ ] ( ) ! < > & # - + = . : ; { } $ % \ / @ " ' 1 a b. é 日 。 amp; www. http:// <b> [^1] [x] www.a.bc/d https://a.bc ftp://a.b.c/_d_ a@b.cd _a@b.cd a.b+c@d.ef, /x?y=(z) 10. === ::: :) <3 <a </p <!-- --> <? © ¬ “ _x_ *x* x* *x x_ ~x`, " ")
	pieces = append(pieces, " ", " ", "`", "``", "- ", "1. ")
	random := rand.New(rand.NewPCG(1, 2))
	for range textsTried {
		var text strings.Builder
		for range 1 + random.IntN(8) {
			text.WriteString(pieces[random.IntN(len(pieces))])
		}
		source := fmt.Sprintf(places[random.IntN(len(places))], html.EscapeString(text.String()))
		shows(t, source)
		if t.Failed() {
			return
		}
	}
}

// TestAnyNestingShows checks random nests of inline elements.
func TestAnyNestingShows(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(3, 4))
	for range tries(3000) {
		source := "<p>" + nest(random, 3) + "</p>"
		shows(t, source)
		if t.Failed() {
			return
		}
	}
}

// nest makes random text and inline elements.
func nest(random *rand.Rand, depth int) string {
	texts := []string{"a", "b ", " c", ".", "(", "*", "日", "。", "x y", "é", "+"}
	tags := []string{"b", "i", "s", "code", "em", "span"}
	var b strings.Builder
	for range 1 + random.IntN(4) {
		if tag := tags[random.IntN(len(tags))]; depth > 0 && random.IntN(2) == 0 {
			b.WriteString("<" + tag + ">" + nest(random, depth-1) + "</" + tag + ">")
		} else {
			b.WriteString(texts[random.IntN(len(texts))])
		}
	}
	return b.String()
}

// hostile are inputs that grow with n, made to cost more than they should.
var hostile = map[string]func(n int) string{
	"open brackets": func(n int) string { return strings.Repeat("[", n) },
	"delimiters":    func(n int) string { return strings.Repeat("*a _b ~c `d ", n/12) },
	"comments":      func(n int) string { return strings.Repeat("a<!--c-->", n/9) },
	"spans":         func(n int) string { return strings.Repeat("<span>a</span>", n/14) },
	"emphasis":      func(n int) string { return strings.Repeat("<b>a</b><i>b</i>", n/16) },
	"marks in marks": func(n int) string {
		return "<p>" + strings.Repeat("<i><b>a</b>b<b>c</b></i>", n/24) + "</p>"
	},
	"quotes":    func(n int) string { return strings.Repeat("<blockquote>", 200) + strings.Repeat("a<br>", n/5) },
	"lists":     func(n int) string { return strings.Repeat("<ul><li>a", 200) + strings.Repeat("<li>b", n/5) },
	"unclosed":  func(n int) string { return strings.Repeat("<p><b>a", n/7) },
	"big table": func(n int) string { return "<table>" + strings.Repeat("<tr><td>a<td>b", n/14) },
	"spanning": func(n int) string {
		return "<table>" + strings.Repeat("<tr><td colspan=1000 rowspan=1000>a<td>b", n/40)
	},
	"many cells": func(n int) string {
		return "<table><tr>" + strings.Repeat("<td rowspan=9>", n/28) + strings.Repeat("<tr><td>", n/16)
	},
	"cells of numbers": func(n int) string {
		return "<table role=presentation><tr>" + strings.Repeat("<td>1", n/6) + "<td><pre>x"
	},
	"notes":         func(n int) string { return strings.Repeat("<replant-note-ref name=é></replant-note-ref>", n/44) },
	"breaks":        func(n int) string { return strings.Repeat("<br>", n/4) },
	"ampersands":    func(n int) string { return strings.Repeat("&amp;", n/5) },
	"mail":          func(n int) string { return strings.Repeat("a@", n/2) },
	"code":          func(n int) string { return strings.Repeat("<code>`a</code>", n/15) },
	"parts of code": func(n int) string { return "<code>" + strings.Repeat("a<b>b</b>", n/9) },
	"far ids":       func(n int) string { return "<h2>x</h2>" + strings.Repeat("<a href=#é>y</a><p id=é>", n/26) },
	"details":       func(n int) string { return strings.Repeat("<details><summary>a</summary>", n/29) },
	"marked code":   func(n int) string { return strings.Repeat("<b><code>a</code></b>", n/21) },
	"ids":           func(n int) string { return strings.Repeat("<a href=#é><h2 id=é>", n/20) },
}

// TestMemoryIsLinear makes hostile inputs eight times as long: what is allocated may not
// grow as squares do, by sixty-four. BenchmarkHostile shows the time.
//
//nolint:paralleltest // it counts what the whole program allocates
func TestMemoryIsLinear(t *testing.T) {
	for name, source := range hostile {
		t.Run(name, func(t *testing.T) {
			const size = 10_000
			small, large := allocated(t, source(size)), allocated(t, source(8*size))
			if large > 24*small {
				t.Errorf("%d bytes became %d when the input grew eightfold", small, large)
			}
		})
	}
}

// allocated counts the bytes that a conversion allocates.
func allocated(t *testing.T, source string) uint64 {
	body, c := parse(t, source), New(plainStyle)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	if _, err := c.Convert(body); err != nil {
		t.Fatal(err)
	}
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

// TestDeepTree converts trees that no parser would build.
func TestDeepTree(t *testing.T) {
	t.Parallel()
	for _, tag := range []string{"blockquote", "div", "b", "ul", "li", "span", "table", "replant-note"} {
		body := &dom.Node{Type: dom.ElementNode, Data: "body"}
		n := body
		for range 100_000 {
			inner := &dom.Node{Type: dom.ElementNode, Data: tag}
			n.AppendChild(&dom.Node{Type: dom.TextNode, Data: "x"})
			n.AppendChild(inner)
			n = inner
		}
		n.AppendChild(&dom.Node{Type: dom.TextNode, Data: "deepest"})
		page, err := New(plainStyle).Convert(body)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(page), "deepest") {
			t.Errorf("%s: the deepest text is lost", tag)
		}
	}
}

// tries returns how many of so many random inputs are tried: fewer where tests are to be short.
func tries(n int) int {
	if testing.Short() {
		return n / 10
	}
	return n
}
