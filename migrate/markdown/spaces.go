package markdown

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// whitespace is what HTML folds to one space.
const whitespace = " \t\n\f\r"

// noBreak is the space at which no line breaks. Editors write it in the place of every
// second space, and wherever a mark begins or ends.
const noBreak = "\u00a0"

// isGap reports whether a character parts words as a space does.
func isGap(r rune) bool { return folds(r) || r == '\u00a0' }

// folds reports whether a character is one of [whitespace].
func folds(r rune) bool {
	switch r {
	case ' ', '\t', '\n', '\f', '\r':
		return true
	}
	return false
}

// gapAt returns the length of the gap of one character that s begins with, or 0. Nothing but
// bytes is looked at: no other character of valid UTF-8 begins or ends with those of one that
// parts words.
func gapAt(s string) int {
	switch {
	case s == "":
	case s[0] == noBreak[0] && strings.HasPrefix(s, noBreak):
		return len(noBreak)
	case folds(rune(s[0])):
		return 1
	}
	return 0
}

// gapBefore returns the length of the gap of one character that s ends with, or 0.
func gapBefore(s string) int {
	switch {
	case s == "":
	case folds(rune(s[len(s)-1])):
		return 1
	case strings.HasSuffix(s, noBreak):
		return len(noBreak)
	}
	return 0
}

// trimGaps takes a text apart: the gap before its words, the words, and the gap behind them.
func trimGaps(s string) (before, words, after string) {
	from := 0
	for n := gapAt(s); n > 0; n = gapAt(s[from:]) {
		from += n
	}
	words = s[from:]
	for n := gapBefore(words); n > 0; n = gapBefore(words) {
		words = words[:len(words)-n]
	}
	return s[:from], words, s[from+len(words):]
}

// isGaps reports whether white space is all of a text.
func isGaps(s string) bool {
	for i := range len(s) {
		if !folds(rune(s[i])) {
			return false
		}
	}
	return true
}

// folded adds a text to out, each run of spaces one.
func folded(out []byte, s string) []byte {
	for s != "" {
		end := 0
		for end < len(s) && gapAt(s[end:]) == 0 {
			end++
		}
		next := end
		for n := gapAt(s[next:]); n > 0; n = gapAt(s[next:]) {
			next += n
		}
		out = append(out, s[:end]...)
		switch gap := s[end:next]; {
		case gap == "":
		case gap == noBreak && keepsNoBreak(s[:end], s[next:]):
			out = append(out, noBreak...)
		default:
			out = append(out, ' ')
		}
		s = s[next:]
	}
	return out
}

// gapsIn reports whether a text has gaps that are not single spaces. A text is asked byte by byte:
// [strings.ContainsAny] looks each character up where one of those asked for is not ASCII.
func gapsIn(s string) bool {
	for i := range len(s) {
		switch c := s[i]; {
		case c > ' ' && c != noBreak[0]:
		case c == noBreak[0]:
			if strings.HasPrefix(s[i:], noBreak) {
				return true
			}
		case c == ' ':
			if i > 0 && s[i-1] == ' ' {
				return true
			}
		case folds(rune(c)):
			return true
		}
	}
	return false
}

// keepsNoBreak reports whether a line must not break between two words: a number and its
// unit, or what is numbered; French punctuation and quotation marks, and dashes; an initial
// or a title and a name, a word of one letter and the next.
func keepsNoBreak(before, after string) bool {
	if i := strings.LastIndexFunc(before, isGap); i >= 0 {
		_, n := utf8.DecodeRuneInString(before[i:])
		before = before[i+n:]
	}
	if i := strings.IndexFunc(after, isGap); i >= 0 {
		after = after[:i]
	}
	last, _ := utf8.DecodeLastRuneInString(before)
	first, _ := utf8.DecodeRuneInString(after)
	letters := utf8.RuneCountInString(strings.TrimRightFunc(before, unicode.IsPunct))
	const unitMost, titleMost = 5, 3
	switch {
	case before == "" || after == "":
		return false
	case strings.ContainsRune(":;!?»%‰°–—€$£¥", first), strings.ContainsRune("«§№#€$£¥", last):
		return true
	case unicode.IsDigit(last):
		return utf8.RuneCountInString(strings.TrimRightFunc(after, unicode.IsPunct)) <= unitMost
	case unicode.IsDigit(first):
		return letters <= unitMost
	case last == '.':
		capital, _ := utf8.DecodeRuneInString(before)
		return letters == 1 || letters <= titleMost && unicode.IsUpper(capital)
	}
	return letters == 1 && unicode.IsLetter(last)
}
