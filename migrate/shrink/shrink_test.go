package shrink

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"replant/migrate/proof"
)

// soup is a post of four paragraphs.
const soup = `Boil two litres of water in a large pot and salt it well.

Cut the carrots, the leek and the celery into small pieces; an onion, too, if there is one.

Let all of it cook for half an hour on a small flame, and stir it now and then.

Serve it hot, with bread that is a day old, and with a little parsley on top of it.`

const block = "Just a moment… Enable JavaScript and cookies to continue. Ray ID: 8f1c0ad94e2b77aa"

func read(markdown string) proof.Text { return proof.New(proof.Style{}).Read([]byte(markdown)) }

func TestFind(t *testing.T) {
	t.Parallel()
	paragraphs := strings.Split(soup, "\n\n")
	pictures := "![](a.png)\n\n![](b.png)\n\n![](c.png)\n\n![](d.png)"
	for _, c := range []struct {
		name, last, fresh string
		facts             Facts
		want              Reason
	}{
		{"the same", soup, soup, Facts{}, Edit},
		{"longer", paragraphs[0], soup, Facts{}, Edit},
		{"one paragraph less", soup, strings.Join(paragraphs[1:], "\n\n"), Facts{}, Edit},
		{"the last paragraph less", soup, strings.Join(paragraphs[:3], "\n\n"), Facts{}, Edit},
		{"two paragraphs less", soup, paragraphs[1] + "\n\n" + paragraphs[3], Facts{}, Edit},
		{"a sentence less in the middle", soup, strings.Replace(soup, "; an onion, too, if there is one", "", 1), Facts{}, Edit},
		{"half of it written anew", soup, strings.Join(paragraphs[:2], "\n\n") + "\n\nThen leave the kitchen and come back when the clock has struck one.", Facts{}, Edit},
		{"all of it written anew", soup, strings.Repeat("Nothing here is what it was before. ", 8), Facts{}, Edit},
		{"a note of a few words", "Coming soon: a soup.", "Here it is.", Facts{}, Edit},
		{"other markup", soup, "> **" + strings.ReplaceAll(soup, "\n\n", "**\n>\n> **") + "**", Facts{}, Edit},
		{"a picture less", soup + "\n\n![](a.png)", soup, Facts{}, Edit},
		{"dots that were there", "Wait for it and then wait some more...", "Wait for it and then wait some more...", Facts{}, Edit},

		{"empty", soup, "", Facts{}, Empty},
		{"a word, empty", "Soup.", "", Facts{}, Empty},
		{"dots alone", soup, "…", Facts{}, Empty},
		{"a teaser with dots", soup, paragraphs[0] + " Cut the carrots, the leek … […]", Facts{}, Beginning},
		{"a teaser and a link", soup, paragraphs[0] + " Cut the carrots, the leek and the celery… [Continue reading Soup](x)", Facts{}, Beginning},
		{"cut off in a word", soup, soup[:197], Facts{}, Beginning},
		{"cut off near the end", soup, soup[:len(soup)-30], Facts{}, Beginning},
		{"the first paragraph", soup, paragraphs[0], Facts{}, Beginning},
		{"an excerpt by its marks", soup, strings.Join(paragraphs[1:3], "\n\n"), Facts{Excerpt: true}, Excerpt},
		{"an excerpt from the middle", soup, paragraphs[2], Facts{}, Less},
		{"a summary in other words", soup, "How my grandmother makes the soup of every winter.", Facts{}, Less},
		{"the summary that the page had", soup, "How my grandmother makes the soup that she has made every winter since she was a child in the mountains",
			Facts{Summary: proof.Plain("How my grandmother makes the soup that she has made every winter since she was a child in the mountains")}, Summary},
		{"a block page", soup, block, Facts{}, Blocked},
		{"a longer block page", "Soup is good.", block, Facts{}, Blocked},
		{"a post about it", block + " That is what my server says.", block + " So does my server.", Facts{}, Edit},
		{"pictures alone", pictures, "![](a.png)", Facts{}, Less},
		{"a picture of several", pictures, "![](a.png)\n\n![](b.png)\n\n![](c.png)", Facts{}, Edit},
		{"a text without spaces", "水を沸かして塩を入れます。野菜を小さく切ります。三十分ほど弱火で煮ます。熱いうちに出します。", "水を沸かして塩を入れます。野菜を小さ", Facts{}, Beginning},
	} {
		if got := Find(read(c.last), read(c.fresh), c.facts); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// Of any text, every beginning that ends in dots and every quarter is less, and the whole
// is not, nor is what is added to it.
func TestFindOfAnyText(t *testing.T) {
	t.Parallel()
	for range 300 {
		n := 40 + rand.IntN(400)
		all := make([]string, n)
		for i := range all {
			all[i] = fmt.Sprint("w", rand.IntN(n), []string{"", "", "", ",", ".", "!", "\n\n"}[rand.IntN(7)])
		}
		whole := strings.Join(all, " ")
		from := rand.IntN(n * 3 / 4)
		for what, c := range map[string]struct {
			fresh string
			less  bool
		}{
			"itself":           {whole, false},
			"itself and more":  {whole + " And more.", false},
			"more and itself":  {"And more.\n\n" + whole, false},
			"an opening":       {strings.Join(all[:1+rand.IntN(n*9/10)], " ") + " …", true},
			"a quarter of it":  {strings.Join(all[from:from+n/4], " "), true},
			"none of it":       {"\n", true},
			"all but a little": {strings.Join(all[n/10:], " "), false},
		} {
			got := Find(read(whole), read(c.fresh), Facts{})
			if (got != Edit) != c.less {
				t.Fatalf("%s is %q:\n%s\n\n%s", what, got, whole, c.fresh)
			}
		}
	}
}

func TestKey(t *testing.T) {
	t.Parallel()
	again := strings.Replace(block, "8f1c0ad94e2b77aa", "91b2c3d4e5f60718", 1)
	if Key(read(block)) != Key(read(again)) || Key(read(block)) == 0 {
		t.Errorf("one block page has the keys %x and %x", Key(read(block)), Key(read(again)))
	}
	for _, pair := range [][2]string{
		{"This is part 1 of 7 parts.", "This is part 2 of 7 parts."},
		{"The picture of the day.\n\n![](a.png)", "The picture of the day.\n\n![](b.png)"},
	} {
		if Key(read(pair[0])) == Key(read(pair[1])) {
			t.Errorf("%q has the key of %q", pair[0], pair[1])
		}
	}
	if key := Key(read("Coming soon.")); key != 0 {
		t.Errorf("two words have the key %x", key)
	}
}
