package blog

import (
	"html"
	"strings"
	"unicode"

	"replant/migrate/regex"
)

var (
	entity = regex.Lazy(`&(?:#\d+|#[xX][0-9a-fA-F]+|\w+);`)
	voids  = regex.Lazy(`(?i)<(?:br|wbr|img\s[^<>]*)\s*/?>`)
	marks  = regex.Lazy(`(?i)<(/?)(a|abbr|b|big|cite|code|del|div|em|font|h[1-6]|i|ins|kbd|mark|p|q|s|samp|small|span|strike|strong|sub|sup|tt|u|var)(?:\s[^<>]*)?>`)
)

// marksMost is how many tags a title may have to be taken for HTML.
const marksMost = 100

// PlainTitle takes markup and a second layer of escaping off a text, onto one line.
// What only looks like markup, such as the <T> of a title about generics, stays: only
// elements that have both their tags go.
func PlainTitle(s string) string {
	s = unmarked(voids().ReplaceAllString(s, " "))
	return OneLine(entity().ReplaceAllStringFunc(s, html.UnescapeString))
}

// unmarked takes both tags off all elements that have both.
func unmarked(s string) string {
	tags := marks().FindAllStringSubmatchIndex(s, marksMost)
	var open []int
	paired := map[int]bool{}
	for i, t := range tags {
		if t[2] == t[3] {
			open = append(open, i)
			continue
		}
		for k := len(open) - 1; k >= 0; k-- {
			if start := tags[open[k]]; strings.EqualFold(s[start[4]:start[5]], s[t[4]:t[5]]) {
				paired[i], paired[open[k]] = true, true
				open = open[:k]
				break
			}
		}
	}
	var b strings.Builder
	end := 0
	for i, t := range tags {
		if paired[i] {
			b.WriteString(s[end:t[0]])
			end = t[1]
		}
	}
	return b.String() + s[end:]
}

// OneLine folds white space, and drops what a line of text cannot hold: control
// characters, and marks of direction, which would turn the text around them. Spaces
// of a width of their own, such as that between Japanese sentences, stay.
func OneLine(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r) && (r < 0x2000 || r == 0x2028 || r == 0x2029):
			return ' '
		case unicode.IsControl(r), r == unicode.ReplacementChar, r >= '\u202A' && r <= '\u202E', r >= '\u2066' && r <= '\u2069', r == '\uFEFF':
			return -1
		}
		return r
	}, s)
	return strings.TrimSpace(strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == ' ' }), " "))
}

// Letters is what two spellings of a text have in common.
func Letters(s string) string {
	return strings.Map(func(r rune) rune {
		if IsAlphanumeric(r) {
			return r
		}
		return -1
	}, s)
}

// IsAlphanumeric reports whether r is a letter or a digit.
func IsAlphanumeric(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// IsBlank reports whether text has nothing to see.
func IsBlank(s string) bool { return strings.TrimSpace(s) == "" }
