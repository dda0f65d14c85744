package source

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// noted are outlines as they are kept, by their keys.
type noted map[Key][]byte

func (n noted) Outline(of Key) (o Outline, ok bool) {
	text, ok := n[of]
	return o, ok && json.Unmarshal(text, &o) == nil
}

func (n noted) Keep(of Key, made Outline) {
	text, err := json.Marshal(made)
	if err == nil {
		n[of] = text
	}
}

// Whatever becomes of a feed, it is read with the outlines of all that it was before just as
// without any, items that nobody has asked for included.
func TestOutlinesChangeNothing(t *testing.T) {
	t.Parallel()
	rounds := 80
	if testing.Short() {
		rounds = 20
	}
	names, err := filepath.Glob("../../testdata/feed/*")
	if err != nil || len(names) < 40 {
		t.Fatalf("%d feeds, %v", len(names), err)
	}
	for _, name := range names {
		if strings.Contains(name, ".want.") {
			continue
		}
		t.Run(filepath.Base(name), func(t *testing.T) {
			t.Parallel()
			b, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			r := rand.New(rand.NewPCG(uint64(len(b)), 16))
			whole := longer(string(b))
			text, known, spared := whole, noted{}, 0
			for round := range rounds {
				want, got := sightings(text, nil, r), sightings(text, known, r)
				if line := want.differs(got); line != "" {
					t.Fatalf("round %d: %s\n%s", round, line, text)
				}
				spared += got.spared
				if text = changed(text, r); r.IntN(8) == 0 {
					text = whole
				}
			}
			if spared == 0 && strings.Contains(whole, "title") {
				t.Error("all items were read each time")
			}
		})
	}
}

// cut cuts a feed behind its items.
func cut(text string) []string {
	items := strings.SplitAfter(text, "</item>")
	if entries := strings.SplitAfter(text, "</entry>"); len(entries) > len(items) {
		return entries
	}
	return items
}

// longer has the last item of a feed four times, a little different each time.
func longer(text string) string {
	items := cut(text)
	if len(items) < 2 {
		return text
	}
	n := len(items) - 2
	last := items[n][max(0, strings.LastIndex(items[n], "<item"), strings.LastIndex(items[n], "<entry")):]
	for i := range 3 {
		items = slices.Insert(items, n+1, strings.Replace(last, "</title>", fmt.Sprint(" ", i, "</title>"), 1))
	}
	return strings.Join(items, "")
}

// sighted is how a feed was read.
type sighted struct {
	outlines []string // of each item, or its error
	items    []string // empty for those that were not asked for
	left     string
	spared   int // so many items were not read
}

func (s *sighted) differs(o *sighted) string {
	switch {
	case !slices.Equal(s.outlines, o.outlines):
		return fmt.Sprintf("outlines are\n%s\nwant\n%s", strings.Join(o.outlines, "\n"), strings.Join(s.outlines, "\n"))
	case s.left != o.left:
		return "left out: " + o.left + ", want " + s.left
	}
	for i, item := range o.items {
		if item != "" && item != s.items[i] {
			return "an item is\n" + item + "\nwant\n" + s.items[i]
		}
	}
	return ""
}

// sightings reads a feed. Without outlines it asks for all items, else for some.
func sightings(text string, known Outlines, r *rand.Rand) *sighted {
	all := &sighted{}
	f, err := Open(strings.NewReader(text), nil)
	if err != nil {
		all.outlines = append(all.outlines, err.Error())
		return all
	}
	for s, err := range f.Sightings(known) {
		if err != nil {
			all.outlines, all.items = append(all.outlines, err.Error()), append(all.items, "")
			continue
		}
		all.outlines = append(all.outlines, fmt.Sprint(s.Names, s.Published, s.Published.IsZero(), s.Hash, s.Draft, s.Comments, s.Whole))
		if s.item == nil {
			all.spared++
		}
		shown := ""
		if known == nil || r.IntN(4) == 0 {
			i, err := s.Item()
			shown = fmt.Sprintf("%+v %v", i, err)
			if err == nil {
				shown = fmt.Sprintf("%+v %s %s %v %s %v %v", i.Post, i.Hash, i.body, i.base, i.markdown, i.Comments, s.Published)
			}
		}
		all.items = append(all.items, shown)
	}
	for _, what := range slices.Sorted(maps.Keys(f.Left())) {
		all.left += fmt.Sprintf("%s %d ", what, f.Left()[what])
	}
	return all
}

// splinters are put into feeds.
var splinters = []string{
	"</item>", "<item>", "<entry>", "<![CDATA[", "]]>", "<!--", "-->", "\xe9", "é", "\xff\xfe", "&amp;", "&nbsp;", "<wp:comment>", "</wp:comment>", "\"", "{", "}", ",",
	"<link>https://other.example/</link>", "<title>Another</title>", "<guid>7</guid>", " xml:base=\"https://base.example/\"", "word ", "<wp:status>draft</wp:status>",
}

// changed changes a feed somewhere.
func changed(text string, r *rand.Rand) string {
	at := r.IntN(len(text) + 1)
	end := min(len(text), at+r.IntN(40))
	switch r.IntN(8) {
	case 0:
		return text[:at] + text[end:]
	case 1:
		return text[:end] + text[at:]
	case 2, 3, 4:
		return text[:at] + splinters[r.IntN(len(splinters))] + text[at:]
	}
	items := cut(text)
	if len(items) < 3 {
		return text
	}
	i, j := 1+r.IntN(len(items)-2), 1+r.IntN(len(items)-2)
	switch r.IntN(3) {
	case 0:
		items[i], items[j] = items[j], items[i]
	case 1:
		items = slices.Delete(items, i, i+1)
	default:
		items = slices.Insert(items, i, items[j])
	}
	return strings.Join(items, "")
}

