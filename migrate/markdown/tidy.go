package markdown

import "slices"

// tidy returns a paragraph's tokens in an order that Markdown can say: one space at
// most between two things and none at the edges, spaces outside the marks that
// they stood at the edge of, no mark without content, text in one piece, and marks and
// spans of code that touch another of their kind made one.
func tidy(tokens []token, r *room) []token {
	t := tidier{out: slices.Grow(r.tidied[:0], len(tokens)), text: r.words[:0], waiting: r.waiting[:0], room: r}
	for _, k := range tokens {
		switch k.kind {
		case space, noBreakSpace:
			t.space = t.space || k.kind == space || t.noBreak
			t.noBreak = true
		case lineBreak:
			t.broken = true
		case opening:
			t.open(k)
		case closing:
			t.close(k)
		default:
			t.content(k)
		}
	}
	t.flush()
	r.tidied, r.words, r.waiting = t.out, t.text, t.waiting
	return join(t.out, code)
}

type tidier struct {
	out     []token
	first   string  // text that is not yet in out
	text    []byte  // the same, where more was added to it
	waiting []token // openings that nothing follows so far
	space   bool    // one is due before the next content
	noBreak bool    // one is due, as which one that keeps the line from breaking will do
	broken  bool    // a line break is
	room    *room
}

func (t *tidier) open(k token) {
	if m := t.touching(k.mark); m != nil { // a space between the two stands within them then
		t.out = t.out[:len(t.out)-1]
		k.mark.same = m
		return
	}
	t.waiting = append(t.waiting, k)
}

// touching returns the mark of m's kind that ended right here, or before the space here, if
// there is one.
func (t *tidier) touching(m *mark) *mark {
	last := len(t.out) - 1
	if last < 0 || len(t.first)+len(t.text)+len(t.waiting) > 0 || t.broken || m.kind == link {
		return nil
	}
	if k := t.out[last]; k.kind == closing && k.mark.kind == m.kind {
		return k.mark
	}
	return nil
}

func (t *tidier) close(k token) {
	if last := len(t.waiting) - 1; last >= 0 {
		t.waiting = t.waiting[:last]
		return
	}
	t.flush()
	if k.mark.same != nil {
		k.mark = k.mark.same
	}
	t.out = append(t.out, k)
}

func (t *tidier) content(k token) {
	t.gap(k)
	if len(t.waiting) > 0 {
		t.flush()
		t.out = append(t.out, t.waiting...)
		t.waiting = t.waiting[:0]
	}
	if k.kind == text {
		t.add(k.text)
		return
	}
	t.flush()
	t.out = append(t.out, k)
}

// gap writes the space or the line break that is due before k.
func (t *tidier) gap(k token) {
	switch {
	case len(t.out)+len(t.first)+len(t.text) == 0:
	case t.broken:
		t.flush()
		t.out = append(t.out, token{kind: lineBreak})
	case t.noBreak && !t.space && k.kind == text && keepsNoBreak(t.before(), k.text):
		t.add(noBreak)
	case t.noBreak:
		t.add(" ")
	}
	t.space, t.noBreak, t.broken = false, false, false
}

// before returns the text that the next token stands behind, or "" for what is no text.
func (t *tidier) before() string {
	switch {
	case t.first != "":
		return t.first
	case len(t.text) > 0:
		return string(t.text[max(0, len(t.text)-16):])
	}
	for _, k := range slices.Backward(t.out) {
		switch k.kind {
		case opening, closing:
		case text:
			return k.text
		default:
			return ""
		}
	}
	return ""
}

// add adds to the text that is gathered. Most is one piece, and is not copied.
func (t *tidier) add(s string) {
	if t.first == "" && len(t.text) == 0 {
		t.first = s
		return
	}
	t.text = append(append(t.text, t.first...), s...)
	t.first = ""
}

func (t *tidier) flush() {
	switch {
	case len(t.text) > 0:
		t.out = append(t.out, token{kind: text, text: t.room.letters.text(t.text)})
	case t.first != "":
		t.out = append(t.out, token{kind: text, text: t.first})
	}
	t.first, t.text = "", t.text[:0]
}
