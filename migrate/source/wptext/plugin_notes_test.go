package wptext

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// TestPluginNotes makes footnotes of what plug-ins have where the mark is to be.
func TestPluginNotes(t *testing.T) {
	t.Parallel()
	mark := func(n int) string {
		return fmt.Sprintf(`<sup><a href="#plugin-note-%d" id="plugin-mark-%d-1">%d</a></sup>`, n, n, n)
	}
	list := func(notes ...string) string {
		var b strings.Builder
		for i, n := range notes {
			fmt.Fprintf(&b, `<li id="plugin-note-%d">%s <a href="#plugin-mark-%d-1">↩︎</a></li>`, i+1, n, i+1)
		}
		return "<ol>" + b.String() + "</ol>"
	}
	for _, c := range []struct{ name, text, want string }{
		{"Modern Footnotes", "The riders[mfn]We never knew their <em>names</em>.[/mfn] left.", "<p>The riders" + mark(1) + " left.</p>" + list("We never knew their <em>names</em>.")},
		{"Easy Footnotes", "One[efn_note]Two[/efn_note] three[efn_note]Four[/efn_note].", "<p>One" + mark(1) + " three" + mark(2) + ".</p>" + list("Two", "Four")},
		{"Simple Footnotes", "One[ref]Two[/ref] [footnote]Three[/footnote][fn]Four[/fn]", "<p>One" + mark(1) + " " + mark(2) + mark(3) + "</p>" + list("Two", "Three", "Four")},
		{"a note in a line", "One[note]Two[/note] <em>x</em> [note]Three[/note]", "<p>One" + mark(1) + " <em>x</em> " + mark(2) + "</p>" + list("Two", "Three")},
		{"elements of MediaWiki", `One<ref>Two</ref><ref name="a">Three</ref>`, "<p>One" + mark(1) + mark(2) + "</p>" + list("Two", "Three")},
		{"a list of its own", "One[mfn]Two[/mfn]\n\n[footnotes]", "<p>One" + mark(1) + "</p>" + list("Two")},
		{"a shortcode in a note", "One[mfn]Two [[gallery]] [caption]x[/caption][/mfn]", "<p>One" + mark(1) + "</p>" + list("Two [gallery] x")},
		{"paragraphs in a note", "One[mfn]Two\n\nThree[/mfn]", "<p>One" + mark(1) + "</p>" + list("<p>Two</p><p>Three</p>")},
		{"in blocks", "<!-- wp:paragraph -->\n<p>One[mfn]Two[/mfn]</p>\n<!-- /wp:paragraph -->", "<p>One" + mark(1) + "</p>" + list("Two")},
		{"two parentheses", "One ((We never knew (all of) them.)) and ((see below)).", "<p>One" + mark(1) + " and" + mark(2) + ".</p>" + list("We never knew (all of) them.", "see below")},
		{"two parentheses with a link", `One((<a href="b">b</a> there)) <code>$((a b. ))</code>`, "<p>One" + mark(1) + " <code>$((a b. ))</code></p>" + list(`<a href="b">b</a> there`)},
		{"a parenthesis at the end of a note", "One ((Two three (four).)) five ((Six seven (eight)))", "<p>One" + mark(1) + " five" + mark(2) + "</p>" + list("Two three (four).", "Six seven (eight)")},
		{"FD Footnotes", "One[1. Two <em>three</em>.] four [2. Five [six].], <code>b[3. c]</code>.", "<p>One" + mark(1) + " four" + mark(2) + ", <code>b[3. c]</code>.</p>" + list("Two <em>three</em>.", "Five [six].")},
		{"numbers in brackets", "An array [1. 2] and [2. two] and [10. ten].", "<p>An array [1. 2] and [2. two] and [10. ten].</p>"},
		{"parentheses in prose", "((a) and (b)) are, one ((or two)) too.", "<p>((a) and (b)) are, one ((or two)) too.</p>"},
		{"arithmetic", "Write $((a + b)) or ((i++)) or ((See what happens. Now.))", "<p>Write $((a + b)) or ((i++)) or ((See what happens. Now.))</p>"},
		{"Lisp", "Say ((lambda (x) (+ x 1)) 2) to it. ((It is a note, is it not.))", "<p>Say ((lambda (x) (+ x 1)) 2) to it. ((It is a note, is it not.))</p>"},
		{"marks without a note", "A [ref] and [note] and [footnotes]", "<p>A [ref] and [note] and [footnotes]</p>"},
		{"in code", "<code>[mfn]x[/mfn] ((A note, it seems.))</code>", "<p><code>[mfn]x[/mfn] ((A note, it seems.))</code></p>"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got, losses := HTML(Readable(c.text), shelf)
			if got = seen(t, got); got != c.want || len(losses) > 0 {
				t.Errorf("%s\n got %s\nwant %s\nlosses %q", c.text, got, c.want, losses)
			}
		})
	}
}

// TestNoteOfTheSameName gives each mark of a note its way back.
func TestNoteOfTheSameName(t *testing.T) {
	t.Parallel()
	got, _ := HTML(`One[ref name="a"]Two[/ref] three[ref name="a"/] four[ref name="a"][/ref][ref name="b"/]`, shelf)
	want := `<p>One<sup><a href="#plugin-note-1" id="plugin-mark-1-1">1</a></sup> three<sup><a href="#plugin-note-1" id="plugin-mark-1-2">1</a></sup> four<sup><a href="#plugin-note-1" id="plugin-mark-1-3">1</a></sup>[ref name=&#34;b&#34;/]</p>` +
		`<ol><li id="plugin-note-1">Two <a href="#plugin-mark-1-1">↩︎</a> <a href="#plugin-mark-1-2">↩︎</a> <a href="#plugin-mark-1-3">↩︎</a></li></ol>`
	if got = seen(t, got); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// TestBoxesAreNoNotes leaves a box of that name alone.
func TestBoxesAreNoNotes(t *testing.T) {
	t.Parallel()
	got, losses := HTML("One.\n\n[note]A box.[/note]\n\n<p>[note]Another.[/note]</p>", shelf)
	if want := []string{"the shortcode [note] is left as text"}; strings.Contains(got, "<sup>") || !slices.Equal(losses, want) {
		t.Errorf("%s: %q", got, losses)
	}
}
