package source

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf8"

	"replant/migrate/feedscan"
)

// FuzzOpen reads any bytes as a feed, at once and in halves: neither panics or hangs,
// and both have the same result.
func FuzzOpen(f *testing.F) {
	seed(f, "../../testdata/feed/*.*")
	f.Fuzz(func(t *testing.T, source []byte) {
		if fast, slow := hashes(Open(bytes.NewReader(source), nil)), hashes(Open(slowly(source, iotest.HalfReader), nil)); fast != slow {
			t.Errorf("at once:\n%s\nin halves:\n%s", fast, slow)
		}
	})
}

// hashes reads a feed to its end, and returns the hash of each item and each error.
func hashes(f *Feed, err error) string {
	if err != nil {
		return err.Error()
	}
	var b strings.Builder
	for item, err := range f.Items() {
		if err != nil {
			fmt.Fprintln(&b, err)
			continue
		}
		_, err := item.Parse()
		fmt.Fprintln(&b, item.Hash, item.Post.Slug, err)
	}
	return b.String()
}

func seed(f *testing.F, pattern string) {
	f.Helper()
	names, err := filepath.Glob(pattern)
	if err != nil || len(names) == 0 {
		f.Fatalf("no seeds: %v", err)
	}
	for _, name := range names {
		b, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
}

// FuzzCut cuts a whole feed at any byte: all items before that are read as they are in
// the whole feed, no other is, and the feed is not taken for whole.
func FuzzCut(f *testing.F) {
	for i := range uint(4) {
		f.Add(uint8(i), uint(300)<<i, "A title", "<p>Words &amp; more</p>", "<pre></item>\n<item><![CDATA[x]]></pre>")
		f.Add(uint8(i), uint(77)<<i, "]]>", "<!-- x", "{\"items\":[{}]}")
	}
	f.Fuzz(func(t *testing.T, form uint8, at uint, title, one, two string) {
		if !utf8.ValidString(title+one+two) || strings.ContainsAny(title+one+two, "\x00\x1b") {
			t.Skip("not what is cut here")
		}
		if feedEnd.MatchString(one) || feedEnd.MatchString(two) || strings.Contains(one+two, "</rss") || strings.Contains(one+two, "</feed") {
			t.Skip("a text that ends as a feed does cannot be told from the end of one")
		}
		w := writers[int(form)%len(writers)]
		head, items, tail := w.head, []string{w.item(1, title, one), w.item(2, title, two), w.item(3, title, one+two)}, w.tail
		whole := head + strings.Join(items, w.between) + tail
		end := len(head) + int(at%uint(len(whole)-len(head))) //nolint:gosec // less than the length of a string
		want, _ := fingerprints(whole)
		if len(want) != len(items) {
			t.Fatalf("the whole feed has %d items\n%s", len(want), whole)
		}
		n, offset := 0, len(head)
		for _, item := range items {
			if offset += len(item); offset > end {
				break
			}
			offset += len(w.between)
			n++
		}
		got, err := fingerprints(whole[:end])
		if !slices.Equal(got, want[:n]) || !errors.Is(err, feedscan.ErrTruncated) {
			t.Errorf("%d items of %d, %v\n%s", len(got), n, err, whole[:end])
		}
	})
}

// writers write feeds in each form.
// feedEnd is the end of a feed, behind which another may begin.
var feedEnd = regexp.MustCompile(`(?i)</(?:[\w.-]+:)?(?:rss|rdf|feed)\s*>\s*$`)

var writers = []struct {
	head, between, tail string
	item                func(n int, title, body string) string
}{
	{"<rss><channel><title>t</title>", "\n", "</channel></rss>", func(n int, title, body string) string {
		return "<item><title>" + html.EscapeString(title) + "</title><guid>" + strconv.Itoa(n) + "</guid><description>" + section(body) + "</description></item>"
	}},
	{"<rss><channel><title>t</title>", "", "</channel></rss>", func(n int, title, body string) string {
		return "<item><guid>" + strconv.Itoa(n) + "</guid><title>" + section(title) + "</title><description>" + html.EscapeString(body) + "</description></item>"
	}},
	{`<feed xmlns="http://www.w3.org/2005/Atom"><title>t</title>`, " ", "</feed>", func(n int, title, body string) string {
		return "<entry><id>" + strconv.Itoa(n) + "</id><title>" + html.EscapeString(title) + `</title><content type="html">` + section(body) + "</content></entry>"
	}},
	{`{"version":"https://jsonfeed.org/version/1.1","items":[`, ",", "]}", func(n int, title, body string) string {
		return `{"id":` + strconv.Itoa(n) + `,"title":` + inJSON(title) + `,"content_html":` + inJSON(body) + "}"
	}},
}

func section(s string) string {
	return "<![CDATA[" + strings.ReplaceAll(s, "]]>", "]]]]><![CDATA[>") + "]]>"
}

func inJSON(s string) string {
	b, _ := json.Marshal(s)
	return string(b)
}

// fingerprints reads a feed and returns the hashes of its items, and the last error.
func fingerprints(source string) (hashes []string, last error) {
	f, err := Open(strings.NewReader(source), nil)
	if err != nil {
		return nil, err
	}
	for item, err := range f.Items() {
		if err != nil {
			last = err
			continue
		}
		hashes = append(hashes, item.Hash)
	}
	return hashes, last
}
