package assets

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

// rect is something that draws.
const rect = `<rect width="1" height="1"/>`

func TestHarmlessSVGStaysAsItIs(t *testing.T) {
	t.Parallel()
	for _, svg := range []string{
		`<svg/>`,
		`<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd"><svg/>`,
		"\ufeff<svg xmlns='http://www.w3.org/2000/svg'  width = '2'><!-- <script> -->\n" + rect + "</svg>\n",
		`<s:svg xmlns:s="http://www.w3.org/2000/svg" xmlns:only="urn:x"><s:path d="M0 0"/></s:svg>`,
		`<svg xmlns:xlink="http://www.w3.org/1999/xlink"><a xlink:href="https://a.example/"><text>on javascript: &lt;script&gt;</text></a></svg>`,
		`<svg><image href="data:image/png;base64,AAAA"/><use href="#a"/></svg>`,
		`<svg><linearGradient id="a"><stop stop-color="rgb(1,2,3)"/></linearGradient><rect fill="url(#a)" filter="url('#f')" transform="rotate(3 4 5)"/></svg>`,
		`<svg><style>@media (min-width:1px){a:not(.b){fill:url(#a)}}</style><style><![CDATA[a>b{content:"\201C"; fill:RED}/* @import "x" */]]></style></svg>`,
		`<svg><style>@font-face{font-family:x;src:url(data:font/woff2;base64,AA) format("woff2")}</style>` + rect + `</svg>`,
		`<svg><filter id="f"><feGaussianBlur in="SourceGraphic" stdDeviation="2"/><feImage href="#a"/></filter></svg>`,
		`<svg><circle r="1"><animate attributeName="r" values="1;2" dur="1s" repeatCount="indefinite"/></circle></svg>`,
		`<svg><text unicode="(" aria-label="f(x)" data-x="y" xml:space="preserve">f(x) @import "a"</text></svg>`,
	} {
		clean, changed, err := cleanSVG([]byte(svg))
		if err != nil || changed || string(clean) != svg {
			t.Errorf("%s: %t, %v\n%s", svg, changed, err, clean)
		}
	}
}

