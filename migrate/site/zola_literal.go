package site

import (
	"strings"

	"replant/migrate/regex"
)

// literal reads a truth value, a text, a number or an array.
func (s *zolaScanner) literal() bool {
	if s.token("[") {
		return s.array()
	}
	return s.token("true") || s.token("false") || s.quoted() || s.number()
}

// array reads what follows an opening bracket, arrays within it included; a comma may
// stand behind the last element.
func (s *zolaScanner) array() bool {
	for depth := 1; depth > 0; {
		switch {
		case s.token("["):
			if depth++; depth > nestedMost {
				s.deep = true
				return false
			}
			continue
		case s.token("]"):
			depth--
		case s.literal():
		default:
			return false
		}
		if depth > 0 && !s.token(",") && !s.closes() {
			return false
		}
	}
	return true
}

// closes tells whether the next token closes an array.
func (s *zolaScanner) closes() bool {
	s.space()
	return strings.HasPrefix(s.page[s.at:], "]")
}

// quoted reads a text. It knows no escapes and may span lines.
func (s *zolaScanner) quoted() bool {
	s.space()
	if s.at >= len(s.page) {
		return false
	}
	quote := s.page[s.at]
	if last, ok := s.last[quote]; !ok || last <= s.at {
		return false
	}
	s.at += 2 + strings.IndexByte(s.page[s.at+1:], quote)
	return true
}

var number = regex.Lazy(`^-?(?:(?:0|[1-9][0-9]*)\.[0-9]+|0|[1-9][0-9]*)`)

func (s *zolaScanner) number() bool {
	s.space()
	n := len(number().FindString(s.page[s.at:]))
	s.at += n
	return n > 0
}
