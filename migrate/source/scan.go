package source

import (
	"bytes"
	"strings"
)

// scanner finds the tags of an XML document that may be broken in any way. Comments,
// CDATA sections, processing instructions and the DOCTYPE are passed over.
type scanner struct{ *window }

// tag is a start or an end tag.
type tag struct {
	name   string // as it stands there, with its prefix
	start  int    // offset of its '<' in the window's piece
	end    bool   // </name>
	single bool   // <name/>
}

// local is the name without its prefix, in lower case.
func (t tag) local() string {
	return strings.ToLower(t.name[strings.IndexByte(t.name, ':')+1:])
}

// prefix is what stands before the colon of the name.
func (t tag) prefix() string {
	p, _, ok := strings.Cut(t.name, ":")
	if !ok {
		return ""
	}
	return strings.ToLower(p)
}

// tag gives the next tag; false at the end.
func (s scanner) tag() (tag, bool) {
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
	return tag{}, false
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
func (s scanner) rest(start int) (tag, bool) {
	t := tag{start: start, end: s.skip("/")}
	from := s.offset()
	for c, ok := s.next(); ok && nameByte(c); c, ok = s.next() {
		s.pos++
	}
	if s.offset() == from || !letter(s.buf[s.from+from]) {
		return t, false
	}
	t.name = string(s.buf[s.from+from : s.pos])
	if !s.attributes() {
		return t, false
	}
	t.single = bytes.HasSuffix(s.buf[:s.pos], []byte("/>"))
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
