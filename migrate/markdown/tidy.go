package markdown

import "strings"

// tidy gives a paragraph's tokens in an order that Markdown can say: one space at
// most between two things and none at the edges, spaces outside the marks that
// they stood at the edge of, no mark without content, text in one piece, and
// marks that touch another of their kind made one.
func tidy(tokens []token) []token {
	t := tidier{out: make([]token, 0, len(tokens))}
	for _, k := range tokens {
		switch k.kind {
		case space:
			t.space = true
		case lineBreak:
			t.broken = true
		case opening:
			t.opening(k)
		case closing:
			t.closing(k)
		default:
			t.content(k)
		}
	}
	t.flush()
	return join(t.out)
}

// apart stands between two code spans that touch, which Markdown would read as one: a
// word joiner, which nobody sees and no line breaks at.
const apart = "&NoBreak;"

type tidier struct {
	out     []token
	text    []byte  // gathered, not yet in out
	waiting []token // openings that nothing follows so far
	space   bool    // one is due before the next content
	broken  bool    // a line break is
}

func (t *tidier) opening(k token) {
	if m := t.touching(k.mark); m != nil {
		t.out = t.out[:len(t.out)-1]
		k.mark.same = m
		return
	}
	t.waiting = append(t.waiting, k)
}

// touching gives the mark of m's kind that ended right here, if there is one.
func (t *tidier) touching(m *mark) *mark {
	last := len(t.out) - 1
	if last < 0 || len(t.text)+len(t.waiting) > 0 || t.space || t.broken || m.kind == link {
		return nil
	}
	if k := t.out[last]; k.kind == closing && k.mark.kind == m.kind {
		return k.mark
	}
	return nil
}

func (t *tidier) closing(k token) {
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
	t.gap()
	if len(t.waiting) > 0 {
		t.flush()
		t.out = append(t.out, t.waiting...)
		t.waiting = t.waiting[:0]
	}
	if k.kind == text {
		t.text = append(t.text, k.text...)
		return
	}
	t.flush()
	if last := len(t.out) - 1; last >= 0 && k.kind == code && t.out[last].kind == code && k.span != t.out[last].span {
		t.out = append(t.out, token{kind: raw, text: apart})
	}
	t.out = append(t.out, k)
}

// join makes spans of code that touch one, as they would read in Markdown.
func join(tokens []token) []token {
	out := tokens[:0]
	for i := 0; i < len(tokens); i++ {
		k := tokens[i]
		if k.kind == code && i+1 < len(tokens) && tokens[i+1].kind == code {
			var all strings.Builder
			for ; i < len(tokens) && tokens[i].kind == code; i++ {
				all.WriteString(tokens[i].text)
			}
			k.text = all.String()
			i--
		}
		out = append(out, k)
	}
	return out
}

// gap writes the space or the line break that is due.
func (t *tidier) gap() {
	switch {
	case len(t.out)+len(t.text) == 0:
	case t.broken:
		t.flush()
		t.out = append(t.out, token{kind: lineBreak})
	case t.space:
		t.text = append(t.text, ' ')
	}
	t.space, t.broken = false, false
}

func (t *tidier) flush() {
	if len(t.text) > 0 {
		t.out = append(t.out, token{kind: text, text: string(t.text)})
		t.text = t.text[:0]
	}
}
