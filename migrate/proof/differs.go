package proof

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// What a page says in another way than its source, on purpose. Each is named here,
// with its reason, and nowhere else counts as kept.

// looks are what elements mark their text as. The same table reads the tags of raw
// HTML in pages.
//
// Markdown has two kinds of emphasis and no others: what it has no mark of its own for
// takes the one that looks most like it (u, cite, mark …). Keyboard keys and samples are
// set as code is. Captions, terms, summaries and the heads of tables look marked by
// themselves, so a page may mark them or not.
var looks = map[string]struct{ is, may marks }{
	"strong": {is: strong}, "b": {is: strong}, "mark": {is: strong},
	"em": {is: em}, "i": {is: em}, "cite": {is: em}, "dfn": {is: em}, "var": {is: em}, "u": {is: em},
	"del": {is: struck}, "s": {is: struck}, "strike": {is: struck},
	"sup": {is: script, may: script}, "sub": {is: script, may: script},
	"figcaption": {may: em}, "caption": {may: em},
	"summary": {may: strong}, "legend": {may: strong}, "dt": {may: strong}, "th": {may: strong},
}

// nothing tells whether a reader sees nothing of an element, or nothing that works
// outside of its own page: scripts, drawings, and the buttons and lists of forms.
func nothing(tag string) bool {
	switch tag {
	case "script", "style", "head", "template", "svg", "canvas", "map", "button",
		"select", "noscript", "source", "track", "param", "col", "colgroup":
		return true
	}
	return false
}

// boxes are the elements that begin and end a line, and mean nothing else to a reader.
var boxes = map[string]bool{
	"address": true, "article": true, "aside": true, "body": true, "center": true, "details": true,
	"div": true, "dl": true, "fieldset": true, "form": true, "figcaption": true, "figure": true, "footer": true,
	"header": true, "hgroup": true, "html": true, "legend": true, "li": true, "main": true, "nav": true,
	"p": true, "section": true, "summary": true, "tbody": true, "td": true, "tfoot": true, "th": true,
	"thead": true, "tr": true, "caption": true,
}

// raised are the characters by which a page says sub and sup, beside a ^.
var raised = strings.NewReplacer("⁰", "0", "¹", "1", "²", "2", "³", "3", "⁴", "4", "⁵", "5", "⁶", "6", "⁷", "7", "⁸", "8", "⁹", "9",
	"₀", "0", "₁", "1", "₂", "2", "₃", "3", "₄", "4", "₅", "5", "₆", "6", "₇", "7", "₈", "8", "₉", "9", "^", "")

// deepest is how many quotes, lists and tables may stand within each other: each level
// repeats its prefix on every line, so that what lies deeper is flattened.
const deepest = 24

// readable gives the number of an item; any where it has not the one to nine digits that
// CommonMark reads (0.31, 5.2).
func readable(number int) int32 {
	if number < 0 || number > 999_999_999 {
		return anyNumber
	}
	return int32(number)
}

// sameLead tells whether a page keeps two things apart as the source does. Breaks of
// lines become spaces where the author wants them softened, and so may all in a cell,
// which is one line in Markdown.
func (s Style) sameLead(a, b lead, cell bool) bool {
	return a == b || s.Soft && a == line && b == space || cell && a != glued && b != glued
}

// hasLetter tells whether a text is more than punctuation. Emphasis leaves punctuation out
// where CommonMark would not read its delimiters (0.31, 6.2), so that its marks are none.
func hasLetter(text string) bool {
	for i := range len(text) {
		switch c := text[i]; {
		case c >= '0' && c <= '9', c|0x20 >= 'a' && c|0x20 <= 'z':
			return true
		case c >= utf8.RuneSelf:
			return strings.ContainsFunc(text[i:], lettered)
		}
	}
	return false
}

func lettered(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
