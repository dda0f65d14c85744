package clean

import (
	"strings"
	"testing"

	"replant/migrate/blog"
	"replant/migrate/dom"
)

// prepared returns a body as [Prepare] leaves it, without styles.
func prepared(t *testing.T, source string) string {
	t.Helper()
	body, err := Parse(source)
	if err != nil {
		t.Fatal(err)
	}
	Prepare(body, &blog.Post{})
	for n := range dom.Below(body) {
		dom.DelAttr(n, "style")
	}
	return strings.NewReplacer("<span>", "", "</span>", "").Replace(dom.InnerHTML(body))
}

func TestStyleDecidesEmphasis(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ source, want string }{
		"Google Docs": {`<b style="font-weight:normal;" id="docs-internal-guid-1a2b"><p dir="ltr"><span style="font-weight:400">Bees are </span><span style="font-weight:700;font-style:normal">soft</span><span style="font-weight:400;font-style:italic">, wax.</span></p></b>`,
			`<p dir="ltr">Bees are <strong>soft</strong><em>, wax.</em></p>`},
		"Google Docs, two paragraphs": {`<b style="font-weight:normal" id="docs-internal-guid-1"><p>A <i>b</i>.</p><p>C.</p></b>`, `<p>A <i>b</i>.</p><p>C.</p>`},
		"Word":                        {`<p class="MsoNormal"><b style="mso-bidi-font-weight:normal">Bold</b> <span style="mso-bidi-font-weight:bold;mso-ansi-font-style:italic">plain</span></p>`, `<p class="MsoNormal"><b>Bold</b> plain</p>`},
		"Outlook":                     {`<div style="font-size:12pt"><span style="FONT-WEIGHT: BOLD">From:</span> Ida</div>`, `<div><strong>From:</strong> Ida</div>`},
		"Blogger":                     {`<div><span style="font-family: arial; font-weight: bold;">Q: <i>Who?</i></span> <b><span style="font-weight: normal;">We</span></b></div>`, `<div><strong>Q: <i>Who?</i></strong> We</div>`},
		"numbers":                     {`<p><span style="font-weight:600">a</span> <span style="font-weight:500">b</span> <span style="font-weight:800 !important">c</span></p>`, `<p><strong>a</strong> b <strong>c</strong></p>`},
		"within bold":                 {`<p><b>one <span style="font-weight:normal">two</span> three</b></p>`, `<p><strong>one </strong>two<strong> three</strong></p>`},
		"italic taken back":           {`<p><em style="font-style:normal">a</em> <i style="font-style:normal;font-weight:bold">b</i></p>`, `<p>a <strong>b</strong></p>`},
		"struck":                      {`<p><span style="text-decoration: line-through">a</span> <span style="text-decoration-line:underline line-through">b</span> <s style="text-decoration:none">c</s> <u style="text-decoration:none">d</u></p>`, `<p><del>a b</del> c d</p>`},
		"struck stays":                {`<p style="text-decoration:line-through">a <span style="text-decoration:none">b</span></p>`, `<p><del>a b</del></p>`},
		"all at once":                 {`<p style="font:italic bold 12px/30px Georgia, serif">a</p>`, `<p><em><strong>a</strong></em></p>`},
		"a type resets":               {`<p><b><span style="font: 12px Arial">a</span></b></p>`, `<p>a</p>`},
		"blocks":                      {`<div style="font-weight:bold"><p>a <a href="/x">b</a></p><ul><li>c</li></ul>d<br>e</div>`, `<div><p><strong>a <a href="/x">b</a></strong></p><ul><li><strong>c</strong></li></ul><strong>d</strong><br/><strong>e</strong></div>`},
		"around a picture":            {`<p><span style="font-weight:bold"><img src="a.png"> b</span></p>`, `<p><strong><img src="a.png"/> b</strong></p>`},
		"an id stays":                 {`<p><b id="x" style="font-weight:400">a</b></p>`, `<p><span id="x">a</p>`},
	} {
		if got := prepared(t, c.source); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", name, got, c.want)
		}
	}
}

// What a style says elsewhere, or says of what looks so anyway, changes nothing.
func TestStyleChangesNothing(t *testing.T) {
	t.Parallel()
	for _, source := range []string{
		`<h2 style="font-weight:bold;font-style:italic">Types</h2><h3><span style="font-weight:700">Of hives</span></h3><h4 style="font-weight:normal"><b>x</b></h4>`,
		`<table><tbody><tr><th style="font-weight:bold">a</th><td>b</td></tr></tbody></table>`,
		`<figure><img src="a.png"/><figcaption style="font-style:italic">a</figcaption></figure>`,
		`<pre style="font-weight:bold"><span style="font-weight:bold">def</span> x</pre>`,
		`<p><code style="font-weight:bold">x</code> <span style="font-weight:bold"><code>y</code></span></p>`,
		`<div style="font-family:Consolas,monospace;white-space:pre;font-weight:normal"><div><span style="font-weight:bold">if</span> a</div></div>`,
		`<p><b style="color:red">a</b> <i style="font-size:12px">b</i> <b style="font-weight:bold">c</b> <b style="font-weight:inherit">d</b></p>`,
		`<p style="color:red;font-weight:var(--x)">a</p>`,
		`<p><span style="font-weight:bold"> </span>a<span style="font-weight:bold"></span></p>`,
	} {
		if got := prepared(t, source); got != prepared(t, unstyled(t, source)) {
			t.Errorf("%s became %s", source, got)
		}
	}
}

// unstyled returns a source without styles.
func unstyled(t *testing.T, source string) string {
	t.Helper()
	body := Fragment(source)
	for n := range dom.Below(body) {
		dom.DelAttr(n, "style")
	}
	return dom.InnerHTML(body)
}
