package likeness

import (
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"math/bits"
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

// IsZero tells whether nobody has read the text yet.
func (s Sketch) IsZero() bool { return s == Sketch{} }

// Silent tells whether the text has no words.
func (s Sketch) Silent() bool { return s == silent }

// says tells whether there is anything to compare.
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
