package merge

// Lines that are common in the other text, and stand among lines that are not in it at
// all, are confusing: a blank line would be matched with any other (GNU diff,
// discard_confusing_lines).
const (
	reach = 100 // lines to either side that are looked at
	share = 4   // so many common lines to one without a partner are too many
)

// keep chooses the lines that are searched for partners in the other text, and marks
// the others as changed.
func (s *side) keep(other *side) {
	count := map[int]int{}
	for _, id := range other.ids {
		count[id]++
	}
	many := root(len(s.ids))
	for i := s.lines.from; i < s.lines.to; i++ {
		n := count[s.ids[i]]
		if n == 0 || n >= many && s.confusing(i, count, many) {
			s.changed[i] = true
			continue
		}
		s.kept = append(s.kept, i)
	}
}

// confusing tells whether a common line stands among lines without partners.
func (s *side) confusing(line int, count map[int]int, many int) bool {
	alone, common := 0, 0
	for _, step := range []int{-1, 1} {
		lone := 0
		for i := line + step; i >= s.lines.from && i < s.lines.to && (i-line)*step <= reach; i += step {
			n := count[s.ids[i]]
			if n > 0 && n < many {
				break
			}
			if n == 0 {
				lone++
			} else {
				common++
			}
		}
		if lone == 0 {
			return false
		}
		alone += lone
	}
	return common*share < common+alone
}

// root gives a power of two near the square root of n.
func root(n int) int {
	r := 1
	for ; n > 0; n >>= 2 {
		r <<= 1
	}
	return min(r, 1024)
}
