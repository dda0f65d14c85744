package markdown

import (
	"bytes"
	"strings"
)

// writer turns the tokens of one paragraph into Markdown.
type writer struct {
	out    []byte
	place  place
	alone  [128]bool // delimiters that occur once, and so act on nothing
	math   bool      // dollars would be read as delimiters of a formula, where that is on
	fresh  bool      // nothing is written on this line so far
	inLink bool
	chunks *chunks
}

// write returns a paragraph's tokens as Markdown for the place where it stands.
func write(tokens []token, at place, code *chunks) string {
	w := writer{out: code.scratch[:0], place: at, alone: loners(tokens), math: formulas(tokens), fresh: true, chunks: code}
	for i, k := range tokens {
		w.token(k, tokens[i+1:])
		w.fresh = k.breaks()
	}
	code.scratch = w.out
	return string(bytes.TrimRight(w.out, " "))
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
		if w.addressed(k.text) {
			w.out = append(w.out, apart...)
		}
		w.out = append(w.out, w.chunks.enclose(chunk{code: k.text}, codeSpan(k.text, w.place))...)
	case raw, dollar:
		w.out = append(w.out, k.text...)
	case passed:
		w.out = append(w.out, w.chunks.enclose(chunk{code: k.text}, k.text)...)
	case opening:
		w.out = append(w.out, k.mark.opening()...)
		w.inLink = w.inLink || k.mark.kind == link
	case closing:
		w.out = append(w.out, k.mark.closing(w.place)...)
		w.inLink = w.inLink && k.mark.kind != link
	}
}

// addressed reports whether code would be read as the rest of a mail address: goldmark
// finds those from a space on, and takes backticks for a part of them.
func (w *writer) addressed(code string) bool {
	c := w.behind()
	return strings.IndexByte(code, '@') >= 0 && (isAlnum(c) || strings.IndexByte(".!#$%&'*+/=?^_{|}~-", c) >= 0 && c != 0)
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

func (m *mark) closing(at place) string {
	if m.kind == link {
		return "](" + destination(m.dest) + quoted(m.title, at) + ")"
	}
	return m.delimiter
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
		s = k.mark.closing(prose)
	}
	return s[0]
}

// loners finds the delimiters of which a paragraph has one run only, those in addresses and
// titles counted: a code span that begins in front of a link may end within it.
func loners(tokens []token) (alone [128]bool) {
	var runs [128]int
	for _, k := range tokens {
		switch {
		case k.kind == text, k.kind == raw:
			countRuns(k.text, &runs)
		case k.kind == closing && k.mark.kind == link:
			countRuns(k.mark.dest, &runs)
			countRuns(k.mark.title, &runs)
		case k.kind == code:
			runs['`'] += 2
		case k.emphasis():
			runs[k.mark.delimiter[0]] += 2
		}
	}
	for _, c := range []byte(delimiterChars) {
		alone[c] = runs[c] == 1
	}
	return alone
}

// delimiterChars act in pairs.
const delimiterChars = "*_~`"

// countRuns counts the runs of each delimiter; one that could open a fence counts
// as several.
func countRuns(s string, runs *[128]int) {
	for i := strings.IndexAny(s, delimiterChars); i >= 0 && i < len(s); {
		c := s[i]
		n := runLength(s[i:])
		runs[c] += 1 + n/3
		i += n
		next := strings.IndexAny(s[i:], delimiterChars)
		if next < 0 {
			return
		}
		i += next
	}
}

// runLength counts how often the first byte of s stands there in a row.
func runLength(s string) int {
	n := 1
	for n < len(s) && s[n] == s[0] {
		n++
	}
	return n
}

// formulas reports whether two dollars of a paragraph stand around a formula by the
// rule that pandoc made: a letter inside each of them, no digit after the second.
func formulas(tokens []token) bool {
	open := false
	for _, k := range tokens {
		if k.kind == dollar { // those of the text are none
			return true
		}
		if k.kind != text {
			continue
		}
		for i, s := 0, k.text; i < len(s); i++ {
			if s[i] != '$' {
				continue
			}
			closes := i > 0 && s[i-1] != ' ' && (i+1 == len(s) || !isDigit(s[i+1]))
			if open && closes {
				return true
			}
			open = open || i+1 < len(s) && s[i+1] != ' '
		}
	}
	return false
}
