package feedscan

import (
	"bufio"
	"bytes"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/unicode/utf32"

	"replant/migrate/regex"
	"replant/migrate/unpack"
)

const (
	// sniffed is how much of a feed is looked at for its encoding.
	sniffed = 64 << 10
	// unpackedMost is how much a packed feed may unpack to: as much as one may have
	// that comes from a server.
	unpackedMost = 2 << 30
)

var (
	declaration = regex.Lazy(`<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]+)["']`)
	rootElement = regex.Lazy(`(?i)<(?:[\w.-]+:)?(?:rss|rdf|feed)[\s>]`)
)

// unicodeReader returns r with an encoding in which a '<' is always a '<', and the
// encoding of its pieces. A byte order mark counts most, then what the document says
// of itself, then named, the encoding that it came with. Gzip is unpacked.
func unicodeReader(r io.Reader, named string) (io.Reader, *pieces, error) {
	b := bufio.NewReaderSize(r, sniffed)
	if magic, _ := b.Peek(3); string(magic) == "\x1f\x8b\x08" {
		z, err := unpack.NewReader(b)
		if err != nil {
			return nil, nil, NotFeed("this is a damaged gzip file")
		}
		b = bufio.NewReaderSize(io.LimitReader(z, unpackedMost), sniffed)
	}
	head, _ := b.Peek(sniffed) // a read error comes again when the bytes are wanted
	if enc := wide(head); enc != nil {
		return enc.NewDecoder().Reader(b), &pieces{known: true, utf8: true}, nil
	}
	if bytes.HasPrefix(head, []byte("\xEF\xBB\xBF")) {
		_, _ = b.Discard(3) // they are in the buffer
		return b, &pieces{known: true, utf8: true}, nil
	}
	p := &pieces{label: encodingName(declared(head))}
	if p.label == "" {
		p.label = encodingName(named)
	}
	if p.label == "iso-2022-jp" || p.label == "" && shifted(head) { // its '<' may be half a character
		enc, _ := charset.Lookup("iso-2022-jp")
		return enc.NewDecoder().Reader(b), &pieces{known: true, utf8: true}, nil
	}
	p.weigh(head)
	return b, p, nil
}

// declared returns the encoding that an XML declaration names, however much junk stands
// before it; one that stands in a post is none.
func declared(head []byte) string {
	if root := rootElement().FindIndex(head); root != nil {
		head = head[:root[0]]
	}
	m := declaration().FindSubmatch(head)
	if m == nil {
		return ""
	}
	return string(m[1])
}

// encodingName returns the name of an encoding as the WHATWG has it, or "" for one that says
// nothing about single pieces: unknown, UTF-8, or UTF-16 where a '<' is one byte.
func encodingName(label string) string {
	_, name := charset.Lookup(strings.ReplaceAll(label, "_", "-"))
	switch name {
	case "utf-8", "utf-16le", "utf-16be", "replacement", "x-user-defined":
		return ""
	case "gbk":
		return "gb18030" // which holds it
	}
	return name
}

// shifted recognises ISO-2022-JP by its escape sequences, which no XML may hold.
func shifted(head []byte) bool {
	return bytes.Contains(head, []byte("\x1b$B")) || bytes.Contains(head, []byte("\x1b$@"))
}

// wide recognises UTF-16 and UTF-32 by their byte order marks, else by where the zeros of
// their ASCII characters stand, or nil for anything else.
func wide(head []byte) encoding.Encoding {
	for _, w := range []struct {
		mark  string
		zeros [4]bool // which bytes of four are zero in ASCII text
		enc   func() encoding.Encoding
	}{
		{"\x00\x00\xFE\xFF", [4]bool{true, true, true, false}, utf32of(utf32.BigEndian)},
		{"\xFF\xFE\x00\x00", [4]bool{false, true, true, true}, utf32of(utf32.LittleEndian)},
		{"\xFE\xFF", [4]bool{true, false, true, false}, lookup("utf-16be")},
		{"\xFF\xFE", [4]bool{false, true, false, true}, lookup("utf-16le")},
	} {
		if bytes.HasPrefix(head, []byte(w.mark)) || zeros(head) == w.zeros {
			return w.enc()
		}
	}
	return nil
}