// TestSVGIsCleaned says of each thing that acts, or calls home, what is left of it.
func TestSVGIsCleaned(t *testing.T) {
	t.Parallel()
	for inner, want := range map[string]string{
		`<script>1</script>`:                                              ``,
		`<script href="https://e.example/x.js"/>`:                         ``,
		`<g onclick="1" id="a"/>`:                                         `<g id="a"/>`,
		`<g xmlns:h="urn:h" h:onclick="1"/>`:                              `<g/>`,
		`<g OnLoad="1"/>`:                                                 `<g/>`,
		`<set attributeName="onmouseover" to="alert(1)"/>`:                ``,
		`<animate attributeName="href" values="#a;javascript:1"/>`:        ``,
		`<animate attributeName="xlink:href" to="https://e.example/"/>`:   ``,
		`<set attributeName="style" to="fill:url(https://e.example/)"/>`:  ``,
		`<set attributeName="fill" to="url(https://e.example/a.svg#b)"/>`: `<set attributeName="fill" to="none"/>`,
		`<use href="data:image/svg+xml;base64,PHN2Zz4=#x"/>`:              ``,
		`<use href="https://e.example/a.svg#b"/>`:                         ``,
		`<use xlink:href=" #b"/>`:                                         `<use xlink:href=" #b"/>`,
		`<image href="https://e.example/pixel.png"/>`:                     ``,
		`<image href="//e.example/pixel.png"/>`:                           ``,
		`<image href="pixel.png"/>`:                                       ``,
		`<image href="data:image/svg+xml,x"/>`:                            ``,
		`<filter><feImage href="https://e.example/"/></filter>`:           `<filter><feImage/></filter>`,
		`<a href="javascript:1"><g/></a>`:                                 `<a><g/></a>`,
		`<a xlink:href="java&#9;script:1"><g/></a>`:                       `<a><g/></a>`,
		`<a href="data:text/html,x"/>`:                                    `<a/>`,
		`<h:form xmlns:h="http://www.w3.org/1999/xhtml" action="https://e.example/"><h:input/>text</h:form>`:       ``,
		`<h:meta xmlns:h="http://www.w3.org/1999/xhtml" http-equiv="refresh" content="0;url=https://e.example/"/>`: ``,
		`<h:link xmlns:h="http://www.w3.org/1999/xhtml" rel="stylesheet" href="https://e.example/"/>`:              ``,
		`<h:base xmlns:h="http://www.w3.org/1999/xhtml" href="https://e.example/"/>`:                               ``,
		`<h:frame xmlns:h="http://www.w3.org/1999/xhtml" src="https://e.example/"/>`:                               ``,
		`<h:img xmlns:h="http://www.w3.org/1999/xhtml" src="x" onerror="1"/>`:                                      ``,
		`<h:style xmlns:h="http://www.w3.org/1999/xhtml">@import "https://e.example/"</h:style>`:                   ``,
		`<iframe src="https://e.example/"/>`:                                                                       ``,
		`<handler xmlns:ev="http://www.w3.org/2001/xml-events" ev:event="load">1</handler>`:                        ``,
		`<foreignObject/>`: ``,
		`<metadata><x:y xmlns:x="urn:x">z</x:y></metadata>`:                        ``,
		`<style>@import "https://e.example/";a{fill:red}</style>`:                  `<style>a{fill:red}</style>`,
		`<style>@IMPORT url(https://e.example/;x) print;b{}</style>`:               `<style>b{}</style>`,
		`<style>@/**/import "x";a{fill:url( "https://e.example/" )}</style>`:       `<style>a{fill:none}</style>`,
		`<style>a{background:image-set("https://e.example/" 1x, url(#b))}</style>`: `<style>a{background:none}</style>`,
		`<style>a{fill:u\72l(https://e.example/)}</style>`:                         `<style/>`,
		`<style>@\69mport "https://e.example/"</style>`:                            `<style/>`,
		`<style>a{fill:url(https://e.example/'x)}</style>`:                         `<style/>`,
		`<style>a{b:"</style>`: `<style/>`,
		`<style>@font-face{src:url(https://e.example/f.woff)}</style>`:   `<style>@font-face{src:none}</style>`,
		`<style type="text/less">a{}</style>`:                            `<style>a{}</style>`,
		`<style>a<g/>{}</style>`:                                         `<style>a{}</style>`,
		`<g style="fill:url(https://e.example/#a);stroke:red"/>`:         `<g style="fill:none;stroke:red"/>`,
		`<g fill="url(https://e.example/a.svg#b)" mask="url(#m)"/>`:      `<g fill="none" mask="url(#m)"/>`,
		`<g cursor="u\72l(x)"/>`:                                         `<g/>`,
		`<g style="width:expression(alert(1))"/>`:                        `<g style="width:none"/>`,
		`<g xml:base="https://e.example/" xml:lang="de"/>`:               `<g xml:lang="de"/>`,
		`<?xml-stylesheet href="https://e.example/"?>`:                   ``,
		`<g id="a" id="b"/>`:                                             `<g id="a"/>`,
		`<text class="&quot;&lt;&#10;" onload="1">a&lt;b &amp; c</text>`: `<text class="&#34;&lt;&#xA;">a&lt;b &amp; c</text>`,
	} {
		clean, changed, err := cleanSVG([]byte(`<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" onload="1">` + inner + rect + `</svg>`))
		got := strings.TrimPrefix(string(clean), `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">`)
		if err != nil || !changed || got != want+rect+`</svg>` {
			t.Errorf("%s: %t, %v\ngot  %s\nwant %s", inner, changed, err, got, want+rect+`</svg>`)
		}
	}
}

