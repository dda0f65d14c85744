package merge

import (
	"math"
	"slices"
)

// span is a run of lines, from the first to before the last.
type span struct{ from, to int }

// by returns the span n lines further down.
func (s span) by(n int) span { return span{s.from + n, s.to + n} }

// hunk is one difference: lines of the old text and those that stand there now.
type hunk struct{ old, now span }

// shift returns how far lines before the hunk are from where they were.
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

// compare returns the differences of two texts: the fewest lines, but for huge
// differences, found by Myers' linear-space algorithm ("An O(ND) Difference Algorithm
// and Its Variations", 1986, section 4b). Where a difference may stand in several places,
// since equal lines are beside it, it stands at the last of them, so that the same edit
// of two sides is seen as the same.
func compare(old, now []int) []hunk {
	a, b := newSide(old), newSide(now)
	trim(a, b)
	newSearch(a, b).split(box{a.lines.from, a.lines.to, b.lines.from, b.lines.to})
	return slide(hunks(a, b), a, b)
}

// side is one of two texts that are compared.
type side struct {
	ids     []int
	changed []bool // by line; one more that is always false
	lines   span   // what is left when equal ends are cut off
}

func newSide(ids []int) *side {
	return &side{ids: ids, changed: make([]bool, len(ids)+1), lines: span{0, len(ids)}}
}

// mark notes that the lines from one to before another have no partner.
func (s *side) mark(from, to int) {
	for line := from; line < to; line++ {
		s.changed[line] = true
	}
}

// trim cuts off what is equal at both ends.
func trim(a, b *side) {
	for a.lines.from < min(a.lines.to, b.lines.to) && a.ids[a.lines.from] == b.ids[a.lines.from] {
		a.lines.from++
	}
	b.lines.from = a.lines.from
	for a.lines.to > a.lines.from && b.lines.to > b.lines.from && a.ids[a.lines.to-1] == b.ids[b.lines.to-1] {
		a.lines.to--
		b.lines.to--
	}
}

// hunks reads the differences off the marks.
func hunks(a, b *side) (all []hunk) {
	for i, j := 0, 0; i < len(a.ids) || j < len(b.ids); i, j = i+1, j+1 {
		h := hunk{span{i, i}, span{j, j}}
		for a.changed[i] {
			i++
		}
		for b.changed[j] {
			j++
		}
		h.old.to, h.now.to = i, j
		if h.old.to > h.old.from || h.now.to > h.now.from {
			all = append(all, h)
		}
	}
	return all
}

// slide moves what one side alone has down past lines that equal its first, and joins
// differences that meet.
func slide(all []hunk, a, b *side) []hunk {
	var moved []hunk // from the last one on
	for i := len(all) - 1; i >= 0; i-- {
		h := all[i]
		for next := (span{len(a.ids), len(b.ids)}); ; {
			if n := len(moved); n > 0 {
				next = span{moved[n-1].old.from, moved[n-1].now.from}
			}
			for free := true; free; {
				free = h.old.to < next.from && h.now.to < next.to && h.down(a, b)
			}
			if len(moved) == 0 || h.old.to < next.from {
				break
			}
			last := moved[len(moved)-1]
			moved = moved[:len(moved)-1]
			h.old.to, h.now.to = last.old.to, last.now.to
			next = span{len(a.ids), len(b.ids)}
		}
		moved = append(moved, h)
	}
	slices.Reverse(moved)
	return moved
}

// down moves a hunk a line down where the line behind it equals its first.
func (h *hunk) down(a, b *side) bool {
	switch {
	case h.old.from == h.old.to && b.ids[h.now.from] == b.ids[h.now.to]:
	case h.now.from == h.now.to && a.ids[h.old.from] == a.ids[h.old.to]:
	default:
		return false
	}
	h.old, h.now = h.old.by(1), h.now.by(1)
	return true
}

// box is the part of the edit graph between two points: lines of a by lines of b.
type box struct{ left, right, top, bottom int }

// search looks for the longest common subsequence of two sides. The
// diagonal x-y has the place x-y+origin in the tables of how far paths have come.
type search struct {
	a, b   *side
	origin int
	ahead  []int // from the upper left: x of the furthest point on each diagonal
	behind []int // from the lower right
	most   int   // steps to go before a box is cut wherever the paths are
}

