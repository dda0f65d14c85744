package dom

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// plainSources are pieces of HTML in the form that plainBody reads.
var plainSources = []string{
	"", "a", "a < b <", "a &amp; b &lt;&#8217;&nbsp;&#13;&#0;&unknown; &copy it", "<!-- a &amp; --> b <!---->",
	"<p>a <b>b <i>c</i></b><br>d<br/>e<br />f</p>\n<P CLASS='a' ID=\"b\" hidden>x</p >", "<hr><h2 id=\"a\">b</h2><div><p>c</p>d<h3>e</h3></div>",
	"<ul>\n<li>a</li>\n<li><p>b</p><ol><li>c</li></ol></li>\n</ul>", "<dl><dt>a</dt><dd>b<p>c</p></dd></dl>",
	"<pre>\na\n</pre><pre>\n\nb</pre><pre><code>\nc</code></pre><pre>&#13;\nd</pre><pre><b></b>\ne</pre>",
	"<a title=\"b\" href='c?d=1&amp;e=2&copy=3&#38;f' class=\"a\">d</a><a class=a></a>", "<strong id=x class=y title=z>a</strong>",
	"<img src=\"a b\" alt=\"&quot;c&quot; &eacute; &eacute\" SRC=\"d\" Data-X=\"e\">", "<a href=\"b\" href=\"c\">d</a>", "<figure><img src=\"a\"><figcaption>b</figcaption></figure>",
	"<table><caption>a <a href=\"b\">c</a></caption><thead><tr><th>a</th></tr></thead>\n<tbody>\n<tr>\n<td><p>a</p><table><tbody><tr><td>b</td></tr></tbody></table></td><!-- c --></tr></tbody></table>d",
	"<a href=\"b\"><table><tbody><tr><td><a href=\"c\">d</a></td></tr></tbody></table></a>", "<b><b><b><b><b>a</b></b></b></b>b</b>c", "<b><p>a</p></b><i><div>b</div></i>",
	"<lite-youtube videoid=\"a\"></lite-youtube><x>b</x><x-y:z>c</x-y:z>", "<iframe src=\"a\"></iframe>b", "<p><iframe src=\"a\"></iframe></p>", "<noscript><img src=\"a\"></noscript>",
	"<video controls><source src=\"a\"><track src=\"b\"></video>", "<details><summary>a</summary>b</details>", "<span><h2>a</h2></span>", "<ruby>a</ruby>", "<p>a", "<ul><li>a", "<table><tbody><tr><td>a", "<input type=\"hidden\"><label>a</label>",
}

// mendedSources are pieces that the rules of HTML mend.
var mendedSources = []string{
	"<p>a<p>b", "<p>a<div>b</div></p>", "</p>", "a</b>", "<b>a<i>b</b>c</i>", "<b>a<p>b</b>c</p>", "<a>a<a>b</a>", "<ul><li>a<li>b</ul>", "<li>a</li>", "<ul><div><li>a</li></div></ul>", "<dd>a</dd>",
	"<table><tr><td>a</td></tr></table>", "<table>a<tbody></tbody></table>", "<td>a</td>", "<table><tbody><tr><td>a<td>b</table>", "<table><tbody><tr><b>a</b></tr></tbody></table>", "<p>a<table></table></p>", "<p>a<hr>", "<h1>a<h2>b</h2></h1>",
	"<div/>a", "<br>a</br>", "<image src=\"a\">", "<script>a<b>c</script>", "<style>a</style>", "<textarea>\na</textarea>", "<title>a</title>", "<iframe>a<p></iframe>", "<svg><p>a</p></svg>", "<math><mi>a</mi></math>",
	"<form><form>a</form></form>", "<button>a<button>b</button>", "<select><option>a<option>b</select>", "<ruby>a<rt>b<rt>c</ruby>", "<object><p>a</object>", "<body class=\"a\">b", "<html lang=\"a\">b", "<frameset>", "<template>a</template>", "<plaintext>a",
	"a\r\nb", "a\x00b", "<a href=b>c</a>", "<a b = \"c\">d</a>", "<!doctype html>a", "<?a?>b", "</>a", "<!--a", "<!--a--!>b-->", "<p", "<p a=\"b", "<class>a</class>", "<nobr>a<nobr>b", strings.Repeat("<b>", 300), strings.Repeat("<div>", 600),
}

// FuzzParseBody holds the trees of plain HTML to those of package html.
func FuzzParseBody(f *testing.F) {
	for _, source := range append(plainSources, mendedSources...) {
		f.Add(source)
	}
	f.Fuzz(func(t *testing.T, source string) {
		plain := plainBody(source)
		if plain == nil {
			return
		}
		sameTree(t, source, plain)
	})
}

