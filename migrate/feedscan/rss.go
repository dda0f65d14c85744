package feedscan

import (
	"bytes"
	"cmp"
	"strconv"
	"strings"
	"unicode/utf8"

	ext "github.com/mmcdole/gofeed/extensions"
	"github.com/mmcdole/gofeed/rss"
)

// rssReader reads items of RSS in the form in which programs write them: elements that hold a
// text or sections, and those of other namespaces that hold elements too. It is several times
// as fast as a parser of XML. gofeed reads every other item, says what it calls a namespace, and
// translates what was read here; a fuzz test holds the reader to it. The times that gofeed
// parses of a pubDate are left out: nothing asks for them.
type rssReader struct {
	around []byte           // the start tags of what is open around the items
	spaces map[string]space // by the prefix that elements around the items declare
	in     []byte           // what is left of the item
	room   []byte           // in which texts are decoded
}

// space is what gofeed makes of the elements with a prefix.
type space struct {
	known bool   // it makes something of them
	own   bool   // they are those of RSS
	body  bool   // the one named encoded is the body
	key   string // of the extensions that all others are
}

// rssTag is a start tag.
type rssTag struct {
	full         string // the name as it stands there
	prefix, name string
	attrs        []rssAttr
	single       bool
}

type rssAttr struct{ name, value string }

const (
	// rssNested bounds elements within elements; podcasts have two or three.
	rssNested = 8
	// roomMost is how large a room is kept for the next item.
	roomMost = 1 << 20
)

// read reads an item whose characters are tidy, which stands between start tags and end tags.
// It is not ok for one that gofeed has to read.
func (r *rssReader) read(around, item, closing []byte) (e *Entry, ok bool) {
	if !bytes.Equal(around, r.around) {
		r.around, r.spaces = bytes.Clone(around), map[string]space{}
	}
	r.room = r.room[:0]
	if r.in, ok = bytes.CutPrefix(item, []byte("<item>")); !ok || !r.space("", closing).known {
		return nil, false // also where gofeed expects no items
	}
	i := &rss.Item{}
	for {
		r.in = bytes.TrimLeft(r.in, " \t\r\n")
		if rest, ends := bytes.CutPrefix(r.in, []byte("</item>")); ends {
			if len(rest) > 0 {
				return nil, false
			}
			break
		}
		t, ok := r.tag()
		if !ok || !r.child(i, t, closing) {
			return nil, false
		}
	}
	if cap(r.room) > roomMost {
		r.room = nil
	}
	complete(i)
	feed, err := rssTranslator.Translate(&rss.Feed{Items: []*rss.Item{i}})
	if err != nil {
		return nil, false
	}
	return &Entry{Item: feed.Items[0], RSS: i}, true
}

// complete reads the extensions that gofeed has fields for.
func complete(i *rss.Item) {
	if itunes, ok := i.Extensions["itunes"]; ok {
		i.ITunesExt = ext.NewITunesItemExtension(itunes)
	}
	if dc, ok := i.Extensions["dc"]; ok {
		i.DublinCoreExt = ext.NewDublinCoreExtension(dc)
	}
}

// space returns what gofeed makes of the elements with a prefix. It is asked once.
func (r *rssReader) space(prefix string, closing []byte) space {
	s, asked := r.spaces[prefix]
	if asked {
		return s
	}
	const name, body = "probe", "encoded"
	full := prefix + ":"
	if prefix == "" {
		full = ""
	}
	item := "<item><" + full + name + "/><" + full + body + ">x</" + full + body + "></item>"
	d, err := parseXML(bytes.Join([][]byte{r.around, []byte(item), closing}, nil), false)
	if err == nil && len(d.rss.Items) == 1 {
		i := d.rss.Items[0]
		s.body = i.Content != ""
		_, s.own = i.Custom[name]
		s.known = s.own
		for key, elements := range i.Extensions {
			if len(elements[name]) > 0 {
				s.key, s.known = key, true
			}
		}
	}
	r.spaces[strings.Clone(prefix)] = s
	return s
}

// child reads a child of an item, whose start tag has just been read.
func (r *rssReader) child(i *rss.Item, t rssTag, closing []byte) bool {
	s := r.space(t.prefix, closing)
	switch name := strings.ToLower(t.name); {
	case !s.known:
		return false
	case s.body && name == "encoded":
		text, ok := r.text(t)
		i.Content = text
		return ok
	case s.own:
		return r.own(i, t, name)
	}
	e, ok := r.extension(t, 1)
	if !ok {
		return false
	}
	if i.Extensions == nil {
		i.Extensions = ext.Extensions{}
	}
	if i.Extensions[s.key] == nil {
		i.Extensions[s.key] = map[string][]ext.Extension{}
	}
	i.Extensions[s.key][e.Name] = append(i.Extensions[s.key][e.Name], e)
	return true
}

