package dom

import (
	"strings"
	"testing"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// parse returns the body of a piece of HTML.
func parse(t *testing.T, source string) *html.Node {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(source))
	if err != nil {
		t.Fatal(err)
	}
	return First(doc, Named(atom.Body))
}

func TestBelowGoesInDocumentOrder(t *testing.T) {
	t.Parallel()
	body := parse(t, `<p>a<b>c<i>d</i></b>e</p><hr><p></p>f`)
	var got []string
	for n := range Below(body) {
		got = append(got, n.Data)
	}
	if s := strings.Join(got, " "); s != "p a b c i d e hr p f" {
		t.Errorf("got %s", s)
	}
	for n := range Below(First(body, Named(atom.I))) {
		if n.Data != "d" {
			t.Errorf("%s is not below", n.Data)
		}
	}
}

func TestChangesKeepTheOrder(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change func(b *html.Node)
		want   string
	}{
		"detached":  {Detach, `<p>a<i>d</i></p>`},
		"replaced":  {func(b *html.Node) { Replace(b, TextNode("x"), Elem(atom.Hr)) }, `<p>ax<hr/><i>d</i></p>`},
		"unwrapped": {Unwrap, `<p>abc<i>d</i></p>`},
		"renamed":   {func(b *html.Node) { Rename(b, atom.U) }, `<p>a<u>bc</u><i>d</i></p>`},
		"emptied":   {func(b *html.Node) { Take(b) }, `<p>a<b></b><i>d</i></p>`},
		"moved":     {func(b *html.Node) { MoveInto(b.NextSibling, b) }, `<p>a<b></b><i>dbc</i></p>`},
	} {
		body := parse(t, `<p>a<b>bc</b><i>d</i></p>`)
		if c.change(First(body, Named(atom.B))); InnerHTML(body) != c.want {
			t.Errorf("%s: %s, want %s", name, InnerHTML(body), c.want)
		}
	}
	alone := Elem(atom.P)
	Detach(alone)
	Replace(alone, Elem(atom.Hr))
	Unwrap(alone)
}

func TestEmptyShowsNothing(t *testing.T) {
	t.Parallel()
	for source, want := range map[string]bool{
		``: true, `<p> <b></b><br></p>`: true, `<a href="/x"></a>`: true, `<p>x</p>`: false, `<p><img></p>`: false, `<hr>`: false, `<iframe src="/x"></iframe>`: false,
	} {
		if got := Empty(parse(t, source)); got != want {
			t.Errorf("%s: %t", source, got)
		}
	}
	if Empty(Elem(atom.P, Math{TeX: "x"}.Node())) {
		t.Error("a formula shows something")
	}
}

func TestNeutralElementsAreReadAsMade(t *testing.T) {
	t.Parallel()
	e := Embed{Kind: "youtube", ID: "x", URL: "https://x.example/", Title: "A & B", Start: "3"}
	if got, ok := EmbedOf(e.Node()); !ok || got != e {
		t.Errorf("%+v, not %+v", got, e)
	}
	for _, m := range []Math{{TeX: "a<b"}, {TeX: "x", Block: true}} {
		if got, ok := MathOf(m.Node()); !ok || got != m || IsBlock(m.Node()) != m.Block {
			t.Errorf("%+v, not %+v", got, m)
		}
	}
	ref, isRef := NoteRefOf(NoteRef("n"))
	note, isNote := NoteOf(Note("n"))
	if ref != "n" || note != "n" || !isRef || !isNote || !IsMore(More()) {
		t.Error("a note or a mark is not read as made")
	}
	if _, ok := EmbedOf(parse(t, `<p>`)); ok {
		t.Error("a body is no embed")
	}
}

func TestAttributesAndText(t *testing.T) {
	t.Parallel()
	body := parse(t, `<p class="a  b">See <a href="#x">this</a>, <a href=" /y ">that
 one</a></p>`)
	p := First(body, Class("b", "c"))
	if p == nil || HasClass(p, "ab") || Words(p) != "See this, that one" || WordsOf(p, Named(atom.A)) != "this" {
		t.Errorf("words %q", Words(body))
	}
	if got := strings.Join(Hrefs(body), " "); got != "/y" {
		t.Errorf("links lead to %q", got)
	}
	SetAttr(p, "class", "c")
	SetAttr(p, "id", "d")
	DelAttr(p, "class")
	if Attr(p, "class") != "" || Attr(p, "id") != "d" || len(p.Attr) != 1 {
		t.Errorf("attributes %v", p.Attr)
	}
}

// TestSparse reports tables that a grid suits from those that it would blow up.
func TestSparse(t *testing.T) {
	t.Parallel()
	row := func(cell string, n int) string { return "<tr>" + strings.Repeat(cell, n) + "</tr>" }
	for name, c := range map[string]struct {
		rows string
		want bool
	}{
		"small and ragged":           {strings.Repeat(row("<td>a", 1), 40) + row("<td>b", 20), false},
		"full":                       {strings.Repeat(row("<td>a", 9), 900), false},
		"a wide row last":            {strings.Repeat(row("<td>a", 1), 200) + row("<td>b", 200), true},
		"a wide row first":           {row("<td>b", 200) + strings.Repeat(row("<td>a", 1), 200), true},
		"one row in a body each":     {"<tbody>" + strings.Repeat(row("<td>a", 1), 200) + "<tbody>" + row("<td>b", 200), true},
		"a staircase of spans":       {strings.Repeat("<tr><td rowspan=65534>a<td>b", 200), true},
		"spans that end":             {strings.Repeat("<tr><td rowspan=2>a<td>b<tr><td>c", 200), false},
		"spans across":               {strings.Repeat("<tr><td colspan=9>a", 900) + row("<td>b", 9), true},
		"spans across, filled":       {strings.Repeat("<tr><td colspan=4>a<td>b", 900) + row("<td>b", 5), false},
		"no rows":                    {"", false},
		"tables within do not count": {strings.Repeat("<tr><td>a<td><table>"+row("<td>b", 99)+"</table>", 99), false},
	} {
		root, err := html.Parse(strings.NewReader("<table>" + c.rows + "</table>"))
		if err != nil {
			t.Fatal(err)
		}
		for n := range root.Descendants() {
			if n.Data == "table" {
				if got := TableOf(n).Sparse(); got != c.want {
					t.Errorf("%s: %v", name, got)
				}
				break
			}
		}
	}
}
