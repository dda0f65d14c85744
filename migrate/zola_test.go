package migrate_test

import (
	"fmt"
	"html"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	xhtml "golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate/clean"
	"replant/migrate/dom"
	"replant/migrate/markdown"
	"replant/migrate/site"
	"replant/migrate/site/sitetest"
)

// marks are what Zola's shortcode grammar is made of, whole and in parts, among what
// Markdown and HTML stumble over.
var marks = []string{
	"{{ a() }}", `{{ a(b="`, `") }}`, "{{ a(b=1, c=[true, 'x']) }}", "{% a() %}", "{% end %}", "{{/* a() */}}", "{%/* a() */%}", "{%/* end */%}",
	"${{ always() }}", "{{{ a() }}}", "{{ a(b='", "') }}", "{{ a(b=`", "`) }}", "{{", "}}", "{%", "%}", "{", "}", "/*", "*/", "(", ")", "=", ",", "[", "]",
	"a", "b_1", "end", "true", "-1.5", "\"", "'", "`", "``", " ", " ", "\n", "\n\n", "\\", "|", "<", ">", "&", "&amp;", "$", "*", "_", "~~", "#", "<!-- more -->", "{# x #}", "日本",
}

// mixture is a random text of marks that shows something at both ends.
func mixture(r *rand.Rand) string {
	var b strings.Builder
	for range 1 + r.IntN(12) {
		b.WriteString(marks[r.IntN(len(marks))])
	}
	return "x" + b.String() + "x"
}

// randomBlock is HTML that shows mixtures, in prose and code.
func randomBlock(r *rand.Rand, depth int) string {
	line := func() string {
		text := html.EscapeString(mixture(r))
		if r.IntN(2) == 0 {
			return "<code>" + text + "</code>"
		}
		return text
	}
	switch n := r.IntN(9); {
	case n == 0 && depth < 3:
		return "<blockquote>" + randomBlock(r, depth+1) + randomBlock(r, depth+1) + "</blockquote>"
	case n == 1 && depth < 3:
		return "<ul><li>" + line() + "</li><li><p>" + line() + "</p>" + randomBlock(r, depth+1) + "</li></ul>"
	case n == 2 && depth < 3:
		return "<ol><li>" + randomBlock(r, depth+1) + "</li></ol>"
	case n == 3:
		return "<table><tr><th>" + line() + "</th><th>" + line() + "</th></tr><tr><td>" + line() + "</td><td>" + line() + "</td></tr></table>"
	case n == 4:
		return "<h2>" + line() + "</h2>"
	case n < 7:
		return `<pre><code class="language-jinja2">` + html.EscapeString(mixture(r)) + "</code></pre>"
	}
	return "<p>" + line() + " " + line() + " " + line() + "</p>"
}

// What looks like a template, in whatever stands around it and across all of it, comes
// out of the real Zola as a reader of the source saw it.
func TestZolaShowsTemplatesAsText(t *testing.T) {
	t.Parallel()
	sitetest.Zola(t)
	tree := t.TempDir()
	target := site.Zola()
	converter := markdown.New(markdown.Style{HTML: true, Code: target.Code, Embed: func(dom.Embed) string { return "" }})
	want := map[string]string{}
	posts := uint64(800)
	if testing.Short() {
		posts = 100
	}
	for seed := range posts {
		r := rand.New(rand.NewPCG(22, seed))
		var source strings.Builder
		for range 3 + r.IntN(6) {
			source.WriteString(randomBlock(r, 0))
		}
		neutral := parseBody(t, source.String())
		clean.Decide(neutral)
		body, err := converter.Convert(neutral)
		if err != nil {
			t.Fatal(err)
		}
		name := fmt.Sprint("p", seed)
		want["/"+name+"/"] = source.String()
		page := fmt.Sprintf("---\ntitle: \"%s\"\n---\n\n%s", name, body)
		put(t, filepath.Join(tree, "content", name+".md"), page)
	}
	pages, _ := sitetest.BuildZola(t, tree)
	for address, source := range want {
		wantText, wantCode := seen(parseBody(t, source))
		text, code := seen(parseBody(t, pages[address].Body))
		if text != wantText {
			t.Errorf("%s shows\n%s\nof\n%s", address, text, wantText)
		}
		if !slices.Equal(code, wantCode) {
			t.Errorf("%s shows code\n%q\nof\n%q", address, code, wantCode)
		}
	}
}

// seen gives all text of a page, white space folded, and its blocks of code to the letter.
func seen(body *xhtml.Node) (text string, code []string) {
	for n := range body.Descendants() {
		if n.DataAtom == atom.Pre {
			code = append(code, strings.TrimSuffix(dom.Text(n), "\n"))
		}
	}
	return strings.Join(strings.Fields(spaced(body)), " "), code
}

// spaced gives the text of a tree with a space at both ends of each element but the
// code spans and such.
func spaced(n *xhtml.Node) string {
	if n.Type == xhtml.TextNode {
		return n.Data
	}
	var b strings.Builder
	for c := range n.ChildNodes() {
		b.WriteString(spaced(c))
	}
	if n.DataAtom == atom.Code || n.DataAtom == atom.Span {
		return b.String()
	}
	return " " + b.String() + " "
}

func parseBody(t *testing.T, source string) *xhtml.Node {
	t.Helper()
	body := &xhtml.Node{Type: xhtml.ElementNode, Data: "body", DataAtom: atom.Body}
	nodes, err := xhtml.ParseFragment(strings.NewReader(source), body)
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range nodes {
		body.AppendChild(n)
	}
	return body
}

func put(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}