// own reads an element of RSS's own. Name is that of its tag in small letters.
func (r *rssReader) own(i *rss.Item, t rssTag, name string) bool {
	text, ok := r.text(t)
	if !ok {
		return false
	}
	switch name {
	case "title":
		i.Title = text
	case "description":
		i.Description = text
	case "link":
		if text == "" {
			text = t.attr("href")
		}
		i.Link, i.Links = text, append(i.Links, text)
	case "author":
		i.Author = text
	case "comments":
		i.Comments = text
	case "pubdate":
		i.PubDate = text
	case "source":
		i.Source = &rss.Source{Title: text, URL: t.attr("url")}
	case "enclosure":
		i.Enclosure = &rss.Enclosure{URL: t.attr("url"), Length: t.attr("length"), Type: t.attr("type")}
		i.Enclosures = append(i.Enclosures, i.Enclosure)
	case "guid":
		i.GUID = &rss.GUID{Value: text, IsPermalink: cmp.Or(t.attr("isPermaLink"), t.attr("isPermalink"), "true")}
	case "category":
		i.Categories = append(i.Categories, &rss.Category{Domain: t.attr("domain"), Value: text})
	default:
		if i.Custom == nil {
			i.Custom = map[string]string{}
		}
		i.Custom[t.name] = text
	}
	return true
}

// tag reads the start tag that comes next. It is not ok for what is none, and for one that only
// a parser of XML understands.
func (r *rssReader) tag() (t rssTag, ok bool) {
	n := 1
	for n < len(r.in) && xmlNameByte(r.in[n]) {
		n++
	}
	if n == 1 || r.in[0] != '<' {
		return t, false
	}
	t.full = string(r.in[1:n])
	if t.prefix, t.name, ok = strings.Cut(t.full, ":"); !ok {
		t.prefix, t.name = "", t.full
	}
	if !xmlName(t.name) || ok && !xmlName(t.prefix) {
		return t, false
	}
	r.in = r.in[n:]
	for {
		rest := bytes.TrimLeft(r.in, " \t\r\n")
		switch {
		case bytes.HasPrefix(rest, []byte(">")):
			r.in = rest[1:]
			return t, true
		case bytes.HasPrefix(rest, []byte("/>")):
			r.in, t.single = rest[2:], true
			return t, true
		case len(rest) == len(r.in):
			return t, false
		}
		r.in = rest
		a, ok := r.attr()
		if !ok {
			return t, false
		}
		t.attrs = append(t.attrs, a)
	}
}

// attr reads the attribute that comes next, if it has a plain name and a value between quotes.
func (r *rssReader) attr() (a rssAttr, ok bool) {
	n := 0
	for n < len(r.in) && xmlNameByte(r.in[n]) {
		n++
	}
	name, rest := r.in[:n], r.in[n:]
	if !xmlName(string(name)) || string(name) == "xmlns" || len(rest) < 2 || rest[0] != '=' || rest[1] != '"' && rest[1] != '\'' {
		return a, false
	}
	end := bytes.IndexByte(rest[2:], rest[1])
	if end < 0 {
		return a, false
	}
	value := rest[2 : 2+end]
	r.in = rest[2+end+1:]
	if bytes.IndexByte(value, '<') >= 0 {
		return a, false
	}
	a.name = string(name)
	a.value, ok = r.decoded(value)
	return a, ok
}

// attr returns the value of an attribute; "" where a tag has none.
func (t *rssTag) attr(name string) string {
	for _, a := range t.attrs {
		if a.name == name {
			return a.value
		}
	}
	return ""
}

// text reads the text of an element and its end tag. It is not ok where anything else is in it.
func (r *rssReader) text(t rssTag) (text string, ok bool) {
	if t.single {
		return "", true
	}
	source, ok := r.untilTag()
	if !ok || !r.end(t) {
		return "", false
	}
	switch source = bytes.TrimSpace(source); {
	case bytes.IndexByte(source, '<') < 0:
		return r.decoded(source)
	case sectionSize(source) == len(source):
		return string(source[len(sectionBegin) : len(source)-len(sectionEnd)]), true
	}
	ok = r.appendText(source)
	text, r.room = string(r.room), r.room[:0]
	return text, ok
}

// untilTag takes the texts and the sections up to the next tag.
func (r *rssReader) untilTag() (source []byte, ok bool) {
	end := 0
	for {
		i := bytes.IndexByte(r.in[end:], '<')
		if i < 0 {
			return nil, false
		}
		end += i
		size := sectionSize(r.in[end:])
		if size == 0 {
			source, r.in = r.in[:end], r.in[end:]
			return source, true
		}
		end += size
	}
}

