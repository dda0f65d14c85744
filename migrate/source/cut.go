package source

import (
	"fmt"
	"io"

	"replant/migrate/blog"
)

// headMost is within how many bytes a feed must show that it is one.
const headMost = 1 << 20

// newCutter recognises the format: JSON by its first byte, XML by its root element,
// however much junk stands before it.
func newCutter(r io.Reader, named string) (cutter, error) {
	r, enc, err := unicodeReader(r, named)
	if err != nil {
		return nil, err
	}
	w := &window{r: r, most: headMost}
	for c, ok := w.next(); ok; c, ok = w.next() {
		switch {
		case c == '{' && w.object():
			return newJSONCutter(w, enc)
		case c == '<':
			return newXMLCutter(w, enc)
		}
		w.pos++
	}
	switch {
	case !eof(w.err):
		return nil, fmt.Errorf("reading the feed: %w", w.err)
	case blog.IsBlank(string(w.buf[:w.pos])):
		return nil, notFeed("this is empty")
	}
	return nil, notFeed("this is text, not a feed")
}

// object tells whether the brace that comes next begins an object of JSON: one in a
// text that stands before a feed does not.
func (w *window) object() bool {
	for n := 1; ; n++ {
		for w.pos+n >= len(w.buf) {
			if !w.fill() {
				return false
			}
		}
		switch w.buf[w.pos+n] {
		case ' ', '\t', '\r', '\n':
		default:
			return w.buf[w.pos+n] == '"' || w.buf[w.pos+n] == '}'
		}
	}
}

// newXMLCutter finds the root element of a feed.
func newXMLCutter(w *window, enc *pieces) (cutter, error) {
	w.drop()
	c := &xmlCutter{scanner: scanner{w}, encoding: enc}
	for {
		t, ok := c.tag()
		switch {
		case !ok && !eof(w.err):
			return nil, fmt.Errorf("reading the feed: %w", w.err)
		case !ok:
			return nil, notFeed("this is XML or HTML, not a feed")
		case t.end:
		case isRoot(t):
			c.root(t)
			return c, nil
		case others[t.local()] != "":
			return nil, notFeed(others[t.local()])
		case t.local() == "html" || t.local() == "head" || t.local() == "body":
			return nil, webPage(w)
		}
	}
}

// isRoot tells whether a tag begins a feed.
func isRoot(t tag) bool { return t.local() == "rss" || t.local() == "rdf" || t.local() == "feed" }

// others are the roots of documents that people take for feeds.
var others = map[string]string{
	"opml":         "this is a list of feeds (OPML), not a feed",
	"urlset":       "this is a sitemap, not a feed",
	"sitemapindex": "this is a sitemap, not a feed",
}
