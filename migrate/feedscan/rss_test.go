package feedscan

import (
	"reflect"
	"strings"
	"testing"

	ext "github.com/mmcdole/gofeed/extensions"
)

// openings are what stands around items: as programs write it, with other prefixes, and with a
// namespace of its own for all.
var openings = []struct{ around, closing string }{
	{
		`<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/" ` +
			`xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:wp="http://wordpress.org/export/1.2/"><channel>`,
		"</channel></rss>",
	},
	{`<rss xmlns:c="http://purl.org/rss/1.0/modules/content/" xmlns:content="https://a.example" xmlns:rss="http://purl.org/rss/1.0/"><channel>`, "</channel></rss>"},
	{`<rss xmlns="https://a.example" xmlns:dc="https://a.example" xmlns:content=""><channel>`, "</channel></rss>"},
	{`<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">`, "</rdf:RDF>"},
	{`<rss><channel><other>`, "</other></channel></rss>"},
}

// What the reader of RSS understands it reads as gofeed does.
func FuzzRSSReader(f *testing.F) {
	for _, item := range []string{
		"<title>A &amp; b</title><link>https://a.example/?a=1&amp;b=2</link><pubDate>Tue, 25 Nov 2025 16:07:56 +0000</pubDate><description> &lt;p&gt;c&lt;/p&gt; </description>",
		`<title><![CDATA[ A & b ]]></title><guid isPermaLink="false">a</guid><guid>b</guid><link href='c'/><link>d</link><link href="e"></link>`,
		"<content:encoded><![CDATA[<p>a</p>]]></content:encoded><encoded>b</encoded><c:encoded>c</c:encoded><content:Encoded>d</content:Encoded>",
		"<content:encoded>a <![CDATA[b]]> &lt;c<![CDATA[]]> </content:encoded><excerpt:encoded><![CDATA[ d ]]>e</excerpt:encoded>",
		`<wp:postmeta> <wp:meta_key>a</wp:meta_key>b<wp:meta_value><![CDATA[c]]></wp:meta_value>&#100; </wp:postmeta><wp:status>draft</wp:status>`,
		`<content:encoded>&lt;img src="https://a.example/b.png"&gt;</content:encoded>`,
		`<media:group a="&quot;1" b='2'><media:content url="https://a.example/b.png" medium="image"/><media:content medium="image" url="c"></media:content></media:group>`,
		`<media:content url="https://a.example/b.png" type="image/png"><media:title type="plain">a</media:title></media:content>`,
		`<enclosure url="https://a.example/b.mp3" length="1" type="audio/mpeg"/><enclosure url="c" type="image/png"></enclosure><source url="a">b</source><comments>c</comments>`,
		`<category domain="a" nicename="b"><![CDATA[c]]></category><category>d</category><author>a@b.example (C)</author><Category>E</Category><PubDate>x</PubDate>`,
		"<dc:creator>a</dc:creator><dc:creator>b</dc:creator><dc:date>2025-11-25T16:07:56Z</dc:date><dc:subject>c</dc:subject><dc:description>d</dc:description>",
		`<itunes:author>a</itunes:author><itunes:image href="b"/><itunes:keywords>c,d</itunes:keywords><itunes:summary>e</itunes:summary><itunes:duration>1</itunes:duration>`,
		"<atom:link rel='canonical' href='a'/><atom:updated>2025-11-25T16:07:56Z</atom:updated><atom:author><atom:name>a</atom:name></atom:author><atom:content>b</atom:content>",
		"<other>a</other><Other>b</Other><x:y>c</x:y><rss:title>d</rss:title><xml:a>e</xml:a>",
		"<title>a<b>c</b></title>", "<!-- a --><title>b</title>", "a<title>b</title>", "<title>a</title >", "<title >a</title>", "<title\n>a</title>", `<title a = "b">c</title>`,
		`<title xmlns="a">b</title>`, `<title xmlns:b="a">b</title>`, `<a:b:c>d</a:b:c>`, `<title a=b>c</title>`, `<title a="<">c</title>`, `<title/><link/>`, `<title a="b"c="d">e</title>`,
		"<title>&#8217;&#x2019;&#X2019;&#13;&#10;&#160;&#127;&apos;&nbsp;&copy=2;</title><x:y> &#160;&#x20;&#10;a\u00a0</x:y>", "<title>\u00a0a\u3000</title><x:y a='\u00a0&#10;'>\u00a0a\u3000</x:y>",
		"<title>a</title></item><item><title>b</title>", "<title>a", "<title>a</link>", "<x:y><x:z><x:y>a</x:y></x:z></x:y>", strings.Repeat("<x:y>", 12) + strings.Repeat("</x:y>", 12),
		"<xmlns:a>b</xmlns:a>", "<é>b</é>", "<-a>b</-a>", "<a.b>c</a.b>", "<a:>b</a:>", "<:a>b</:a>", "<title><![CDATA[a]]>&lt;</title>", "<title>&lt;<![CDATA[a]]></title>",
	} {
		for i := range openings {
			f.Add(item, i)
		}
	}
	f.Fuzz(func(t *testing.T, text string, opening int) {
		o := openings[uint(opening)%uint(len(openings))]
		item := tidy([]byte("<item>"+strings.ToValidUTF8(text, "")+"</item>"), nil)
		var r rssReader
		got, ok := r.read([]byte(o.around), item, []byte(o.closing))
		if !ok {
			return
		}
		want, err := parseWhole([]byte(o.around), item, []byte(o.closing), false)
		if err != nil {
			t.Fatalf("%q: gofeed does not understand it: %v", item, err)
		}
		for _, e := range []*Entry{got, want} {
			e.PublishedParsed, e.RSS.PubDateParsed = nil, nil
			withoutEmpty(e.Extensions)
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%q in %s\n%+v %+v\n%+v %+v", item, o.around, got.Item, got.RSS, want.Item, want.RSS)
		}
		again, ok := r.read([]byte(o.around), item, []byte(o.closing))
		if !ok || !reflect.DeepEqual(again.RSS, got.RSS) {
			t.Errorf("%q is read another way the second time: %+v, %+v", item, again, got.RSS)
		}
	})
}

