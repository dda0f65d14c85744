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
	for i := range len(body) - 1 {
		pair := pairOf(body[i], body[i+1])
		if marks.pairs[pair/64]>>(pair%64)&1 == 0 {
			continue
		}
		for _, m := range marks.of[pair] {
			found[m.dialect] = found[m.dialect] || i >= m.at && strings.HasPrefix(body[i-m.at:], m.text)
		}
	}
	for i, d := range dialects {
		if found[i] {
			all = append(all, d)
		}
	}
	return all
}

// markIndex finds what dialects are known by, by a pair of bytes that is rare in a body.
type markIndex struct {
	pairs [1 << 16 / 64]uint64 // a bit each: small enough for the processor's nearest cache
	of    map[uint16][]dialectMark
}

type dialectMark struct {
	text    string
	at      int // where the pair stands in it
	dialect int // its place among the dialects
}

var markups = sync.OnceValue(func() *markIndex {
	index := &markIndex{of: map[uint16][]dialectMark{}}
	for i, d := range dialects {
		for _, text := range d.Markup {
			at := rarePair(text)
			pair := pairOf(text[at], text[at+1])
			index.pairs[pair/64] |= 1 << (pair % 64)
			index.of[pair] = append(index.of[pair], dialectMark{text, at, i})
		}
	}
	return index
})

// rarePair returns where two bytes stand in a mark that are rare in prose and in the tags of
// most: a hyphen behind a letter, else how a value begins, else the end.
func rarePair(mark string) int {
	if at := strings.IndexAny(mark, "-_"); at > 0 {
		return at - 1
	}
	if at := strings.IndexByte(mark, '"'); at >= 0 && at < len(mark)-1 {
		return at
	}
	return len(mark) - 2
}

func pairOf(a, b byte) uint16 { return uint16(a)<<8 | uint16(b) }
