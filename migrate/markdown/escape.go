package markdown

import (
	"bytes"
	"fmt"
	"html"
	"strings"
	"unicode/utf8"
)

// text writes what the reader shall see, with a backslash before each character
// that would act as markup in goldmark or pulldown-cmark, and before no other.
// next is the first byte written after it, 0 for none; last says that the line
// ends with it.
func (w *writer) text(s string, next byte, last bool) {
	i := 0
	if at := w.opensLine(s, last); at >= 0 {
		w.out = append(w.out, s[:at]...)
		w.out = append(w.out, '\\', s[at])
		i = at + 1
	}
	var b bare
	if w.read.links != nil {
		b = w.read.links[w.index]
	}
	for i < len(s) {
		end := len(s)
		if len(b.linked) > 0 {
			end = b.linked[0].from
		}
		if len(b.cut) > 0 {
			end = min(end, b.cut[0])
		}
		plain := i
		for i < end && !special[s[i]] {
			i++
		}
		w.out = append(w.out, s[plain:i]...)
		switch {
		case i < end:
			i += w.mark(s, i, next, last)
		case i < len(s):
			i = w.address(s, i, &b)
		}
	}
}

// address writes the bare address at s[i:], or the backslash that ends one, and returns the
// place behind it.
func (w *writer) address(s string, i int, b *bare) int {
	if len(b.linked) > 0 && b.linked[0].from <= i {
		to := max(i, b.linked[0].to)
		w.out = append(w.out, s[i:to]...)
		b.linked = b.linked[1:]
		return to
	}
	if b.cut[0] == i {
		w.out = append(w.out, '\\', s[i])
		i++
	}
	b.cut = b.cut[1:]
	return i
}

// opensLine returns the place of the character to escape so that a text does not make another
// block of its line, or -1.
func (w *writer) opensLine(s string, last bool) int {
	switch {
	case !w.fresh:
		return -1
	case w.place == heading && box(s): // goldmark reads a task in the heading of an item
		return 0
	case w.place == prose:
		return lineStart(s, last, len(w.out) == 0)
	}
	return -1
}

// special are the characters that act somewhere.
var special = func() (is [256]bool) {
	for _, c := range []byte("\\*_~`[](<!&|{%}#$:") {
		is[c] = true
	}
	return is
}()

// delimiterChars act in pairs.
const delimiterChars = pairing + "`"

// mark writes the special characters at s[i:] and returns how many they are.
func (w *writer) mark(s string, i int, next byte, last bool) int {
	n := 1
	if s[i] == '#' || strings.IndexByte(delimiterChars, s[i]) >= 0 {
		n = runLength(s[i:])
	}
	acts := w.acts(s, i, n, next, last)
	for j := range n {
		switch {
		case i+j+1 == len(s) && next == s[i] && (next == '\\' || next == '~'):
			// goldmark misreads an escape right before a line break or before ~~.
			w.out = fmt.Appendf(w.out, "&#%d;", s[i])
		case acts:
			w.out = append(w.out, '\\', s[i])
		default:
			w.out = append(w.out, s[i])
		}
	}
	w.open = w.open || s[i] == '['
	return n
}

// acts reports whether the n characters at s[i:] would act as markup.
func (w *writer) acts(s string, i, n int, next byte, last bool) bool {
	after := next
	if i+n < len(s) {
		after = s[i+n]
	}
	switch c := s[i]; c {
	case '\\':
		return isPunct(after)
	case '*', '~', '_':
		if w.read.known && (i == 0 || s[i-1] != c) {
			return w.read.acts[spot{w.index, i}]
		}
		return w.delimits(s, i, n, after)
	case '`':
		return !w.read.known || w.read.ticks.act(n) || i > 0 && s[i-1] == c
	case '[':
		return w.inLink || after == '^'
	case ']':
		return w.inLink || after == '(' && (w.open || !w.read.known)
	case '(':
		return i == 0 && w.behind() == ']' // after the mark of a footnote
	case '<':
		return w.begunTag(s, i, after)
	case '!':
		return after == '[' && i+1 == len(s) || w.behind() == '<' && (i == 0 || divides(s[i:]))
	case '&':
		return entity(s[i:])
	case '|':
		return w.place == cell
	case '{', '%':
		return w.behind() == '{' // both targets' templates
	case '}': // Zola takes what is in braces at the end of a heading for attributes
		return w.place == heading && last && i+1 == len(s)
	case '#':
		return w.place == heading && last && w.closesHeading(s, i)
	case '$':
		return w.math
	}
	return !w.inLink && s[i] == ':' && (emoji(s[i:]) && w.apart() || i == 0 && w.behind() == ']') // on in some sites; behind a footnote
}

// divides reports whether a text behind a < would be the end of a summary, which Hugo finds
// before it reads any Markdown: a backslash before the < does not keep it from that.
func divides(s string) bool {
	rest, ok := strings.CutPrefix(s, "!--")
	return ok && strings.HasPrefix(strings.TrimSpace(rest), "more")
}

// begunTag reports whether the < at s[i] could begin a tag or an address: one that ends, or
// that makes a block of HTML of its line, which needs no end (CommonMark 0.31, 4.6).
func (w *writer) begunTag(s string, i int, after byte) bool {
	ends := !w.read.known || w.index < w.read.ends || strings.IndexByte(s[i:], '>') >= 0
	switch {
	case ends && mailName(after) && strings.IndexByte(s[i:], '@') >= 0: // a mail address
		return true
	case isDigit(after):
		return false
	case isAlnum(after) && i+1 < len(s), after == '/', after == '?', after == '!':
		return (ends || w.fresh && i == 0) && maybeTag(s[i+1:])
	}
	return false
}