// What two feeds have in common to the letter may be two things all the same.
func TestOutlinesAreOfTheirFeeds(t *testing.T) {
	t.Parallel()
	const item = "<item><title>Second</title><link>/second</link><guid isPermaLink=\"false\">2</guid><description>Words</description></item>"
	rss := func(head, first, second string) string {
		return head + "<item><title>First</title><description>" + first + "</description></item>" + second + "</channel></rss>"
	}
	export := func(name, media, second string) string {
		return rss(`<rss version="2.0"><channel><link>https://a.example/</link><wp:wxr_version>1.2</wp:wxr_version><wp:author><wp:author_login>ada</wp:author_login>`+
			`<wp:author_display_name>`+name+`</wp:author_display_name></wp:author>`, "Words", second+media)
	}
	media := func(addr string) string {
		return `<item><title>P</title><wp:post_id>7</wp:post_id><wp:post_type>attachment</wp:post_type><wp:attachment_url>` + addr + `</wp:attachment_url></item>`
	}
	sheet := func(slug string) string {
		return `<item><title>P</title><wp:post_id>7</wp:post_id><wp:post_type>page</wp:post_type><wp:post_name>` + slug + `</wp:post_name></item>`
	}
	const written = `<item><title>Second</title><dc:creator>ada</dc:creator><link>https://a.example/second</link><wp:post_type>post</wp:post_type></item>`
	const covered = `<item><title>Second</title><link>https://a.example/second</link><wp:post_type>post</wp:post_type>` +
		`<wp:postmeta><wp:meta_key>_thumbnail_id</wp:meta_key><wp:meta_value>7</wp:meta_value></wp:postmeta></item>`
	const below = `<item><title>Second</title><link>https://a.example/second</link><wp:post_type>page</wp:post_type><wp:post_parent>7</wp:post_parent></item>`
	const begin = `<rss version="2.0"><channel><link>https://a.example/</link>`
	latin := strings.Replace(item, "Second", "Caf\xe9s", 1)
	const japanese = `<?xml version="1.0" encoding="shift_jis"?>` + begin
	short := strings.Replace(item, "Second", "\xc3\xa9", 1) // in either encoding
	for name, c := range map[string][2]string{
		"where the blog is": {
			rss(begin, "", item), rss(`<rss version="2.0"><channel><link>https://b.example/</link>`, "", item),
		},
		"what is around the items": {
			rss(begin, "", item), rss(`<rss version="2.0" xml:base="https://b.example/"><channel>`, "", item),
		},
		"entities": {
			rss(`<!DOCTYPE rss [<!ENTITY who "Ada">]>`+begin, "", strings.Replace(item, "Second", "&who;", 1)),
			rss(`<!DOCTYPE rss [<!ENTITY who "Bob">]>`+begin, "", strings.Replace(item, "Second", "&who;", 1)),
		},
		"encoding": {
			rss(`<?xml version="1.0" encoding="windows-1252"?>`+begin, "", latin), rss(`<?xml version="1.0" encoding="windows-1251"?>`+begin, "", latin),
		},
		"encoding of what was before": {
			rss(japanese, strings.Repeat("x", 70_000)+"日本語の日本語", short), rss(japanese, strings.Repeat("x", 70_000)+"\x93\xfa\x96{\x8c\xea", short),
		},
		"encoding that an item decides": {
			rss(japanese, strings.Repeat("x", 70_000), strings.Replace(item, "Words", "日本語の日本語", 1)+short),
			rss(japanese, strings.Repeat("x", 70_000), strings.Replace(item, "Words", "\x93\xfa\x96{\x8c\xea", 1)+short),
		},
		"platform": {
			rss(begin, "", strings.Replace(item, ">2<", ">https://a.example/?p=2<", 1)),
			rss(begin, `</description><guid isPermaLink="false">https://a.example/?p=1</guid><description>`, strings.Replace(item, ">2<", ">https://a.example/?p=2<", 1)),
		},
		"authors":      {export("Ada", "", written), export("Ada Lovelace", "", written)},
		"covers":       {export("", media("https://a.example/1.png"), covered), export("", media("https://a.example/2.png"), covered)},
		"pages above":  {export("", sheet("one"), below), export("", sheet("two"), below)},
		"head of JSON": {`{"home_page_url":"https://a.example/","items":[{"id":"1"},{"id":"2","url":"/second"}]}`, `{"home_page_url":"https://b.example/","items":[{"id":"1"},{"id":"2","url":"/second"}]}`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r, known := rand.New(rand.NewPCG(1, 1)), noted{}
			one, two := sightings(c[0], nil, r), sightings(c[1], nil, r)
			if last := len(one.outlines) - 1; last < 1 || one.outlines[last] == two.outlines[last] && one.outlines[1] == two.outlines[1] {
				t.Fatalf("the last item is the same in both: %q %q", one.outlines, two.outlines)
			}
			for range 2 {
				for k, want := range []*sighted{one, two} {
					if line := want.differs(sightings(c[k], known, r)); line != "" {
						t.Error(line)
					}
				}
			}
		})
	}
}