func TestSVGThatCannotBeCleanedIsRefused(t *testing.T) {
	t.Parallel()
	for svg, why := range map[string]string{
		`<svg><script>1</script></svg>`:                                                                                   "shows nothing without its script element",
		`<svg onload="1"/>`:                                                                                               "shows nothing without its onload attribute",
		`<svg><image href="https://e.example/"/></svg>`:                                                                   "shows nothing without its href attribute",
		`<svg>` + rect + `<foreignObject><body/></foreignObject></svg>`:                                                   "foreignObject element",
		`<svg>` + rect + `<foreignObject>text</foreignObject></svg>`:                                                      "foreignObject element",
		`<!DOCTYPE svg [<!ENTITY x "<script>1</script>">]><svg>&x;</svg>`:                                                 "SVG: ",
		`<!DOCTYPE svg [<!ENTITY a "1"><!ENTITY b "&a;&a;">]><svg>&b;</svg>`:                                              "SVG: ",
		`<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]><svg>&a;</svg>`:                                          "SVG: ",
		`<!DOCTYPE svg [<!ENTITY a "` + strings.Repeat("x", 999) + `">]><svg>` + strings.Repeat("&a;", 20_000) + `</svg>`: "entities that are too large",
		`<svg>&undefined;</svg>`:                                                                                          "SVG: ",
		`<svg><`:                                                                                                          "SVG: ",
		`<svg><g></svg>`:                                                                                                  "SVG: ",
		`<svg/><svg/>`:                                                                                                    "root other than svg",
		`<html><svg/></html>`:                                                                                             "root other than svg",
		`<h:svg xmlns:h="http://www.w3.org/1999/xhtml"/>`:                                                                 "root other than svg",
		`<svg/>text`: "text around it",
		``:           "without an svg element",
		`<?xml version="1.0" encoding="utf-7"?><svg>+ADw-script+AD4-</svg>`: "SVG: ",
		`<svg>` + strings.Repeat("<g>", 5000):                               "nested too deep",
	} {
		if _, _, err := cleanSVG([]byte(svg)); err == nil || !strings.Contains(err.Error(), why) {
			t.Errorf("%.80s: got %v, want %s", svg, err, why)
		}
	}
	tooLarge := fstest.MapFS{"a": {Data: []byte(`<svg xmlns="http://www.w3.org/2000/svg">` + strings.Repeat(" ", svgMost) + "</svg>")}}
	if _, _, err := inspect(tooLarge, "a", &pictures); err == nil || err.Error() != "SVG of over 16 MB" {
		t.Errorf("a large one: %v", err)
	}
}

// Drawing programs declare texts as entities, and files come in all encodings: what is
// written is UTF-8, and needs neither.
func TestSVGIsWrittenPlainly(t *testing.T) {
	t.Parallel()
	for svg, want := range map[string]string{
		`<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.0//EN" "http://www.w3.org/TR/2001/REC-SVG-20010904/DTD/svg10.dtd" [
			<!ENTITY ns_svg "http://www.w3.org/2000/svg"> <!ATTLIST svg onload CDATA "alert(1)">]><svg xmlns="&ns_svg;"><path d="M0"/></svg>`: `<path d="M0"/>`,
		`<?xml version="1.0" encoding="ISO-8859-1"?><svg><text>` + "\xfc" + `</text></svg>`:          `<text>ü</text>`,
		"\ufeff" + `<?xml version="1.0" encoding="Shift_JIS"?><svg><text>ü</text></svg>`:             `<text>ü</text>`,
		`<s:svg xmlns:s="http://www.w3.org/2000/svg"><s:text s:x="1">a</s:text><s:script/></s:svg>`:  `<text>a</text>`,
		`<svg><text><![CDATA[a<b]]></text><sodipodi:namedview xmlns:sodipodi="urn:x"/><g></g></svg>`: `<text>a&lt;b</text><g/>`,
	} {
		clean, changed, err := cleanSVG([]byte(svg))
		want = `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">` + want + `</svg>`
		if err != nil || !changed || string(clean) != want {
			t.Errorf("%s: %t, %v\ngot  %s\nwant %s", svg, changed, err, clean, want)
		}
	}
}

