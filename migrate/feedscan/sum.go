package feedscan

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"hash"
	"io"
	"slices"
	"unicode/utf8"
)

// Peeker is a [Cutter] that cuts an item before it reads it: an item that is as it was need
// not be read at all.
type Peeker interface {
	Cutter
	// Cut cuts the next item. Its errors are those of Next, but for a [*BrokenItem].
	Cut() error
	// Sum returns a hash of all that reading the item depends on which was cut last: of the
	// item and of what the feed says around its items. It is zero where that is not known
	// before the item is read.
	Sum() Sum
	// Read reads the item that was cut last, once.
	Read() (*Entry, error)
}

// Sum is a hash of an item as it stands in its feed.
type Sum [sha256.Size]byte

// IsZero reports whether the sum says nothing.
func (s Sum) IsZero() bool { return s == Sum{} }

// context is a hash of what a feed says before its items.
type context struct{ hash.Hash }

func newContext(prolog []byte) *context {
	c := &context{sha256.New()}
	c.add(prolog)
	return c
}

func (c *context) add(part []byte) { framed(c, part) }

// sum returns the hash of an item that consists of parts. As long as the encoding of a feed has
// not been decided, an item beyond ASCII decides it, and has to be read.
func (c *context) sum(p *pieces, parts [][]byte) (s Sum) {
	if !p.known && slices.ContainsFunc(parts, func(b []byte) bool { return !ascii(b) }) {
		return s
	}
	h := sha256.New()
	framed(h, c.Sum(nil))
	fmt.Fprintf(h, "%q %t %t", p.label, p.known, p.utf8)
	for _, part := range parts {
		framed(h, part)
	}
	h.Sum(s[:0])
	return s
}

// framed writes a part with its length, so that none runs into the next.
func framed(w io.Writer, part []byte) {
	_, _ = w.Write(binary.BigEndian.AppendUint64(nil, uint64(len(part)))) // a hash takes everything
	_, _ = w.Write(part)
}

func ascii(b []byte) bool {
	const high = 0x8080808080808080 // of eight bytes those that are beyond ASCII
	for ; len(b) >= 8; b = b[8:] {
		if binary.LittleEndian.Uint64(b)&high != 0 {
			return false
		}
	}
	return !slices.ContainsFunc(b, func(c byte) bool { return c >= utf8.RuneSelf })
}
