package wptext

import (
	"regexp"
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
		run := strings.TrimSpace(text)
		if got, want := withoutOuterBreaks(run), strings.TrimSpace(outerBreaks().ReplaceAllString(run, "")); got != want {
			t.Errorf("%q without breaks around it: %q, not %q", run, got, want)
		}
		if got, want := withBreaks(run), lineEnd().ReplaceAllString(run, "<br />\n"); got != want {
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

// BenchmarkHTML is a text of 20 KB as an editor leaves it.
func BenchmarkHTML(b *testing.B) {
	text := strings.Repeat("Rivers wander <em>slowly</em> towards <a href=\"https://a.example/sea\">the sea</a>, and nobody hurries them.\nNobody could.\n\n"+
		"<h2>Where they end</h2>\nIn the sea, all of them.\n\n", 100)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		HTML(text, shelf)
	}
}
