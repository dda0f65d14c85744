package treetest

import (
	"errors"
	"io/fs"
	"math/rand/v2"
	"os"
	"path"
	"strings"
	"sync"

	"github.com/spf13/afero"
)

// Forgetful is a disk in memory that a power cut may take anything from which was not
// synced: of a file the bytes, or some of them, and of a folder what was put into it or
// taken out of it, each by itself. [Forgetful.Cut] cuts the power.
type Forgetful struct {
	afero.Fs
	// Bulk says that files are put there at once.
	Bulk bool

	mu   sync.Mutex
	root *node
	done []*step // all that was done since the disk was whole
	cut  int     // steps from now on until the power is cut
	dead bool
}

// errPower is the error of all that is done without power.
var errPower = errors.New("no power")

// node is a file or a folder, by whatever names.
type node struct {
	names map[string]*node // of a folder; nil for a file
	bytes []byte           // of a file, up to where they are synced
	late  []byte           // those behind
}

// step is a change of names: a rename takes one away and gives one.
type step struct {
	from, to         *node // folders; nil where none is concerned
	fromName, toName string
	what             *node
	lasting          bool
}

// Forget returns a disk that holds what a file system does.
func Forget(from afero.Fs) (*Forgetful, error) {
	f := &Forgetful{Fs: afero.NewMemMapFs(), root: &node{names: map[string]*node{}}, cut: -1}
	err := afero.Walk(from, ".", func(name string, info fs.FileInfo, err error) error {
		if err != nil || name == "." {
			return err
		}
		if info.IsDir() {
			return f.MkdirAll(name, 0o755)
		}
		b, err := afero.ReadFile(from, name)
		if err == nil {
			err = afero.WriteFile(f, name, b, 0o644)
		}
		return err
	})
	f.remember()
	return f, err
}

// After lets the power be cut before the step with that number.
func (f *Forgetful) After(steps int) { f.cut = steps }

// Dead reports whether the power was cut.
func (f *Forgetful) Dead() bool { return f.dead }

// Cut returns what a disk may hold when the power comes back: all that was synced, and by
// chance some of what was not.
func (f *Forgetful) Cut(chance *rand.Rand) (afero.Fs, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	back := &node{names: map[string]*node{}}
	copies := map[*node]*node{f.root: back}
	copied := func(n *node) *node {
		if copies[n] == nil {
			copies[n] = n.survive(chance)
		}
		return copies[n]
	}
	for _, s := range f.done {
		if !s.lasting && chance.IntN(2) == 0 {
			continue
		}
		if s.from != nil && copied(s.from).names[s.fromName] == copied(s.what) {
			delete(copied(s.from).names, s.fromName)
		}
		if s.to != nil {
			copied(s.to).names[s.toName] = copied(s.what)
		}
	}
	disk := afero.NewMemMapFs()
	return disk, back.write(disk, ".")
}

// survive returns what is left of the bytes of a file, and of a folder without its names.
func (n *node) survive(chance *rand.Rand) *node {
	if n.names != nil {
		return &node{names: map[string]*node{}}
	}
	return &node{bytes: append(n.bytes[:len(n.bytes):len(n.bytes)], n.late[:chance.IntN(len(n.late)+1)]...)}
}

func (n *node) write(disk afero.Fs, name string) error {
	if n.names == nil {
		return afero.WriteFile(disk, name, n.bytes, 0o644)
	}
	if err := disk.MkdirAll(name, 0o755); err != nil {
		return err
	}
	for base, child := range n.names {
		if err := child.write(disk, path.Join(name, base)); err != nil {
			return err
		}
	}
	return nil
}

// remember makes all that was done last.
func (f *Forgetful) remember() {
	for _, s := range f.done {
		s.lasting = true
	}
	f.root.sync()
}

func (n *node) sync() {
	n.bytes, n.late = append(n.bytes, n.late...), nil
	for _, child := range n.names {
		child.sync()
	}
}

// at returns what lies at a path, nil where nothing does.
func (f *Forgetful) at(name string) *node {
	n := f.root
	for part := range strings.SplitSeq(path.Clean(name), "/") {
		if part == "." || part == "" || n == nil {
			continue
		}
		n = n.names[part]
	}
	return n
}

// alive counts a step.
func (f *Forgetful) alive() error {
	if f.cut == 0 {
		f.dead = true
	}
	f.cut--
	if f.dead {
		return errPower
	}
	return nil
}

// do does a step on the disk as the system shows it, and notes what it does to names.
func (f *Forgetful) do(change func() error, note func() *step) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.alive(); err != nil {
		return err
	}
	if err := change(); err != nil {
		return err
	}
	s := note()
	if s == nil {
		return nil
	}
	if s.from != nil {
		delete(s.from.names, s.fromName)
	}
	if s.to != nil {
		s.to.names[s.toName] = s.what
	}
	f.done = append(f.done, s)
	return nil
}

