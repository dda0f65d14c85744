package proof

import (
	"slices"
	"strings"
	"testing"
	"time"

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

// Things that stand side by side are one finding only where the same became of them.
func TestFindingsOfNeighbours(t *testing.T) {
	t.Parallel()
	p := New(Style{Generator: Hugo})
	p.Trace()
	p.Source(bodyOf(t, `<p>Sow the peas.</p><p><img src="pea.png" alt="A pea"> Pick often.</p><p>Rest.</p>`))
	p.Page([]byte("Sow the peas.\n\nRest.\n"))
	var got []string
	for _, f := range p.Findings() {
		got = append(got, f.Name()+": "+f.What)
	}
	if want := []string{"picture lost: pea.png", "words lost: Pick often."}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// A long text that is lost is found in time that grows in step with it.
func TestLongFinding(t *testing.T) {
	t.Parallel()
	const words = 200_000
	p := New(Style{Generator: Hugo})
	p.Trace()
	p.Source(bodyOf(t, "<p>Sow.</p><p>"+strings.Repeat("pea ", words)+"</p><p>Rest.</p>"))
	start := time.Now()
	p.Page([]byte("Sow.\n\nRest.\n"))
	if all := p.Findings(); len(all) != 1 || all[0].What != strings.TrimSpace(strings.Repeat("pea ", words)) {
		t.Errorf("%d findings", len(all))
	}
	if took := time.Since(start); took > 10*time.Second { // which word by word is a minute
		t.Errorf("it took %v", took)
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
