package source

import (
	"bytes"
	"regexp"
)

var (
	itemEnd      = regexp.MustCompile(`(?i)</(?:[\w.-]+:)?(?:item|entry)\s*>`)
	itemBoundary = regexp.MustCompile(`(?i)</(?:[\w.-]+:)?(?:item|entry)\s*>\s*(?:$|<(?:[\w.-]+:)?(?:item|entry)[\s>])`)
	rootEnd      = regexp.MustCompile(`(?i)</(?:[\w.-]+:)?(?:rss|rdf|feed)\s*>\s*$`)
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

// unclosed tells where the item ends in which a section was never closed; -1 where the
// section is right as it is. Found says that the span ends in the mark of an end. None
// of the three may hold another of its kind, but a post about feeds may well hold
// items; and without a mark, the feed may break off within a section.
func unclosed(span []byte, begin string, found bool) int {
	ends := itemBoundary
	switch {
	case !found && rootEnd.Match(span[max(0, len(span)-64):]):
		ends = itemEnd
	case !found || bytes.HasSuffix(span, []byte("]]"+sectionEnd)): // taken apart, as it should be
		return -1
	default:
		n := bytes.Index(span, []byte(begin))
		if n < 0 {
			return -1
		}
		span = span[:n]
	}
	if at := ends.FindIndex(span); at != nil {
		return at[0]
	}
	return -1
}

// elementBegin is an element that begins with a CDATA section.
var elementBegin = regexp.MustCompile(`<([\w.:-]+)[^<>]*>\s*$`)

// closes tells whether the end of a section, which has just been read, is that of
// another one in the span: the one that begins the element which ends here. What shows a
// section only, in a text, is followed by the end of the text's own element.
func (s scanner) closes(span []byte) bool {
	n := bytes.LastIndex(span, []byte(sectionBegin))
	m := elementBegin.FindSubmatch(span[max(0, n-200):max(0, n)])
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