// maybeTag reports whether a text behind a < may go on as a tag or an address in angle brackets.
func maybeTag(s string) bool {
	s = strings.TrimPrefix(s, "/")
	if s == "" || !isAlnum(s[0]) {
		return true
	}
	name := len(s) - len(strings.TrimLeft(s, alnums+"-+."))
	if name == len(s) || s[name] == ':' {
		return true
	}
	return strings.IndexByte(" \t/>", s[name]) >= 0 && !strings.ContainsAny(s[:name], "+.")
}

// behind returns the byte written last, 0 at the start of a line.
func (w *writer) behind() byte {
	if len(w.out) == 0 {
		return 0
	}
	return w.out[len(w.out)-1]
}

// delimits reports whether a run of * _ or ~ could open or close something.
func (w *writer) delimits(s string, i, n int, after byte) bool {
	left, _ := utf8.DecodeLastRune(w.out)
	right := rune(after)
	if i+n < len(s) {
		right, _ = utf8.DecodeRuneInString(s[i+n:])
	}
	if len(w.out) == 0 {
		left = 0
	}
	l, r := classOf(left), classOf(right)
	if s[i] == '_' && l == letter { // not between two letters
		return r != letter
	}
	return l != blank || r != blank // not between two spaces
}

// closesHeading reports whether the # at s[i] belongs to those that end a heading
// and do not show.
func (w *writer) closesHeading(s string, i int) bool {
	if strings.TrimLeft(s[i:], "#") != "" {
		return false
	}
	before := bytes.TrimRight(w.out, `\#`)
	return len(before) == 0 || before[len(before)-1] == ' '
}

// entity reports whether s begins with what would be read as a character reference.
func entity(s string) bool {
	const longest = 40 // the longest name has 31 letters
	end := strings.IndexByte(s[:min(len(s), longest)], ';')
	if end < 2 {
		return false
	}
	name := strings.TrimPrefix(s[1:end], "#")
	for i := range len(name) {
		if !isAlnum(name[i]) {
			return false
		}
	}
	return name != "" && html.UnescapeString(s[:end+1]) != s[:end+1]
}

// lineStart returns the place of the character to escape so that a line does not
// begin as a block does, or -1. s is the text that the line begins with, and the
// whole line when last; first says that it is the first line of a paragraph, the one that
// makes no line above it a heading or a table.
func lineStart(s string, last, first bool) int {
	if last && strings.Trim(s, "-=_*:|+ ") == "" && (!first || strings.Trim(s, "- ") == "" || strings.Trim(s, "_ ") == "" || strings.Trim(s, "* ") == "") {
		return 0 // an underline, the second row of a table, a rule
	}
	switch c := s[0]; {
	case c == '>', c == ':', strings.HasPrefix(s, "~~~"), strings.HasPrefix(s, "```"), attributes(s, last):
		return 0
	case c == '#' && ends(s, min(runLength(s), 7), last) && runLength(s) < 7:
		return 0
	case strings.IndexByte("-+*", c) >= 0 && ends(s, 1, last):
		return 0
	case c == '[' && (first && strings.Contains(s, "]:") || box(s)):
		return 0
	case isDigit(c):
		if at := numberEnd(s, last); first || at > 0 && strings.TrimLeft(s[:at], "0") == "1" { // no other parts a paragraph
			return at
		}
	}
	return -1
}

// attributes reports whether a line that begins with s could be one of attributes for the
// block above it, which Hugo takes away where markup.goldmark.parser.attribute.block is on
// (https://gohugo.io/content-management/markdown-attributes/). Templates are no attributes.
func attributes(s string, last bool) bool {
	return s[0] == '{' && (!last || strings.IndexByte(s, '}') > 0) && !strings.HasPrefix(s, "{{") && !strings.HasPrefix(s, "{%")
}

// ends reports whether the first n bytes of s stand by themselves.
func ends(s string, n int, last bool) bool {
	return n < len(s) && s[n] == ' ' || n == len(s) && last
}

// box reports whether s begins like the check box of a task.
func box(s string) bool {
	return len(s) >= 3 && s[0] == '[' && s[2] == ']' && strings.IndexByte(" xX", s[1]) >= 0
}

// numberEnd finds the mark after a number that begins a line as a list does.
func numberEnd(s string, last bool) int {
	n := len(s) - len(strings.TrimLeft(s, "0123456789"))
	if n <= 9 && n < len(s) && (s[n] == '.' || s[n] == ')') && ends(s, n+1, last) {
		return n
	}
	return -1
}

// apart reports whether the next character stands apart from the word before it.
func (w *writer) apart() bool { return !isAlnum(w.behind()) }

// emoji reports whether s begins with a name in colons.
func emoji(s string) bool {
	const longest = 50
	end := strings.IndexByte(s[1:min(len(s), longest)], ':')
	if end < 1 {
		return false
	}
	name := s[1 : 1+end]
	return strings.Trim(name, "abcdefghijklmnopqrstuvwxyz0123456789_+-") == "" && strings.Trim(name, "0123456789") != ""
}
