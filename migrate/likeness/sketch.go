package likeness

import (
	"cmp"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"math/bits"
	"slices"
)

// sketchBits is how many bits a sketch has. An estimate made from it is off by 0.05 where
// texts are much alike, and by 0.09 where they have nothing in common (one standard
// deviation): it finds candidates, and the texts themselves decide.
const sketchBits = 128

// Sketch is one bit of each of 128 minima of a text's hashes (Li and König, b-bit minwise
// hashing, 2010), so that texts which say the same have most bits in common and others
// half of them. The zero sketch is that of a text nobody has read.
type Sketch [2]uint64

// silent is the sketch of a text without words.
var silent = Sketch{1, 0}

// Sketch returns the text's sketch. Of each 128th part of all hashes it takes the least
// one: one pass over the text in place of 128 (one permutation hashing).
func (t *Text) Sketch() (s Sketch) {
	if len(t.shingles) == 0 {
		return silent
	}
	var least [sketchBits]uint64 // less one: 0 is an empty part
	for _, h := range t.shingles {
		part, value := h%sketchBits, h/sketchBits+1
		if least[part] == 0 || value < least[part] {
			least[part] = value
		}
	}
	for part := range uint64(sketchBits) {
		value := least[borrowed(&least, part)]
		s[part/64] |= mix(value<<7|part) >> 63 << (part % 64)
	}
	if s.IsZero() || s == silent {
		s[1] |= 1 << 63
	}
	return s
}

// borrowed returns the part whose least hash stands for that of a part: another one, the
// same for every text, where it has none of its own (Shrivastava, Optimal densification
// for fast and accurate minwise hashing, 2017).
func borrowed(least *[sketchBits]uint64, part uint64) uint64 {
	from := part
	for try := uint64(1); least[from] == 0; try++ {
		from = mix(part<<32|try) % sketchBits
	}
	return from
}

// IsZero reports whether nobody has read the text yet.
func (s Sketch) IsZero() bool { return s == Sketch{} }

// Silent reports whether the text has no words.
func (s Sketch) Silent() bool { return s == silent }

// says reports whether there is anything to compare.
func (s Sketch) says() bool { return !s.IsZero() && !s.Silent() }

// To estimates [Text.To] of two texts by their sketches.
func (s Sketch) To(o Sketch) float64 {
	if !s.says() || !o.says() {
		return 0
	}
	return max(0, 1-2*float64(s.Distance(o))/sketchBits)
}

// Distance counts the bits in which two sketches differ.
func (s Sketch) Distance(o Sketch) int {
	return bits.OnesCount64(s[0]^o[0]) + bits.OnesCount64(s[1]^o[1])
}

// MarshalText writes 22 characters of base64.
func (s Sketch) MarshalText() ([]byte, error) {
	var b [16]byte
	binary.BigEndian.PutUint64(b[:8], s[0])
	binary.BigEndian.PutUint64(b[8:], s[1])
	return base64.RawURLEncoding.AppendEncode(nil, b[:]), nil
}

// UnmarshalText reads what MarshalText wrote. Anything else is the sketch of a text that
// nobody has read: a newer form must not make a ledger unreadable.
func (s *Sketch) UnmarshalText(text []byte) error {
	*s = Sketch{}
	b, err := base64.RawURLEncoding.AppendDecode(nil, text)
	if err != nil || len(b) != 16 {
		return nil //nolint:nilerr // see above
	}
	*s = Sketch{binary.BigEndian.Uint64(b[:8]), binary.BigEndian.Uint64(b[8:])}
	return nil
}

func (s Sketch) String() string { return fmt.Sprintf("%016x%016x", s[0], s[1]) }

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
