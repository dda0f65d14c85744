package merge

// compare gives the differences of two texts: the fewest lines, but for huge
// differences, found by Myers' linear-space algorithm ("An O(ND) Difference Algorithm
// and Its Variations", 1986, section 4b). As GNU diff and git do, it leaves out lines
// that can have no partner first, and moves hunks where they read best last: which of
// several shortest differences is found decides what merges.
func compare(old, now []int) []hunk {
	a, b := newSide(old), newSide(now)
	trim(a, b)
	a.keep(b)
	b.keep(a)
	newSearch(a, b).split(box{0, len(a.kept), 0, len(b.kept)})
	settle(a, b)
	settle(b, a)
	return hunks(a, b)
}

// side is one of two texts that are compared.
type side struct {
	ids     []int
	changed []bool // by line; one more that is always false
	lines   span   // what is left when equal ends are cut off
	kept    []int  // the lines that are searched for partners
}

func newSide(ids []int) *side {
	return &side{ids: ids, changed: make([]bool, len(ids)+1), lines: span{0, len(ids)}}
}

// id gives the id of the n-th line that is searched.
func (s *side) id(n int) int { return s.ids[s.kept[n]] }

// mark notes that the lines searched from one to before another have no partner.
func (s *side) mark(from, to int) {
	for _, line := range s.kept[from:to] {
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
