package likeness

import (
	"cmp"
	"slices"
)

// A sketch is cut into bands of 16 bits. Two sketches that differ in 15 bits or fewer, an
// estimate of 0.77, have a band in which they differ in one bit at most: 8 bands cannot
// have two differing bits each.
const (
	bandBits = 16
	bands    = sketchBits / bandBits
)

// Index finds which of many sketches are like another one, without comparing it with all
// of them.
type Index struct {
	sketch func(int) Sketch
	order  [bands][]uint32 // numbers of sketches, sorted by one band of theirs
}

// NewIndex makes an index of the sketches with numbers from 0 to n-1. It keeps numbers
// alone and asks for a sketch when it needs one. Those that say nothing are left out.
func NewIndex(n int, sketch func(int) Sketch) *Index {
	x := &Index{sketch: sketch}
	var all []uint32
	for i := range n {
		if sketch(i).says() {
			all = append(all, uint32(i)) //nolint:gosec // more than that fit no memory
		}
	}
	for b := range x.order {
		x.order[b] = slices.Clone(all)
		slices.SortFunc(x.order[b], func(i, j uint32) int { return cmp.Compare(x.band(i, b), x.band(j, b)) })
	}
	return x
}

func (x *Index) band(i uint32, b int) uint16 { return bandOf(x.sketch(int(i)), b) }

func bandOf(s Sketch, b int) uint16 {
	return uint16(s[b/4] >> (b % 4 * bandBits)) //nolint:gosec // one band of it is meant
}

// Near returns the numbers of the sketches that are like s by an estimate of at least
// least, sorted. It finds all above 0.77, and most of the others that are not far below.
func (x *Index) Near(s Sketch, least float64) (near []int) {
	if !s.says() {
		return nil
	}
	for b := range bands {
		value := bandOf(s, b)
		near = x.equal(near, b, value, s, least)
		for bit := range bandBits {
			near = x.equal(near, b, value^1<<bit, s, least)
		}
	}
	slices.Sort(near)
	return slices.Compact(near)
}

// equal adds the sketches that have a value in a band.
func (x *Index) equal(near []int, b int, value uint16, s Sketch, least float64) []int {
	order := x.order[b]
	from, _ := slices.BinarySearchFunc(order, value, func(i uint32, v uint16) int { return cmp.Compare(x.band(i, b), v) })
	for _, i := range order[from:] {
		if x.band(i, b) != value {
			break
		}
		if x.sketch(int(i)).To(s) >= least {
			near = append(near, int(i))
		}
	}
	return near
}
