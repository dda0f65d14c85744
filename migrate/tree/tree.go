// Package tree is a site's folder: a file system that never leads out of it, and
// writing that leaves a whole file or none.
package tree

import (
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/afero"
)

// New returns the folder as a file system. Every path is resolved by [os.Root]: neither
// .. nor a symbolic link leads out of it, for reading and for writing alike.
func New(root *os.Root) afero.Fs { return &rooted{root} }

type rooted struct{ root *os.Root }

// local makes a path of afero's the form that os.Root takes.
func local(name string) string {
	name = filepath.Clean(filepath.FromSlash(name))
	for len(name) > 0 && os.IsPathSeparator(name[0]) {
		name = name[1:]
	}
	if name == "" {
		return "."
	}
	return name
}

func (r *rooted) Name() string { return "tree" }

func (r *rooted) Create(name string) (afero.File, error) {
	return r.OpenFile(name, os.O_RDWR|os.O_CREATE|os.O_TRUNC, 0o644)
}

func (r *rooted) Open(name string) (afero.File, error) { return r.OpenFile(name, os.O_RDONLY, 0) }

// OpenFile opens a file or a folder. A pipe, a socket or a device is an [ErrNoFile]: to open
// one may wait for ever, or do what nobody asked for.
func (r *rooted) OpenFile(name string, flag int, perm os.FileMode) (afero.File, error) {
	name = local(name)
	if info, err := r.root.Stat(name); err == nil && !info.IsDir() && !info.Mode().IsRegular() {
		return nil, &fs.PathError{Op: "open", Path: name, Err: ErrNoFile}
	}
	f, err := r.root.OpenFile(name, flag, perm)
	if err != nil {
		return nil, plainly(err) // not f: a nil *os.File is no nil interface
	}
	return f, nil
}

func (r *rooted) Stat(name string) (fs.FileInfo, error) {
	info, err := r.root.Stat(local(name))
	return info, plainly(err)
}

func (r *rooted) Mkdir(name string, perm os.FileMode) error {
	return plainly(r.root.Mkdir(local(name), perm))
}

func (r *rooted) MkdirAll(name string, perm os.FileMode) error {
	return plainly(r.root.MkdirAll(local(name), perm))
}
func (r *rooted) Remove(name string) error    { return plainly(r.root.Remove(local(name))) }
func (r *rooted) RemoveAll(name string) error { return plainly(r.root.RemoveAll(local(name))) }
func (r *rooted) Rename(from, to string) error {
	return plainly(r.root.Rename(local(from), local(to)))
}

func (r *rooted) Chmod(name string, mode os.FileMode) error {
	return plainly(r.root.Chmod(local(name), mode))
}

func (r *rooted) Chown(name string, uid, gid int) error {
	return plainly(r.root.Chown(local(name), uid, gid))
}

func (r *rooted) Chtimes(name string, atime, mtime time.Time) error {
	return plainly(r.root.Chtimes(local(name), atime, mtime))
}
