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

func folds(r rune) bool { return r < utf8.RuneSelf && strings.ContainsRune(whitespace, r) }

// fold makes each run of spaces one.
func fold(s string) string {
	if isFolded(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for s != "" {
		word := s
		if end := strings.IndexFunc(s, isGap); end >= 0 {
			word = s[:end]
		}
		b.WriteString(word)
		rest := strings.TrimLeftFunc(s[len(word):], isGap)
		switch gap := s[len(word) : len(s)-len(rest)]; {
		case gap == "":
		case gap == noBreak && keepsNoBreak(word, rest):
			b.WriteString(noBreak)
		default:
			b.WriteByte(' ')
		}
		s = rest
	}
	return b.String()
}

// isFolded reports whether all gaps of a text are single spaces. A text is asked byte by byte:
// [strings.ContainsAny] looks each character up where one of those asked for is not ASCII.
func isFolded(s string) bool {
	for i := range len(s) {
		switch c := s[i]; {
		case c > ' ' && c != noBreak[0]:
		case c == noBreak[0]:
			if strings.HasPrefix(s[i:], noBreak) {
				return false
			}
		case c == ' ':
			if i > 0 && s[i-1] == ' ' {
				return false
			}
		case folds(rune(c)):
			return false
		}
	}
	return true
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
