package source

import (
	"encoding/xml"
	"strings"
	"testing"

	"replant/migrate/blog"
	"replant/migrate/clean"
	"replant/migrate/dom"
)

func TestFromXHTML(t *testing.T) {
	t.Parallel()
	for source, want := range map[string]string{
		`<x:div><x:p>a<x:br/>b</x:p></x:div>`:                                                     "<p>a<br>b</p>",
		`<div xmlns="http://www.w3.org/1999/xhtml"><i class="icon"/>a &amp; &lt;b&gt;</div>`:      `<i class="icon"></i>a &amp; &lt;b&gt;`,
		`<div><a href="?a=1&amp;b=2" xml:lang="de" xlink:href="c">d</a></div>`:                    `<a href="?a=1&amp;b=2" lang="de" xlink:href="c">d</a>`,
		`<div><![CDATA[<b>]]></div>`:                                                              "&lt;b&gt;",
		`<div><m:math xmlns:m="http://www.w3.org/1998/Math/MathML"><m:mi>x</m:mi></m:math></div>`: "<math><mi>x</mi></math>",
		`<div><o:p>kept</o:p></div>`:                                                              "<o:p>kept</o:p>",
		`<div><script>a && b</script></div>`:                                                      "",
		`<p>no div around</p><p>of both</p>`:                                                      "<p>no div around</p><p>of both</p>",
		`<div><div>inner</div></div>`:                                                             "<div>inner</div>",
		`<div>a</div> tail <div>b</div>`:                                                          "a tail <div>b</div>",
		`<div><script>a &amp;&amp; b</script>c`:                                                   "<script>a && b</script>c",
	} {
		if got, _ := fromXHTML(source); want != "" && got != want {
			t.Errorf("%s\n got %s\nwant %s", source, got, want)
		}
	}
}

// FuzzXHTML asks that no text of XHTML is lost.
func FuzzXHTML(f *testing.F) {
	f.Add(`<x:div><x:p>a<x:br/>b</x:p><i/>c &amp; d</x:div>`)
	f.Fuzz(func(t *testing.T, source string) {
		got, ok := fromXHTML(source)
		if !ok || strings.ContainsAny(source, "!?\r\x00") {
			return
		}
		d := xml.NewDecoder(strings.NewReader(source))
		d.Strict, d.Entity = false, xml.HTMLEntity
		words := ""
		for tok, err := d.RawToken(); err == nil; tok, err = d.RawToken() {
			switch tok := tok.(type) {
			case xml.CharData:
				words += string(tok)
			case xml.StartElement:
				if !blog.WordSet("div p i b em br code")[tok.Name.Local] || len(tok.Attr) > 0 {
					return // HTML may have rules of its own for it
				}
			}
		}
		letters := func(s string) string {
			return strings.Map(func(r rune) rune {
				if blog.IsAlphanumeric(r) {
					return r
				}
				return -1
			}, s)
		}
		if seen := letters(dom.Text(clean.Fragment(got))); len(seen) != len(letters(words)) {
			t.Errorf("%q became %q, which shows %q", source, got, seen)
		}
	})
}
