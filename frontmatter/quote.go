package frontmatter

import (
	"fmt"
	"unicode/utf8"
)

// appendQuoted writes a string as a double-quoted scalar on one line, in the part of
// JSON's spelling that YAML readers agree on: emoji stand as they are, since Zola
// refuses surrogate pairs. Invalid UTF-8 becomes U+FFFD.
func appendQuoted(b []byte, s string) []byte {
	b = append(b, '"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b = append(b, '\\', byte(r))
		case r == '\n':
			b = append(b, `\n`...)
		case r == '\t':
			b = append(b, `\t`...)
		case !delicate(r):
			b = utf8.AppendRune(b, r)
		case r > 0xFFFF:
			b = fmt.Appendf(b, `\U%08X`, r)
		default:
			b = fmt.Appendf(b, `\u%04X`, r)
		}
	}
	return append(b, '"')
}

// delicate tells whether a character must be escaped: controls, which Zola refuses
// (and U+0085 is a line break to it), the other line breaks of YAML 1.1, the byte
// order mark, and the noncharacters of Unicode.
func delicate(r rune) bool {
	switch {
	case r < 0x20, 0x7F <= r && r <= 0x9F:
		return true
	case r == 0x2028, r == 0x2029, r == 0xFEFF:
		return true
	case 0xFDD0 <= r && r <= 0xFDEF, r&0xFFFE == 0xFFFE:
		return true
	}
	return false
}
