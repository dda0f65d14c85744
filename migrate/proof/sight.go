package proof

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"replant/migrate/blog"
)

// sight is what a reader sees, in reading order.
type sight struct {
	text   []byte // of all things, one behind the other
	things []thing
	blocks []block
	links  []destination
	extras []span // the alt text of a picture, the language of a code block
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
type destination struct {
	to, title span
	bare      bool // a generator made it of an address in the text
}

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
	number   int32 // of the item; of a bullet, its place in the list; or anyNumber
	row, col int32
	note     int32 // the number of the footnote
}

// anyNumber is a number that does not matter.
const anyNumber = -1

type task uint8

const (
	noTask task = iota
	open
	done
)

// empty forgets all, but keeps the memory of it.
func (s *sight) empty() {
	*s = sight{text: s.text[:0], things: s.things[:0], blocks: s.blocks[:0], links: s.links[:0], extras: s.extras[:0]}
}

// of returns a stretch of the text.
func (s *sight) of(at span) []byte { return s.text[at.from:at.to] }

// keep adds a text that is not a thing's own.
func (s *sight) keep(text string) span {
	from := int32(len(s.text))
	s.text = append(s.text, text...)
	return span{from, int32(len(s.text))}
}

// isBare reports whether a link is an address in the text, which does not part it from the
// words that it touches.
func (s *sight) isBare(link int32) bool { return link > 0 && s.links[link-1].bare }

// phrase returns things as one text.
func (s *sight) phrase(from, to int) string {
	var b []byte
	for _, t := range s.things[from:to] {
		if t.lead != glued && len(b) > 0 {
			b = append(b, ' ')
		}
		b = append(b, s.of(t.span)...)
	}
	return string(b)
}

// fold makes a block that is nothing but a link to what the post embeds that embed:
// a page shows it as a link where the generator has no shortcode for it.
func (s *sight) fold(embeds map[string]string) {
	if len(embeds) == 0 {
		return
	}
	kept := s.things[:0]
	for i := 0; i < len(s.things); {
		end := i + 1
		for end < len(s.things) && s.things[end].block == s.things[i].block {
			end++
		}
		all := s.things[i:end]
		i = end
		if key, ok := embeds[s.soleLink(all)]; ok {
			t := all[0]
			t.kind, t.span, t.link, t.is, t.may = embed, s.keep(key), 0, 0, 0
			kept = append(kept, t)
			continue
		}
		kept = append(kept, all...)
	}
	s.things = kept
}

// soleLink returns where the words of a block lead when all are of one link.
func (s *sight) soleLink(all []thing) string {
	for _, t := range all {
		if t.kind != word || t.link == 0 || t.link != all[0].link {
			return ""
		}
	}
	return string(s.of(s.links[all[0].link-1].to))
}

// recorder writes down what a reader sees, one thing after another.
type recorder struct {
	sight *sight
	lead  lead  // what stands before the next thing
	where block // what the next thing stands in
	is    marks // what the next thing is marked as
	may   marks // what it may be marked as or not
	link  int   // 1-based; 0 for none
}

// record begins a sight anew.
func record(s *sight) *recorder {
	s.empty()
	return &recorder{sight: s, lead: newBlock}
}

// part sets the next thing apart, at least so far.
func (w *recorder) part(by lead) { w.lead = max(w.lead, by) }

// breakLine ends a line; two in a row end the paragraph, as they look.
func (w *recorder) breakLine() {
	switch w.lead {
	case newBlock:
	case line:
		w.lead = newBlock
	default:
		w.lead = line
	}
}

// put adds a thing with its text.
func (w *recorder) put(k kind, text string) *thing {
	return w.add(thing{span: w.sight.keep(text), kind: k})
}

func (w *recorder) add(t thing) *thing {
	s := w.sight
	if w.lead == newBlock || len(s.blocks) == 0 {
		s.blocks = append(s.blocks, w.where)
	}
	t.lead, t.is, t.may, t.link, t.block = w.lead, w.is, w.may, int32(w.link), int32(len(s.blocks)-1)
	w.lead = glued
	s.things = append(s.things, t)
	return &s.things[len(s.things)-1]
}

// alone adds a thing as a block of its own.
func (w *recorder) alone(k kind, text string) *thing {
	w.part(newBlock)
	t := w.put(k, text)
	w.part(newBlock)
	return t
}

// note keeps a text for a thing that has two.
func (w *recorder) note(text string) int32 {
	w.sight.extras = append(w.sight.extras, w.sight.keep(text))
	return int32(len(w.sight.extras))
}

