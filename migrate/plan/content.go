package plan

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"path"
	"sync"

	"github.com/spf13/afero"
)

// Content is a handle on a file's bytes, never the bytes: a plan of a whole blog with
// its pictures stays small. The zero Content is that of an absent file. Copies of a
// Content share what it knows.
type Content struct{ *version }

// version is what bytes a file has, and where they lie.
type version struct {
	size   int64
	hash   string // SHA-256 in hex, as the ledger has it: the two share it
	source source
	offset int64 // in a spool
}

// source is where the bytes of a content lie.
type source interface {
	open(c Content) (io.ReadCloser, error)
}

// Exists reports whether there is such a file.
func (c Content) Exists() bool { return c.version != nil }

// Size returns the number of bytes; 0 for an absent file.
func (c Content) Size() int64 {
	if !c.Exists() {
		return 0
	}
	return c.size
}

// Hash returns the SHA-256 of the bytes in hex, or "" for an absent file.
func (c Content) Hash() string {
	if !c.Exists() {
		return ""
	}
	return c.hash
}

// Same reports whether two contents are the same bytes, or both absent.
func (c Content) Same(d Content) bool { return c.Hash() == d.Hash() }

// Open opens the bytes for reading. Where others than the plan saw lie there by now,
// reading them to the end gives ErrChanged. An absent file cannot be opened.
func (c Content) Open() (io.ReadCloser, error) {
	if !c.Exists() {
		return nil, fs.ErrNotExist
	}
	f, err := c.source.open(c)
	if err != nil {
		return nil, err
	}
	if _, own := c.source.(*Spool); own {
		return f, nil // nobody else writes to it
	}
	return &checked{f, sha256.New(), c.hash}, nil
}

// Read returns the bytes, at most so many of them; none of an absent file, which cannot be
// opened.
func (c Content) Read(most int64) ([]byte, error) {
	f, err := c.Open()
	if err != nil {
		return nil, err
	}
	defer f.Close()
	b := bytes.NewBuffer(make([]byte, 0, min(c.size, most)+bytes.MinRead)) // ReadFrom wants so much room to find the end in
	_, err = b.ReadFrom(io.LimitReader(f, most))
	return b.Bytes(), err
}

// checked compares what was read with what it should be.
type checked struct {
	io.ReadCloser
	hash hash.Hash
	want string
}

func (c *checked) Read(p []byte) (int, error) {
	n, err := c.ReadCloser.Read(p)
	c.hash.Write(p[:n])
	if errors.Is(err, io.EOF) && hexOf(c.hash) != c.want {
		return n, ErrChanged
	}
	return n, err
}

// file is a source of its own in a folder.
type file struct {
	dir  fs.FS
	name string
}

func (f *file) open(Content) (io.ReadCloser, error) { return f.dir.Open(f.name) }

// siteFile is a source of its own in a site.
type siteFile struct {
	site afero.Fs
	name string
}

func (f *siteFile) open(Content) (io.ReadCloser, error) { return f.site.Open(f.name) }

// File returns the content of a file whose SHA-256, in hex, is known. It is not opened
// before its bytes are needed.
func File(dir fs.FS, name string, size int64, hash string) (Content, error) {
	if sum, err := hex.DecodeString(hash); err != nil || len(sum) != sha256.Size {
		return Content{}, fmt.Errorf("%s: %q is no SHA-256", name, hash)
	}
	return Content{&version{size: size, hash: hash, source: &file{dir, name}}}, nil
}

// Hash reads the file at name and gives its content; an absent one where there is
// nothing. What is no file, such as a folder, is an error.
func Hash(site afero.Fs, name string) (Content, error) {
	info, err := site.Stat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return Content{}, nil
	case err != nil:
		return Content{}, fmt.Errorf("%s: %w", name, cause(err))
	case !info.Mode().IsRegular():
		return Content{}, fmt.Errorf("%s: %w", name, ErrNoFile)
	}
	f, err := site.Open(name)
	if err != nil {
		return Content{}, fmt.Errorf("%s: %w", name, cause(err))
	}
	defer f.Close()
	h := sha256.New()
	size, err := io.Copy(h, f)
	if err != nil {
		return Content{}, fmt.Errorf("%s: %w", name, err)
	}
	return Content{&version{size: size, hash: hexOf(h), source: &siteFile{site, name}}}, nil
}

func hexOf(h hash.Hash) string {
	var sum [sha256.Size]byte
	return hex.EncodeToString(h.Sum(sum[:0]))
}

// ErrNoFile says that a folder, a device or the like lies where a file belongs.
var ErrNoFile = errors.New("not a file")

// change makes one change, if what lies there is still what the plan saw.
func (a *apply) change(c Change) error {
	needed, err := a.needed(c)
	switch {
	case err != nil || !needed:
		return err
	case !c.After.Exists():
		return a.remove(c.Path)
	}
	return a.putFile(c.Path, c.After)
}

func (a *apply) putFile(name string, c Content) error {
	r, err := c.Open()
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	defer r.Close()
	if err := a.put(a.site, TempDir, name, r); err != nil {
		return fmt.Errorf("%s: %w", name, cause(err))
	}
	return nil
}

// remove removes a file and the folders that it leaves empty.
func (a *apply) remove(name string) error {
	if err := a.site.Remove(name); err != nil {
		return fmt.Errorf("%s: %w", name, cause(err))
	}
	a.thinned[prune(a.site, path.Dir(name))] = true
	return nil
}

// prune removes a folder and those that it lies in, as far as they are empty, and returns
// the first that stays.
func prune(site afero.Fs, dir string) string {
	for ; dir != "."; dir = path.Dir(dir) {
		if empty, err := afero.IsEmpty(site, dir); err != nil || !empty || site.Remove(dir) != nil {
			break
		}
	}
	return dir
}

// cause takes the operation and the path off an error of the file system: the paths of
// temporary files tell nobody anything.
func cause(err error) error {
	var p *fs.PathError
	var l *os.LinkError
	switch {
	case errors.As(err, &p):
		return p.Err
	case errors.As(err, &l):
		return l.Err
	}
	return err
}

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
