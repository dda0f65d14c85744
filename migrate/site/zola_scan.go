package site

import "strings"

// zolaKind is what Zola does with a match of its shortcode grammar.
type zolaKind uint8

const (
	zolaCall  zolaKind = iota // a shortcode: {{ name() }}
	zolaShown                 // one that is shown without the marks in it: {{/* name() */}}
	zolaHalf                  // a half of a pair, {% name() %} or {% end %}, live or shown
)

// zolaMatch is a stretch of a page that Zola takes for a template.
type zolaMatch struct {
	kind       zolaKind
	start, end int
}

// zolaScan finds all that Zola takes for a template, wherever it stands: the grammar is
// matched before Markdown is read. (components/markdown/src/content.pest of Zola 0.22)
func zolaScan(page string) (found []zolaMatch) {
	s := newZolaScanner(page)
	for i := 0; ; {
		next := strings.IndexByte(page[i:], '{')
		if next < 0 || i+next+1 == len(page) {
			return found
		}
		i += next
		m, ok := s.match(i)
		if !ok {
			i++
			continue
		}
		found = append(found, m)
		i = m.end
	}
}

// zolaScanner reads a page from the place at.
type zolaScanner struct {
	page string
	at   int
	deep bool         // arrays lie deeper than nestedMost
	last map[byte]int // where each kind of quote stands last
}

// nestedMost is how deep arrays are read. One that is deeper is taken for a match: Zola
// itself might not live through it.
const nestedMost = 64

func newZolaScanner(page string) *zolaScanner {
	s := &zolaScanner{page: page, last: map[byte]int{}}
	for _, quote := range []byte("\"'`") {
		s.last[quote] = strings.LastIndexByte(page, quote)
	}
	return s
}

// forms are the ways a template is written, by what it begins with.
var forms = []struct {
	open, close string
	kind        zolaKind
	end         bool // it may hold the word end in the place of a call
}{
	{"{{/*", "*/}}", zolaShown, false},
	{"{{", "}}", zolaCall, false},
	{"{%/*", "*/%}", zolaHalf, true},
	{"{%", "%}", zolaHalf, true},
}

// match tries all forms at a place.
func (s *zolaScanner) match(start int) (zolaMatch, bool) {
	for _, f := range forms {
		if !strings.HasPrefix(s.page[start:], f.open) {
			continue
		}
		s.at, s.deep = start+len(f.open), false
		inside := s.at
		if s.call() && s.token(f.close) {
			return zolaMatch{f.kind, start, s.at}, true
		}
		if s.deep {
			return zolaMatch{zolaHalf, start, s.at}, true
		}
		s.at = inside
		if f.end && s.token("end") && s.token(f.close) {
			return zolaMatch{f.kind, start, s.at}, true
		}
	}
	return zolaMatch{}, false
}

// call reads name(arguments).
func (s *zolaScanner) call() bool {
	if !s.name() || !s.token("(") {
		return false
	}
	comma := false
	for s.argument() {
		comma = s.token(",")
	}
	return !comma && s.token(")")
}

// argument reads name = literal. Commas between arguments may be left out.
func (s *zolaScanner) argument() bool {
	at := s.at
	if s.name() && s.token("=") && s.literal() {
		return true
	}
	s.at = at
	return false
}

// token reads a fixed text and the white space before it.
func (s *zolaScanner) token(text string) bool {
	s.space()
	if !strings.HasPrefix(s.page[s.at:], text) {
		return false
	}
	s.at += len(text)
	return true
}

func (s *zolaScanner) space() {
	for s.at < len(s.page) && strings.IndexByte(" \t\r\n", s.page[s.at]) >= 0 {
		s.at++
	}
}

func (s *zolaScanner) name() bool {
	s.space()
	start := s.at
	for s.at < len(s.page) && wordByte(s.page[s.at]) {
		s.at++
	}
	if start < s.at && s.page[start] <= '9' {
		s.at = start
	}
	return start < s.at
}

func wordByte(c byte) bool {
	return c == '_' || '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'z'
}
