package feedscan

import (
	"bytes"
	"io"
	"strings"

	"replant/migrate/regex"
)

// scanner finds the tags of an XML document that may be broken in any way. Comments,
// CDATA sections, processing instructions and the DOCTYPE are passed over.
type scanner struct{ *window }

// Scanner finds the tags of a document, for those who look for what no item says.
type Scanner struct {
	scanner
	encoding *pieces
}

// NewScanner returns a scanner of what r holds.
func NewScanner(r io.Reader) (*Scanner, error) {
	r, enc, err := unicodeReader(r, "")
	if err != nil {
		return nil, err
	}
	return &Scanner{scanner{&window{r: r}}, enc}, nil
}

// Next returns the next tag, or false at the end.
func (s *Scanner) Next() (Tag, bool) { return s.tag() }

// Drop lets go of what has been read. The offsets of later tags count from here.
func (s *Scanner) Drop() { s.drop() }

// Before returns what stands before a tag, back to where [Scanner.Drop] was called last.
func (s *Scanner) Before(t Tag) []byte { return s.encoding.decode(s.piece(t.Start)) }

// Tag is a start or an end tag.
type Tag struct {
	Name   string // as it stands there, with its prefix
	Start  int    // offset of its '<' in the window's piece
	End    bool   // </name>
	Single bool   // <name/>
}

// Local is the name without its prefix, in lower case.
func (t Tag) Local() string {
	return strings.ToLower(t.Name[strings.IndexByte(t.Name, ':')+1:])
}

// Prefix is what stands before the colon of the name.
func (t Tag) Prefix() string {
	p, _, ok := strings.Cut(t.Name, ":")
	if !ok {
		return ""
	}
	return strings.ToLower(p)
}

// tag returns the next tag; false at the end.
func (s scanner) tag() (Tag, bool) {
	for s.find("<") {
		start := s.offset() - 1
		switch {
		case s.skip("!--"):
			s.leap("<!--", "-->")
		case s.skip("![CDATA["):
			s.leap(sectionBegin, sectionEnd)
		case s.skip("?"):
			s.instruction()
		case s.skip("!"):
			s.doctype()
		default:
			if t, ok := s.rest(start); ok {
				return t, true
			}
		}
	}
	return Tag{}, false
}

// doctype passes over a declaration with its internal subset in brackets.
func (s scanner) doctype() {
	depth := 0
	for c, ok := s.next(); ok; c, ok = s.next() {
		s.pos++
		switch c {
		case '[':
			depth++
		case ']':
			depth--
		case '>':
			if depth <= 0 {
				return
			}
		}
	}
}

// rest reads a tag whose '<' has been read; false where it is none after all, such as
// the one in "a < b".
func (s scanner) rest(start int) (Tag, bool) {
	t := Tag{Start: start, End: s.skip("/")}
	from := s.offset()
	for c, ok := s.next(); ok && nameByte(c); c, ok = s.next() {
		s.pos++
	}
	if s.offset() == from || !letter(s.buf[s.from+from]) {
		return t, false
	}
	t.Name = string(s.buf[s.from+from : s.pos])
	if !s.attributes() {
		return t, false
	}
	t.Single = bytes.HasSuffix(s.buf[:s.pos], []byte("/>"))
	return t, true
}

// attributes moves behind the '>' of a tag. It stops before a '<', which no tag holds:
// then a quote or the tag itself was never closed.
func (s scanner) attributes() bool {
	quote := byte(0)
	for c, ok := s.next(); ok; c, ok = s.next() {
		switch {
		case c == '<':
			return false
		case c == quote:
			quote = 0
		case quote == 0 && (c == '"' || c == '\''):
			quote = c
		case quote == 0 && c == '>':
			s.pos++
			return true
		}
		s.pos++
	}
	return false
}

func letter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' || c == '_' || c >= 0x80 }

func nameByte(c byte) bool {
	return letter(c) || c >= '0' && c <= '9' || c == ':' || c == '-' || c == '.'
}

var (
	itemEnd      = regex.Lazy(`(?i)</(?:[\w.-]+:)?(?:item|entry)\s*>`)
	itemBoundary = regex.Lazy(`(?i)</(?:[\w.-]+:)?(?:item|entry)\s*>\s*(?:$|<(?:[\w.-]+:)?(?:item|entry)[\s>])`)
	rootEnd      = regex.Lazy(`(?i)</(?:[\w.-]+:)?(?:rss|rdf|feed)\s*>\s*$`)
)

// leap moves behind a comment, a CDATA section or an instruction, whose beginning has
// just been read. One that is never closed would take all items with it up to the end
// of the next one: then reading goes on where its item ends.
func (s scanner) leap(begin, end string) {
	from := s.offset()
	whole := !s.over
	found := s.find(end)
	if s.over || !whole {
		return // part of it is gone
	}
	span := s.piece(s.offset())[from:]
	if i := unclosed(span, begin, found); i >= 0 && (begin != sectionBegin || !found || s.closes(span)) {
		s.pos = s.from + from + i
	}
}

// unclosed returns where the item ends in which a section was never closed, or -1 where the
// section is right as it is. Found says that the span ends in the mark of an end. None
// of the three may hold another of its kind, but a post about feeds may well hold
// items; and without a mark, the feed may break off within a section.
func unclosed(span []byte, begin string, found bool) int {
	ends := itemBoundary
	switch {
	case !found && rootEnd().Match(span[max(0, len(span)-64):]):
		ends = itemEnd
	case !found || bytes.HasSuffix(span, []byte("]]"+sectionEnd)): // taken apart, as it should be
		return -1
	default:
		n := beginAt(span, begin)
		if n < 0 {
			return -1
		}
		span = span[:n]
	}
	if at := ends().FindIndex(span); at != nil {
		return at[0]
	}
	return -1
}

// elementBegin is an element that begins with a CDATA section.
var elementBegin = regex.Lazy(`<([\w.:-]+)[^<>]*>\s*$`)

// closes reports whether the end of a section, which has just been read, is that of
// another one in the span: the one that begins the element which ends here. What shows a
// section only, in a text, is followed by the end of the text's own element.
func (s scanner) closes(span []byte) bool {
	n := bytes.LastIndex(span, []byte(sectionBegin))
	m := elementBegin().FindSubmatch(span[max(0, n-200):max(0, n)])
	if m == nil {
		return false
	}
	end := "</" + string(m[1])
	for len(s.buf)-s.pos < len(end) {
		if !s.fill() { // the piece stays where it is
			return false
		}
	}
	return bytes.HasPrefix(s.buf[s.pos:], []byte(end))
}

// instruction moves behind a processing instruction. An XML declaration ends at the
// first '>', whatever it forgets before.
func (s scanner) instruction() {
	if s.skip("xml ") {
		s.find(">")
		return
	}
	s.leap("<?", "?>")
}
