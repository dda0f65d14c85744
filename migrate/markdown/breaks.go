package markdown

import (
	"strings"
	"unicode/utf8"
)

// Breaks says what becomes of the line breaks within a source's paragraphs.
type Breaks string

// What Breaks may be. The empty one is KeepBreaks.
const (
	KeepBreaks   Breaks = "keep"   // a reader sees them as in the source
	SoftenBreaks Breaks = "soften" // they part lines of the page's source alone
	AutoBreaks   Breaks = "auto"   // softened where the lines are merely wrapped text
)

// soften makes the breaks of a paragraph what the style wants them to be.
func (b Breaks) soften(tokens []token) {
	if b != SoftenBreaks && (b != AutoBreaks || !wrapped(tokens)) {
		return
	}
	for i := range tokens {
		if tokens[i].kind == lineBreak {
			tokens[i].kind = softBreak
		}
	}
}

// narrow is the fewest columns that anybody wraps text at.
const narrow = 50

// wrapped tells whether a paragraph's lines look as an editor wraps them: each is so
// long that the next one's first word would not have fitted in.
func wrapped(tokens []token) bool {
	lines := plainLines(tokens)
	width := 0
	for _, l := range lines {
		width = max(width, utf8.RuneCountInString(l))
	}
	if len(lines) < 2 || width < narrow {
		return false
	}
	for i, l := range lines[:len(lines)-1] {
		word, _, _ := strings.Cut(lines[i+1], " ")
		if utf8.RuneCountInString(l)+1+utf8.RuneCountInString(word) <= width {
			return false
		}
	}
	return true
}

// plainLines gives the lines of a paragraph without their marks.
func plainLines(tokens []token) []string {
	lines := []string{""}
	for _, k := range tokens {
		switch k.kind {
		case lineBreak:
			lines = append(lines, "")
		case text, code, raw:
			lines[len(lines)-1] += k.text
		}
	}
	return lines
}
