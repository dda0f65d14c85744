package feedscan

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"replant/migrate/blog"
)

// jsonCutter cuts JSON Feed, which names its items in one array.
type jsonCutter struct {
	*window
	encoding *pieces
	meta     bytes.Buffer // the members before the items, as they stand
	index    int
	items    bool // reading goes on within the array of items
	ended    bool
	known    *Head    // what the feed said of itself before its items
	context  *context // all of that
}

func newJSONCutter(w *window, enc *pieces) (Cutter, error) {
	w.most = 0
	w.pos++ // the brace
	w.drop()
	return &jsonCutter{window: w, encoding: enc}, nil
}

// Head reads up to the first item.
func (c *jsonCutter) Head() (*Head, error) {
	for !c.items {
		key, ok := c.key()
		if !ok {
			break
		}
		if key == "items" && c.space() == '[' {
			c.pos++
			c.items = true
			break
		}
		c.member(key)
	}
	c.drop()
	doc, err := parseForgiving("", []byte(`{"items":[]`+c.meta.String()+`}`), "")
	if err != nil || !c.items && !strings.Contains(doc.FeedVersion, "jsonfeed.org") {
		return nil, NotFeed("this is JSON, but not a JSON Feed")
	}
	c.ended = !c.items
	c.known = newHead(doc)
	c.context = newContext(c.meta.Bytes())
	return c.known, nil
}

// key reads the name of the next member of the feed.
func (c *jsonCutter) key() (string, bool) {
	for c.space() == ',' {
		c.pos++
	}
	c.drop()
	if c.space() != '"' || !c.value() {
		return "", false
	}
	var key string
	if json.Unmarshal(bytes.TrimSpace(c.piece(c.offset())), &key) != nil || c.space() != ':' {
		return "", false
	}
	c.pos++
	return key, true
}

// member takes the value of a member into the head.
func (c *jsonCutter) member(key string) {
	c.drop()
	whole := c.value()
	value := unbroken(c.encoding.decode(c.piece(c.offset())))
	if whole && !c.over && json.Valid(value) && c.meta.Len()+len(value) < headMost {
		name, _ := json.Marshal(key) // a string always has a form
		fmt.Fprintf(&c.meta, ",%s:%s", name, value)
	}
}

// behind reads the members behind the items.
func (c *jsonCutter) behind() {
	for key, ok := c.key(); ok; key, ok = c.key() {
		c.drop()
		if !c.value() || c.over {
			return
		}
		c.known.lateMember(key, c.encoding.decode(c.piece(c.offset())))
	}
}

// Next cuts the next item and reads it.
func (c *jsonCutter) Next() (*Entry, error) {
	if err := c.Cut(); err != nil {
		return nil, err
	}
	return c.Read()
}

// Cut cuts the next item.
func (c *jsonCutter) Cut() error {
	if c.ended {
		return io.EOF
	}
	for b := c.space(); b == ',' || b == ':' || b == '}'; b = c.space() {
		c.pos++ // the last two are strays, and no value begins with them
	}
	switch b, ok := c.window.next(); {
	case !ok:
		return c.broken(fmt.Sprintf("after item %d", c.index))
	case b == ']':
		c.ended = true
		c.pos++
		c.behind()
		if c.space() == 0 {
			return c.broken(fmt.Sprintf("after item %d", c.index))
		}
		return io.EOF
	}
	c.index++
	c.drop()
	if !c.value() {
		return c.broken("within " + place(c.index, c.name()) + ", which is left out")
	}
	return nil
}

// Sum returns a hash of the item that was cut last and of the feed's head.
func (c *jsonCutter) Sum() Sum {
	if c.over {
		return Sum{}
	}
	return c.context.sum(c.encoding, [][]byte{c.piece(c.offset())})
}

func (c *jsonCutter) broken(lost string) error {
	c.ended = true
	return truncated(lost, c.err)
}

// Read reads the item that was cut last.
func (c *jsonCutter) Read() (*Entry, error) {
	if c.over {
		return nil, &BrokenItem{c.index, "", ErrTooLong}
	}
	lost := c.encoding.lost
	item := unbroken(c.encoding.decode(c.piece(c.offset())))
	if !bytes.HasPrefix(bytes.TrimSpace(item), []byte("{")) {
		return nil, &BrokenItem{c.index, "", fmt.Errorf("it is %.40s, and no object", bytes.TrimSpace(item))}
	}
	doc, err := parseForgiving(`{"items":[`, item, `]}`)
	if err == nil && len(doc.Items) == 0 {
		err = errors.New("it holds no item")
	}
	if err != nil {
		return nil, &BrokenItem{c.index, c.name(), err}
	}
	e := doc.entry()
	e.Damaged = c.encoding.lost - lost
	return e, nil
}

// name finds what people know the present item by, whole or not.
func (c *jsonCutter) name() string {
	item := c.piece(c.offset())
	for _, key := range []string{`"title"`, `"url"`, `"id"`} {
		_, after, ok := bytes.Cut(item[:min(len(item), 4096)], []byte(key))
		var s string
		d := json.NewDecoder(bytes.NewReader(bytes.TrimLeft(after, ": \t\r\n")))
		if ok && d.Decode(&s) == nil && s != "" {
			return blog.PlainTitle(s)
		}
	}
	return ""
}

// space skips white space and returns the byte behind it, or 0 at the end.
func (c *jsonCutter) space() byte {
	for b, ok := c.window.next(); ok; b, ok = c.window.next() {
		if b != ' ' && b != '\t' && b != '\r' && b != '\n' {
			return b
		}
		c.pos++
	}
	return 0
}

// value passes over one value; false where the bytes end before it does.
func (c *jsonCutter) value() bool {
	depth := 0
	for b := c.space(); b != 0; b = c.space() {
		switch b {
		case '"':
			c.pos++
			if !c.text() {
				return false
			}
		case '{', '[':
			c.pos++
			depth++
			continue
		case '}', ']':
			if depth--; depth < 0 {
				return true
			}
			c.pos++
		case ',', ':':
			if depth == 0 {
				return true
			}
			c.pos++
			continue
		default:
			c.pos++
			if depth == 0 {
				continue // a number or a word, to the next mark
			}
		}
		if depth == 0 {
			return true
		}
	}
	return false
}

// text passes over the rest of a string.
func (c *jsonCutter) text() bool {
	for c.find(`"`) {
		n := 0
		for i := c.pos - 2; i >= c.from && c.buf[i] == '\\'; i-- {
			n++
		}
		if n%2 == 0 {
			return true
		}
	}
	return false
}

// unbroken makes spaces of control characters, which JSON allows nowhere but, some of
// them, as white space between values.
func unbroken(b []byte) []byte {
	return bytes.Map(func(r rune) rune {
		if r < ' ' {
			return ' '
		}
		return r
	}, b)
}
