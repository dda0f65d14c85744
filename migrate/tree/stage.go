package tree

import (
	"crypto/rand"
	"errors"
	"io"
	"io/fs"
	"path"

	"github.com/spf13/afero"
)

// Bulk is a site into which many files are put at once: they are staged one and all by
// [Stage], made to last by one sync, and then put in their places.
type Bulk interface {
	afero.Fs
	// InBulk reports whether so many files are better put there at once than by [Put].
	InBulk(files int) bool
	// Hold returns the site for work that comes back to the same folders: they stay open
	// until they are released.
	Hold() (held afero.Fs, release func())
	// SyncAll makes all that was done in the site last.
	SyncAll() error
}

// Staged is a file that is written, and not in its place yet.
type Staged struct {
	tmp, name string
	mode      mode
}

// Stage writes to a temporary file in the folder temp what is to be put at name. Neither
// the file lasts nor its name, before the site is synced.
func Stage(site afero.Fs, temp, name string, r io.Reader) (Staged, error) {
	actual, mode, err := target(site, name)
	if err != nil {
		return Staged{}, err
	}
	s := Staged{path.Join(temp, rand.Text()), actual, mode}
	return s, writeNew(site, s.tmp, mode, r, false)
}

// Place puts the file in its place, as [Put] does, or removes it.
func (s Staged) Place(site afero.Fs) error {
	if err := rename(site, s.tmp, s.name, s.mode, false); err != nil {
		return errors.Join(err, s.Discard(site))
	}
	return nil
}

// Discard removes the file.
func (s Staged) Discard(site afero.Fs) error { return remove(site, s.tmp) }

// StagedFolder is a folder that is new, with its files, and not in its place yet.
type StagedFolder struct{ tmp, name string }

// StageFolder makes a temporary folder in the folder temp that is to be put at name.
func StageFolder(site afero.Fs, temp, name string) (StagedFolder, error) {
	f := StagedFolder{path.Join(temp, rand.Text()), name}
	err := site.Mkdir(f.tmp, newFolder)
	if errors.Is(err, fs.ErrNotExist) {
		if err = makeDir(site, temp, false); err == nil {
			err = site.Mkdir(f.tmp, newFolder)
		}
	}
	return f, err
}

// Add writes a file of the folder.
func (f StagedFolder) Add(site afero.Fs, base string, r io.Reader) error {
	return writeNew(site, path.Join(f.tmp, base), mode{perm: newFile}, r, false)
}

// Filled says that all files were added. A held site lets go of the folder, which would stay open
// beside hundreds of others.
func (f StagedFolder) Filled(site afero.Fs) {
	if h, ok := site.(interface{ forget(name string) }); ok {
		h.forget(local(f.tmp))
	}
}

// Place puts the folder in its place. Where there is one already it stays as it is, and the
// error is an [fs.ErrExist].
func (f StagedFolder) Place(site afero.Fs) error {
	if !Absent(site, f.name) {
		return &fs.PathError{Op: "rename", Path: f.name, Err: fs.ErrExist}
	}
	err := site.Rename(f.tmp, f.name)
	if errors.Is(err, fs.ErrNotExist) {
		if err = makeDir(site, path.Dir(f.name), false); err == nil {
			err = site.Rename(f.tmp, f.name)
		}
	}
	return err
}

// File returns one of the folder's files, to be put in its place by itself.
func (f StagedFolder) File(base string) Staged {
	return Staged{path.Join(f.tmp, base), path.Join(f.name, base), mode{perm: newFile}}
}

// Discard removes the folder and what is left in it.
func (f StagedFolder) Discard(site afero.Fs) error { return site.RemoveAll(f.tmp) }

// Absent reports whether nothing lies at name, not even a link.
func Absent(site afero.Fs, name string) bool {
	_, err := lstat(site, name)
	return errors.Is(err, fs.ErrNotExist)
}
