package dom

import (
	"fmt"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// FuzzTokens holds tokens to what a tokenizer reads.
func FuzzTokens(f *testing.F) {
	for _, source := range []string{
		"", "a", "<", "a<", "</", "<p>a</p>", "a < b <c", "<P CLASS=\"A\" id='b' hidden>x", "<br/><br /><img src=\"a/\"/>", "<a href=b>c</a>", "<a href=\"b\"title=c>",
		"<!-- a -->b", "<!---->", "<!--->a-->", "<!-->a", "<!--a--!>b-->", "<!--a", "<!doctype html>a", "<?a?>b", "</>a", "</ a>", "</p  >x", "</p a=\"b\">", "<p/ >", "<p / a>",
		"<script>a<b>c</script><i>d</i>", "<IFRAME src=\"a\">b<p></iframe>c", "<a b=\"c&amp;d&amp;amp;e\" f=\"&copy;&not;it&notit;&#x41\">", "a\r\nb\rc&lt;&amp;d", "<a b=\"c\r\nd\">", "<a b=\"\x00\">\x00",
		"<a \x00b=\"c\">", "<x-y:z a_b-c:d=\"e\">", "<1>", "<a 1=\"2\">", "<a b = \"c\">", "<a b=\"c", "<a\fb=\"c\">", "<a b=\"c\"/d>", "<a b='\"'>", "<p>\xff</p>", "<ſcript>a<b></ſcript>", "<a/b=\"c\">", "<a b=\"c\" b=\"d\">", "<a =\"b\" c=\"d\">", "<a == c>",
	} {
		f.Add(source)
	}
	f.Fuzz(func(t *testing.T, source string) {
		tokens := NewTokens(source)
		z := html.NewTokenizer(strings.NewReader(source))
		for i := 0; ; i++ {
			want := z.Next()
			if got := tokens.Next(); got != want {
				t.Fatalf("%q: token %d is %v, not %v", source, i, got, want)
			}
			if want == html.ErrorToken {
				return
			}
			if got, want := ours(tokens, want), theirs(z); got != want {
				t.Fatalf("%q: token %d is\n%s, not\n%s", source, i, got, want)
			}
		}
	})
}

func ours(t *Tokens, kind html.TokenType) string {
	s := fmt.Sprintf("%q ", t.Raw())
	switch kind {
	case html.TextToken:
		s += fmt.Sprintf("%q", t.Text())
	case html.StartTagToken, html.SelfClosingTagToken, html.EndTagToken:
		s += t.Tag()
		for key, value, ok := t.Attr(); ok; key, value, ok = t.Attr() {
			s += fmt.Sprintf(" %q=%q", key, value)
		}
	}
	return s
}

func theirs(z *html.Tokenizer) string {
	s := fmt.Sprintf("%q ", z.Raw())
	switch t := z.Token(); t.Type {
	case html.TextToken:
		s += fmt.Sprintf("%q", t.Data)
	case html.StartTagToken, html.SelfClosingTagToken, html.EndTagToken:
		s += t.Data
		for _, a := range t.Attr {
			s += fmt.Sprintf(" %q=%q", a.Key, a.Val)
		}
	}
	return s
}

// BenchmarkTokens reads a page's worth of prose.
func BenchmarkTokens(b *testing.B) {
	source := strings.Repeat("<p class=\"wide\">Rivers wander <em>slowly</em> towards <a href=\"https://a.example/sea?a=1&amp;b=2\">the sea</a>, and nobody hurries them.</p>\n", 60)
	b.SetBytes(int64(len(source)))
	b.ReportAllocs()
	for b.Loop() {
		t := NewTokens(source)
		for kind := t.Next(); kind != html.ErrorToken; kind = t.Next() {
			if kind == html.TextToken {
				t.Text()
			}
		}
	}
}
