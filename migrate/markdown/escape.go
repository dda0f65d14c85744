package markdown

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"
)

// text writes what the reader shall see, with a backslash before each character
// that would act as markup in goldmark or pulldown-cmark, and before no other.
// next is the first byte written after it, 0 for none; last tells that the line
// ends with it.
func (w *writer) text(s string, next byte, last bool) {
	i := 0
	if w.fresh && w.place == heading && box(s) { // goldmark reads a task in the heading of an item
		w.out = append(w.out, '\\')
		w.out = append(w.out, s[0])
		i = 1
	}
	if w.fresh && w.place == prose {
		if at := lineStart(s, last); at >= 0 {
			w.out = append(w.out, s[:at]...)
			w.out = append(w.out, '\\', s[at])
			i = at + 1
		}
	}
	for i < len(s) {
		plain := i
		for i < len(s) && !special[s[i]] {
			i++
		}
		w.out = append(w.out, s[plain:i]...)
		if i < len(s) {
			i += w.mark(s, i, next, last)
		}
	}
}

// special are the characters that act somewhere.
var special = func() (is [256]bool) {
	for _, c := range []byte("\\*_~`[](<!&|{%}#$:.@") {
		is[c] = true
	}
	return is
}()

// mark writes the special characters at s[i:] and tells how many they are.
func (w *writer) mark(s string, i int, next byte, last bool) int {
	n := 1
	if s[i] == '#' || strings.IndexByte(delimiterChars, s[i]) >= 0 {
		n = runLength(s[i:])
	}
	acts := w.acts(s, i, n, next, last)
	for j := range n {
		switch {
		case i+j+1 == len(s) && next == s[i] && (next == '\\' || next == '~'):
			// goldmark misreads an escape right before a line break or before ~~.
			w.out = fmt.Appendf(w.out, "&#%d;", s[i])
		case acts:
			w.out = append(w.out, '\\', s[i])
		default:
			w.out = append(w.out, s[i])
		}
	}
	return n
}

// acts tells whether the n characters at s[i:] would act as markup.
func (w *writer) acts(s string, i, n int, next byte, last bool) bool {
	after := next
	if i+n < len(s) {
		after = s[i+n]
	}
	switch c := s[i]; c {
	case '\\':
		return isPunct(after)
	case '*', '~', '`', '_':
		return !w.alone[c] && w.delimits(s, i, n, after)
	case '[':
		return w.inLink || after == '^'
	case ']':
		return w.inLink || after == '('
	case '(':
		return i == 0 && w.behind() == ']' // after the mark of a footnote
	case '<':
		return isAlnum(after) || after == '/' || after == '?'
	case '!':
		return after == '[' && i+1 == len(s) || w.behind() == '<'
	case '&':
		return entity(s[i:])
	case '|':
		return w.place == cell
	case '{', '%':
		return w.behind() == '{' // both targets' templates
	case '}': // Zola takes what is in braces at the end of a heading for attributes
		return w.place == heading && last && i+1 == len(s)
	case '#':
		return w.place == heading && last && w.closesHeading(s, i)
	case '$':
		return w.math
	}
	return !w.inLink && w.links(s, i, after)
}

// behind gives the byte written last, 0 at the start of a line.
func (w *writer) behind() byte {
	if len(w.out) == 0 {
		return 0
	}
	return w.out[len(w.out)-1]
}

// delimits tells whether a run of delimiters could open or close something.
func (w *writer) delimits(s string, i, n int, after byte) bool {
	left, _ := utf8.DecodeLastRune(w.out)
	right := rune(after)
	if i+n < len(s) {
		right, _ = utf8.DecodeRuneInString(s[i+n:])
	}
	if len(w.out) == 0 {
		left = 0
	}
	l, r := classOf(left), classOf(right)
	switch {
	case s[i] == '`':
		return true
	case s[i] == '_' && l == letter: // not between two letters
		return r != letter
	}
	return l != blank || r != blank // not between two spaces
}

// closesHeading tells whether the # at s[i] belongs to those that end a heading
// and do not show.
func (w *writer) closesHeading(s string, i int) bool {
	if strings.TrimLeft(s[i:], "#") != "" {
		return false
	}
	before := bytes.TrimRight(w.out, `\#`)
	return len(before) == 0 || before[len(before)-1] == ' '
}

// entity tells whether s begins with what would be read as a character reference.
func entity(s string) bool {
	const longest = 40 // the longest name has 31 letters
	end := strings.IndexByte(s[:min(len(s), longest)], ';')
	if end < 2 {
		return false
	}
	name := strings.TrimPrefix(s[1:end], "#")
	for i := range len(name) {
		if !isAlnum(name[i]) {
			return false
		}
	}
	return name != ""
}

// lineStart gives the place of the character to escape so that a line does not
// begin as a block does, or -1. s is the text that the line begins with, and the
// whole line when last.
func lineStart(s string, last bool) int {
	if last && strings.Trim(s, "-=_*:|+ ") == "" {
		return 0 // a rule, an underline, the second row of a table
	}
	switch c := s[0]; {
	case c == '>', c == ':', strings.HasPrefix(s, "~~~"), attributes(s):
		return 0
	case c == '#' && ends(s, min(runLength(s), 7), last) && runLength(s) < 7:
		return 0
	case strings.IndexByte("-+*", c) >= 0 && ends(s, 1, last):
		return 0
	case c == '[' && (strings.Contains(s, "]:") || box(s)):
		return 0
	case isDigit(c):
		return numberEnd(s, last)
	}
	return -1
}

// attributes tells whether a line that begins with s could be one of attributes for the
// block above it, which Hugo takes away where markup.goldmark.parser.attribute.block is on
// (https://gohugo.io/content-management/markdown-attributes/). Templates are none.
func attributes(s string) bool {
	return s[0] == '{' && !strings.HasPrefix(s, "{{") && !strings.HasPrefix(s, "{%")
}

// ends tells whether the first n bytes of s stand by themselves.
func ends(s string, n int, last bool) bool {
	return n < len(s) && s[n] == ' ' || n == len(s) && last
}

// box tells whether s begins like the check box of a task.
func box(s string) bool {
	return len(s) >= 3 && s[0] == '[' && s[2] == ']' && strings.IndexByte(" xX", s[1]) >= 0
}

// numberEnd finds the mark after a number that begins a line as a list does.
func numberEnd(s string, last bool) int {
	n := len(s) - len(strings.TrimLeft(s, "0123456789"))
	if n <= 9 && n < len(s) && (s[n] == '.' || s[n] == ')') && ends(s, n+1, last) {
		return n
	}
	return -1
}
