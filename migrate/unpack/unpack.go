// Package unpack reads gzip, and refuses what unpacks to far more than any text does:
// DEFLATE can hide a gigabyte in one megabyte. Start at [NewReader].
package unpack

import (
	"compress/gzip"
	"errors"
	"io"
)

const (
	// ratio is how many times its packed size a stream may unpack to. Feeds and exports
	// pack to a fifth or a tenth, very repetitive ones to a thirtieth.
	ratio = 50
	// spare is what a stream may have besides: no harm in a small one, whatever its ratio.
	spare = 10 << 20
)

// ErrRatio says that a stream unpacks to more than it may.
var ErrRatio = errors.New("unpacks to more than 10 MB and 50 times its packed size")

// Reader reads what a gzip stream unpacks to.
type Reader struct {
	packed counter
	gzip   *gzip.Reader
	size   int64 // bytes unpacked
}

// NewReader reads the header of a gzip stream from r. The error is io.EOF where there is
// not a single byte.
func NewReader(r io.Reader) (*Reader, error) {
	u := &Reader{packed: counter{r: r}}
	z, err := gzip.NewReader(&u.packed)
	u.gzip = z
	return u, err
}

// Read fails with [ErrRatio] as soon as the stream has unpacked to more than it may for
// the packed bytes that were read.
func (u *Reader) Read(p []byte) (int, error) {
	if u.over() {
		return 0, ErrRatio
	}
	n, err := u.gzip.Read(p)
	u.size += int64(n)
	if u.over() {
		return 0, ErrRatio
	}
	return n, err
}

func (u *Reader) over() bool { return u.size > spare+ratio*u.packed.n }

// counter counts the bytes that are read from r.
type counter struct {
	r io.Reader
	n int64
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	return n, err
}
