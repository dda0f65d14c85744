package plan

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"io"
	"sync"

	"github.com/spf13/afero"
)

// Spool keeps generated files out of memory: one file to which each is appended, and
// from which it is read back when it is shown or written to its place. It is safe for
// concurrent use.
type Spool struct {
	mu   sync.Mutex
	file afero.File
	end  int64
}

// NewSpool spools to an empty file, which the caller closes and removes. Its ReadAt must
// bear being called side by side, as that of an [os.File] does and that of a file in
// afero's memory does not.
func NewSpool(file afero.File) *Spool { return &Spool{file: file} }

// Put appends a file.
func (s *Spool) Put(b []byte) (Content, error) {
	sum := sha256.Sum256(b)
	c := Content{&version{size: int64(len(b)), hash: hex.EncodeToString(sum[:]), source: s}}
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, err := s.file.WriteAt(b, s.end); err != nil {
		return Content{}, fmt.Errorf("scratch file: %w", cause(err))
	}
	c.offset = s.end
	s.end += c.size
	return c, nil
}

func (s *Spool) open(c Content) (io.ReadCloser, error) {
	return io.NopCloser(io.NewSectionReader(s.file, c.offset, c.size)), nil
}

// Create appends a file that is too large to be held in memory. Nothing else can be
// spooled until it is closed.
func (s *Spool) Create() *Writer {
	s.mu.Lock()
	w := &Writer{spool: s, start: s.end, hash: sha256.New()}
	w.buffer = bufio.NewWriterSize(io.MultiWriter(w.hash, io.NewOffsetWriter(s.file, s.end)), 1<<16)
	return w
}

// Writer writes one file to a spool.
type Writer struct {
	spool  *Spool
	start  int64
	size   int64
	hash   hash.Hash
	buffer *bufio.Writer
}

func (w *Writer) Write(p []byte) (int, error) {
	n, err := w.buffer.Write(p)
	w.size += int64(n)
	return n, err
}

// Close ends the file and gives its content.
func (w *Writer) Close() (Content, error) {
	defer w.spool.mu.Unlock()
	if err := w.buffer.Flush(); err != nil {
		return Content{}, fmt.Errorf("scratch file: %w", cause(err))
	}
	w.spool.end += w.size
	return Content{&version{size: w.size, hash: hexOf(w.hash), source: w.spool, offset: w.start}}, nil
}
