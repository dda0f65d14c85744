package source

import (
	"fmt"
	"strings"
	"testing"

	"replant/migrate/dom"
)

// What is wrong with one item costs that item at most, and every other one is read.
func TestDamageIsHeld(t *testing.T) {
	t.Parallel()
	const head, tail = `<rss version="2.0"><channel><title>t</title>`, `</channel></rss>`
	item := func(body string) string {
		return `<item><title>b</title><description>` + body + `</description></item>`
	}
	const a, c = `<item><title>a</title><description><![CDATA[<p>one</p>]]></description></item>`,
		`<item><title>c</title><description><![CDATA[<p>three</p>]]></description></item>`
	for name, x := range map[string]struct{ source, want string }{
		"a section that is never closed":      {head + a + item(`<![CDATA[<p>two</p>`) + c + tail, "a:one b:two c:three"},
		"the last section is never closed":    {head + a + c + item(`<![CDATA[<p>two</p>`) + tail, "a:one c:three b:two"},
		"a title's section is never closed":   {head + a + `<item><title><![CDATA[b</title><description><![CDATA[two]]></description></item>` + c + tail, "a:one b:two c:three"},
		"a section in a section":              {head + a + item(`<![CDATA[<p>two <![CDATA[<b>x</b>]]> y</p>]]>`) + c + tail, "a:one b:two x]]> y c:three"},
		"a section that shows items":          {head + a + item(`<![CDATA[<pre></item><item><title>x</title></pre>]]>`) + c + tail, "a:one b:x c:three"},
		"a section that shows sections":       {head + a + item(`<![CDATA[</item><item><title><![CDATA[x]]]]><![CDATA[></title>]]>`) + c + tail, "a:one b:<![CDATA[x]]> c:three"},
		"a section that shows half of one":    {head + a + item(`<![CDATA[<pre></item><item></description><![CDATA[x</pre>]]>`) + c + tail, "a:one b: c:three"},
		"an end of a section on its own":      {head + a + item(`two ]]> x`) + c + tail, "a:one b:two ]]> x c:three"},
		"a comment that is never closed":      {head + a + item(`two <!-- x`) + c + tail, "a:one b:two c:three"},
		"two comments, one never closed":      {head + a + item(`two <!-- x`) + `<!-- y -->` + c + tail, "a:one b:two c:three"},
		"a comment that holds an item":        {head + a + `<!-- ` + item(`two`) + ` -->` + c + tail, "a:one c:three"},
		"an instruction that is never closed": {head + a + item(`two <?php x`) + c + tail, "a:one b:two c:three"},
		"a declaration without its end":       {`<?xml version="1.0">` + head + a + item(`<![CDATA[<?php x ?>two]]>`) + c + tail, "a:one b:two c:three"},
		"an item in an item":                  {head + a + `<item><title>b</title><description>two</description>` + c + `</item>` + tail, "a:one b:two c:three"},
		"an item that is never closed":        {head + a + `<item><title>b</title><description>two</description>` + c + tail, "a:one b:two c:three"},
		"capitals":                            {strings.ToUpper(head + a + c + tail), "A:ONE C:THREE"},
		"ends in other letters":               {head + a + `<Item><Title>b</Title><Description>two</Description></ITEM>` + c + tail, "a:one b:two c:three"},
		"two feeds":                           {head + a + tail + "\n<?xml version='1.0'?>" + head + c + tail, "a:one c:three"},
		"two feeds of two kinds":              {head + a + tail + `<feed><entry><title>c</title><content>three</content></entry></feed>`, "a:one c:three"},
		"text after the feed":                 {head + a + c + tail + "<!-- 0.1 s --> done", "a:one c:three"},
		"text before the feed":                {"\n<br />\n<b>Warning</b>: f() in {closure}: <x.php> on line 3 <br />" + head + a + c + tail, "a:one c:three"},
		"prefixes that nobody declared":       {`<rss><channel><item><title>a</title><dc:creator>x</dc:creator><content:encoded>one</content:encoded></item>` + c + tail, "a:one c:three"},
		"RSS 0.91 in latin capitals":          {`<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/publish/formats/rss-0.91.dtd">` + strings.Replace(head, "2.0", "0.91", 1) + a + c + tail, "a:one c:three"},
		"RSS 1.0":                             {`<rdf:RDF xmlns="http://purl.org/rss/1.0/"><channel><title>t</title><items/></channel>` + a + c + `</rdf:RDF>`, "a:one c:three"},
		"references":                          {head + item(`&nbsp;&#150;&#x93;tw&ouml;&#8221; &#0;&#xFFFE;AT&T &unknown; &`) + tail, "b:–“twö” AT&T &unknown; &"},
		"controls of another age":             {head + item("\u0093two\u0094 \u0085") + tail, "b:“two” …"},
		"entities of its own":                 {`<!DOCTYPE rss [<!ENTITY who "Ada &amp; co"><!ENTITY copy '&#169; &who;'><!ENTITY x SYSTEM "file:///etc/passwd">]>` + head + item(`&who; &copy; &x;`) + tail, "b:Ada & co © &who; &x;"},
	} {
		if got := told(t, x.source); got != x.want {
			t.Errorf("%s:\n got %s\nwant %s", name, got, x.want)
		}
	}
}

// told reads a feed and returns the title and text of each post, and each error.
func told(t *testing.T, source string) string {
	t.Helper()
	f, err := Open(strings.NewReader(source), nil)
	if err != nil {
		return err.Error()
	}
	var all []string
	for item, err := range f.Items() {
		if err != nil {
			all = append(all, err.Error())
			continue
		}
		p, err := item.Parse()
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, fmt.Sprintf("%s:%s", p.Title, strings.Join(strings.Fields(dom.Text(p.Body)), " ")))
	}
	return strings.Join(all, " ")
}

// An entity that grows by its references is a text and no bomb.
func TestEntitiesDoNotExplode(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	b.WriteString(`<!DOCTYPE rss [<!ENTITY a0 "` + strings.Repeat("x", 1<<10) + `">`)
	for i := range 20 {
		fmt.Fprintf(&b, `<!ENTITY a%d "%s">`, i+1, strings.Repeat(fmt.Sprintf("&a%d;", i), 20))
	}
	b.WriteString(`]><rss><channel><item><title>a</title><description>` + strings.Repeat("&a0;&a20;", 10_000) + `</description></item></channel></rss>`)
	f, err := Open(strings.NewReader(b.String()), nil)
	if err != nil {
		t.Fatal(err)
	}
	s, err := f.sight(nil)
	if err != nil || s.item.Size() > 3<<20 {
		t.Errorf("%d bytes, %v", s.item.Size(), err)
	}
}
