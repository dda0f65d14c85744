package feedscan

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/mmcdole/gofeed"

	"replant/migrate/blog"
	"replant/migrate/regex"
)

// xmlCutter cuts RSS, RDF and Atom.
type xmlCutter struct {
	scanner
	encoding *pieces
	entities entities
	atom     bool
	kin      string    // the prefix of the root: items have it, or none
	open     []element // what is open around the items
	index    int       // of the present item, from 1
	inside   bool      // an item's start tag has just been read
	known    *Head     // what the feed said of itself before its items
	context  *context  // all that the feed said before its items
	item     xmlItem
	rss      rssReader
}

// xmlItem is the item that was cut last, as it stands in the feed.
type xmlItem struct {
	cut          bool     // and it has not been let go
	end          int      // where it ends in the window's piece
	before       []byte   // what stands before a comment on it
	comments     [][]byte // on it, and how many bytes they have
	commentsSize int
}

// element is an element that has not been closed yet.
type element struct{ name, tag string }

// root takes the root element, whose tag has just been read.
func (c *xmlCutter) root(t Tag) {
	c.most = 0
	c.context = newContext(c.piece(t.Start))
	c.atom = t.Local() == "feed"
	c.kin = t.Prefix()
	c.entities = entitiesIn(c.piece(t.Start))
	c.push(t)
	c.begin(t.Start)
}

// clean makes well-formed UTF-8 of a piece of the feed. It may return the very piece.
func (c *xmlCutter) clean(b []byte) []byte { return tidy(c.encoding.decode(b), c.entities) }

// Head reads up to the first item. A head that cannot be understood costs only what
// it would have said.
func (c *xmlCutter) Head() (*Head, error) {
	end := c.offset()
	for !c.inside {
		t, ok := c.tag()
		if !ok {
			end = c.offset()
			break
		}
		if c.inside = c.begins(t); c.inside {
			end = t.Start
			break
		}
		c.follow(t)
		if c.over {
			return nil, NotFeed("this has no items, only a head without end")
		}
	}
	c.context.add(c.piece(end))
	doc := slices.Concat(c.clean(c.piece(end)), []byte(c.closing()))
	c.begin(end)
	c.known = &Head{Feed: &gofeed.Feed{}}
	if feed, err := parseOdd(doc, c.atom); err == nil {
		c.known = newHead(feed)
	}
	return c.known, nil
}

// Next cuts the next item and reads it.
func (c *xmlCutter) Next() (*Entry, error) {
	if err := c.Cut(); err != nil {
		return nil, err
	}
	return c.Read()
}

// Cut cuts the next item.
func (c *xmlCutter) Cut() error {
	c.letGo()
	for !c.inside {
		t, ok := c.tag()
		switch {
		case !ok:
			return c.end()
		case c.begins(t):
			c.inside = true
			c.begin(t.Start)
		default:
			if t.Local() == "link" && len(c.open) < 3 {
				c.known.lateLink(string(c.encoding.decode(c.buf[c.from+t.Start : c.pos])))
			}
			c.follow(t)
			c.drop()
		}
	}
	c.index++
	c.item = xmlItem{before: c.item.before[:0]}
	for {
		t, ok := c.tag()
		switch {
		case !ok:
			c.inside = false
			return truncated("within "+place(c.index, c.name())+", which is left out", c.err)
		case t.End && c.named(t):
			c.inside = false
			return c.ends(c.offset())
		case c.begins(t): // the last one was never closed
			return c.ends(t.Start)
		case isComment(t):
			c.passComment(t)
		}
	}
}

// ends notes where the present item ends.
func (c *xmlCutter) ends(at int) error {
	c.item.cut, c.item.end = true, at
	return nil
}

// letGo lets go of the item that was cut last.
func (c *xmlCutter) letGo() {
	switch {
	case !c.item.cut:
	case c.tooLong():
		c.drop()
	default:
		c.begin(c.item.end)
	}
	c.item.cut = false
}

// tooLong reports whether the item that was cut last is longer than one may be. The beginning of
// it may be gone.
func (c *xmlCutter) tooLong() bool { return c.over || len(c.item.before) > ItemMost }

// Sum returns a hash of the item that was cut last and of all around it.
func (c *xmlCutter) Sum() Sum {
	if c.tooLong() {
		return Sum{}
	}
	parts := [][]byte{[]byte(c.kin), c.item.before, c.piece(c.item.end)}
	for _, e := range c.open {
		parts = append(parts, []byte(e.tag))
	}
	return c.context.sum(c.encoding, append(parts, c.item.comments...))
}

// end returns why there are no more items.
func (c *xmlCutter) end() error {
	if len(c.open) == 0 && eof(c.err) {
		return io.EOF
	}
	c.open = nil
	lost := "before its first item"
	if c.index > 0 {
		lost = fmt.Sprintf("after item %d", c.index)
	}
	return truncated(lost, c.err)
}

