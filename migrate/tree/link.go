package tree

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"syscall"

	"github.com/spf13/afero"
)

// ErrOutside says that a link on a path leads out of the folder. An absolute link does,
// wherever it points.
var ErrOutside = errors.New("a link leads out of the site")

// ErrNoFile says that a pipe, a socket or a device lies where a file belongs.
var ErrNoFile = errors.New("not a file")

// linksMost bounds how many links are followed to one file, as Linux does.
const linksMost = 40

// LstatIfPossible is an [afero.Lstater]: it describes a link itself.
func (r *rooted) LstatIfPossible(name string) (fs.FileInfo, bool, error) {
	info, err := r.root.Lstat(local(name))
	return info, true, plainly(err)
}

// ReadlinkIfPossible is an [afero.LinkReader].
func (r *rooted) ReadlinkIfPossible(name string) (string, error) {
	to, err := r.root.Readlink(local(name))
	return filepath.ToSlash(to), plainly(err)
}

// plainly puts [ErrOutside] in the place of what os.Root says: the package os does not
// export its error.
func plainly(err error) error {
	const escapes = "path escapes from parent"
	var p *fs.PathError
	var l *os.LinkError
	switch {
	case errors.As(err, &p) && p.Err.Error() == escapes:
		return &fs.PathError{Op: p.Op, Path: p.Path, Err: ErrOutside}
	case errors.As(err, &l) && l.Err.Error() == escapes:
		return &os.LinkError{Op: l.Op, Old: l.Old, New: l.New, Err: ErrOutside}
	}
	return err
}

// target returns the path at which a file has to be put so that links at name stay links,
// and the mode that it has to have.
func target(site afero.Fs, name string) (actual string, m mode, err error) {
	info, err := lstat(site, name)
	if err == nil && info.Mode()&fs.ModeSymlink != 0 {
		if name, err = resolve(site, name); err != nil {
			return "", mode{}, err
		}
		info, err = lstat(site, name)
	}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return name, mode{perm: newFile}, nil
	case err != nil:
		return "", mode{}, err
	case !info.Mode().IsRegular():
		return "", mode{}, &fs.PathError{Op: "write", Path: name, Err: ErrNoFile}
	}
	return name, mode{info.Mode().Perm(), true}, nil
}

// resolve returns the path without links that name stands for. It follows .. where the
// links before it lead, as the system does.
func resolve(site afero.Fs, name string) (string, error) {
	done, todo := ".", strings.Split(path.Clean(name), "/")
	for links := 0; len(todo) > 0; {
		part := todo[0]
		todo = todo[1:]
		if part == ".." {
			if done == "." {
				return "", &fs.PathError{Op: "readlink", Path: name, Err: ErrOutside}
			}
			done = path.Dir(done)
			continue
		}
		next := path.Join(done, part)
		to, err := readlink(site, next)
		switch {
		case err != nil:
			return "", err
		case to == "":
			done = next
			continue
		}
		if links++; links > linksMost {
			return "", &fs.PathError{Op: "readlink", Path: name, Err: syscall.ELOOP}
		}
		todo = append(strings.Split(to, "/"), todo...)
	}
	return done, nil
}

// readlink returns where a link leads; empty for what is no link or is not there.
func readlink(site afero.Fs, name string) (string, error) {
	info, err := lstat(site, name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "", nil
	case err != nil || info.Mode()&fs.ModeSymlink == 0:
		return "", err
	}
	reader, ok := site.(afero.LinkReader)
	if !ok {
		return "", &fs.PathError{Op: "readlink", Path: name, Err: afero.ErrNoReadlink}
	}
	to, err := reader.ReadlinkIfPossible(name)
	if err == nil && path.IsAbs(to) {
		err = &fs.PathError{Op: "readlink", Path: name, Err: ErrOutside}
	}
	return to, err
}

// lstat describes what lies at name; a link itself where the file system knows links.
func lstat(site afero.Fs, name string) (fs.FileInfo, error) {
	if l, ok := site.(afero.Lstater); ok {
		info, _, err := l.LstatIfPossible(name)
		return info, err
	}
	return site.Stat(name)
}