// leads begins a link and reports true, unless one is open. Who began it ends it.
func (w *recorder) leads(to, title string) bool {
	if w.link != 0 {
		return false
	}
	w.sight.links = append(w.sight.links, destination{to: w.sight.keep(address(to)), title: w.sight.keep(title)})
	w.link = len(w.sight.links)
	return true
}

// bare says that the link that was begun last is an address in the text: a word goes on in it.
func (w *recorder) bare() {
	w.sight.links[w.link-1].bare = true
	if last := len(w.sight.things) - 1; last >= 0 && w.lead == glued && w.sight.things[last].kind == word {
		t := &w.sight.things[last]
		t.span = w.sight.keep(string(w.sight.of(t.span)))
	}
}

// mark marks what f adds.
func (w *recorder) mark(is, may marks, f func()) {
	wasIs, wasMay := w.is, w.may
	w.is, w.may = w.is|is, w.may|may
	f()
	w.is, w.may = wasIs, wasMay
}

// class is what a byte is to a reader. What shows is a sign or a letter.
type class uint8

const (
	nothing class = 0 // a control character
	gap     class = 1 // white space
	beyond  class = 2 // a part of a character that is not ASCII
	sign    class = 4
	letter  class = 8 // or a digit
)

// classes are those of all bytes.
var classes = func() (of [256]class) {
	for c := range of {
		switch {
		case c >= utf8.RuneSelf:
			of[c] = beyond
		case strings.IndexByte(" \t\n\f\r\v", byte(c)) >= 0:
			of[c] = gap
		case alnum[c]:
			of[c] = letter
		case c > ' ' && c < 0x7f:
			of[c] = sign
		}
	}
	return of
}()

// words adds the words of a text as a reader sees it.
func (w *recorder) words(text string) {
	for i := 0; i < len(text); {
		switch classes[text[i]] {
		case nothing:
			i++
		case gap:
			w.part(space)
			i++
		case beyond:
			r, n := utf8.DecodeRuneInString(text[i:])
			w.rune(r, text[i:i+n])
			i += n
		default:
			from, of := i, nothing
			for ; i < len(text) && classes[text[i]] >= sign; i++ {
				of |= classes[text[i]]
			}
			w.letters(text[from:i], of&letter != 0)
		}
	}
}

func (w *recorder) rune(r rune, spelled string) {
	switch {
	case blog.IsAlphanumeric(r):
		w.letters(spelled, true)
	case unicode.IsSpace(r) && r != 0x85:
		w.part(space)
	case unseen(r):
	case r == utf8.RuneError:
		if w.lead != glued || len(w.sight.text) < 3 || string(w.sight.text[len(w.sight.text)-3:]) != "\uFFFD" {
			w.letters("\uFFFD", false) // one for each run of broken bytes
		}
	default:
		w.letters(spelled, false)
	}
}

// unseen reports whether a character shows nothing: controls, joiners and marks of
// direction, what chooses a form of a letter, what is no character.
func unseen(r rune) bool {
	return r < 0xa0 || unicode.In(r, unicode.Cf, unicode.Variation_Selector) || control(r)
}

// letters adds to the word that was begun, or begins one. Code ends a word, and so does a
// link, but for the punctuation around it. A text is lettered that is more than punctuation.
func (w *recorder) letters(text string, lettered bool) {
	n := len(w.sight.things)
	if n == 0 || w.lead != glued {
		w.begin(text, lettered)
		return
	}
	t := &w.sight.things[n-1]
	switch {
	case t.kind != word || t.is&code != w.is&code || int(t.to) != len(w.sight.text):
		w.begin(text, lettered)
	case t.link == int32(w.link), w.sight.isBare(t.link) && w.link == 0:
		w.join(t, text, lettered)
	case t.link == 0 && (!t.lettered || w.sight.isBare(int32(w.link))):
		t.link = int32(w.link)
		w.join(t, text, lettered)
	case w.link == 0:
		rest := strings.TrimLeftFunc(text, func(r rune) bool { return !blog.IsAlphanumeric(r) })
		w.join(t, text[:len(text)-len(rest)], false)
		if rest != "" {
			w.begin(rest, true)
		}
	default:
		w.begin(text, lettered)
	}
}

func (w *recorder) begin(text string, lettered bool) {
	t := w.put(word, text)
	if t.lettered = lettered; !lettered {
		t.is &^= leftOut
	}
}

func (w *recorder) join(t *thing, text string, lettered bool) {
	w.sight.text = append(w.sight.text, text...)
	t.to = int32(len(w.sight.text))
	t.may |= w.may
	if lettered {
		t.is, t.lettered = t.is|w.is, true
	} else {
		t.is |= w.is &^ leftOut
	}
}
