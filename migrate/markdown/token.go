package markdown

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// token is a piece of a paragraph.
type token struct {
	kind tokenKind
	text string
	mark *mark // of an opening and a closing
	span int   // of code: which span of the source it belongs to
}

// breaks tells whether a token ends a line.
func (k token) breaks() bool { return k.kind == lineBreak || k.kind == softBreak }

type tokenKind uint8

const (
	text      tokenKind = iota // as the reader sees it, not yet escaped
	space                      // between words
	lineBreak                  // that the source asks for
	softBreak                  // that only parts the lines of the page
	code                       // of a span, not yet between backticks
	raw                        // Markdown already
	opening
	closing
)

// mark is what a stretch of a paragraph is marked as.
type mark struct {
	kind        markKind
	dest, title string // of a link
	delimiter   string // set by settle: what emphasis is written with
	same        *mark  // set by tidy: the mark that this one goes on
}

type markKind uint8

const (
	strong markKind = iota
	em
	del
	link
)

// delimiters is what emphasis is written with, if nothing speaks against it.
var delimiters = [...]string{strong: "**", em: "*", del: "~~"}

// whitespace is what HTML folds to one space.
const whitespace = " \t\n\f\r"

// fold makes each run of white space one space.
func fold(s string) string {
	if !strings.ContainsAny(s, "\t\n\f\r") && !strings.Contains(s, "  ") {
		return s
	}
	return strings.Join(strings.FieldsFunc(s, folds), " ")
}

func folds(r rune) bool { return r < utf8.RuneSelf && strings.ContainsRune(whitespace, r) }

// clean drops what no text file should hold: bytes that are not UTF-8, control
// characters but for white space, and the two that are no characters.
func clean(s string) string {
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

func illegal(r rune) bool {
	return r < ' ' && !folds(r) || r >= 0x7f && r < 0xa0 || r == 0xfffe || r == 0xffff
}

// visible tells whether a reader sees r: a paragraph of what nobody sees is a gap
// that an editor left.
func visible(r rune) bool {
	return !unicode.IsSpace(r) && !unicode.Is(unicode.Cf, r)
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

// isPunct tells whether a backslash in front of c is taken as an escape.
func isPunct(c byte) bool {
	return c >= '!' && c <= '/' || c >= ':' && c <= '@' || c >= '[' && c <= '`' || c >= '{' && c <= '~'
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func isAlnum(c byte) bool { return isDigit(c) || c|0x20 >= 'a' && c|0x20 <= 'z' }
