package source

import (
	"strings"
	"sync"
)

// broughtAlong lists the dialects whose markup a body holds, in their order. It reads the
// body once, whatever the number of marks.
func broughtAlong(body string) (all []*Dialect) {
	marks := markups()
	found := make([]bool, len(dialects))
	for i := 1; i < len(body); i++ {
		pair := pairOf(body[i-1], body[i])
		if marks.begins[pair/64]>>(pair%64)&1 == 0 {
			continue
		}
		for _, m := range marks.of[pair] {
			found[m.dialect] = found[m.dialect] || strings.HasPrefix(body[i-1:], m.text)
		}
	}
	for i, d := range dialects {
		if found[i] {
			all = append(all, d)
		}
	}
	return all
}

// markIndex finds what dialects are known by, by its first two bytes.
type markIndex struct {
	begins [1 << 16 / 64]uint64 // a bit each: small enough for the processor's nearest cache
	of     map[uint16][]dialectMark
}

type dialectMark struct {
	text    string
	dialect int // its place among the dialects
}

var markups = sync.OnceValue(func() *markIndex {
	index := &markIndex{of: map[uint16][]dialectMark{}}
	for i, d := range dialects {
		for _, text := range d.Markup {
			pair := pairOf(text[0], text[1])
			index.begins[pair/64] |= 1 << (pair % 64)
			index.of[pair] = append(index.of[pair], dialectMark{text, i})
		}
	}
	return index
})

func pairOf(a, b byte) uint16 { return uint16(a)<<8 | uint16(b) }
