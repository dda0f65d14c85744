package plan

import (
	"bufio"
	"compress/zlib"
	"encoding/binary"
	"fmt"
	"io"
)

// binaryPatch prints both sides as literals, so that the patch can be taken back. The
// bytes stream through: memory does not grow with a picture.
func binaryPatch(w *bufio.Writer, c Change) error {
	fmt.Fprintln(w, "GIT binary patch")
	if err := literal(w, c.After); err != nil {
		return err
	}
	return literal(w, c.Before)
}

// literal prints one side: its size, then its deflated bytes in base 85, 52 a line.
func literal(w *bufio.Writer, c Content) error {
	fmt.Fprintf(w, "literal %d\n", c.Size())
	lines := &base85{w: w}
	z, err := zlib.NewWriterLevel(lines, zlib.BestSpeed) // pictures are compressed already
	if err != nil {
		return err
	}
	if c.Exists() {
		f, err := c.Open()
		if err != nil {
			return err
		}
		defer f.Close()
		if _, err := io.Copy(z, f); err != nil {
			return err
		}
	}
	if err := z.Close(); err != nil {
		return err
	}
	return lines.Close()
}

// alphabet is git's base 85 (RFC 1924's), which is not Ascii85's.
const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~"

// lineBytes is how many bytes git puts on a line of a literal.
const lineBytes = 52

// base85 writes lines of git's binary literals: a letter for the number of bytes, then
// five characters for each four bytes, the last ones filled up with zeros.
type base85 struct {
	w    *bufio.Writer
	line [lineBytes]byte
	n    int
	out  [1 + lineBytes/4*5 + 1]byte
}

func (b *base85) Write(p []byte) (int, error) {
	for rest := p; len(rest) > 0; {
		k := copy(b.line[b.n:], rest)
		b.n += k
		rest = rest[k:]
		if b.n < lineBytes {
			break
		}
		if err := b.flush(); err != nil {
			return 0, err
		}
	}
	return len(p), nil
}

// Close writes what is left and the empty line that ends a literal.
func (b *base85) Close() error {
	if b.n > 0 {
		if err := b.flush(); err != nil {
			return err
		}
	}
	return b.w.WriteByte('\n')
}

// flush writes the line.
func (b *base85) flush() error {
	clear(b.line[b.n:])
	out := append(b.out[:0], length(b.n))
	for i := 0; i < b.n; i += 4 {
		out = appendWord(out, binary.BigEndian.Uint32(b.line[i:]))
	}
	b.n = 0
	_, err := b.w.Write(append(out, '\n'))
	return err
}

// length is the letter for a number of bytes: A to Z for 1 to 26, a to z for 27 to 52.
func length(n int) byte {
	if n > 26 {
		return byte('a' + n - 27)
	}
	return byte('A' + n - 1)
}

// appendWord appends the five digits of a word, the most significant first.
func appendWord(out []byte, v uint32) []byte {
	for div := uint32(85 * 85 * 85 * 85); div > 0; div /= 85 {
		out = append(out, alphabet[v/div%85])
	}
	return out
}
