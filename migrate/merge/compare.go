package merge

import "slices"

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
