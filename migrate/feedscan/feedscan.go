// Package feedscan cuts a feed (RSS, RDF, Atom or JSON Feed) into its head and single
// items, however large or damaged it is. Start at [Open].
//
//	bytes -> unicodeReader (gzip, encoding) -> window (bounded) -> scanner (tags)
//	      -> cutter (head and single items) -> tidy -> gofeed, one small document an item
//
// A feed streams: at most one item is held. A broken item costs itself alone, and a feed
// that breaks off still gives every item that was whole.
package feedscan

import (
	"bytes"
	"fmt"
	"io"
	"net/url"

	"replant/migrate/blog"
	"replant/migrate/regex"
)

// headMost is within how many bytes a feed must show that it is one.
const headMost = 1 << 20

// Cutter cuts a feed into its head and single items.
type Cutter interface {
	// Head reads up to the first item.
	Head() (*Head, error)
	// Next returns the next item, and io.EOF behind the last one. A [*BrokenItem] costs
	// that item alone; after any other error there is nothing more.
	Next() (*Entry, error)
}

// Open returns the cutter for a feed, read from r. From is the address of the feed, or
// nil. Named is the encoding that HTTP declared; it counts where the bytes do not declare
// one. For bytes that are no feed the error wraps [ErrNotFeed].
func Open(r io.Reader, from *url.URL, named string) (Cutter, error) {
	c, err := cutterFor(r, named)
	return c, located(err, from)
}

// cutterFor recognises the format: JSON by its first byte, XML by its root element,
// however much junk stands before it.
func cutterFor(r io.Reader, named string) (Cutter, error) {
	r, enc, err := unicodeReader(r, named)
	if err != nil {
		return nil, err
	}
	w := &window{r: r, most: headMost}
	w.fill()
	text, markup := "text", "XML or HTML"
	if bytes.IndexByte(w.buf, 0) >= 0 {
		text, markup = "a binary file", "a binary file" // a picture or a document, whatever marks are in it
	}
	for c, ok := w.next(); ok; c, ok = w.next() {
		switch {
		case c == '{' && w.object():
			return newJSONCutter(w, enc)
		case c == '<':
			return newXMLCutter(w, enc, markup)
		}
		w.pos++
	}
	switch {
	case !eof(w.err):
		return nil, fmt.Errorf("reading the feed: %w", w.err)
	case blog.IsBlank(string(w.buf[:w.pos])):
		return nil, NotFeed("this is empty")
	}
	return nil, NotFeed("this is " + text + ", not a feed")
}

// object reports whether the brace that comes next begins an object of JSON: one in a
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

// newXMLCutter finds the root element of a feed. Without one, the file is called what kind says.
func newXMLCutter(w *window, enc *pieces, kind string) (Cutter, error) {
	w.drop()
	c := &xmlCutter{scanner: scanner{w}, encoding: enc}
	for {
		t, ok := c.tag()
		switch {
		case !ok && !eof(w.err):
			return nil, fmt.Errorf("reading the feed: %w", w.err)
		case !ok:
			return nil, NotFeed("this is " + kind + ", not a feed")
		case t.End:
		case isRoot(t):
			c.root(t)
			return c, nil
		case others[t.Local()] != "":
			return nil, NotFeed(others[t.Local()])
		case t.Local() == "html" || t.Local() == "head" || t.Local() == "body", w.inHead(t.Local()):
			if !w.embedded() {
				return nil, webPage(w)
			}
		}
	}
}

// inHead reports whether a tag is one of the head of a web page. HTML lets the tags around it be
// left out (13.1.2.4); its doctype stands all the same.
func (w *window) inHead(name string) bool {
	switch name {
	case "title", "meta", "link", "script", "style", "base":
		return doctypeHTML().Match(w.buf[w.from:w.pos])
	}
	return false
}

var doctypeHTML = regex.Lazy(`(?i)<!doctype\s+html`)

// atomRoot is the tag of a feed that stands in another document.
var atomRoot = regex.Lazy(`<(?:\w+:)?feed\s[^>]*"http://www\.w3\.org/2005/Atom"`)

// embedded moves to the feed in a page of XHTML, and reports whether there is one.
func (w *window) embedded() bool {
	for w.fill() { // the head of the page, at most headMost
	}
	at := atomRoot().FindIndex(w.buf[w.pos:])
	if at == nil {
		return false
	}
	w.pos += at[0]
	w.drop()
	return true
}

// isRoot reports whether a tag begins a feed.
func isRoot(t Tag) bool { return t.Local() == "rss" || t.Local() == "rdf" || t.Local() == "feed" }

// others are the roots of documents that people take for feeds.
var others = map[string]string{
	"opml":         "this is a list of feeds (OPML), not a feed",
	"urlset":       "this is a sitemap, not a feed",
	"sitemapindex": "this is a sitemap, not a feed",
}
