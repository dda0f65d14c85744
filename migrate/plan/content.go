package plan

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"

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

// Exists tells whether there is such a file.
func (c Content) Exists() bool { return c.version != nil }

// Size gives the number of bytes; 0 for an absent file.
func (c Content) Size() int64 {
	if !c.Exists() {
		return 0
	}
	return c.size
}

// Hash gives the SHA-256 of the bytes in hex, or "" for an absent file.
func (c Content) Hash() string {
	if !c.Exists() {
		return ""
	}
	return c.hash
}

// Same tells whether two contents are the same bytes, or both absent.
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
	return &checked{f, sha256.New(), c.hash}, nil
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

// File gives the content of a file whose SHA-256, in hex, is known. It is not opened
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