// withoutEmpty makes nothing of empty maps, which say as much.
func withoutEmpty(all ext.Extensions) {
	for _, elements := range all {
		for _, each := range elements {
			withoutEmptyIn(each)
		}
	}
}

func withoutEmptyIn(elements []ext.Extension) {
	for i := range elements {
		e := &elements[i]
		if len(e.Attrs) == 0 {
			e.Attrs = nil
		}
		if len(e.Children) == 0 {
			e.Children = nil
		}
		for _, inner := range e.Children {
			withoutEmptyIn(inner)
		}
	}
}

// Items as the programs of platforms write them need no parser of XML.
func TestUsualItemsAreReadAtOnce(t *testing.T) {
	t.Parallel()
	var r rssReader
	for _, item := range []string{
		`<title>A &amp; b</title><dc:creator>Ada</dc:creator><pubDate>Tue, 25 Nov 2025 16:07:56 +0000</pubDate><description>&lt;p&gt;it&#39;s&lt;/p&gt;</description>`,
		"\n\t<title><![CDATA[A]]></title>\n\t<content:encoded><![CDATA[<p>b</p>]]></content:encoded>\n<excerpt:encoded><![CDATA[]]></excerpt:encoded>\n",
		`<guid isPermaLink="false">a</guid><enclosure url="b" length="1" type="c"/><media:content url="d" medium="image"><media:title>e</media:title></media:content>`,
		`<wp:postmeta><wp:meta_key><![CDATA[a]]></wp:meta_key><wp:meta_value><![CDATA[b]]></wp:meta_value></wp:postmeta><category domain="category" nicename="a">b</category>`,
	} {
		if _, ok := r.read([]byte(openings[0].around), []byte("<item>"+item+"</item>"), []byte(openings[0].closing)); !ok {
			t.Errorf("%s is left to gofeed", item)
		}
	}
}
