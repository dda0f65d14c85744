package feedscan

import (
	"bytes"
	"crypto/rand"
	"html"
)

// aside are the bodies of an item of RSS that gofeed does not get to see: it would copy each
// several times, and check its characters, which are checked. A mark stands in their places.
type aside struct{ marks, texts []string }

// asideLeast is how many bytes a body has that is worth it.
const asideLeast = 256

// setAside takes the bodies out of an item whose characters are tidy: the elements of a
// description and of content:encoded that have no attributes, and that hold one CDATA
// section or a text.
func setAside(item []byte) (short []byte, a aside) {
	rest := item
	for {
		i := bytes.IndexByte(rest, '<')
		if i < 0 {
			return append(short, rest...), a
		}
		n := i + passed(rest[i:])
		name := bodyName(rest[i:n])
		if name == "" {
			short = append(short, rest[:n]...)
			rest = rest[n:]
			continue
		}
		text, size := bodyText(rest[n:], name)
		short = append(short, rest[:n]...)
		rest = rest[n:]
		if size >= asideLeast {
			mark := rand.Text() // which no feed can have guessed
			a.marks, a.texts = append(a.marks, mark), append(a.texts, text)
			short = append(short, mark...)
			rest = rest[size:]
		}
	}
}

// passed returns how long the tag, the comment or the section is that b begins with.
func passed(b []byte) int {
	if n := passedOver(b); n > 0 {
		return n
	}
	if end := bytes.IndexByte(b, '>'); end >= 0 {
		return end + 1
	}
	return len(b)
}

// bodyName returns the name of the element that a start tag begins, where it may be a body
// and has no attributes; else "".
func bodyName(tag []byte) string {
	switch string(tag) {
	case "<description>":
		return "description"
	case "<content:encoded>":
		return "content:encoded"
	}
	return ""
}

// bodyText returns the text of an element whose start tag b stands behind, and how many
// bytes it takes; 0 where it is more than one section or a text.
func bodyText(b []byte, name string) (text string, size int) {
	const space = " \t\r\n"
	begin := len(b) - len(bytes.TrimLeft(b, space))
	if bytes.HasPrefix(b[begin:], []byte(sectionBegin)) {
		n := passed(b[begin:])
		end := begin + n
		size = len(b) - len(bytes.TrimLeft(b[end:], space))
		if !bytes.HasPrefix(b[size:], []byte("</"+name+">")) {
			return "", 0
		}
		return string(b[begin+len(sectionBegin) : end-len(sectionEnd)]), size
	}
	size = bytes.IndexByte(b, '<')
	if size < 0 || !bytes.HasPrefix(b[size:], []byte("</"+name+">")) {
		return "", 0
	}
	return html.UnescapeString(string(bytes.TrimSpace(b[:size]))), size
}

// putBack puts the bodies back where their marks are. It reports whether all are back: a mark
// is lost where a feed has a body twice, or in an element of another namespace.
func (a aside) putBack(e *Entry) bool {
	back := 0
	for i, mark := range a.marks {
		found := false
		for _, field := range []*string{&e.RSS.Description, &e.Description, &e.RSS.Content, &e.Content} {
			if *field == mark {
				*field, found = a.texts[i], true
			}
		}
		if found {
			back++
		}
	}
	return back == len(a.marks)
}
