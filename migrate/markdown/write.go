package markdown

import (
	"bytes"
	"strings"
)

// writer turns the tokens of one paragraph into Markdown.
type writer struct {
	out    []byte
	place  place
	read   reading
	math   bool // dollars are kept from being read as delimiters of a formula
	fresh  bool // nothing is written on this line so far
	inLink bool
	open   bool // a [ has been written
	index  int  // of the token being written
	chunks *chunks
}

// reading is what would be read as marks in the text of a paragraph.
type reading struct {
	known bool          // it was looked for; else all that may act does
	acts  map[spot]bool // runs of * _ ~
	ticks backticks
	links []bare // by token; nil where the target links no bare addresses
	ends  int    // the last token that has a >
}

// read finds what would be read as marks.
func read(tokens []token, bares bool) reading {
	r := reading{known: true, ends: -1}
	var all signs
	for i := range tokens {
		k := &tokens[i]
		here := signsOf(k.text)
		if here&angle != 0 || k.kind == closing && k.mark.kind == link && strings.IndexByte(k.mark.title, '>') >= 0 {
			r.ends = i
		}
		if k.kind == text {
			all |= here
		}
	}
	if all&tick != 0 {
		r.ticks = backticksOf(tokens)
	}
	if bares && all&linking != 0 {
		r.links = bareLinks(tokens)
	}
	if all&stars != 0 {
		r.acts = literals(tokens, r.links)
	}
	return r
}

// signs are those of a text for which a paragraph has to be read once more.
type signs uint8

const (
	tick    signs = 1 << iota
	stars         // * _ ~
	angle         // that ends a tag
	linking       // there may be a bare address, see [mayLink]
)

// signOf are the signs of single bytes; : and . are those of an address beside others.
var signOf = [256]signs{'`': tick, '*': stars, '_': stars, '~': stars, '>': angle, '@': linking, ':': linking, '.': linking}

func signsOf(s string) (all signs) {
	for i := range len(s) {
		switch sign := signOf[s[i]]; {
		case sign == 0:
		case s[i] == ':' && !strings.HasPrefix(s[i:], "://"), s[i] == '.' && !strings.HasSuffix(s[:i], "www"):
		default:
			all |= sign
		}
	}
	return all
}

// write returns a paragraph's tokens as Markdown for the place where it stands.
func (f *flow) write(tokens []token) string {
	tokens = parted(tokens)
	room := f.line.room
	w := writer{out: room.out[:0], place: f.place, read: read(tokens, f.style.Bare), math: f.chunks.math, fresh: true, chunks: f.chunks}
	for i, k := range tokens {
		w.index = i
		w.token(k, tokens[i+1:])
		w.fresh = k.breaks()
	}
	room.out = w.out
	return room.letters.text(bytes.TrimRight(w.out, " "))
}

func (w *writer) token(k token, after []token) {
	switch k.kind {
	case text:
		last := len(after) == 0 || after[0].breaks()
		w.text(k.text, begin(after), last)
	case lineBreak:
		w.out = append(w.out, w.breakMark()...)
	case softBreak:
		w.out = append(w.out, '\n')
	case code:
		w.out = w.chunks.begin(w.out, chunk{code: k.text})
		w.out = append(codeSpan(w.out, k.text, w.place), chunkEnd)
	case raw, dollar:
		w.out = append(w.out, k.text...)
	case passed:
		w.out = w.chunks.begin(w.out, chunk{code: k.text})
		w.out = append(append(w.out, k.text...), chunkEnd)
	case opening:
		w.out = append(w.out, k.mark.opening()...)
		w.inLink = w.inLink || k.mark.kind == link
	case closing:
		w.out = k.mark.close(w.out, w.place)
		w.inLink = w.inLink && k.mark.kind != link
	}
}

// parted puts a space before code that would be read as the rest of a mail address: goldmark
// finds those from a space on, and takes backticks for a part of them.
func parted(tokens []token) []token {
	mails := false
	for i := range tokens {
		mails = mails || tokens[i].kind == code && strings.IndexByte(tokens[i].text, '@') >= 0
	}
	if !mails {
		return tokens
	}
	out := make([]token, 0, len(tokens)+1)
	for i, k := range tokens {
		if k.kind == code && strings.IndexByte(k.text, '@') >= 0 && mailName(endOf(tokens[:i])) {
			if tokens[i-1].kind == text {
				out[len(out)-1].text += " "
			} else {
				out = append(out, token{kind: text, text: " "})
			}
		}
		out = append(out, k)
	}
	return out
}

// breakMark spells the end of a line; a cell has one line, and can break it by a tag.
func (w *writer) breakMark() string {
	if w.place == cell {
		return "<br>"
	}
	return "\\\n"
}

func (m *mark) opening() string {
	if m.kind == link {
		return "["
	}
	return m.delimiter
}

// close writes the end of a mark.
func (m *mark) close(out []byte, at place) []byte {
	if m.kind != link {
		return append(out, m.delimiter...)
	}
	out = append(append(out, "]("...), destination(m.dest)...)
	return append(append(out, quoted(m.title, at)...), ')')
}

// ends returns the first and the last byte of the end of a mark.
func (m *mark) ends() (first, last byte) {
	if m.kind == link {
		return ']', ')'
	}
	return m.delimiter[0], m.delimiter[len(m.delimiter)-1]
}

// begin returns the first byte that tokens will be written with, 0 for none.
func begin(tokens []token) byte {
	if len(tokens) == 0 {
		return 0
	}
	s := tokens[0].text
	switch k := tokens[0]; k.kind {
	case lineBreak:
		return '\\'
	case softBreak:
		return '\n'
	case code:
		return '`'
	case opening:
		s = k.mark.opening()
	case closing:
		first, _ := k.mark.ends()
		return first
	}
	return s[0]
}

// endOf returns the last byte that tokens are written with, 0 for none.
func endOf(tokens []token) byte {
	if len(tokens) == 0 {
		return 0
	}
	s := ""
	switch k := tokens[len(tokens)-1]; k.kind {
	case lineBreak, softBreak:
		return '\n'
	case code, passed:
		return chunkEnd
	case opening:
		s = k.mark.opening()
	case closing:
		_, last := k.mark.ends()
		return last
	default:
		s = k.text
	}
	return s[len(s)-1]
}

// runLength counts how often the first byte of s stands there in a row.
func runLength(s string) int {
	n := 1
	for n < len(s) && s[n] == s[0] {
		n++
	}
	return n
}
