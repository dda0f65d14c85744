// Package likeness tells how much of what two texts say is the same, whatever their
// markup. Start at [HTML] and [Markdown], which read a [Text]; a [Sketch] is the few bytes
// of it that a ledger keeps, and an [Index] finds the sketches that are like another.
//
// A text is the set of its shingles, runs of three words that follow one another (Broder,
// On the resemblance and containment of documents, 1997). A changed word changes three of
// them, a moved paragraph hardly any. Scripts that put no space between words count each
// character as a word.
package likeness

import "slices"

// shingleWords is how many words a shingle has.
const shingleWords = 3

// wordsMost bounds how many words of a text count: a post of many megabytes is known by
// how it begins.
const wordsMost = 1 << 15

// Text is what a text says: hashes of its shingles.
type Text struct {
	shingles []uint64
	sorted   bool
}

// textOf makes a text of the hashes of its words, in their order. A text of fewer words
// than a shingle has is one shingle.
func textOf(words []uint64) Text {
	if len(words) == 0 {
		return Text{}
	}
	t := Text{shingles: make([]uint64, 0, len(words))}
	for end := min(shingleWords, len(words)); end <= len(words); end++ {
		h := uint64(0)
		for _, w := range words[max(0, end-shingleWords):end] {
			h = mix(h ^ w)
		}
		t.shingles = append(t.shingles, h)
	}
	return t
}

// Len returns how many shingles the text has, some of which may be equal.
func (t *Text) Len() int { return len(t.shingles) }

// To returns how much of all that two texts say both say, from 0 to 1. It is 0 where one
// of them says nothing.
func (t *Text) To(o *Text) float64 {
	both, all := overlap(t, o)
	return share(both, all)
}

// Within returns how much of what t says o says too, from 0 to 1.
func (t *Text) Within(o *Text) float64 {
	both, _ := overlap(t, o)
	return share(both, len(t.set()))
}

func share(part, whole int) float64 {
	if whole == 0 {
		return 0
	}
	return float64(part) / float64(whole)
}

// overlap counts the shingles that two texts have both, and all that they have.
func overlap(a, b *Text) (both, all int) {
	x, y := a.set(), b.set()
	for len(x) > 0 && len(y) > 0 {
		switch {
		case x[0] < y[0]:
			x = x[1:]
		case y[0] < x[0]:
			y = y[1:]
		default:
			both++
			x, y = x[1:], y[1:]
		}
	}
	return both, len(a.set()) + len(b.set()) - both
}

// set returns the shingles, sorted, each once.
func (t *Text) set() []uint64 {
	if !t.sorted {
		slices.Sort(t.shingles)
		t.shingles, t.sorted = slices.Compact(t.shingles), true
	}
	return t.shingles
}

// mix is the finalizer of MurmurHash3: every bit of the result depends on every bit of h.
// Sketches are written to ledgers, so it must never change.
func mix(h uint64) uint64 {
	h ^= h >> 33
	h *= 0xff51afd7ed558ccd
	h ^= h >> 33
	h *= 0xc4ceb9fe1a85ec53
	return h ^ h>>33
}
