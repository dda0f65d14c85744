package feedscan

import (
	"bytes"
	"errors"
	"io"
	"slices"
)

const (
	// ItemMost is the most bytes that one item may have. The longest post seen in
	// a feed has about 1 MB; pictures as data addresses make some larger.
	ItemMost = 32 << 20
	// step is how much is read at a time, and what an idle window holds.
	step = 64 << 10
)

// window shows the part of a stream that is still needed: a piece that began at from,
// and what was read beyond. Its size is bounded by one piece.
type window struct {
	r    io.Reader
	buf  []byte
	from int   // where the piece begins
	pos  int   // where reading goes on
	err  error // why r gives no more; io.EOF at its end
	read int64 // bytes read in all
	most int64 // stop after so many bytes; 0 for no limit
	over bool  // the piece is longer than ItemMost, and its beginning is gone
}

// begin makes a piece begin at an offset from the beginning of the present one.
func (w *window) begin(offset int) {
	w.from = min(w.from+offset, w.pos)
	w.over = false
}

// drop makes a piece begin where reading goes on.
func (w *window) drop() { w.begin(w.offset()) }

// offset returns how far reading has come in the piece.
func (w *window) offset() int { return w.pos - w.from }

// piece returns the bytes from the beginning of the piece up to an offset. They stay
// valid until the window moves.
func (w *window) piece(end int) []byte {
	return w.buf[w.from:min(w.from+end, len(w.buf))]
}

// next returns the byte at the reading position, and whether there is one.
func (w *window) next() (byte, bool) {
	if w.pos == len(w.buf) && !w.fill() {
		return 0, false
	}
	return w.buf[w.pos], true
}

// find moves behind the next sep, or to the end where there is none.
func (w *window) find(sep string) bool {
	for {
		if i := bytes.Index(w.buf[w.pos:], []byte(sep)); i >= 0 {
			w.pos += i + len(sep)
			return true
		}
		w.pos = max(w.pos, len(w.buf)-len(sep)+1)
		if !w.fill() {
			w.pos = len(w.buf)
			return false
		}
	}
}

// skip moves behind prefix if it stands at the reading position.
func (w *window) skip(prefix string) bool {
	for len(w.buf)-w.pos < len(prefix) {
		if !bytes.HasPrefix([]byte(prefix), w.buf[w.pos:]) || !w.fill() {
			return false
		}
	}
	if !bytes.HasPrefix(w.buf[w.pos:], []byte(prefix)) {
		return false
	}
	w.pos += len(prefix)
	return true
}

// fill reads more; false at the end.
func (w *window) fill() bool {
	if w.err != nil || w.most > 0 && w.read >= w.most {
		return false
	}
	if w.pos-w.from > ItemMost {
		w.over = true
		w.from = w.pos
	}
	w.makeRoom()
	for range 100 {
		n, err := w.r.Read(w.buf[len(w.buf):cap(w.buf)])
		w.buf = w.buf[:len(w.buf)+n]
		w.read += int64(n)
		w.err = err
		if n > 0 || err != nil {
			return n > 0
		}
	}
	w.err = io.ErrNoProgress
	return false
}

// makeRoom drops what lies before the piece, and grows or shrinks the buffer.
func (w *window) makeRoom() {
	if len(w.buf) < cap(w.buf) {
		return
	}
	kept := w.buf[w.from:]
	switch {
	case w.from > len(w.buf)/2 && cap(w.buf) > 16*step && len(kept) < step:
		w.buf = append(make([]byte, 0, 2*step), kept...)
	case w.from > len(w.buf)/2:
		w.buf = w.buf[:copy(w.buf, kept)]
	default:
		room := max(step, min(2*len(kept), ItemMost+2*step))
		w.buf = append(slices.Grow([]byte(nil), max(room, len(kept)+step)), kept...)
	}
	w.pos -= w.from
	w.from = 0
}

func eof(err error) bool { return err == nil || errors.Is(err, io.EOF) }
