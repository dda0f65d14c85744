package wptext

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// What is asked before an expression is never asked in vain: it holds wherever the
// expression finds something.
func FuzzGuards(f *testing.F) {
	for _, text := range []string{
		"", "a", "<br>", "<BR />a<bR/>", "a<br/>b", "<b>a</b>", "<", "a<", "<br", "a\nb", "a \n\n\t b\nc", "a<br>\nb",
		"<!-- a -->", "<!-- a --> <!--b-->", "<!-- a -->b", "b<!-- a -->", "https://a.example/b", "a\n\thttps://a.example/b ", "a https://a.example",
		"http http\nhttp://a", "\u00a0a\u00a0", "\va\n\vb", "<br>\u00a0a", "a\x00b\nc", "<a href='https://a.example'>\nhttps://b.example</a>\nhttps://c.example",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if breaks().MatchString(text) && !hasBreak(text) {
			t.Errorf("a break in %q is missed", text)
		}
		if address().MatchString(text) && !mayStandAlone(text) {
			t.Errorf("an address in %q is missed", text)
		}
		from, to := -1, -1
		if at := regexp.MustCompile(`\n\s*\n`).FindStringIndex(text); at != nil {
			from, to = at[0], at[1]
		}
		if i, j := emptyLine(text); i != from || j != to {
			t.Errorf("the empty lines of %q are at %d to %d, not %d to %d", text, i, j, from, to)
		}
		if moreComment().MatchString(text) && !hasComment(text, "more") || pageComment().MatchString(text) && !hasComment(text, "nextpage") && !hasComment(text, "noteaser") {
			t.Errorf("a comment of %q is missed", text)
		}
		run := strings.TrimSpace(text)
		if got, want := withoutOuterBreaks(run), strings.TrimSpace(outerBreaks().ReplaceAllString(run, "")); got != want {
			t.Errorf("%q without breaks around it: %q, not %q", run, got, want)
		}
		if got, want := withBreaks(run, true), lineEnd().ReplaceAllString(run, "<br />\n"); got != want {
			t.Errorf("%q with breaks: %q, not %q", run, got, want)
		}
		if run != "" && unseen(run) != invisible().MatchString(run) {
			t.Errorf("%q is seen: %t", run, unseen(run))
		}
		if piece := "<p>" + text + "</p>"; standing(piece) == piece && alone().MatchString(piece) {
			t.Errorf("%q stands alone", piece)
		}
	})
}

// What is read by hand is what the expressions find that say it shortest.
func FuzzCalls(f *testing.F) {
	for _, text := range []string{
		"", "[", "[a]", "[a /]", "[a/]", "[a//]", "[a b='c' ]", "[a=b]", "[a:b]", "[a;b]", "[a\nb / ]", "[a [b]", "[a_b-1 c]", "[1]", "[-a]", "[a\vb]", "[a\u00a0b]", "[/a]b[/c d][/e_-1]", "[/]", "[/a", "[[/a]]",
		`a="b" c='d'`, `a="b"c="d"`, `A=b`, `a = "b"`, `a="b`, `"a"`, `a="b" d`, `a='b"' c="d'"`, "a=\"b\"\fc=''", "a=\u201cb\u201d",
		"<img a>", " <img a> </a>b", "<a b>\n<IMG c></A>", "<a><img a>", "<img>", "<a b><b>", "<img a", "<a b>", "\v<img a>",
	} {
		f.Add(text)
	}
	callStart := regexp.MustCompile(`^\[([A-Za-z][\w-]*)((?:[\s=:][^\[\]]*?)?)\s*(/?)\]`)
	endTag := regexp.MustCompile(`\[/([A-Za-z][\w-]*)\]`)
	image := regexp.MustCompile(`(?i)^\s*(?:<a\s[^>]*>\s*)?<img\s[^>]*>(?:\s*</a>)?`)
	f.Fuzz(func(t *testing.T, text string) {
		c, ok := startOf(text)
		m := callStart.FindStringSubmatch(text)
		if ok != (m != nil) || ok && (c.name != m[1] || c.given != m[2] || c.single != (m[3] != "") || c.size != len(m[0])) {
			t.Errorf("%q begins with %+v, not %q", text, c, m)
		}
		all := endings{}
		for _, at := range endTag.FindAllStringSubmatchIndex(text, -1) {
			name := text[at[2]:at[3]]
			all[name] = append(all[name], len(text)-at[0])
		}
		if got := endTags(text); !maps.EqualFunc(got, all, slices.Equal) {
			t.Errorf("the end tags of %q are %v, not %v", text, got, all)
		}
		if got, want := picture(text), image.FindString(text); got != want {
			t.Errorf("the picture of %q is %q, not %q", text, got, want)
		}
		quick, slow := map[string]string{}, map[string]string{}
		trimmed := strings.TrimSpace(text)
		if args := attributesIn(trimmed, slow); pairs(trimmed, quick) && (!maps.Equal(quick, slow) || args != nil) {
			t.Errorf("the attributes of %q are %q, not %q and %q", text, quick, slow, args)
		}
	})
}

// BenchmarkHTML is a text of 20 KB as an editor leaves it.
func BenchmarkHTML(b *testing.B) {
	text := strings.Repeat("Rivers wander <em>slowly</em> towards <a href=\"https://a.example/sea\">the sea</a>, and nobody hurries them.\nNobody could.\n\n"+
		"<h2>Where they end</h2>\nIn the sea, all of them.\n\n", 100)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		HTML(text, shelf)
	}
}
