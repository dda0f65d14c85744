package feedscan

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"github.com/mmcdole/gofeed"

	"replant/migrate/blog"
	"replant/migrate/regex"
)

// xmlCutter cuts RSS, RDF and Atom.
type xmlCutter struct {
	scanner
	encoding     *pieces
	entities     entities
	atom         bool
	kin          string    // the prefix of the root: items have it, or none
	open         []element // what is open around the items
	index        int       // of the present item, from 1
	inside       bool      // an item's start tag has just been read
	known        *Head     // what the feed said of itself before its items
	before       []byte    // of the present item, what stands before a comment on it
	comments     [][]byte  // on the present item, and how many bytes they had
	commentsSize int
}

// element is an element that has not been closed yet.
type element struct{ name, tag string }

// root takes the root element, whose tag has just been read.
func (c *xmlCutter) root(t Tag) {
	c.most = 0
	c.atom = t.Local() == "feed"
	c.kin = t.Prefix()
	c.entities = entitiesIn(c.piece(t.Start))
	c.push(t)
	c.begin(t.Start)
}

// clean makes well-formed UTF-8 of a piece of the feed.
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
		if c.inside = c.item(t); c.inside {
			end = t.Start
			break
		}
		c.follow(t)
		if c.over {
			return nil, NotFeed("this has no items, only a head without end")
		}
	}
	doc := append(c.clean(c.piece(end)), c.closing()...)
	c.begin(end)
	c.known = &Head{Feed: &gofeed.Feed{}}
	if feed, err := parseOdd(doc, c.atom); err == nil {
		c.known = newHead(feed)
	}
	return c.known, nil
}

// Next cuts the next item.
func (c *xmlCutter) Next() (*Entry, error) {
	for !c.inside {
		t, ok := c.tag()
		switch {
		case !ok:
			return nil, c.end()
		case c.item(t):
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
	c.before, c.comments, c.commentsSize = c.before[:0], nil, 0
	for {
		t, ok := c.tag()
		switch {
		case !ok:
			c.inside = false
			return nil, truncated("within "+place(c.index, c.name())+", which is left out", c.err)
		case t.End && c.named(t):
			c.inside = false
			return c.entry(c.offset())
		case c.item(t): // the last one was never closed
			return c.entry(t.Start)
		case isComment(t):
			c.passComment(t)
		}
	}
}

// whole returns the present item, which ends at an offset, without what was left out.
func (c *xmlCutter) whole(end int) []byte {
	if len(c.before) == 0 {
		return c.piece(end)
	}
	defer func() { c.before = c.before[:0] }()
	return append(c.before, c.piece(end)...)
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

// item reports whether a tag begins an item. One without content is none: FeedBurner
// put such into items (ziffdavis/pcmag).
func (c *xmlCutter) item(t Tag) bool { return !t.End && !t.Single && c.named(t) }

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

// entry reads the item that ends at an offset.
func (c *xmlCutter) entry(end int) (*Entry, error) {
	if c.over || len(c.before) > ItemMost {
		c.drop()
		return nil, &BrokenItem{c.index, "", fmt.Errorf("longer than %d MB", ItemMost>>20)}
	}
	lost := c.encoding.lost
	item := c.clean(c.whole(end))
	c.begin(end)
	around := c.opening()
	base, item := takeBase(around, item)
	if bytes.Contains(around, []byte("xml:base")) {
		around = xmlBase().ReplaceAll(around, nil)
	}
	e, err := parseItem(around, item, []byte(c.closing()), c.atom)
	if err != nil {
		return nil, &BrokenItem{c.index, itemName(item), err}
	}
	e.Comments = c.comments
	e.Base = base
	e.Damaged = c.encoding.lost - lost
	return e, nil
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
	if len(c.before) <= ItemMost {
		c.before = append(c.before, c.piece(t.Start)...)
	}
	c.begin(t.Start)
	for end, ok := c.tag(); ok; end, ok = c.tag() {
		if end.End && end.Name == t.Name {
			break
		}
	}
	if piece := c.piece(c.offset()); !c.over && c.commentsSize+len(piece) <= commentsMost {
		c.commentsSize += len(piece)
		c.comments = append(c.comments, c.clean(piece))
	}
	c.drop()
}
