package markdown

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Breaks is how the line breaks within a source's paragraphs are written.
type Breaks string

// What Breaks may be. The empty one is KeepBreaks.
const (
	KeepBreaks   Breaks = "keep"   // a reader sees them as in the source
	SoftenBreaks Breaks = "soften" // they part lines of the page's source alone
	AutoBreaks   Breaks = "auto"   // softened where the lines are wrapped text, or sentences of prose
)

// soften makes the breaks of a paragraph what the style wants them to be.
func (b Breaks) soften(tokens []token) {
	if !breaksLines(tokens) || b != SoftenBreaks && (b != AutoBreaks || standsOut(tokens) || !wrapped(tokens) && !isProse(tokens)) {
		return
	}
	for i := range tokens {
		if tokens[i].kind == lineBreak {
			tokens[i].kind = softBreak
		}
	}
}

// breaksLines reports whether a paragraph has several lines.
func breaksLines(tokens []token) bool {
	for i := range tokens {
		if tokens[i].kind == lineBreak {
			return true
		}
	}
	return false
}

// narrow is the fewest columns that anybody wraps text at.
const narrow = 50

// wrapped reports whether a paragraph's lines look as an editor wraps them: each is so
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

// isProse reports whether a paragraph's lines are sentences that read on: none but the last is as
// short as those of verse, addresses and lists are, and each ends as sentences do or goes on in
// small letters.
func isProse(tokens []token) bool {
	lines := plainLines(tokens)
	if len(lines) < 2 {
		return false
	}
	for i, l := range lines[:len(lines)-1] {
		if columns(l) < narrow || !readsOn(l, lines[i+1]) {
			return false
		}
	}
	return true
}

// columns returns how wide a text is: the characters of scripts without spaces take two.
func columns(s string) (n int) {
	for _, r := range s {
		if n++; unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul) {
			n++
		}
	}
	return n
}

// readsOn reports whether a line and the next are parts of one text.
func readsOn(line, next string) bool {
	end := strings.TrimRightFunc(line, func(r rune) bool {
		return unicode.IsSpace(r) || unicode.In(r, unicode.So, unicode.Sk, unicode.Cf, unicode.Variation_Selector) || strings.ContainsRune(`"'”’»)]`, r)
	})
	last, _ := utf8.DecodeLastRuneInString(end)
	first, _ := utf8.DecodeRuneInString(next)
	return strings.ContainsRune(".!?…,;。！？，、", last) || unicode.IsLetter(last) && unicode.IsLower(first)
}

// standsOut reports whether a line of a paragraph begins with a picture, a tag, a number or a
// bullet, or is all of one mark, link or piece of code: what a reader looks for by its line.
func standsOut(tokens []token) bool {
	begins := true
	for i, k := range tokens {
		switch {
		case begins && k.kind == text && lineStart(k.text, false, true) >= 0:
			return true
		case begins && k.kind == raw:
			return true
		case begins && (k.kind == opening || k.kind == code) && fillsLine(tokens[i:]):
			return true
		}
		begins = k.breaks()
	}
	return false
}

// fillsLine reports whether what tokens begin with is all of their line.
func fillsLine(tokens []token) bool {
	for i, k := range tokens {
		if i == 0 && k.kind == code || k.kind == closing && k.mark == tokens[0].mark {
			return i+1 == len(tokens) || tokens[i+1].breaks()
		}
	}
	return false
}

// plainLines returns the lines of a paragraph without their marks.
func plainLines(tokens []token) []string {
	lines := []string{""}
	for _, k := range tokens {
		switch k.kind {
		case lineBreak:
			lines = append(lines, "")
		case text, code, raw, dollar, passed:
			lines[len(lines)-1] += k.text
		}
	}
	return lines
}
