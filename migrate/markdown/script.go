package markdown

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/JohannesKaufmann/html-to-markdown/v2/converter"
	"golang.org/x/net/html"

	"replant/migrate/blog"
	"replant/migrate/dom"
)

// renderScript renders superscripts and subscripts, where leaving them out would say
// something else: with characters of their own where all signs have one (xⁿ⁺¹, H₂O), else
// with a ^ or a _, in parentheses where it would not be clear what belongs to it (e^(-x/2),
// V_CC). The endings of words and numbers (1st, Mme) stay as they are, and so does what is
// set small without a sign in front of it.
func renderScript(ctx converter.Context, f *flow, n *html.Node) {
	words := dom.Words(n)
	if f.line.coding || words == "" || !onlyWords(n) {
		ctx.RenderChildNodes(ctx, f, n)
		return
	}
	spell := subscript
	if n.Data == "sup" {
		spell = superscript
	}
	spelled := spell(words, f.line.tail())
	only := n.FirstChild == n.LastChild && n.FirstChild.Type == html.TextNode
	sign, _, found := strings.Cut(spelled, words)
	switch {
	case spelled == "":
		ctx.RenderChildNodes(ctx, f, n)
	case only || !found:
		f.line.instead(n, spelled)
	default: // what is slanted in it stays so
		f.line.text(sign)
		ctx.RenderChildNodes(ctx, f, n)
		f.line.text(spelled[len(sign)+len(words):])
	}
}

// onlyWords reports whether an element holds nothing but text, which may be slanted.
func onlyWords(n *html.Node) bool {
	for d := range n.Descendants() {
		if d.Type == html.TextNode || d.Type == html.CommentNode {
			continue
		}
		switch d.Data {
		case "em", "i", "var", "span", "font":
		default:
			return false
		}
	}
	return true
}

// superscript spells a superscript behind a base, or returns "" where its words do.
func superscript(words, base string) string {
	switch {
	case strings.Trim(words, "0123456789") == "":
		return superscripts.Replace(words)
	case isExponent(words, base):
		return script("^", words, superscripts, utf8.RuneCountInString(words) > 1)
	case strings.ContainsAny(words, "0123456789") && strings.Trim(words, "0123456789,–-") == "": // marks of notes
		return raisedDigits.Replace(words)
	}
	return ""
}

// subscript spells a subscript behind a base, or returns "" where its words do.
func subscript(words, base string) string {
	switch {
	case strings.Trim(words, "0123456789") == "":
		return subscripts.Replace(words)
	case base == "" || len(words) > scriptMost || strings.ContainsAny(words, " ^_"):
		return ""
	}
	return script("_", words, subscripts, strings.ContainsFunc(words, func(r rune) bool { return !blog.IsAlphanumeric(r) }))
}

// scriptMost is how many bytes a subscript or an exponent has at the most; more is prose that
// is set small.
const scriptMost = 16

// script spells words with characters of their own, or else behind a sign.
func script(sign, words string, own *strings.Replacer, bracket bool) string {
	if spelled := own.Replace(words); !strings.ContainsFunc(spelled, func(r rune) bool { return strings.ContainsRune(words, r) }) {
		return spelled
	}
	if bracket {
		return sign + "(" + words + ")"
	}
	return sign + words
}

// isExponent reports whether a superscript is one in the sense of arithmetic: a short
// expression right after a number, a parenthesis or a letter that stands alone.
func isExponent(words, base string) bool {
	if base == "" || len(words) > scriptMost || strings.ContainsAny(words, " ^_[") {
		return false
	}
	if last := base[len(base)-1]; isDigit(last) || last == ')' {
		lettered := strings.TrimFunc(words, unicode.IsLetter) == ""
		return !lettered || utf8.RuneCountInString(words) == 1 && strings.IndexByte("aedor", words[0]) < 0 // 2e, 1o
	}
	_, size := utf8.DecodeLastRuneInString(base)
	return isVariable(base) && !endings[strings.ToLower(words)] && !titles[base[len(base)-size:]+words]
}

// isVariable reports whether a text ends in a letter that stands alone, but for subscripts.
func isVariable(s string) bool {
	letters := 0
	for s != "" {
		r, n := utf8.DecodeLastRuneInString(s)
		s = s[:len(s)-n]
		switch {
		case letters == 0 && isScript(r):
		case unicode.IsLetter(r):
			letters++
		default:
			return letters == 1
		}
	}
	return letters == 1
}

// isScript reports whether a character is raised or lowered.
func isScript(r rune) bool {
	return r >= 0x2070 && r <= 0x209c || r == '²' || r == '³' || r == '¹' || strings.ContainsRune("ᵢᵣᵤᵥⱼ", r)
}

// endings are those of words and numbers that are set as superscripts in English, French,
// Spanish and German, and the signs of trade marks.
var endings = func() map[string]bool {
	all := map[string]bool{}
	for e := range strings.FieldsSeq("st nd rd th er re ère ème eme me mes nde os as rs te ts lle lles mme ste tm sm gr ve") {
		all[e] = true
	}
	return all
}()

// titles are words of which one letter alone is raised.
var titles = map[string]bool{"Dr": true, "Mr": true, "St": true, "No": true, "no": true, "Na": true, "Ma": true}

// tail returns the end of the text so far that no space parts from what follows.
func (l *inlines) tail() string {
	tail := ""
	for i := len(l.tokens) - 1; i >= 0 && len(tail) < scriptMost; i-- {
		switch k := l.tokens[i]; k.kind {
		case opening, closing:
		case text:
			cut := strings.LastIndexByte(k.text, ' ') + 1
			tail = k.text[cut:] + tail
			if cut > 0 {
				return tail
			}
		default:
			return tail
		}
	}
	return tail
}

var (
	raisedDigits = strings.NewReplacer("0", "⁰", "1", "¹", "2", "²", "3", "³", "4", "⁴",
		"5", "⁵", "6", "⁶", "7", "⁷", "8", "⁸", "9", "⁹")
	superscripts = strings.NewReplacer("0", "⁰", "1", "¹", "2", "²", "3", "³", "4", "⁴",
		"5", "⁵", "6", "⁶", "7", "⁷", "8", "⁸", "9", "⁹", "+", "⁺", "-", "⁻", "−", "⁻", "–", "⁻",
		"=", "⁼", "(", "⁽", ")", "⁾", "n", "ⁿ", "i", "ⁱ")
	subscripts = strings.NewReplacer("0", "₀", "1", "₁", "2", "₂", "3", "₃", "4", "₄",
		"5", "₅", "6", "₆", "7", "₇", "8", "₈", "9", "₉", "+", "₊", "-", "₋", "−", "₋", "–", "₋",
		"=", "₌", "(", "₍", ")", "₎", "a", "ₐ", "e", "ₑ", "h", "ₕ", "i", "ᵢ", "j", "ⱼ", "k", "ₖ",
		"l", "ₗ", "m", "ₘ", "n", "ₙ", "o", "ₒ", "p", "ₚ", "r", "ᵣ", "s", "ₛ", "t", "ₜ", "u", "ᵤ",
		"v", "ᵥ", "x", "ₓ")
)
