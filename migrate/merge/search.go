package merge

import "math"

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

// middle gives a point where the paths from both corners of a box meet.
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

// furthest gives the point inside the box that is furthest on its way, for texts too
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