// sameTree holds a tree of a piece of HTML to that of package html.
func sameTree(t *testing.T, source string, plain *html.Node) {
	t.Helper()
	mended, err := mendedBody(source)
	if err != nil {
		t.Fatalf("%q: %v", source, err)
	}
	if got, want := outline(t, plain), outline(t, mended); got != want {
		t.Fatalf("%q:\n%s, not\n%s", source, got, want)
	}
}

// TestPlainTrees writes elements into each other at random, most of them as they may stand, and
// holds their trees to those of package html.
func TestPlainTrees(t *testing.T) {
	t.Parallel()
	const tries = 20_000
	w := nester{rand: rand.New(rand.NewPCG(1, 2))}
	for _, e := range plainElements {
		w.tags = append(w.tags, e.tag.String())
	}
	w.tags = append(w.tags, "x-y", "form", "button", "select", "option", "object", "rt", "rp", "colgroup", "col", "svg", "nobr", "title", "dialog", "menu", "dir")
	slices.Sort(w.tags)
	plain := 0
	for range tries {
		w.out.Reset()
		for range 1 + w.rand.IntN(3) {
			w.element(0)
		}
		if body := plainBody(w.out.String()); body != nil {
			plain++
			sameTree(t, w.out.String(), body)
		}
	}
	if plain < tries/10 {
		t.Errorf("%d of %d are plain", plain, tries)
	}
}

// nester writes elements at random.
type nester struct {
	rand *rand.Rand
	tags []string
	out  strings.Builder
}

// parts are what stands in elements that have elements of their own.
var parts = map[string][]string{"table": {"tbody", "thead", "caption"}, "tbody": {"tr"}, "thead": {"tr"}, "tfoot": {"tr"}, "tr": {"td", "th"}, "ul": {"li"}, "ol": {"li"}, "dl": {"dt", "dd"}}

func (w *nester) element(depth int, tags ...string) {
	if len(tags) == 0 || w.rand.IntN(50) == 0 {
		tags = w.tags
	}
	tag := tags[w.rand.IntN(len(tags))]
	w.out.WriteString("<" + tag + w.one("", "", "", ` class="a b"`, ` title="c" href='?d&amp;e' class="f"`, ` id="g" id="h" hidden`) + ">")
	if e := plainElements[tag]; e.place == empty || e.place == emptyBlock {
		return
	}
	if inner := parts[tag]; inner != nil || tag != "iframe" {
		for range w.rand.IntN(4) {
			if w.out.WriteString(w.one("", "", "\n", " ")); inner == nil || w.rand.IntN(50) == 0 {
				w.out.WriteString(w.one("", "a", "b &amp; c", "<!-- d -->", "&nbsp;", "\n\ne"))
			}
			if depth < 6 {
				w.element(depth+1, inner...)
			}
		}
	}
	if w.rand.IntN(60) > 0 {
		w.out.WriteString("</" + tag + ">")
	}
}

func (w *nester) one(of ...string) string { return of[w.rand.IntN(len(of))] }

// outline writes a tree with all that a node says, and looks whether its nodes know each other.
func outline(t *testing.T, n *html.Node) string {
	t.Helper()
	var b strings.Builder
	fmt.Fprintf(&b, "(%d %q %s %q %q", n.Type, n.Data, n.DataAtom, n.Namespace, n.Attr)
	var before *html.Node
	for c := n.FirstChild; c != nil; before, c = c, c.NextSibling {
		if c.Parent != n || c.PrevSibling != before {
			t.Fatalf("%q stands nowhere", c.Data)
		}
		b.WriteString(outline(t, c))
	}
	if n.LastChild != before {
		t.Fatalf("%q ends elsewhere", n.Data)
	}
	return b.String() + ")"
}

func TestPlainHTMLIsKnown(t *testing.T) {
	t.Parallel()
	for _, source := range plainSources {
		if strings.Contains(source, "=a") || strings.Contains(source, "=x") {
			continue // attributes without quotation marks
		}
		if plainBody(source) == nil {
			t.Errorf("%q is not plain", source)
		}
	}
	for _, source := range mendedSources {
		if plainBody(source) != nil {
			t.Errorf("%q is plain", source)
		}
	}
}

// BenchmarkParseBody parses a page's worth of prose, as plain HTML and by package html.
func BenchmarkParseBody(b *testing.B) {
	source := strings.Repeat("<h2 id=\"a\">Rivers &amp; seas</h2>\n<p class=\"wide\">Rivers wander <em>slowly</em> towards <a href=\"https://a.example/sea?a=1&amp;b=2\">the sea</a>, and nobody hurries them.</p>\n", 60)
	for name, parse := range map[string]func(string) (*html.Node, error){"plain": ParseBody, "html": mendedBody} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(source)))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := parse(source); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
