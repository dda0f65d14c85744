package plan

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Printable makes control characters visible, and marks that turn text around: a feed
// must not write to the terminal as it likes.
func Printable(s string) string { return escaped(s, hides) }

// printableText is Printable for the lines of a file, where tabs are at home.
func printableText(s string) string {
	return escaped(s, func(r rune) bool { return r != '\t' && hides(r) })
}

func hides(r rune) bool {
	return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == utf8.RuneError
}

func escaped(s string, hidden func(rune) bool) string {
	if strings.IndexFunc(s, hidden) < 0 {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		if hidden(r) {
			q := strconv.QuoteRuneToASCII(r)
			b.WriteString(q[1 : len(q)-1])
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}
