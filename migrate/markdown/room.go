package markdown

import (
	"slices"
	"strings"
)

// room is what a converter keeps from one paragraph and one page to the next. Nothing that lies
// in it outlives its page.
type room struct {
	out     []byte  // a paragraph being written
	lines   []byte  // the items of a list, with what stands before their lines
	words   []byte  // a text being folded, or put together by [tidier]
	tidied  []token // the tokens of a paragraph, see [tidy]
	waiting []token // see [tidier]
	marks   []mark
	flows   []*flow
	used    int // of flows
	letters letters
}

// roomMost is how many tokens, marks or flows are kept for the next page: more than most have.
const roomMost = 1 << 10

// begin makes the room that of another page.
func (r *room) begin() {
	r.marks, r.used = r.marks[:0], 0
	if len(r.flows) > roomMost {
		r.flows = slices.Clip(r.flows[:roomMost])
	}
	if cap(r.tidied) > roomMost {
		r.tidied = nil
	}
}

// flow returns an empty flow of the page.
func (r *room) flow() *flow {
	if r.used == len(r.flows) {
		r.flows = append(r.flows, new(flow))
	}
	f := r.flows[r.used]
	r.used++
	*f = flow{blocks: f.blocks[:0], after: f.after[:0], line: inlines{tokens: f.line.tokens[:0], marks: f.line.marks[:0], code: f.line.code[:0], room: r}}
	return f
}

// mark returns a mark of the page.
func (r *room) mark(m mark) *mark {
	const many = 64
	if len(r.marks) == cap(r.marks) {
		r.marks = make([]mark, 0, many)
	}
	r.marks = append(r.marks, m)
	return &r.marks[len(r.marks)-1]
}

// letters makes texts of bytes. Many lie in one block, so that most cost no allocation.
type letters struct{ block strings.Builder }

// lettersMost is how large a block is; a text of a quarter of that or more lies by itself.
const lettersMost = 8 << 10

// text returns bytes as a text.
func (l *letters) text(b []byte) string {
	if len(b) >= lettersMost/4 {
		return string(b)
	}
	from := l.block.Len()
	if l.block.Cap()-from < len(b) {
		l.block.Reset()
		l.block.Grow(lettersMost)
		from = 0
	}
	l.block.Write(b)
	return l.block.String()[from:]
}
