package proof

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
