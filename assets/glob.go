package assets

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// glob is a text in which a star stands for any characters and a question mark for one.
type glob struct {
	text       string
	head, tail string // what stands before the first of those marks and behind the last
	wild       bool   // there are such marks
}

// parseGlob reads a glob for texts that [fold] has folded as it has folded this one.
func parseGlob(text string) glob {
	const marks = "*?"
	i := strings.IndexAny(text, marks)
	if i < 0 {
		return glob{text: text}
	}
	return glob{text, text[:i], text[strings.LastIndexAny(text, marks)+1:], true}
}

// match reports whether all of s is what the glob says. Most texts are told by their ends.
func (g glob) match(s string) bool {
	if !g.wild {
		return s == g.text
	}
	if len(s) < len(g.head)+len(g.tail) || !strings.HasPrefix(s, g.head) || !strings.HasSuffix(s, g.tail) {
		return false
	}
	return matchMarks(g.text[len(g.head):len(g.text)-len(g.tail)], s[len(g.head):len(s)-len(g.tail)])
}

// matchMarks holds a glob against a text. On a mismatch the last star takes one more
// character: an earlier star need never take more, since a later one can.
func matchMarks(glob, s string) bool {
	if glob == "*" {
		return true
	}
	star, rest := "", "" // the glob behind the last star, and the text behind what it took
	starred := false
	for s != "" {
		size := runeLen(s)
		switch {
		case glob != "" && glob[0] == '*':
			glob = glob[1:]
			star, rest, starred = glob, s, true
		case glob != "" && glob[0] == '?':
			glob, s = glob[1:], s[size:]
		case strings.HasPrefix(glob, s[:size]):
			glob, s = glob[size:], s[size:]
		case starred:
			rest = rest[runeLen(rest):]
			glob, s = star, rest
		default:
			return false
		}
	}
	return strings.Trim(glob, "*") == ""
}

func runeLen(s string) int {
	_, size := utf8.DecodeRuneInString(s)
	return size
}

// fold makes texts alike that differ in letter case alone, by the simple folding of
// Unicode.
func fold(s string) string {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return strings.Map(foldRune, s)
		}
	}
	return strings.ToLower(s)
}

// foldRune returns the smallest of the characters that differ from r in case alone, with
// those of ASCII small.
func foldRune(r rune) rune {
	least := r
	for next := unicode.SimpleFold(r); next != r; next = unicode.SimpleFold(next) {
		least = min(least, next)
	}
	if least < utf8.RuneSelf {
		return unicode.ToLower(least)
	}
	return least
}
