package feedscan

import (
	"bytes"
	"errors"
	"net/url"
	"slices"

	"github.com/mmcdole/gofeed"
	"github.com/mmcdole/gofeed/atom"
	"github.com/mmcdole/gofeed/json"
	"github.com/mmcdole/gofeed/rss"

	"replant/migrate/blog"
	"replant/migrate/regex"
)

// Entry is one item as gofeed reads it: in its universal form, and in the form of its
// format, which knows more. Exactly one of RSS, Atom and JSON is not nil.
type Entry struct {
	*gofeed.Item
	RSS  *rss.Item
	Atom *atom.Entry
	JSON *json.Item

	Comments [][]byte     // readers' comments, each an element of its own, where an export has them
	Head     *gofeed.Feed // what the feed says before its first item
	Base     *url.URL     // what an xml:base resolves the body's addresses against; else nil
	LinkBase *url.URL     // the same of the entry's other addresses, which an xml:base of its body does not change
	// XHTML is the content of an Atom entry as it stands in the feed, where its type is xhtml.
	XHTML string
	// Damaged is in how many places the item has bytes that are no characters.
	Damaged int
}

// document is a small feed as gofeed reads it.
type document struct {
	*gofeed.Feed
	rss  *rss.Feed
	atom *atom.Feed
	json *json.Feed
}

// parseItem reads an item, which stands between start tags and end tags.
func parseItem(around, item, closing []byte, isAtom bool) (*Entry, error) {
	if !isAtom {
		if short, a := setAside(item); len(a.marks) > 0 {
			if e, err := parseWhole(around, short, closing, false); err == nil && a.putBack(e) {
				return e, nil
			}
		}
	}
	return parseWhole(around, item, closing, isAtom)
}

func parseWhole(around, item, closing []byte, isAtom bool) (*Entry, error) {
	doc, err := parseOdd(bytes.Join([][]byte{around, item, closing}, nil), isAtom)
	if err == nil && len(doc.Items) == 0 {
		err = errors.New("it holds no item")
	}
	if err != nil {
		return nil, err
	}
	return doc.entry(), nil
}

// rssTranslator does not scan bodies for a picture: the first one of a body is no cover.
var rssTranslator = &gofeed.DefaultRSSTranslator{DisableContentImageScan: true}

// parseXML reads a document of RSS, RDF or Atom.
func parseXML(doc []byte, isAtom bool) (d document, err error) {
	if isAtom {
		if d.atom, err = new(atom.Parser).Parse(bytes.NewReader(doc)); err == nil {
			d.Feed, err = new(gofeed.DefaultAtomTranslator).Translate(d.atom)
		}
		return d, err
	}
	if d.rss, err = new(rss.Parser).Parse(bytes.NewReader(doc)); err == nil {
		d.Feed, err = rssTranslator.Translate(d.rss)
	}
	return d, err
}

// parseJSON reads a document of JSON Feed. gofeed's detection of formats fails on
// long ones; its parser does not.
func parseJSON(doc []byte) (d document, err error) {
	if d.json, err = new(json.Parser).Parse(bytes.NewReader(doc)); err != nil {
		return d, err
	}
	if slices.Contains(d.json.Items, nil) {
		return d, errors.New("it is null") // the translator would not survive it
	}
	withoutNobody(d.json)
	d.Feed, err = new(gofeed.DefaultJSONTranslator).Translate(d.json)
	return d, err
}

// entry returns the first item.
func (d document) entry() *Entry {
	e := &Entry{Item: d.Items[0]}
	switch {
	case d.rss != nil:
		e.RSS = d.rss.Items[0]
	case d.atom != nil:
		e.Atom = d.atom.Entries[0]
	case d.json != nil:
		e.JSON = d.json.Items[0]
	}
	return e
}

var (
	xmlBase      = regex.Lazy(`\s+xml:base\s*=\s*("[^"]*"|'[^']*')`)
	basedElement = regex.Lazy(`^<(?:\w+:)?(entry|item|content|encoded|summary|description)\s[^>]*?xml:base\s*=\s*["']([^"']*)["']`)
)

// takeBase takes the xml:base attributes out of an item, and returns the one in force for the
// item itself and the one for its body: nil without any. gofeed would resolve by them, but takes
// each base for a folder, and so resolves wrongly against the address of a page.
func takeBase(around, item []byte) (own, body *url.URL, bare []byte) {
	if !bytes.Contains(item, []byte("xml:base")) && !bytes.Contains(around, []byte("xml:base")) {
		return nil, nil, item
	}
	for _, m := range xmlBase().FindAllSubmatch(around, -1) {
		own = blog.Rebase(own, string(bytes.Trim(m[1], `"'`)))
	}
	body = own
	for i := 0; i < len(item); {
		j := bytes.IndexByte(item[i:], '<')
		if j < 0 {
			break
		}
		if m := basedElement().FindSubmatch(item[i+j:]); m != nil {
			switch value := string(m[2]); string(m[1]) {
			case "entry", "item":
				own = blog.Rebase(own, value)
				body = own
			default: // a summary beside the content has the same one
				body = blog.Rebase(own, value)
			}
		}
		i += j + 1
	}
	return own, body, xmlBase().ReplaceAll(item, nil)
}