// An asset of a cleaned SVG is what is written: its bytes, their number and their hash.
func TestCleanedSVGIsTheAsset(t *testing.T) {
	t.Parallel()
	files := fstest.MapFS{"a": {Data: []byte(`<svg xmlns="http://www.w3.org/2000/svg" onload="1">` + rect + `</svg>`)}}
	a, ext, err := inspect(files, "a", &pictures)
	if err != nil || ext != ".svg" {
		t.Fatal(ext, err)
	}
	text := content(t, a)
	again, _, err := inspect(fstest.MapFS{"a": {Data: text}}, "a", &pictures)
	if err != nil || again.Hash != a.Hash || a.Size != int64(len(text)) || bytes.Contains(text, []byte("onload")) {
		t.Errorf("%v\n%+v\n%+v\n%s", err, a, again, text)
	}
}

func TestCleaningSVGTakesLinearTime(t *testing.T) {
	t.Parallel()
	for _, n := range []func(int) string{
		func(n int) string {
			return `<svg onload="">` + rect + strings.Repeat(`<g fill="a(b(url(x)" onclick=""/>`, n/32) + `</svg>`
		},
		func(n int) string { return `<svg><style>` + strings.Repeat("a(", n/2) + `</style>` + rect + `</svg>` },
		func(n int) string {
			return `<svg><style>` + strings.Repeat("@x{url('", n/8) + `</style>` + rect + `</svg>`
		},
		func(n int) string { return `<svg><g ` + strings.Repeat(`id="" `, n/6) + `/>` + rect + `</svg>` },
	} {
		took := func(size int) time.Duration {
			text, start := []byte(n(size)), time.Now()
			_, _, _ = cleanSVG(text)
			return time.Since(start)
		}
		took(1 << 14)
		if short, long := took(1<<17), took(1<<19); long > 16*short+200*time.Millisecond {
			t.Errorf("%.40s: %v, and %v for four times as much", n(100), short, long)
		}
	}
}

// FuzzCleanSVG looks at what is left by other means than the cleaning: whatever stays is
// well formed, names nothing outside of itself, and is as it stays.
func FuzzCleanSVG(f *testing.F) {
	f.Add(`<svg xmlns:x="http://www.w3.org/1999/xlink" onload="1"><a x:href="#b"><style>@import "a";b{c:url(#d)}</style></a>` + rect + `</svg>`)
	f.Add(`<!DOCTYPE svg [<!ENTITY a "b">]><svg><text>&a;</text><set attributeName="fill" to="url(x)"/></svg>`)
	f.Add(`<?xml version="1.0" encoding="Shift_JIS"?><svg a:b="" xmlns:a="u"><text/><use href="https://x"/></svg>`)
	f.Fuzz(func(t *testing.T, text string) {
		clean, changed, err := cleanSVG([]byte(text))
		if err != nil {
			return
		}
		again, more, err := cleanSVG(clean)
		if err != nil || more || !bytes.Equal(again, clean) {
			t.Fatalf("%q is cleaned to %q, then to %q: %v", text, clean, again, err)
		}
		if changed {
			inert(t, clean)
		}
	})
}

// inert fails for an SVG that acts or loads something.
func inert(t *testing.T, svg []byte) {
	t.Helper()
	for d := xml.NewDecoder(bytes.NewReader(svg)); ; {
		tok, err := d.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Fatalf("%q: %v", svg, err)
		}
		switch e := tok.(type) {
		case xml.ProcInst, xml.Directive:
			t.Errorf("%q has %v", svg, e)
		case xml.StartElement:
			if e.Name.Space != svgSpace || e.Name.Local == "script" || e.Name.Local == "foreignObject" {
				t.Errorf("%q has %v", svg, e.Name)
			}
			for _, a := range e.Attr {
				if strings.HasPrefix(a.Name.Local, "on") || a.Name.Local == "href" && e.Name.Local == "use" && !strings.HasPrefix(strings.TrimSpace(a.Value), "#") {
					t.Errorf("%q has %v", svg, a)
				}
			}
		}
	}
}

func BenchmarkCleanSVG(b *testing.B) {
	text := []byte(`<svg xmlns="http://www.w3.org/2000/svg" onload="1">` + strings.Repeat(`<path d="M0 0L1 1L2 2" fill="url(#a)"/>`, 5000) + `</svg>`)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		if _, _, err := cleanSVG(text); err != nil {
			b.Fatal(err)
		}
	}
}
