package secret

import (
	"strings"

	"replant/migrate/regex"
)

// uuid is one with its hyphens (RFC 9562).
var uuid = regex.Lazy(`(?i)[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}`)

// Random tells whether a text looks as if it had been drawn by lot, as keys are, and not
// like words, names, dates and numbers, which people and programs give to posts. It errs
// on the side of keys. The number of a blog or of a post has digits alone.
func Random(text string) bool {
	if uuid().MatchString(text) {
		return true
	}
	var all shape
	for _, run := range strings.FieldsFunc(text, func(r rune) bool { return !letterOrDigit(r) }) {
		s := shapeOf(run)
		if s.random() {
			return true
		}
		all.add(s)
	}
	// Base64 for addresses has hyphens and underscores within.
	return all.size >= 16 && all.digits > 0 && all.upper > 0 && all.lower > 0 && 4*all.changes >= all.size
}

func letterOrDigit(r rune) bool {
	return '0' <= r && r <= '9' || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z'
}

// shape counts what a run of letters and digits is made of.
type shape struct {
	size, digits, upper, lower int
	hex                        int // characters that are hexadecimal digits
	vowels, cluster            int // cluster is the longest row of consonants
	changes                    int // from letters to digits, back, and from small to capital letters
	turns                      int // from small to capital letters, and back
}

func (s *shape) add(t shape) {
	s.size += t.size
	s.digits += t.digits
	s.upper += t.upper
	s.lower += t.lower
	s.changes += t.changes
}

func shapeOf(run string) shape {
	s := shape{size: len(run)}
	var last byte
	row := 0
	for i := range len(run) {
		c := run[i]
		kind := kindOf(c)
		switch kind {
		case '0':
			s.digits++
		case 'A':
			s.upper++
		default:
			s.lower++
		}
		if strings.IndexByte("0123456789abcdefABCDEF", c) >= 0 {
			s.hex++
		}
		row++
		if strings.IndexByte("aeiouyAEIOUY0123456789", c) >= 0 {
			row = 0
			if kind != '0' {
				s.vowels++
			}
		}
		s.cluster = max(s.cluster, row)
		switch {
		case i == 0 || kind == last:
		case kind == '0' || last == '0':
			s.changes++
		default:
			s.turns++
			if kind == 'A' {
				s.changes++
			}
		}
		last = kind
	}
	return s
}

// kindOf gives 0 for a digit, A for a capital letter and a for a small one.
func kindOf(c byte) byte {
	switch {
	case c <= '9':
		return '0'
	case c <= 'Z':
		return 'A'
	}
	return 'a'
}

// random tells whether a run is no word, no name and no number. Words with digits in them,
// such as k8s, top10 or 2024review, change between the two once or twice; in a key every
// second or third character does.
func (s shape) random() bool {
	letters := s.upper + s.lower
	switch {
	case letters == 0:
		return s.digits > 24
	case s.digits == 0:
		return s.size >= 20 && (9*s.vowels < 2*letters || s.cluster >= 8) ||
			s.size >= 12 && 10*s.upper > 3*letters && 10*s.lower > 3*letters && 3*s.turns > s.size
	case s.hex == s.size && (s.upper == 0 || s.lower == 0) && (s.size >= 12 && s.changes >= 2 || s.size >= 10 && s.changes >= 3):
		return true
	case s.size >= 20:
		return s.changes >= 3
	case s.size >= 16:
		return 5*s.changes >= s.size
	}
	return s.size >= 10 && 10*s.changes >= 3*s.size
}
