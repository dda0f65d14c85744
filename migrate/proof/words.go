package proof

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// words adds the words of a text as a reader sees it.
func (s *sight) words(text string) {
	for i := 0; i < len(text); {
		c := text[i]
		if c < utf8.RuneSelf {
			if c <= ' ' || c == 0x7f {
				s.white(c)
				i++
				continue
			}
			from := i
			for i < len(text) && text[i] > ' ' && text[i] < 0x7f {
				i++
			}
			s.letters(text[from:i])
			continue
		}
		r, n := utf8.DecodeRuneInString(text[i:])
		s.rune(r, text[i:i+n])
		i += n
	}
}

// white is what stands between words; other control characters are no text.
func (s *sight) white(c byte) {
	if strings.IndexByte(" \t\n\f\r\v", c) >= 0 {
		s.part(space)
	}
}

func (s *sight) rune(r rune, spelled string) {
	switch {
	case unicode.IsSpace(r) && r != 0x85:
		s.part(space)
	case unseen(r):
	case r == utf8.RuneError:
		if s.lead != glued || len(s.text) < 3 || string(s.text[len(s.text)-3:]) != "\uFFFD" {
			s.letters("\uFFFD") // one for each run of broken bytes
		}
	default:
		s.letters(spelled)
	}
}

// unseen tells whether a character shows nothing: controls, joiners and marks of
// direction, what chooses a form of a letter, what is no character.
func unseen(r rune) bool {
	return r < 0xa0 || unicode.In(r, unicode.Cf, unicode.Variation_Selector) || r >= 0xfdd0 && r <= 0xfdef || r == 0xfffe || r == 0xffff
}

// letters adds to the word that was begun, or begins one. Code ends a word, and so does a
// link, but for the punctuation around it.
func (s *sight) letters(text string) {
	n := len(s.things)
	if n == 0 || s.lead != glued {
		s.begin(text)
		return
	}
	t := &s.things[n-1]
	switch {
	case t.kind != word || t.is&code != s.is&code || int(t.to) != len(s.text):
		s.begin(text)
	case t.link == int32(s.link):
		s.join(t, text)
	case t.link == 0 && !t.lettered:
		t.link = int32(s.link)
		s.join(t, text)
	case s.link == 0:
		rest := strings.TrimLeftFunc(text, func(r rune) bool { return !lettered(r) })
		s.join(t, text[:len(text)-len(rest)])
		if rest != "" {
			s.begin(rest)
		}
	default:
		s.begin(text)
	}
}

func (s *sight) begin(text string) {
	s.add(thing{span: s.keep(text), kind: word})
	t := &s.things[len(s.things)-1]
	t.lettered = hasLetter(text)
	if !t.lettered {
		t.is &^= strong | em | struck
	}
}

func (s *sight) join(t *thing, text string) {
	s.text = append(s.text, text...)
	t.to = int32(len(s.text))
	t.may |= s.may
	if hasLetter(text) {
		t.is, t.lettered = t.is|s.is, true
	} else {
		t.is |= s.is &^ (strong | em | struck)
	}
}
