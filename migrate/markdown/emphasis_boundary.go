package markdown

import (
	"fmt"
	"unicode"
	"unicode/utf8"
)

// boundary is a place where emphasis ends, begins, or both. CommonMark does not read
// a delimiter that stands between a letter outside and punctuation inside.
type boundary struct {
	before, closings   []token
	moved              string // text that stood inside and moved out
	openings, referred []token
	after              []token
}

// loosen mends the boundaries of a paragraph. Punctuation and spaces at an inner edge
// move out: "<b>d:</b>e" becomes "**d**:e". Where that cannot be, as with code
// inside, the letter outside becomes a character reference, which counts as
// punctuation and shows as the letter.
func loosen(tokens []token) []token {
	out := make([]token, 0, len(tokens)+4)
	for i := 0; i < len(tokens); {
		if k := tokens[i]; !k.emphasis() {
			if k.kind != text || k.text != "" {
				out = append(out, k)
			}
			i++
			continue
		}
		ends := i + leading(tokens[i:], closing)
		begins := ends + leading(tokens[ends:], opening)
		s := boundary{before: out, closings: tokens[i:ends], openings: tokens[ends:begins], after: tokens[begins:]}
		out = s.mend()
		i = begins
	}
	return out
}

// leading counts the delimiters of a kind that tokens begin with.
func leading(tokens []token, kind tokenKind) (n int) {
	for n < len(tokens) && tokens[n].kind == kind && tokens[n].emphasis() {
		n++
	}
	return n
}

// mend returns what is before the boundary and the boundary itself.
func (s *boundary) mend() []token {
	s.cancel()
	s.moveOutOfClosings()
	s.cancel()
	s.moveOutOfOpenings()
	s.referLeft()
	s.referRight()
	out := s.before
	out = append(out, s.closings...)
	if s.moved != "" {
		out = append(out, token{kind: text, text: s.moved})
	}
	return append(append(out, s.openings...), s.referred...)
}

// cancel drops marks from which all that they held has moved out.
func (s *boundary) cancel() {
	for last := len(s.before) - 1; last >= 0 && len(s.closings) > 0; last-- {
		if k := s.before[last]; k.kind != opening || k.mark != s.closings[0].mark {
			return
		}
		s.before, s.closings = s.before[:last], s.closings[1:]
	}
}

func (s *boundary) moveOutOfClosings() {
	for len(s.closings) > 0 && endsInText(s.before) {
		r := lastRune(s.before)
		if !movable(r) || closes(r, s.right()) {
			return
		}
		s.takeLeft(r)
		s.moved = string(r) + s.moved
	}
}

func (s *boundary) moveOutOfOpenings() {
	for len(s.openings) > 0 && beginsInText(s.after) {
		r := firstRune(s.after)
		if !movable(r) || opens(s.left(), r) {
			return
		}
		s.takeRight(r)
		s.moved += string(r)
	}
}

func (s *boundary) referLeft() {
	r := s.left()
	inner := firstRune(s.after)
	if mixed(s.openings) {
		inner = '*'
	}
	if len(s.openings) == 0 || s.moved != "" || classOf(r) != letter || opens(r, inner) {
		return
	}
	s.takeLeft(r)
	s.before = append(s.before, reference(r))
}

func (s *boundary) referRight() {
	r := s.right()
	inner := lastRune(s.before)
	if mixed(s.closings) {
		inner = '*'
	}
	if len(s.closings) == 0 || s.moved != "" || classOf(r) != letter || closes(inner, r) {
		return
	}
	s.takeRight(r)
	s.referred = []token{reference(r)}
}

// mixed reports whether delimiters are not all made of the same character, so that
// the outer ones have punctuation inside.
func mixed(marks []token) bool {
	dels := 0
	for _, k := range marks {
		if k.mark.kind == del {
			dels++
		}
	}
	return dels > 0 && dels < len(marks)
}

// left is what stands before the openings.
func (s *boundary) left() rune {
	if s.moved != "" {
		r, _ := utf8.DecodeLastRuneInString(s.moved)
		return r
	}
	return lastRune(s.before)
}

// right is what stands after the closings.
func (s *boundary) right() rune {
	if s.moved != "" {
		r, _ := utf8.DecodeRuneInString(s.moved)
		return r
	}
	return firstRune(s.after)
}

func (s *boundary) takeLeft(r rune) {
	last := &s.before[len(s.before)-1]
	last.text = last.text[:len(last.text)-utf8.RuneLen(r)]
	if last.text == "" {
		s.before = s.before[:len(s.before)-1]
	}
}

func (s *boundary) takeRight(r rune) {
	first := &s.after[0]
	first.text = first.text[utf8.RuneLen(r):]
	if first.text == "" {
		s.after = s.after[1:]
	}
}

func endsInText(tokens []token) bool {
	return len(tokens) > 0 && tokens[len(tokens)-1].kind == text
}

func beginsInText(tokens []token) bool { return len(tokens) > 0 && tokens[0].kind == text }

// lastRune returns the last character of tokens as they will be written: 0 for
// nothing, and some punctuation for what is not text.
func lastRune(tokens []token) rune {
	for len(tokens) > 0 && tokens[len(tokens)-1].omitted() {
		tokens = tokens[:len(tokens)-1]
	}
	if len(tokens) == 0 {
		return 0
	}
	last := tokens[len(tokens)-1]
	r, _ := utf8.DecodeLastRuneInString(last.text)
	return last.edge(r)
}

// firstRune returns the first character of tokens in the same way.
func firstRune(tokens []token) rune {
	for len(tokens) > 0 && (tokens[0].omitted() || tokens[0].kind == text && tokens[0].text == "") {
		tokens = tokens[1:]
	}
	if len(tokens) == 0 {
		return 0
	}
	r, _ := utf8.DecodeRuneInString(tokens[0].text)
	return tokens[0].edge(r)
}

func (k token) edge(r rune) rune {
	switch k.kind {
	case text:
		return r
	case lineBreak, softBreak:
		return '\n'
	}
	return '`'
}

// movable reports whether r may move out of emphasis: a reader hardly sees the
// emphasis of a comma, but does that of a sign such as +.
func movable(r rune) bool { return unicode.IsPunct(r) || unicode.IsSpace(r) }

func reference(r rune) token { return token{kind: raw, text: fmt.Sprintf("&#%d;", r)} }

func opens(left, right rune) bool {
	l, r := classOf(left), classOf(right)
	return r != blank && (r != punctuation || l != letter)
}

func closes(left, right rune) bool { return opens(right, left) }
