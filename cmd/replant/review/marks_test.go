package review

import (
	"strings"
	"testing"

	"replant/migrate"
	"replant/migrate/dom"
)

// Both frames mark what is lost where it stands, or would.
func TestMarks(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		source     string
		place      migrate.Place
		want, gone string
	}{
		{"<p>Sow the peas in <b>Mar</b>ch. Sow the beans.</p>", migrate.Place{Before: "Sow the", Text: "peas in March.", Behind: "Sow the beans."},
			`<p>Sow the <mark class="loss" id="loss-1">peas in</mark> <b><mark class="loss">Mar</mark></b><mark class="loss">ch</mark>. Sow the beans.</p>`, ""},
		{"<p>no no no yes no</p>", migrate.Place{Before: "yes", Text: "no"}, `<p>no no no yes <mark class="loss" id="loss-1">no</mark></p>`, ""},
		{"<p>One, two.</p><p>Four.</p>", migrate.Place{Before: "One, two.", Behind: "Four."}, `<p>One, two.<ins class="gap" id="loss-1">lost</ins></p><p>Four.</p>`, ""},
		{`<p><a data-at="https://a.example/x">x</a></p>`, migrate.Place{Text: "https://a.example/x"}, `<p><a data-at="https://a.example/x" class="loss" id="loss-1">x</a></p>`, ""},
		{"<p>ÄRGER und Straße</p>", migrate.Place{Before: "ärger und", Text: "STRASSE"}, `<p>ÄRGER und<ins class="gap" id="loss-1">lost</ins> Straße</p>`, ""},
		{"<p>Words.</p>", migrate.Place{}, `<p>Words.</p>`, "gone"},
		{"", migrate.Place{Before: "One", Behind: "two"}, `<ins class="gap" id="loss-1">lost</ins>`, ""},
	} {
		body, err := dom.ParseBody(c.source)
		if err != nil {
			t.Fatal(err)
		}
		s := newSheet(body)
		if s.find(c.place, false, 1, "lost") == (c.gone != "") {
			t.Errorf("%s: found or not", c.source)
		}
		s.write()
		if got, err := rendered(body); err != nil || got != c.want {
			t.Errorf("%s: got\n%s\nwant\n%s", c.source, got, c.want)
		}
	}
}

// What was left out of the source on purpose is struck through there, unless the page shows it all
// the same.
func TestLeftOutIsStruckThrough(t *testing.T) {
	t.Parallel()
	g := newGarden(t)
	g.write("letter", "A letter", `<p>Dear reader, the beans are up.</p><p>The post <a href="https://garden.example/letter">A letter</a> appeared first on <a href="https://garden.example/">Garden</a>.</p>`+
		`<img src="https://pixel.wp.com/b.gif?host=garden.example" width="1" height="1">`)
	d := shows(t, g.book(), "A letter")
	for _, want := range []string{
		`<mark class="left" title="left out: the feed&#39;s own last words">The post</mark>`, `class="box left"`, `title="left out: a counter"`,
	} {
		if !strings.Contains(d.Source, want) {
			t.Errorf("no %s in %s", want, d.Source)
		}
	}
	if strings.Contains(d.Page, "left") || !strings.Contains(d.Source, "<p>Dear reader, the beans are up.</p>") {
		t.Errorf("the page shows %s, the source %s", d.Page, d.Source)
	}
}
