package tree

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"sync"
	"syscall"

	"github.com/spf13/afero"
	"golang.org/x/sys/unix"
)

// bulkLeast is the number of files from which on they are put in place at once. Syncing a
// file system waits for all that anybody has written there, so that few files are better
// synced by themselves.
const bulkLeast = 32

// syncable are the file systems that last as a whole after syncfs(2). Of others, such as
// those of the network, some do nothing by it.
var syncable = map[int64]bool{
	unix.EXT4_SUPER_MAGIC: true, unix.XFS_SUPER_MAGIC: true, unix.BTRFS_SUPER_MAGIC: true, unix.F2FS_SUPER_MAGIC: true,
	unix.TMPFS_MAGIC: true, unix.OVERLAYFS_SUPER_MAGIC: true,
}

// InBulk is that of [Bulk].
func (r *rooted) InBulk(files int) bool {
	if files < bulkLeast {
		return false
	}
	var stat unix.Statfs_t
	err := r.withFolder(".", func(dir int) error { return unix.Fstatfs(dir, &stat) })
	return err == nil && syncable[int64(stat.Type)] //nolint:unconvert // it is narrower on some systems
}

// SyncAll is that of [Bulk].
func (r *rooted) SyncAll() error {
	return r.withFolder(".", func(dir int) error {
		if err := unix.Syncfs(dir); err != nil {
			return &fs.PathError{Op: "syncfs", Path: ".", Err: err}
		}
		return nil
	})
}

func (r *rooted) withFolder(name string, do func(dir int) error) error {
	f, err := r.root.Open(name)
	if err != nil {
		return plainly(err)
	}
	defer f.Close()
	return do(int(f.Fd()))
}

// Hold is that of [Bulk].
func (r *rooted) Hold() (held afero.Fs, release func()) {
	h := &holding{rooted: r, open: map[string]int{}}
	return h, h.release
}

// holding is a site whose folders stay open, each once it was used: os.Root walks to every
// file from the top, which is most of the work where files are many and small.
type holding struct {
	*rooted
	mu   sync.Mutex
	open map[string]int
}

func (h *holding) release() {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, dir := range h.open {
		_ = unix.Close(dir)
	}
	clear(h.open)
}

// forget closes a folder that is no more, or is somewhere else.
func (h *holding) forget(name string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if dir, ok := h.open[name]; ok {
		_ = unix.Close(dir)
		delete(h.open, name)
	}
}

// in returns the open folder that a path lies in, and its name there.
func (h *holding) in(name string) (dir int, base string, err error) {
	name = local(name)
	if !filepath.IsLocal(name) {
		return 0, "", ErrOutside
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	dir, err = h.folder(path.Dir(name))
	return dir, path.Base(name), err
}

// folder returns a folder, open: by the one above it or, where a link may be on the way, by
// os.Root, which follows none that leads out of the site.
func (h *holding) folder(name string) (dir int, err error) {
	if dir, ok := h.open[name]; ok {
		return dir, nil
	}
	const flags = unix.O_RDONLY | unix.O_DIRECTORY | unix.O_NOFOLLOW | unix.O_CLOEXEC
	dir = -1
	if above, ok := h.open[path.Dir(name)]; ok && name != "." {
		dir, _ = retried(func() (int, error) { return unix.Openat(above, path.Base(name), flags, 0) })
	}
	if dir < 0 {
		if dir, err = h.walk(name); err != nil {
			return 0, err
		}
	}
	h.open[name] = dir
	return dir, nil
}

func (h *holding) walk(name string) (dir int, err error) {
	err = h.withFolder(name, func(open int) error {
		dir, err = unix.FcntlInt(uintptr(open), unix.F_DUPFD_CLOEXEC, 0)
		return err
	})
	return dir, err
}

// OpenFile opens a file; a new one in a folder that stays open.
func (h *holding) OpenFile(name string, flag int, perm os.FileMode) (afero.File, error) {
	const fresh = os.O_CREATE | os.O_EXCL
	if flag&fresh != fresh {
		return h.rooted.OpenFile(name, flag, perm)
	}
	dir, base, err := h.in(name)
	if err != nil {
		return nil, err
	}
	fd, err := retried(func() (int, error) {
		return unix.Openat(dir, base, flag|unix.O_CLOEXEC|unix.O_NOFOLLOW, uint32(perm.Perm()))
	})
	if err != nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: err}
	}
	return os.NewFile(uintptr(fd), name), nil
}

// Mkdir makes a folder.
func (h *holding) Mkdir(name string, perm os.FileMode) error {
	dir, base, err := h.in(name)
	if err == nil {
		err = unix.Mkdirat(dir, base, uint32(perm.Perm()))
	}
	return pathError("mkdir", name, err)
}

// Rename renames a file or a folder.
func (h *holding) Rename(from, to string) error {
	h.forget(local(from))
	old, oldBase, err := h.in(from)
	if err != nil {
		return err
	}
	dir, base, err := h.in(to)
	if err != nil {
		return err
	}
	if err := unix.Renameat(old, oldBase, dir, base); err != nil {
		return &os.LinkError{Op: "rename", Old: from, New: to, Err: err}
	}
	return nil
}

// LstatIfPossible describes what lies at name, a link itself; what is there is described by
// os.Root.
func (h *holding) LstatIfPossible(name string) (fs.FileInfo, bool, error) {
	dir, base, err := h.in(name)
	if err == nil {
		var stat unix.Stat_t
		err = unix.Fstatat(dir, base, &stat, unix.AT_SYMLINK_NOFOLLOW)
	}
	if errors.Is(err, fs.ErrNotExist) {
		return nil, true, pathError("lstat", name, err)
	}
	return h.rooted.LstatIfPossible(name)
}

// RemoveAll removes a folder.
func (h *holding) RemoveAll(name string) error {
	h.forget(local(name))
	return h.rooted.RemoveAll(name)
}

func pathError(op, name string, err error) error {
	var known *fs.PathError
	if err == nil || errors.As(err, &known) {
		return err
	}
	return &fs.PathError{Op: op, Path: name, Err: err}
}

// retried calls again what a signal has broken off.
func retried(call func() (int, error)) (int, error) {
	for {
		if n, err := call(); !errors.Is(err, syscall.EINTR) {
			return n, err
		}
	}
}
