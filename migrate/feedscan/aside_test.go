package feedscan

import (
	"reflect"
	"strings"
	"testing"
)

const asideOpening = `<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/"><channel>`

// Bodies that gofeed does not see come out byte for byte as if it had seen them.
func FuzzSetAside(f *testing.F) {
	long := strings.Repeat("A body &amp; its words. ", 20)
	for _, item := range []string{
		"<description>" + long + "</description>",
		"<description>\n <![CDATA[ " + long + "<p> ]]>\n</description>",
		"<content:encoded><![CDATA[" + long + "]]></content:encoded><description>&lt;p&gt;" + long + "&#233;&amp;nbsp;&amp;copy=2;</description>",
		"<content:encoded><![CDATA[" + long + "]]><![CDATA[" + long + "]]></content:encoded>",
		"<content:encoded>" + long + "<![CDATA[" + long + "]]></content:encoded>",
		"<description>" + long + "</description><description>" + long + "</description>",
		"<media:group><description>" + long + "</description></media:group>",
		"<content:encoded xmlns:content='other'>" + long + "</content:encoded>",
		"<description>" + long + "<b>" + long + "</b></description>",
		"<!-- <description>" + long + "</description> --><title>" + long + "</title>",
		"<title><![CDATA[<description>" + long + "</description>]]></title>",
		"<description>" + long,
		"<x:content:encoded>" + long + "</x:content:encoded><encoded>" + long + "</encoded>",
		"<description>\u00a0" + long + "\u00a0</description>",
		"<description>\uE000replant body 0\uE000</description><content:encoded>" + long + "</content:encoded>",
	} {
		f.Add(item)
	}
	f.Fuzz(func(t *testing.T, text string) {
		item := tidy([]byte("<item>"+strings.ToValidUTF8(text, "")+"</item>"), nil)
		got, gotErr := parseItem([]byte(asideOpening), item, []byte("</channel></rss>"), false)
		want, wantErr := parseWhole([]byte(asideOpening), item, []byte("</channel></rss>"), false)
		if (gotErr == nil) != (wantErr == nil) || !reflect.DeepEqual(got, want) {
			t.Errorf("%q\n%+v, %v\n%+v, %v", item, got, gotErr, want, wantErr)
		}
	})
}

func TestLongBodiesAreSetAside(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("word ", 100)
	for item, want := range map[string]int{
		"<description>" + long + "</description><content:encoded> <![CDATA[" + long + "]]> </content:encoded>": 2,
		"<description>short</description>":                    0,
		"<description type='html'>" + long + "</description>": 0,
		"<description><b>" + long + "</b></description>":      0,
	} {
		short, a := setAside([]byte(item))
		if len(a.marks) != want || want > 0 && len(short) > 200 || want == 0 && string(short) != item {
			t.Errorf("%.40s: %d bodies are set aside, %q is left", item, len(a.marks), short)
		}
	}
}

func BenchmarkItem(b *testing.B) {
	item := tidy([]byte("<item><title>Rivers</title><description>"+strings.Repeat("&lt;p&gt;Rivers wander &lt;em&gt;slowly&lt;/em&gt;.&lt;/p&gt;\n", 200)+"</description></item>"), nil)
	b.SetBytes(int64(len(item)))
	b.ReportAllocs()
	for name, parse := range map[string]func(around, item, closing []byte, isAtom bool) (*Entry, error){"aside": parseItem, "whole": parseWhole} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if _, err := parse([]byte(asideOpening), item, []byte("</channel></rss>"), false); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