func utf32of(order utf32.Endianness) func() encoding.Encoding {
	return func() encoding.Encoding { return utf32.UTF32(order, utf32.IgnoreBOM) }
}

func lookup(label string) func() encoding.Encoding {
	return func() encoding.Encoding { enc, _ := charset.Lookup(label); return enc }
}

// zeros reports which bytes of four are mostly zero at the beginning of a feed.
func zeros(head []byte) (mostly [4]bool) {
	head = head[:min(len(head), 64)&^3]
	var n [4]int
	for i, c := range head {
		if c == 0 {
			n[i%4]++
		}
	}
	for i := range n {
		mostly[i] = n[i] > len(head)/8
	}
	return mostly
}

// pieces decodes the pieces of a feed. Valid UTF-8 wins over any declaration: a wrong one
// is common, and text of another encoding that happens to be valid UTF-8 is not. What is
// true of the feed is decided once, by the first text beyond ASCII, so that a short item
// that could be read both ways is read as its neighbours are.
type pieces struct {
	label string // the encoding as declared; empty where it is UTF-8 or unknown
	known bool   // whether the feed is UTF-8 has been decided
	utf8  bool
	lost  int // places that could not be read, so far
}

// weigh decides by a sample whether the feed is UTF-8.
func (p *pieces) weigh(sample []byte) {
	good, bad := characters(sample)
	if p.known || good+bad == 0 {
		return
	}
	p.known = true
	p.utf8 = good >= bad
	if p.paired() {
		p.utf8 = good > 4*bad
	}
	if !p.utf8 && p.label == "" {
		p.label = guessed(sample)
	}
}

// decode makes UTF-8 of a piece, and counts the places that it could not read.
func (p *pieces) decode(b []byte) []byte {
	if ascii(b) && (p.utf8 || !p.paired()) {
		return b // which decides nothing
	}
	out := p.read(b)
	if !utf8.Valid(b) {
		p.lost += max(0, bytes.Count(out, replacement)-bytes.Count(b, replacement))
	}
	return out
}

// replacement stands for what cannot be read.
var replacement = []byte("\uFFFD")

func (p *pieces) read(b []byte) []byte {
	valid := utf8.Valid(b)
	if !p.known {
		p.weigh(b)
	}
	switch {
	case valid && (p.utf8 || !p.paired()):
		return b
	case p.utf8 && multibyte(b):
		return bytes.ToValidUTF8(b, replacement) // single bytes are damaged
	case p.label == "":
		return transcoded(b, "windows-1252")
	}
	return transcoded(b, p.label)
}

// paired reports whether the encoding has characters of several bytes, such as may look
// like UTF-8.
func (p *pieces) paired() bool {
	switch p.label {
	case "shift_jis", "euc-jp", "euc-kr", "gb18030", "big5":
		return true
	}
	return false
}

// Text makes UTF-8 of the pieces of a text that does not say its encoding, all in the same.
type Text struct{ pieces }

// NewText returns a Text for a file that begins with a sample.
func NewText(sample []byte) *Text {
	t := &Text{}
	t.weigh(sample)
	return t
}

// Decode makes UTF-8 of a piece.
func (t *Text) Decode(b []byte) []byte { return t.decode(b) }

// Damaged is in how many places the pieces so far had bytes that are no characters.
func (t *Text) Damaged() int { return t.lost }

func transcoded(b []byte, label string) []byte {
	enc, _ := charset.Lookup(label)
	out, err := enc.NewDecoder().Bytes(b)
	if err != nil {
		return bytes.ToValidUTF8(b, replacement)
	}
	return out
}

// characters counts the characters beyond ASCII that are UTF-8, and the bytes that are
// not. One that is cut off at the end counts as neither.
func characters(b []byte) (good, bad int) {
	for len(b) > 0 {
		if b[0] < utf8.RuneSelf {
			b = b[1:]
			continue
		}
		r, n := utf8.DecodeRune(b)
		switch {
		case r != utf8.RuneError || n > 1:
			good++
		case utf8.FullRune(b):
			bad++
		}
		b = b[n:]
	}
	return good, bad
}

// multibyte reports whether b holds any character of UTF-8 beyond ASCII.
func multibyte(b []byte) bool {
	good, _ := characters(b)
	return good > 0
}