// extension reads an element of another namespace, whose start tag has just been read.
func (r *rssReader) extension(t rssTag, depth int) (e ext.Extension, ok bool) {
	e.Name = t.name
	for _, a := range t.attrs {
		if e.Attrs == nil {
			e.Attrs = map[string]string{}
		}
		e.Attrs[a.name] = a.value
	}
	if t.single {
		return e, true
	}
	begin := len(r.room)
	for {
		source, ok := r.untilTag()
		if !ok || !r.appendText(source) {
			return e, false
		}
		if bytes.HasPrefix(r.in, []byte("</")) {
			break
		}
		child, ok := r.tag()
		if !ok || depth == rssNested {
			return e, false
		}
		inner, ok := r.extension(child, depth+1)
		if !ok {
			return e, false
		}
		if e.Children == nil {
			e.Children = map[string][]ext.Extension{}
		}
		e.Children[inner.Name] = append(e.Children[inner.Name], inner)
	}
	e.Value = string(bytes.TrimSpace(r.room[begin:]))
	r.room = r.room[:begin]
	return e, r.end(t)
}

// end moves behind the end tag of an element, if it comes next.
func (r *rssReader) end(t rssTag) bool {
	rest, ok := bytes.CutPrefix(r.in, []byte("</"))
	if !ok || len(rest) <= len(t.full) || string(rest[:len(t.full)]) != t.full || rest[len(t.full)] != '>' {
		return false
	}
	r.in = rest[len(t.full)+1:]
	return true
}

// appendText adds a source of texts and sections to the room, decoded.
func (r *rssReader) appendText(source []byte) bool {
	for {
		i := bytes.IndexByte(source, '<')
		if i < 0 {
			return r.appendDecoded(source)
		}
		if !r.appendDecoded(source[:i]) {
			return false
		}
		size := sectionSize(source[i:])
		r.room = append(r.room, source[i+len(sectionBegin):i+size-len(sectionEnd)]...)
		source = source[i+size:]
	}
}

// decoded returns a text without references.
func (r *rssReader) decoded(source []byte) (string, bool) {
	if bytes.IndexByte(source, '&') < 0 {
		return string(source), true
	}
	begin := len(r.room)
	ok := r.appendDecoded(source)
	text := string(r.room[begin:])
	r.room = r.room[:begin]
	return text, ok
}

// appendDecoded adds a text to the room, its references decoded. It is not ok where one is not of
// the few that tidy leaves, or of a form that gofeed reads one way here and another way there.
func (r *rssReader) appendDecoded(source []byte) bool {
	for {
		i := bytes.IndexByte(source, '&')
		if i < 0 {
			r.room = append(r.room, source...)
			return true
		}
		r.room = append(r.room, source[:i]...)
		source = source[i:]
		c, size := reference(source)
		if size == 0 {
			return false
		}
		r.room = utf8.AppendRune(r.room, c)
		source = source[size:]
	}
}

// reference returns the character that a reference stands for which b begins with, and how long
// that is; 0 for any but those of XML and of plain numbers.
func reference(b []byte) (c rune, size int) {
	end := bytes.IndexByte(b[:min(len(b), 12)], ';')
	if end < 0 {
		return 0, 0
	}
	switch name := b[1:end]; string(name) {
	case "lt":
		return '<', end + 1
	case "gt":
		return '>', end + 1
	case "amp":
		return '&', end + 1
	case "quot":
		return '"', end + 1
	case "apos":
		return '\'', end + 1
	default:
		digits, base := bytes.TrimPrefix(name, []byte("#")), 10
		if len(digits) > 1 && digits[0] == 'x' {
			digits, base = digits[1:], 16
		}
		n, err := strconv.ParseUint(string(digits), base, 32)
		if err != nil || len(name) == len(digits) || !legalRune(n) || n >= 0x7F && n < 0xA0 || n == '\r' {
			return 0, 0
		}
		return rune(n), end + 1 //nolint:gosec // it is that of a character
	}
}

// sectionSize returns how long the CDATA section is that b begins with; 0 where there is none.
func sectionSize(b []byte) int {
	if !bytes.HasPrefix(b, []byte(sectionBegin)) {
		return 0
	}
	end := bytes.Index(b, []byte(sectionEnd))
	if end < 0 {
		return 0
	}
	return end + len(sectionEnd)
}

// beginAt returns where a mark begins first that begins with a '<'; -1 where it does not. Its
// second sign is looked for, since the first one begins tags too.
func beginAt(b []byte, mark string) int {
	for from := 1; from < len(b); from++ {
		i := bytes.Index(b[from:], []byte(mark[1:]))
		if i < 0 {
			break
		}
		if from += i; b[from-1] == '<' {
			return from - 1
		}
	}
	return -1
}

// xmlNameByte reports whether a byte may be part of a name of ASCII, with its prefix.
func xmlNameByte(c byte) bool { return c < utf8.RuneSelf && nameByte(c) }

// xmlName reports whether a text of such bytes is a name without a prefix.
func xmlName(s string) bool {
	return s != "" && letter(s[0]) && strings.IndexByte(s, ':') < 0
}
