package merge

// span is a run of lines, from the first to before the last.
type span struct{ from, to int }

// by returns the span n lines further down.
func (s span) by(n int) span { return span{s.from + n, s.to + n} }

// hunk is one difference: lines of the old text and those that stand there now.
type hunk struct{ old, now span }

// shift gives how far lines before the hunk are from where they were.
func (h hunk) shift() int { return h.now.from - h.old.from }

// Whose lines a region takes.
const (
	left  = iota // mine
	right        // theirs
	both         // both changed something here
)

// region is a place where a side, or both, differ from the base.
type region struct {
	from         int
	mine, theirs span
}

// merger lines up the changes of both sides. Changes that touch become one region.
type merger struct{ all []region }

// left takes a change of mine alone; shift is how far theirs is moved at that place.
func (m *merger) left(h hunk, shift int) {
	m.add(region{left, h.now, span{h.old.from + shift, h.old.to + shift}})
}

// right takes a change of theirs alone; shift is how far mine is moved.
func (m *merger) right(h hunk, shift int) {
	m.add(region{right, span{h.old.from + shift, h.old.to + shift}, h.now})
}

// both takes two changes that meet. Each side's lines are those that stand for all lines
// of the base that either has changed.
func (m *merger) both(l, r hunk) {
	from, to := min(l.old.from, r.old.from), max(l.old.to, r.old.to)
	m.add(region{
		both,
		span{l.now.from - (l.old.from - from), l.now.to + (to - l.old.to)},
		span{r.now.from - (r.old.from - from), r.now.to + (to - r.old.to)},
	})
}

func (m *merger) add(r region) {
	if n := len(m.all); n > 0 {
		last := &m.all[n-1]
		if r.mine.from <= last.mine.to || r.theirs.from <= last.theirs.to {
			if last.from != r.from {
				last.from = both
			}
			last.mine.to, last.theirs.to = r.mine.to, r.theirs.to
			return
		}
	}
	m.all = append(m.all, r)
}
