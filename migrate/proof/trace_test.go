package proof

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

func bodyOf(t *testing.T, source string) *html.Node {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(source))
	if err != nil {
		t.Fatal(err)
	}
	for n := range doc.Descendants() {
		if n.Data == "body" {
			return n
		}
	}
	t.Fatal("no body")
	return nil
}

// A finding says where its thing stands in the source, and where the page would have it.
func TestFindingsHavePlaces(t *testing.T) {
	t.Parallel()
	p := New(Style{Generator: Hugo})
	p.Trace()
	p.Source(bodyOf(t, `<p>Sow the peas in March. Water them well.</p><p>Then wait.</p><p><img src="pea.png" alt="A pea"></p>`))
	report := p.Page([]byte("Sow the peas in March.\n\nThen wait now.\n"))
	if len(report) == 0 {
		t.Fatal("nothing was lost")
	}
	want := []Finding{
		{Lost, Words, "Water them well.", Place{"Sow the peas in March.", "Water them well.", "Then wait."}, Place{"Sow the peas in March.", "", "Then wait now."}},
		{Lost, Words, "wait.", Place{"the peas in March. Water them well. Then", "wait.", ""}, Place{"Sow the peas in March. Then", "", "wait now."}},
		{Lost, Pictures, "pea.png", Place{"peas in March. Water them well. Then wait.", "pea.png", ""}, Place{"Sow the peas in March. Then", "", "wait now."}},
		{Added, Words, "wait now.", Place{}, Place{"Sow the peas in March. Then", "wait now.", ""}},
	}
	if got := p.Findings(); !slices.Equal(got, want) {
		t.Errorf("got\n%+v\nwant\n%+v", got, want)
	}
	if p.Page([]byte("Sow the peas in March. Water them well.\n\nThen wait.\n\n![A pea](pea.png)\n")); len(p.Findings()) > 0 {
		t.Errorf("nothing is lost, and yet: %+v", p.Findings())
	}
}

// What the proof reads of a page is what it shows.
func TestShow(t *testing.T) {
	t.Parallel()
	body, err := Show(Style{Generator: Hugo}, []byte("# Peas\n\n{{< youtube abc >}}\n\nA *note*[^1].\n\n[^1]: Here.\n"))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	if err := html.Render(&b, body); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"<h1 id=\"\">Peas</h1>", `<replant-embed url="youtube abc">`, "<em>note</em>", `<replant-note-ref name="1">`} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("no %s in %s", want, b.String())
		}
	}
}
