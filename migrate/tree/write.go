package tree

import (
	"crypto/rand"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"sync"
	"syscall"

	"github.com/spf13/afero"
)

// WriteFile is [Put], and makes the file last by [Sync].
func WriteFile(site afero.Fs, temp, name string, r io.Reader) error {
	if err := Put(site, temp, name, r); err != nil {
		return err
	}
	return Sync(site, path.Dir(name))
}

// Put puts all of r at name, or leaves name as it was: the bytes go to a temporary
// file in the folder temp, to the disk, and then to their place by a rename. Folders
// are made as needed. Where temp lies on another device, the temporary file is made
// beside the target. Until the folder is synced a power cut may undo the rename.
//
// A file that is there keeps its permissions, and a link stays one: the file that it
// leads to is written. Of a file with several names, hard links, this name alone gets the
// new bytes. What is neither is left, with an [ErrNoFile].
func Put(site afero.Fs, temp, name string, r io.Reader) error {
	actual, mode, err := target(site, name)
	if err != nil {
		return err
	}
	tmp := path.Join(temp, rand.Text())
	if err := writeNew(site, tmp, mode, r, true); err != nil {
		return err
	}
	if err := rename(site, tmp, actual, mode, true); err != nil {
		return errors.Join(err, remove(site, tmp))
	}
	if actual != name { // the caller syncs the folder of name
		return Sync(site, path.Dir(actual))
	}
	return nil
}

// rename puts a temporary file in its place, and makes the folders that it needs; these
// last where that is asked for.
func rename(site afero.Fs, tmp, name string, mode mode, lasting bool) error {
	err := site.Rename(tmp, name)
	if errors.Is(err, fs.ErrNotExist) { // most folders are there: looking first costs more
		if err = makeDir(site, path.Dir(name), lasting); err == nil {
			err = site.Rename(tmp, name)
		}
	}
	if errors.Is(err, syscall.EXDEV) {
		return across(site, tmp, name, mode)
	}
	return err
}

// across takes a temporary file to another device: a copy beside the target, then the
// rename.
func across(site afero.Fs, tmp, name string, mode mode) error {
	near := path.Join(path.Dir(name), "."+path.Base(tmp))
	err := copySynced(site, tmp, near, mode)
	if err == nil {
		err = site.Rename(near, name)
	}
	if err != nil {
		return errors.Join(err, remove(site, near))
	}
	return remove(site, tmp)
}

func copySynced(site afero.Fs, from, to string, mode mode) error {
	f, err := site.Open(from)
	if err != nil {
		return err
	}
	defer f.Close()
	return writeNew(site, to, mode, f, true)
}

// buffers are what files are copied through.
var buffers = sync.Pool{New: func() any { return new([32 << 10]byte) }}

// writeNew writes a new file, or leaves none; where it is to last, through to the disk.
func writeNew(site afero.Fs, name string, mode mode, r io.Reader, lasting bool) error {
	f, err := createNew(site, name, mode.perm)
	if errors.Is(err, fs.ErrNotExist) {
		if err = makeDir(site, path.Dir(name), lasting); err == nil {
			f, err = createNew(site, name, mode.perm)
		}
	}
	if err != nil {
		return err
	}
	if err = mode.give(site, f, name); err == nil {
		err = copyTo(f, r)
	}
	if err == nil && lasting {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return errors.Join(err, remove(site, name))
	}
	return nil
}

func copyTo(f afero.File, r io.Reader) error {
	buffer := buffers.Get().(*[32 << 10]byte) //nolint:forcetypeassert // it holds nothing else
	defer buffers.Put(buffer)
	_, err := io.CopyBuffer(struct{ io.Writer }{f}, struct{ io.Reader }{r}, buffer[:])
	return err
}

func createNew(site afero.Fs, name string, perm fs.FileMode) (afero.File, error) {
	return site.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, perm)
}

// newFolder are the permissions of a folder that was not there, less the umask.
const newFolder fs.FileMode = 0o755

// makeDir makes a folder and those that it lies in; where they are to last, by a sync of
// the one above each.
func makeDir(site afero.Fs, dir string, lasting bool) error {
	info, err := site.Stat(dir)
	switch {
	case err == nil && !info.IsDir():
		return &fs.PathError{Op: "mkdir", Path: dir, Err: syscall.ENOTDIR}
	case !errors.Is(err, fs.ErrNotExist), path.Dir(dir) == dir:
		return err
	}
	if err := makeDir(site, path.Dir(dir), lasting); err != nil {
		return err
	}
	if err := site.Mkdir(dir, newFolder); err != nil && !errors.Is(err, fs.ErrExist) {
		return err // one that exists by now was made by another writer
	}
	if !lasting {
		return nil
	}
	return Sync(site, path.Dir(dir))
}

// Sync makes what was put into a folder last. Not every system can sync a folder;
// the files themselves are safe all the same.
func Sync(site afero.Fs, dir string) error {
	d, err := site.Open(dir)
	if err != nil {
		return err
	}
	defer d.Close()
	err = d.Sync()
	for _, known := range []error{syscall.EINVAL, syscall.ENOTSUP, fs.ErrPermission} {
		if errors.Is(err, known) {
			return nil
		}
	}
	return err
}

// remove removes a file that may be there.
func remove(site afero.Fs, name string) error {
	if err := site.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// newFile are the permissions of a file that was not there, less the umask.
const newFile fs.FileMode = 0o644

// mode is the permissions that a file gets.
type mode struct {
	perm fs.FileMode
	kept bool // they are those of a file that is replaced: the umask takes nothing off
}

// give gives a file that was just made what the umask took off.
func (m mode) give(site afero.Fs, f afero.File, name string) error {
	if !m.kept {
		return nil
	}
	info, err := f.Stat()
	if err != nil || info.Mode().Perm() == m.perm {
		return err
	}
	return site.Chmod(name, m.perm)
}