// begins reports whether a tag begins an item. One without content is none: FeedBurner
// put such into items (ziffdavis/pcmag).
func (c *xmlCutter) begins(t Tag) bool { return !t.End && !t.Single && c.named(t) }

func (c *xmlCutter) named(t Tag) bool {
	want := "item"
	if c.atom {
		want = "entry"
	}
	return t.Local() == want && (t.Prefix() == "" || t.Prefix() == c.kin || t.Prefix() == "rss")
}

// follow keeps account of what is open. Behind the end of a feed another may begin.
func (c *xmlCutter) follow(t Tag) {
	switch {
	case t.Single:
	case !t.End && len(c.open) == 0 && isRoot(t):
		c.atom, c.kin = t.Local() == "feed", t.Prefix()
		c.push(t)
	case !t.End:
		c.push(t)
	default:
		for i := len(c.open) - 1; i >= 0; i-- {
			if c.open[i].name == t.Name {
				c.open = c.open[:i]
				return
			}
		}
	}
}

// depthMost is how many open elements are kept account of; feeds have two or three.
const depthMost = 64

func (c *xmlCutter) push(t Tag) {
	if len(c.open) < depthMost {
		c.open = append(c.open, element{t.Name, string(c.buf[c.from+t.Start : c.pos])})
	}
}

// Read reads the item that was cut last.
func (c *xmlCutter) Read() (*Entry, error) {
	defer c.letGo()
	comments := make([][]byte, len(c.item.comments))
	for i, raw := range c.item.comments {
		comments[i] = c.clean(raw)
	}
	if c.tooLong() {
		return nil, &BrokenItem{c.index, "", ErrTooLong}
	}
	lost := c.encoding.lost
	item := c.clean(c.whole())
	around := c.opening()
	own, body, item := takeBase(around, item)
	if bytes.Contains(around, []byte("xml:base")) {
		around = xmlBase().ReplaceAll(around, nil)
	}
	e, err := c.parse(around, item)
	if err != nil {
		return nil, &BrokenItem{c.index, itemName(item), err}
	}
	if c.atom {
		e.XHTML = xhtmlContent(item)
	}
	e.Comments = comments
	e.LinkBase, e.Base = own, body
	e.Damaged = c.encoding.lost - lost
	return e, nil
}

// parse reads an item whose characters are tidy, which stands between start tags.
func (c *xmlCutter) parse(around, item []byte) (*Entry, error) {
	closing := []byte(c.closing())
	if !c.atom {
		if e, ok := c.rss.read(around, item, closing); ok {
			return e, nil
		}
	}
	return parseItem(around, item, closing, c.atom)
}

// whole returns the item that was cut last, without what was taken out of it.
func (c *xmlCutter) whole() []byte {
	if len(c.item.before) == 0 {
		return c.piece(c.item.end)
	}
	return slices.Concat(c.item.before, c.piece(c.item.end))
}

// opening returns the start tags of what is open around the items, closing the end tags.
func (c *xmlCutter) opening() []byte {
	var b []byte
	for _, e := range c.open {
		b = append(b, e.tag...)
	}
	return c.clean(b)
}

func (c *xmlCutter) closing() string {
	var b strings.Builder
	for i := len(c.open) - 1; i >= 0; i-- {
		b.WriteString("</" + c.open[i].name + ">")
	}
	return b.String()
}

// name returns what people know the present item by, which is not whole.
func (c *xmlCutter) name() string { return itemName(c.clean(c.piece(c.offset()))) }

var titleElement = regex.Lazy(`(?is)<(title|link|id|guid)[^>]*>\s*(?:<!\[CDATA\[)?(.{1,200}?)(?:\]\]>)?\s*</`)

// itemName finds what people know an item by, in its source.
func itemName(item []byte) string {
	m := titleElement().FindSubmatch(item[:min(len(item), 4096)])
	if m == nil {
		return ""
	}
	return blog.PlainTitle(string(m[2]))
}

// commentsMost bounds what is kept of the comments on one post, in bytes: more than any
// post was seen to have.
const commentsMost = 16 << 20

// isComment reports whether a tag begins a reader's comment within an item of WordPress's
// export. They may be many times the post, and are no part of it.
func isComment(t Tag) bool { return t.Name == "wp:comment" && !t.End && !t.Single }

// passComment takes a comment out of the present item and keeps it by itself.
func (c *xmlCutter) passComment(t Tag) {
	i := &c.item
	if len(i.before) <= ItemMost {
		i.before = append(i.before, c.piece(t.Start)...)
	}
	c.begin(t.Start)
	for end, ok := c.tag(); ok; end, ok = c.tag() {
		if end.End && end.Name == t.Name {
			break
		}
	}
	if piece := c.piece(c.offset()); !c.over && i.commentsSize+len(piece) <= commentsMost {
		i.commentsSize += len(piece)
		i.comments = append(i.comments, bytes.Clone(piece))
	}
	c.drop()
}
