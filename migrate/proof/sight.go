package proof

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// sight is what a reader sees, in reading order.
type sight struct {
	text   []byte // of all things, one behind the other
	things []thing
	blocks []block
	links  []destination
	extras []span // the alt text of a picture, the language of a code block

	lead  lead  // what stands before the next thing
	where block // what the next thing stands in
	is    marks // what the next thing is marked as
	may   marks // what it may be marked as or not
	link  int   // 1-based; 0 for none
}

// thing is a word, or something else that a reader sees as one.
type thing struct {
	span
	kind     kind
	lead     lead
	is, may  marks
	lettered bool  // a word that is more than punctuation
	link     int32 // 1-based into links
	block    int32 // into blocks
	extra    int32 // 1-based into extras
}

// span is a stretch of a sight's text.
type span struct{ from, to int32 }

// destination is where a link leads, and what it says of that when pointed at.
type destination struct{ to, title span }

// kind is what a thing is.
type kind uint8

const (
	word kind = iota
	codeBlock
	picture
	embed
	noteMark // the mark of a footnote
	rule
)

// lead is what stands before a thing.
type lead uint8

const (
	glued lead = iota // nothing
	space
	line     // the end of a line
	newBlock // the end of a block
)

// marks are what the elements around a thing say about it.
type marks uint8

const (
	strong marks = 1 << iota
	em
	struck
	code
	script  // raised or lowered
	formula // TeX
)

// block is where a thing stands.
type block struct {
	heading  int8 // its level; 0 for none
	quotes   int8
	lists    int8 // how deep
	ordered  bool
	task     task
	cell     bool
	outside  int8  // of a cell: how many lists the table stands in
	number   int32 // of the item; of a bullet, its place in the list; any where it does not matter
	row, col int32
	note     int32 // the number of the footnote
}

// any is a number that does not matter.
const anyNumber = -1

type task uint8

const (
	noTask task = iota
	open
	done
)

func (s *sight) reset() {
	*s = sight{text: s.text[:0], things: s.things[:0], blocks: s.blocks[:0], links: s.links[:0], extras: s.extras[:0], lead: newBlock}
}

// of returns a stretch of the text.
func (s *sight) of(at span) []byte { return s.text[at.from:at.to] }

// part makes what comes next stand apart, at least so far.
func (s *sight) part(by lead) { s.lead = max(s.lead, by) }

// breakLine ends a line; two in a row end the paragraph, as they look.
func (s *sight) breakLine() {
	switch s.lead {
	case newBlock:
	case line:
		s.lead = newBlock
	default:
		s.lead = line
	}
}

// put adds a thing with its text.
func (s *sight) put(k kind, text string) *thing {
	return s.add(thing{span: s.keep(text), kind: k})
}

func (s *sight) add(t thing) *thing {
	if s.lead == newBlock || len(s.blocks) == 0 {
		s.blocks = append(s.blocks, s.where)
	}
	t.lead, t.is, t.may, t.link, t.block = s.lead, s.is, s.may, int32(s.link), int32(len(s.blocks)-1)
	s.lead = glued
	s.things = append(s.things, t)
	return &s.things[len(s.things)-1]
}

// alone adds a thing as a block of its own.
func (s *sight) alone(k kind, text string) *thing {
	s.part(newBlock)
	t := s.put(k, text)
	s.part(newBlock)
	return t
}

// note keeps a text for a thing that has two.
func (s *sight) note(text string) int32 {
	s.extras = append(s.extras, s.keep(text))
	return int32(len(s.extras))
}

// leads begins a link and reports true, unless one is open. Who began it ends it.
func (s *sight) leads(to, title string) bool {
	if s.link != 0 {
		return false
	}
	s.links = append(s.links, destination{s.keep(address(to)), s.keep(title)})
	s.link = len(s.links)
	return true
}

// keep adds a text that is not a thing's own.
func (s *sight) keep(text string) span {
	from := int32(len(s.text))
	s.text = append(s.text, text...)
	return span{from, int32(len(s.text))}
}

// mark marks what f adds.
func (s *sight) mark(is, may marks, f func()) {
	wasIs, wasMay := s.is, s.may
	s.is, s.may = s.is|is, s.may|may
	f()
	s.is, s.may = wasIs, wasMay
}

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

// unseen reports whether a character shows nothing: controls, joiners and marks of
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