func (f *Forgetful) add(name string, n *node) *step {
	return &step{to: f.at(path.Dir(name)), toName: path.Base(name), what: n}
}

// OpenFile opens a file, or makes one.
func (f *Forgetful) OpenFile(name string, flag int, perm fs.FileMode) (afero.File, error) {
	var file afero.File
	if flag&os.O_CREATE == 0 {
		file, err := f.Fs.OpenFile(name, flag, perm)
		if err != nil {
			return nil, err
		}
		return f.late(file, name), nil
	}
	err := f.do(func() (err error) {
		if f.at(path.Dir(name)) == nil {
			return &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
		}
		file, err = f.Fs.OpenFile(name, flag, perm)
		return err
	}, func() *step {
		if n := f.at(name); n != nil {
			n.bytes, n.late = nil, nil
			return nil
		}
		return f.add(name, &node{})
	})
	if err != nil {
		return nil, err
	}
	return f.late(file, name), nil
}

func (f *Forgetful) late(file afero.File, name string) afero.File {
	f.mu.Lock()
	defer f.mu.Unlock()
	return &lateFile{file, f, f.at(name)}
}

// Create makes a file.
func (f *Forgetful) Create(name string) (afero.File, error) {
	return f.OpenFile(name, os.O_RDWR|os.O_CREATE|os.O_TRUNC, 0o644)
}

// Open opens a file or a folder.
func (f *Forgetful) Open(name string) (afero.File, error) { return f.OpenFile(name, os.O_RDONLY, 0) }

// Mkdir makes a folder.
func (f *Forgetful) Mkdir(name string, perm fs.FileMode) error {
	return f.do(func() error {
		if f.at(path.Dir(name)) == nil {
			return &fs.PathError{Op: "mkdir", Path: name, Err: fs.ErrNotExist}
		}
		return f.Fs.Mkdir(name, perm)
	}, func() *step { return f.add(name, &node{names: map[string]*node{}}) })
}

// MkdirAll makes a folder and those that it lies in.
func (f *Forgetful) MkdirAll(name string, perm fs.FileMode) error {
	if f.at(name) != nil {
		return nil
	}
	if err := f.MkdirAll(path.Dir(name), perm); err != nil {
		return err
	}
	return f.Mkdir(name, perm)
}

// Rename renames a file or a folder.
func (f *Forgetful) Rename(from, to string) error {
	return f.do(func() error {
		if f.at(path.Dir(to)) == nil {
			return &os.LinkError{Op: "rename", Old: from, New: to, Err: fs.ErrNotExist}
		}
		return f.Fs.Rename(from, to)
	}, func() *step {
		s := f.add(to, f.at(from))
		s.from, s.fromName = f.at(path.Dir(from)), path.Base(from)
		return s
	})
}

// Remove removes a file or an empty folder.
func (f *Forgetful) Remove(name string) error {
	return f.do(func() error { return f.Fs.Remove(name) }, func() *step {
		return &step{from: f.at(path.Dir(name)), fromName: path.Base(name), what: f.at(name)}
	})
}

// RemoveAll removes a folder and what is in it, a name at a time.
func (f *Forgetful) RemoveAll(name string) error {
	n := f.at(name)
	if n == nil {
		return nil
	}
	for base := range n.names {
		if err := f.RemoveAll(path.Join(name, base)); err != nil {
			return err
		}
	}
	return f.Remove(name)
}

// InBulk reports whether files are put there at once.
func (f *Forgetful) InBulk(int) bool { return f.Bulk }

// Hold returns the disk.
func (f *Forgetful) Hold() (afero.Fs, func()) { return f, func() {} }

// SyncAll makes all that was done last.
func (f *Forgetful) SyncAll() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.alive(); err != nil {
		return err
	}
	f.remember()
	return nil
}

// lateFile is a file whose bytes are late.
type lateFile struct {
	afero.File
	disk *Forgetful
	node *node
}

func (l *lateFile) Write(p []byte) (int, error) {
	l.disk.mu.Lock()
	defer l.disk.mu.Unlock()
	if err := l.disk.alive(); err != nil {
		return 0, err
	}
	l.node.late = append(l.node.late, p...)
	return l.File.Write(p)
}

// Sync makes the bytes of a file last, and the names in a folder.
func (l *lateFile) Sync() error {
	l.disk.mu.Lock()
	defer l.disk.mu.Unlock()
	if err := l.disk.alive(); err != nil {
		return err
	}
	if l.node.names == nil {
		l.node.sync()
	}
	for _, s := range l.disk.done {
		if l.node.names != nil && (s.to == l.node || s.to == nil && s.from == l.node) {
			s.lasting = true
		}
	}
	return nil
}
