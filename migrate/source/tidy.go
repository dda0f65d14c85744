package source

import (
	"bytes"
	"errors"
	"html"
	"strconv"
)

// plain are the bytes of XML that need no attention. What does: references, CDATA
// sections, control characters, and the first byte of U+FFFE and U+FFFF.
var plain = func() (t [256]bool) {
	for c := range t {
		t[c] = c >= ' ' || c == '\t' || c == '\n'
	}
	t['&'], t['<'], t[0xEF] = false, false, false
	return t
}()

// tidy makes XML well formed as to its characters: those that XML forbids are
// dropped, raw and as references; references that it does not know become the
// characters that HTML knows them for; any other '&' becomes a text. Lines end in LF.
// In CDATA sections only forbidden characters are touched.
func tidy(b []byte) []byte {
	out := make([]byte, 0, len(b)+64)
	for len(b) > 0 {
		n := 0
		for n < len(b) && plain[b[n]] {
			n++
		}
		out = append(out, b[:n]...)
		if b = b[n:]; len(b) == 0 {
			break
		}
		switch {
		case b[0] == '&':
			out, n = reference(out, b)
		case bytes.HasPrefix(b, []byte("<![CDATA[")):
			n = section(b)
			out = legal(out, b[:n])
		case b[0] == '<':
			out, n = append(out, '<'), 1
		default:
			n = next(b)
			out = legal(out, b[:n])
		}
		b = b[n:]
	}
	return out
}

// section gives the length of the CDATA section that b begins with.
func section(b []byte) int {
	if i := bytes.Index(b, []byte("]]>")); i >= 0 {
		return i + len("]]>")
	}
	return len(b)
}

// next gives the length of the character that b begins with, as far as [legal] cares.
func next(b []byte) int {
	if b[0] == 0xEF {
		return min(3, len(b))
	}
	if b[0] == '\r' && len(b) > 1 && b[1] == '\n' {
		return 2
	}
	return 1
}

// legal appends b without the characters that XML 1.0 forbids (section 2.2).
func legal(out, b []byte) []byte {
	for i := 0; i < len(b); i++ {
		switch c := b[i]; {
		case c == '\r':
			if i+1 == len(b) || b[i+1] != '\n' {
				out = append(out, '\n')
			}
		case c < ' ' && c != '\t' && c != '\n':
		case c == 0xEF && i+2 < len(b) && b[i+1] == 0xBF && b[i+2] >= 0xBE:
			i += 2
		default:
			out = append(out, c)
		}
	}
	return out
}

// reference appends what stands for the '&' that b begins with, and tells how much of
// b that took.
func reference(out, b []byte) ([]byte, int) {
	end := bytes.IndexByte(b[:min(len(b), 40)], ';') + 1
	if end <= 0 || bytes.ContainsAny(b[1:end-1], " \t\r\n&<>\"'") {
		return append(out, "&amp;"...), 1
	}
	ref := string(b[:end])
	switch ref {
	case "&lt;", "&gt;", "&amp;", "&quot;", "&apos;":
		return append(out, ref...), end
	}
	if len(ref) > 2 && ref[1] == '#' {
		return numeric(out, ref), end
	}
	if text := html.UnescapeString(ref); text != ref && text != html.UnescapeString(ref[:len(ref)-1])+";" {
		return append(out, html.EscapeString(text)...), end
	}
	return append(out, "&amp;"...), 1
}

// numeric appends a reference by number: unchanged where XML allows the character,
// nothing where it does not, a text where it is no number.
func numeric(out []byte, ref string) []byte {
	digits, base := ref[2:len(ref)-1], 10
	if digits != "" && digits[0]|0x20 == 'x' {
		digits, base = digits[1:], 16
	}
	n, err := strconv.ParseUint(digits, base, 64)
	switch {
	case err != nil && !tooLarge(err):
		return append(append(out, "&amp;"...), ref[1:]...)
	case err != nil || !legalRune(n):
		return out
	}
	return append(out, ref...)
}

func legalRune(n uint64) bool {
	return n == '\t' || n == '\n' || n == '\r' || n >= ' ' && n < 0xD800 ||
		n > 0xDFFF && n < 0xFFFE || n > 0xFFFF && n <= 0x10FFFF
}

func tooLarge(err error) bool { return errors.Is(err, strconv.ErrRange) }
