package source

import (
	"strings"
	"testing"
)

func TestItemsCanBeLeftEarly(t *testing.T) {
	t.Parallel()
	f, err := Open(strings.NewReader(`<rss><channel><item><title>a</title></item><item><title>b</title></item></channel></rss>`), nil)
	if err != nil {
		t.Fatal(err)
	}
	var titles []string
	for range 3 {
		for item, err := range f.Items() {
			if err != nil {
				t.Fatal(err)
			}
			titles = append(titles, item.Post.Title)
			break
		}
	}
	if got := strings.Join(titles, " "); got != "a b" {
		t.Errorf("titles %q", got)
	}
}

// TestHashOfAnItem holds that the hash follows what a page is made from, and nothing
// else.
func TestHashOfAnItem(t *testing.T) {
	t.Parallel()
	hash := func(item string) string {
		t.Helper()
		f, err := Open(strings.NewReader(`<rss><channel>`+item+`</channel></rss>`), nil)
		if err != nil {
			t.Fatal(err)
		}
		i, err := f.sight(nil)
		if err != nil {
			t.Fatal(err)
		}
		return i.Hash
	}
	base := hash(`<item><title>a</title><link>https://a.example/</link><description>b</description><category>c</category></item>`)
	for _, s := range []string{
		`<title>Another head</title><item>` + "\n\t" + `<title> a </title><link>https://a.example/</link> <description>b</description><category>c</category></item>`,
		`<item><category>c</category><description><![CDATA[b]]></description><link>https://a.example/</link><title>a</title></item>`,
	} {
		if hash(s) != base {
			t.Errorf("another hash for %s", s)
		}
	}
	for _, s := range []string{
		`<item><title>A</title><link>https://a.example/</link><description>b</description><category>c</category></item>`,
		`<item><title>a</title><link>https://a.example/</link><description>b2</description><category>c</category></item>`,
		`<item><title>a</title><link>https://a.example/</link><description>b</description><category>c</category><category>d</category></item>`,
		`<item><title>a</title><link>https://a.example/</link><description>b</description><category>c</category><pubDate>2024-01-01</pubDate></item>`,
	} {
		if hash(s) == base {
			t.Errorf("the same hash for %s", s)
		}
	}
}
