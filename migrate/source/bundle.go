package source

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"

	"replant/migrate/feedscan"
)

// Bundle is several files that are one export: an unpacked archive, or the parts of an
// export that came in parts. It is opened in the place of a feed's file, and has no bytes of
// its own.
type Bundle struct {
	members []member
	named   bool // by the author, one by one
}

// member is a file of an archive.
type member struct {
	Name string // its path, with the name of the folder that an unpacked archive is in
	At   string // its path, as the pictures of an archive are looked up
	Open func() (io.ReadCloser, error)
}

// membersMost bounds how many files of a folder are looked at, and deepest how deep they lie.
const (
	membersMost = 1 << 20
	deepest     = 4
)

// OpenFolder returns the files of a folder, whose own name tells as much as those of the
// folders in it.
func OpenFolder(folder fs.FS, name string) (*Bundle, error) {
	b := &Bundle{}
	err := fs.WalkDir(folder, ".", func(at string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (strings.Count(at, "/") >= deepest || len(at) > 1 && at[0] == '.'):
			return fs.SkipDir
		case !d.Type().IsRegular():
			return nil
		case len(b.members) == membersMost:
			return fmt.Errorf("more than %d files", membersMost)
		}
		b.members = append(b.members, member{path.Join(name, at), at, func() (io.ReadCloser, error) { return folder.Open(at) }})
		return nil
	})
	return b, err
}

// Part is a file of an export that came in several.
type Part struct {
	Name string
	Open func() (io.ReadCloser, error)
}

// OpenParts returns the parts of an export, in their order.
func OpenParts(parts []Part) *Bundle {
	b := &Bundle{named: true}
	for _, p := range parts {
		b.members = append(b.members, member{p.Name, p.Name, p.Open})
	}
	return b
}

// Check reports why the files are no export that is known; nil for one that is.
func (b *Bundle) Check() error {
	c, err := openArchive(b)
	if open, ok := c.(io.Closer); ok {
		open.Close()
	}
	return err
}

// Read returns no bytes: they are the members'.
func (b *Bundle) Read([]byte) (int, error) { return 0, io.EOF }

// Close does nothing: each member is closed by who reads it.
func (b *Bundle) Close() error { return nil }

// packed lists the files of a ZIP.
func packed(z *zip.Reader) (all []member) {
	for _, f := range z.File {
		if !f.FileInfo().IsDir() {
			all = append(all, member{f.Name, f.Name, f.Open})
		}
	}
	return all
}

// nestedMost bounds a file of an archive that has to be in memory: what an archive packs
// once more is the text of its posts.
const nestedMost = 256 << 20

// random is a file that can be read at any place.
type random interface {
	io.ReaderAt
	io.Closer
}

// seekable is a file that can be read at any place, and that tells its size.
type seekable interface {
	io.ReaderAt
	io.Seeker
}

// openAt opens a member for reading at any place, and returns its size.
func openAt(m member) (random, int64, error) {
	r, err := m.Open()
	if err != nil {
		return nil, 0, err
	}
	if f, ok := r.(interface {
		random
		Stat() (fs.FileInfo, error)
	}); ok {
		if info, err := f.Stat(); err == nil {
			return f, info.Size(), nil
		}
	}
	b, err := io.ReadAll(io.LimitReader(r, nestedMost+1))
	switch err := errors.Join(err, r.Close()); {
	case err != nil:
		return nil, 0, fmt.Errorf("%s: %w", m.Name, err)
	case len(b) > nestedMost:
		return nil, 0, fmt.Errorf("%s: longer than %d MB; unpack the archive and give the folder", m.Name, nestedMost>>20)
	}
	return inMemory{bytes.NewReader(b)}, int64(len(b)), nil
}

// inMemory is a file in memory.
type inMemory struct{ *bytes.Reader }

func (inMemory) Close() error { return nil }

// notArchived is the error for files that are no archive of a known kind. Alone says how one
// of them could be read by itself.
func notArchived(what, alone string, members []member) error {
	for _, m := range members {
		if ext := path.Ext(m.Name); ext == ".atom" || ext == ".xml" || ext == ".rss" {
			what += fmt.Sprintf(alone, m.Name)
			break
		}
	}
	return feedscan.NotFeed(what)
}
