package proof

import (
	"bytes"
	"strings"
)

// What a page says in another way than its source, on purpose. Each is named here,
// with its reason, and nowhere else counts as kept.

// looksOf returns what an element marks its text as, and what it may be marked as or not. It
// holds for the tags of raw HTML in pages too.
//
// Markdown has two kinds of emphasis and no others: what it has no mark of its own for
// takes the one that looks most like it (u, cite, mark …). Keyboard keys and samples are
// set as code is. What is raised or lowered as a character need not be slanted. Captions,
// terms, summaries and the heads of tables look marked by themselves, so a page may mark them
// or not.
func looksOf(tag string) (is, may marks) {
	switch tag {
	case "strong", "b", "mark":
		return strong, 0
	case "em", "i", "cite", "dfn", "var", "u":
		return em, 0
	case "del", "s", "strike":
		return struck, 0
	case "sup", "sub":
		return script, script | em
	case "figcaption", "caption":
		return 0, em
	case "summary", "legend", "dt", "th":
		return 0, strong
	}
	return 0, 0
}

// hidden reports whether a reader sees nothing of an element, or nothing that works
// outside of its own page: scripts, drawings, and the buttons and lists of forms.
func hidden(tag string) bool {
	switch tag {
	case "script", "style", "head", "template", "svg", "canvas", "map", "button",
		"select", "noscript", "source", "track", "param", "col", "colgroup":
		return true
	}
	return false
}

// isBox reports whether an element begins and ends a line, and means nothing else to a
// reader.
func isBox(tag string) bool {
	switch tag {
	case "address", "article", "aside", "body", "center", "details", "div", "dl", "fieldset", "form", "figcaption", "figure",
		"footer", "header", "hgroup", "html", "legend", "li", "main", "nav", "p", "section", "summary", "tbody", "td", "tfoot",
		"th", "thead", "tr", "caption":
		return true
	}
	return false
}

// raised makes text of the characters and the signs by which a page says sub and sup.
var raised = strings.NewReplacer("⁰", "0", "¹", "1", "²", "2", "³", "3", "⁴", "4", "⁵", "5", "⁶", "6", "⁷", "7", "⁸", "8", "⁹", "9",
	"₀", "0", "₁", "1", "₂", "2", "₃", "3", "₄", "4", "₅", "5", "₆", "6", "₇", "7", "₈", "8", "₉", "9",
	"⁺", "+", "⁻", "-", "⁼", "=", "⁽", "", "⁾", "", "ⁿ", "n", "ⁱ", "i", "₊", "+", "₋", "-", "₌", "=", "₍", "", "₎", "",
	"ₐ", "a", "ₑ", "e", "ₕ", "h", "ᵢ", "i", "ⱼ", "j", "ₖ", "k", "ₗ", "l", "ₘ", "m", "ₙ", "n", "ₒ", "o", "ₚ", "p", "ᵣ", "r",
	"ₛ", "s", "ₜ", "t", "ᵤ", "u", "ᵥ", "v", "ₓ", "x", "−", "-", "–", "-", "^", "", "_", "", "(", "", ")", "")

// raises reports whether a word of a page may be one with sub or sup in it, and not of TeX.
func raises(word []byte) bool {
	return bytes.ContainsAny(word, raisedBy) && !bytes.ContainsAny(word, `$\{`)
}

// raisedBy are the characters and signs of raised, but for those that other words have too.
const raisedBy = "⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉⁺⁻⁼⁽⁾ⁿⁱ₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ^_"

// deepest is how many quotes, lists and tables may stand within each other: each level
// repeats its prefix on every line, so that what lies deeper is flattened.
const deepest = 24

// readable returns the number of an item, or anyNumber where it has not the one to nine digits
// that CommonMark reads (0.31, 5.2).
func readable(number int) int32 {
	if number < 0 || number > 999_999_999 {
		return anyNumber
	}
	return int32(number)
}

// sameLead reports whether a page keeps two things apart as the source does. Breaks of
// lines become spaces where the author wants them softened, and so may all in a cell,
// which is one line in Markdown. Code that goldmark would read as the rest of a mail address
// has a space before it.
func (style Style) sameLead(page *sight, s, p *thing) bool {
	a, b := s.lead, p.lead
	return a == b || style.Soft && a == line && b == space || page.blocks[p.block].cell && a != glued && b != glued ||
		a == glued && b == space && p.is&code != 0 && bytes.IndexByte(page.of(p.span), '@') >= 0
}

// leftOut are the marks that do not count where a text is nothing but punctuation. Emphasis leaves
// punctuation out where CommonMark would not read its delimiters (0.31, 6.2).
const leftOut = strong | em | struck