// stepsMost bounds the steps of one search, so that huge texts without anything in common
// end in bounded time.
const stepsMost = 1024

func newSearch(a, b *side) *search {
	diagonals := len(a.ids) + len(b.ids) + 3
	return &search{
		a: a, b: b, origin: len(b.ids) + 1,
		ahead: make([]int, diagonals), behind: make([]int, diagonals),
		most: stepsMost,
	}
}

// split cuts a box in two at a point on its shortest path, until nothing but lines
// without partners is left of it.
func (s *search) split(b box) {
	for b.left < b.right && b.top < b.bottom && s.equal(b.left, b.top) {
		b.left, b.top = b.left+1, b.top+1
	}
	for b.left < b.right && b.top < b.bottom && s.equal(b.right-1, b.bottom-1) {
		b.right, b.bottom = b.right-1, b.bottom-1
	}
	if b.left == b.right || b.top == b.bottom {
		s.a.mark(b.left, b.right)
		s.b.mark(b.top, b.bottom)
		return
	}
	x, y := s.middle(b)
	s.split(box{b.left, x, b.top, y})
	s.split(box{x, b.right, y, b.bottom})
}

func (s *search) equal(x, y int) bool { return s.a.ids[x] == s.b.ids[y] }

// middle returns a point where the paths from both corners of a box meet.
func (s *search) middle(b box) (x, y int) {
	lowest, highest := b.left-b.bottom, b.right-b.top
	fore, aft := span{b.left - b.top, b.left - b.top}, span{b.right - b.bottom, b.right - b.bottom}
	odd := (fore.from-aft.from)%2 != 0
	s.ahead[fore.from+s.origin], s.behind[aft.from+s.origin] = b.left, b.right
	for step := 1; ; step++ {
		fore = s.widen(fore, lowest, highest, s.ahead, -1)
		for d := fore.to; d >= fore.from; d -= 2 {
			x := s.forward(d, b)
			if odd && aft.from <= d && d <= aft.to && s.behind[d+s.origin] <= x {
				return x, x - d
			}
		}
		aft = s.widen(aft, lowest, highest, s.behind, math.MaxInt)
		for d := aft.to; d >= aft.from; d -= 2 {
			x := s.backward(d, b)
			if !odd && fore.from <= d && d <= fore.to && x <= s.ahead[d+s.origin] {
				return x, x - d
			}
		}
		if step >= s.most {
			return s.furthest(fore, b)
		}
	}
}

// widen takes in the diagonals next to those reached so far, none outside the box. The
// table gets a value beyond them that no path comes from.
func (s *search) widen(d span, lowest, highest int, table []int, none int) span {
	if d.from > lowest {
		d.from--
		table[d.from-1+s.origin] = none
	} else {
		d.from++
	}
	if d.to < highest {
		d.to++
		table[d.to+1+s.origin] = none
	} else {
		d.to--
	}
	return d
}

// forward takes the path on a diagonal one step further, and along equal lines.
func (s *search) forward(d int, b box) int {
	at := d + s.origin
	x := s.ahead[at+1]
	if s.ahead[at-1] >= x {
		x = s.ahead[at-1] + 1
	}
	for x < b.right && x-d < b.bottom && s.equal(x, x-d) {
		x++
	}
	s.ahead[at] = x
	return x
}

// backward does the same from the other corner.
func (s *search) backward(d int, b box) int {
	at := d + s.origin
	x := s.behind[at-1]
	if x >= s.behind[at+1] {
		x = s.behind[at+1] - 1
	}
	for x > b.left && x-d > b.top && s.equal(x-1, x-d-1) {
		x--
	}
	s.behind[at] = x
	return x
}

// furthest returns the point inside the box that is furthest on its way, for texts too
// different to look for the best.
func (s *search) furthest(fore span, b box) (x, y int) {
	best := -1
	for d := fore.to; d >= fore.from; d -= 2 {
		px := min(s.ahead[d+s.origin], b.right)
		py := px - d
		if py > b.bottom {
			px, py = b.bottom+d, b.bottom
		}
		if px+py > best && px >= b.left && py >= b.top {
			best, x, y = px+py, px, py
		}
	}
	return x, y
}
