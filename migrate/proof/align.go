package proof

import "slices"

// align pairs two sequences: for each element of a, its place in b, or -1. Pairs keep
// their order. What occurs once in both holds the rest in place, so that long texts take
// little more than linear time; what lies between is compared each with each, if short.
func align(a, b []uint32) []int32 {
	pairs := make([]int32, len(a))
	for i := range pairs {
		pairs[i] = -1
	}
	aligner{a, b, pairs}.between(0, len(a), 0, len(b))
	return pairs
}

type aligner struct {
	a, b  []uint32
	pairs []int32
}

func (m aligner) between(a1, a2, b1, b2 int) {
	for a1 < a2 && b1 < b2 && m.a[a1] == m.b[b1] {
		m.pairs[a1] = int32(b1)
		a1, b1 = a1+1, b1+1
	}
	for a1 < a2 && b1 < b2 && m.a[a2-1] == m.b[b2-1] {
		a2, b2 = a2-1, b2-1
		m.pairs[a2] = int32(b2)
	}
	if a1 == a2 || b1 == b2 {
		return
	}
	const most = 1 << 18
	if (a2-a1)*(b2-b1) <= most {
		m.short(a1, a2, b1, b2)
		return
	}
	at := m.anchors(a1, a2, b1, b2)
	for _, p := range at {
		m.between(a1, p.a, b1, p.b)
		m.pairs[p.a] = int32(p.b)
		a1, b1 = p.a+1, p.b+1
	}
	if len(at) > 0 {
		m.between(a1, a2, b1, b2)
	}
}

type anchor struct{ a, b int }

// anchors returns what occurs once on each side, as far as the order of both agrees: the
// longest rising run.
func (m aligner) anchors(a1, a2, b1, b2 int) []anchor {
	type seen struct{ inA, inB, a, b int }
	at := map[uint32]*seen{}
	for i := a1; i < a2; i++ {
		s := at[m.a[i]]
		if s == nil {
			s = new(seen)
			at[m.a[i]] = s
		}
		s.inA++
		s.a = i
	}
	for j := b1; j < b2; j++ {
		if s := at[m.b[j]]; s != nil {
			s.inB++
			s.b = j
		}
	}
	var all []anchor
	for i := a1; i < a2; i++ {
		if s := at[m.a[i]]; s.inA == 1 && s.inB == 1 {
			all = append(all, anchor{s.a, s.b})
		}
	}
	return rising(all)
}

// rising returns a longest run of anchors whose places in b rise.
func rising(all []anchor) []anchor {
	var tails []int // of the best run of each length
	before := make([]int, len(all))
	for i, p := range all {
		k, _ := slices.BinarySearchFunc(tails, p.b, func(j, b int) int { return all[j].b - b })
		before[i] = -1
		if k > 0 {
			before[i] = tails[k-1]
		}
		if k == len(tails) {
			tails = append(tails, i)
		} else {
			tails[k] = i
		}
	}
	if len(tails) == 0 {
		return nil
	}
	run := make([]anchor, 0, len(tails))
	for i := tails[len(tails)-1]; i >= 0; i = before[i] {
		run = append(run, all[i])
	}
	slices.Reverse(run)
	return run
}

// short pairs a longest common sequence.
func (m aligner) short(a1, a2, b1, b2 int) {
	width := b2 - b1 + 1
	best := make([]int32, (a2-a1+1)*width)
	for i := a2 - 1; i >= a1; i-- {
		row, below := best[(i-a1)*width:], best[(i-a1+1)*width:]
		for j := b2 - 1; j >= b1; j-- {
			at := j - b1
			if m.a[i] == m.b[j] {
				row[at] = below[at+1] + 1
			} else {
				row[at] = max(below[at], row[at+1])
			}
		}
	}
	for i, j := a1, b1; i < a2 && j < b2; {
		here := best[(i-a1)*width+j-b1]
		switch {
		case m.a[i] == m.b[j]:
			m.pairs[i] = int32(j)
			i, j = i+1, j+1
		case best[(i-a1+1)*width+j-b1] == here:
			i++
		default:
			j++
		}
	}
}
