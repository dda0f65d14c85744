package markdown

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"replant/migrate/blog"
)

// token is a piece of a paragraph.
type token struct {
	kind tokenKind
	text string
	mark *mark // of an opening and a closing
}

// breaks reports whether a token ends a line.
func (k *token) breaks() bool { return k.kind == lineBreak || k.kind == softBreak }

type tokenKind uint8

const (
	text         tokenKind = iota // as the reader sees it, not yet escaped
	space                         // between words
	noBreakSpace                  // between words, where the source lets no line break
	lineBreak                     // that the source asks for
	softBreak                     // that only parts the lines of the page
	code                          // of a span, not yet between backticks
	raw                           // Markdown already
	dollar                        // around the TeX of a formula
	passed                        // a formula that the site passes through
	opening
	closing
)

// mark is what a stretch of a paragraph is marked as.
type mark struct {
	kind        markKind
	dest, title string // of a link
	delimiter   string // set by settle: what emphasis is written with
	same        *mark  // set by tidy: the mark that this one continues
}

type markKind uint8

const (
	strong markKind = iota
	em
	del
	link
)

// delimiters is what emphasis is written with where CommonMark reads it so.
var delimiters = [...]string{strong: "**", em: "*", del: "~~"}

// join makes tokens of a kind that touch one.
func join(tokens []token, kind tokenKind) []token {
	from := 1
	for from < len(tokens) && (tokens[from-1].kind != kind || tokens[from].kind != kind) {
		from++
	}
	if from >= len(tokens) {
		return tokens
	}
	out := tokens[:from-1]
	for i := from - 1; i < len(tokens); i++ {
		k := tokens[i]
		if k.kind == kind && i+1 < len(tokens) && tokens[i+1].kind == kind {
			var all strings.Builder
			for ; i < len(tokens) && tokens[i].kind == kind; i++ {
				all.WriteString(tokens[i].text)
			}
			k.text = all.String()
			i--
		}
		out = append(out, k)
	}
	return out
}

// printable drops what no text file should hold: bytes that are not UTF-8, control
// characters but for white space, and the two that are no characters.
func printable(s string) string {
	if plain, _ := survey(s); plain {
		return s
	}
	s = strings.ToValidUTF8(s, "\uFFFD")
	if strings.IndexFunc(s, illegal) < 0 {
		return s
	}
	return strings.Map(func(r rune) rune {
		if illegal(r) {
			return -1
		}
		return r
	}, s)
}

// survey reports whether a text is of ASCII that is printable or folds, as most are, and if so
// whether its gaps are single spaces.
func survey(s string) (plain, folded bool) {
	folded = true
	for i := range len(s) {
		switch c := s[i]; {
		case c > ' ' && c < 0x7f:
		case c == ' ':
			folded = folded && (i == 0 || s[i-1] != ' ')
		case folds(rune(c)):
			folded = false
		default:
			return false, false
		}
	}
	return true, folded
}

func illegal(r rune) bool {
	return blog.IsControl(r) && !folds(r)
}

// visible reports whether a reader sees r: a paragraph of what nobody sees is a gap
// that an editor left.
func visible(r rune) bool {
	return r > ' ' && r < utf8.RuneSelf-1 || !unicode.IsSpace(r) && !unicode.Is(unicode.Cf, r)
}

// class sorts characters as the rule for emphasis does (CommonMark 0.31, 6.2).
type class uint8

const (
	blank class = iota // white space, and both ends of a paragraph
	punctuation
	letter
)

func classOf(r rune) class {
	switch {
	case r == 0 || unicode.IsSpace(r):
		return blank
	case unicode.IsPunct(r) || unicode.IsSymbol(r):
		return punctuation
	}
	return letter
}

// isPunct reports whether a backslash in front of c is taken as an escape.
func isPunct(c byte) bool {
	return c >= '!' && c <= '/' || c >= ':' && c <= '@' || c >= '[' && c <= '`' || c >= '{' && c <= '~'
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// alnums are all that isAlnum is true for.
const alnums = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"

func isAlnum(c byte) bool { return isDigit(c) || c|0x20 >= 'a' && c|0x20 <= 'z' }
