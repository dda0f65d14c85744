// Package treetest has disks that fail, for tests of what a site then looks like.
package treetest

import (
	"io/fs"
	"os"
	"sync/atomic"

	"github.com/spf13/afero"
)

// Disk is a file system that takes so many steps, each a change, before one fails with
// Err, or that one and all after it. [Disk.After] makes one.
type Disk struct {
	afero.Fs
	Err  error
	Once bool // only the one step fails
	// Full is a disk without room: it still renames and removes, and those are no steps.
	Full bool

	left *atomic.Int64
}

// After gives a disk that fails as d does, after n steps on a file system.
func (d Disk) After(n int, site afero.Fs) *Disk {
	d.Fs, d.left = site, new(atomic.Int64)
	d.left.Store(int64(n))
	return &d
}

// Failed tells whether a step has failed.
func (d *Disk) Failed() bool { return d.left.Load() < 0 }

func (d *Disk) step() error {
	if n := d.left.Add(-1); n == -1 || n < 0 && !d.Once {
		return d.Err
	}
	return nil
}

func (d *Disk) move() error {
	if d.Full {
		return nil
	}
	return d.step()
}

// OpenFile opens a file; it is a step when the file may be changed.
func (d *Disk) OpenFile(name string, flag int, perm fs.FileMode) (afero.File, error) {
	if flag&(os.O_CREATE|os.O_WRONLY|os.O_RDWR) != 0 {
		if err := d.step(); err != nil {
			return nil, &fs.PathError{Op: "open", Path: name, Err: err}
		}
	}
	f, err := d.Fs.OpenFile(name, flag, perm)
	if err != nil {
		return nil, err
	}
	return &file{f, d}, nil
}

// Mkdir makes a folder.
func (d *Disk) Mkdir(name string, perm fs.FileMode) error {
	if err := d.step(); err != nil {
		return &fs.PathError{Op: "mkdir", Path: name, Err: err}
	}
	return d.Fs.Mkdir(name, perm)
}

// Rename renames a file.
func (d *Disk) Rename(from, to string) error {
	if err := d.move(); err != nil {
		return &os.LinkError{Op: "rename", Old: from, New: to, Err: err}
	}
	return d.Fs.Rename(from, to)
}

// Remove removes a file.
func (d *Disk) Remove(name string) error {
	if err := d.move(); err != nil {
		return &fs.PathError{Op: "remove", Path: name, Err: err}
	}
	return d.Fs.Remove(name)
}

// RemoveAll removes a folder.
func (d *Disk) RemoveAll(name string) error {
	if err := d.move(); err != nil {
		return &fs.PathError{Op: "unlinkat", Path: name, Err: err}
	}
	return d.Fs.RemoveAll(name)
}

// InBulk takes any number of files at once, so that tests see how that fails too. A test of
// how files are put one by one wraps the disk.
func (d *Disk) InBulk(int) bool { return true }

// Hold returns the disk.
func (d *Disk) Hold() (afero.Fs, func()) { return d, func() {} }

// SyncAll syncs the disk.
func (d *Disk) SyncAll() error {
	if err := d.step(); err != nil {
		return &fs.PathError{Op: "syncfs", Path: ".", Err: err}
	}
	return nil
}

type file struct {
	afero.File
	disk *Disk
}

// Write writes half of the bytes when it fails, as a full disk does.
func (f *file) Write(p []byte) (int, error) {
	if err := f.disk.step(); err != nil {
		n, _ := f.File.Write(p[:len(p)/2])
		return n, err
	}
	return f.File.Write(p)
}

// Sync syncs the file.
func (f *file) Sync() error {
	if err := f.disk.step(); err != nil {
		return err
	}
	return f.File.Sync()
}
