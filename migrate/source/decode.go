package source

import (
	"bufio"
	"bytes"
	"io"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
)

// sniffed is how much of a feed is looked at for its encoding.
const sniffed = 1024

var declaration = regexp.MustCompile(`<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]+)["']`)

// unicodeReader gives r with an encoding in which a '<' is always a '<', and the name
// of the encoding that the feed declares, for [decode]. The byte order mark is gone.
func unicodeReader(r io.Reader) (io.Reader, string) {
	b := bufio.NewReaderSize(r, sniffed)
	head, _ := b.Peek(sniffed) // a read error comes again when the bytes are wanted
	if label := wide(head); label != "" {
		return converted(b, label), ""
	}
	if bytes.HasPrefix(head, []byte("\xEF\xBB\xBF")) {
		_, _ = b.Discard(3) // they are in the buffer
		return b, "utf-8"
	}
	m := declaration.FindSubmatch(head)
	if m == nil {
		return b, ""
	}
	_, label := charset.Lookup(string(m[1]))
	if label == "iso-2022-jp" { // its '<' may be half a character
		return converted(b, label), ""
	}
	return b, label
}

// wide tells UTF-16 by its byte order mark, or by the zeros beside the first '<'.
func wide(head []byte) string {
	switch {
	case bytes.HasPrefix(head, []byte("\xFE\xFF")), bytes.HasPrefix(head, []byte("\x00<\x00")), bytes.HasPrefix(head, []byte("\x00{\x00")):
		return "utf-16be"
	case bytes.HasPrefix(head, []byte("\xFF\xFE")), bytes.HasPrefix(head, []byte("<\x00")), bytes.HasPrefix(head, []byte("{\x00")):
		return "utf-16le"
	}
	return ""
}

func converted(r io.Reader, label string) io.Reader {
	enc, _ := charset.Lookup(label)
	return enc.NewDecoder().Reader(r)
}

// decode makes UTF-8 of a piece of a feed. Bytes that are valid UTF-8 win over any
// declaration: a wrong one is common, and Latin-1 that happens to be valid UTF-8 is
// not. What claims to be UTF-8 and is not is taken for windows-1252, unless part of it
// is UTF-8 indeed: then single bytes are damaged.
func decode(b []byte, label string) []byte {
	if utf8.Valid(b) {
		return b
	}
	if label == "" || label == "utf-8" {
		if multibyte(b) {
			return bytes.ToValidUTF8(b, []byte("\uFFFD"))
		}
		label = "windows-1252"
	}
	enc, _ := charset.Lookup(label)
	if enc == nil {
		return bytes.ToValidUTF8(b, []byte("\uFFFD"))
	}
	out, err := enc.NewDecoder().Bytes(b)
	if err != nil {
		return bytes.ToValidUTF8(b, []byte("\uFFFD"))
	}
	return out
}

// multibyte tells whether b holds any character of UTF-8 beyond ASCII.
func multibyte(b []byte) bool {
	for len(b) > 0 {
		r, n := utf8.DecodeRune(b)
		if r >= utf8.RuneSelf && (r != utf8.RuneError || n > 1) {
			return true
		}
		b = b[n:]
	}
	return false
}

// blank tells whether text has nothing to see.
func blank(s string) bool { return strings.TrimSpace(s) == "" }
