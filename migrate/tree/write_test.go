package tree_test

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"testing"
	"testing/iotest"

	"github.com/spf13/afero"

	"replant/migrate/tree"
)

const temp = ".replant/tmp"

func TestWriteFileMakesAndReplaces(t *testing.T) {
	t.Parallel()
	onDisk, _, _ := site(t)
	for name, fsys := range map[string]afero.Fs{"on disk": onDisk, "in memory": afero.NewMemMapFs()} {
		for _, text := range []string{"first", "", "second, and longer"} {
			if err := tree.WriteFile(fsys, temp, "content/posts/a/index.md", strings.NewReader(text)); err != nil {
				t.Fatal(err)
			}
			holds(t, fsys, name, "content/posts/a/index.md", text)
			empty(t, fsys)
		}
	}
}

func TestWriteFileModes(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("no modes there")
	}
	fsys, dir, _ := site(t)
	if err := tree.WriteFile(fsys, temp, "content/a.md", strings.NewReader("a")); err != nil {
		t.Fatal(err)
	}
	mask := umask(t)
	for name, want := range map[string]fs.FileMode{"content/a.md": 0o644, "content": 0o755} {
		info, err := os.Stat(filepath.Join(dir, name))
		if err != nil || info.Mode().Perm() != want&^mask {
			t.Errorf("%s: %v, %v, want %v", name, info.Mode(), err, want&^mask)
		}
	}
}

// umask gives the permissions that the system takes off what is made here.
func umask(t *testing.T) fs.FileMode {
	t.Helper()
	name := filepath.Join(t.TempDir(), "x")
	f, err := os.OpenFile(name, os.O_CREATE|os.O_WRONLY, 0o777)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		t.Fatal(err)
	}
	return 0o777 &^ info.Mode().Perm()
}

func TestFailedWriteLeavesTheOldFile(t *testing.T) {
	t.Parallel()
	broken := errors.New("broken")
	for name, rig := range map[string]func(afero.Fs) (afero.Fs, io.Reader){
		"reader": func(s afero.Fs) (afero.Fs, io.Reader) {
			return s, io.MultiReader(strings.NewReader("half"), iotest.ErrReader(broken))
		},
		"create": func(s afero.Fs) (afero.Fs, io.Reader) {
			return &failing{Fs: s, create: broken}, strings.NewReader("x")
		},
		"sync": func(s afero.Fs) (afero.Fs, io.Reader) { return &failing{Fs: s, sync: broken}, strings.NewReader("x") },
		"rename": func(s afero.Fs) (afero.Fs, io.Reader) {
			return &failing{Fs: s, rename: broken}, strings.NewReader("x")
		},
		"folder": func(s afero.Fs) (afero.Fs, io.Reader) { return &failing{Fs: s, mkdir: broken}, strings.NewReader("x") },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			fsys, _, _ := site(t)
			fill(t, fsys, "new-folder.md", "old")
			bad, r := rig(fsys)
			if err := tree.WriteFile(bad, temp, "new-folder.md", r); !errors.Is(err, broken) {
				t.Errorf("the error is %v", err)
			}
			holds(t, fsys, name, "new-folder.md", "old")
			empty(t, fsys)
		})
	}
}

// A folder may be a mount of its own: then the last step is taken beside the target.
func TestWriteFileAcrossDevices(t *testing.T) {
	t.Parallel()
	fsys, _, _ := site(t)
	fill(t, fsys, "content/a.md", "old")
	far := &failing{Fs: fsys, rename: syscall.EXDEV, only: temp}
	if err := tree.WriteFile(far, temp, "content/a.md", strings.NewReader("new")); err != nil {
		t.Fatal(err)
	}
	holds(t, fsys, "across", "content/a.md", "new")
	empty(t, fsys)
	alone(t, fsys, "content", "a.md")

	broken := &failing{Fs: fsys, rename: syscall.EXDEV} // beside the target too
	if err := tree.WriteFile(broken, temp, "content/a.md", strings.NewReader("newer")); !errors.Is(err, syscall.EXDEV) {
		t.Errorf("the error is %v", err)
	}
	holds(t, fsys, "failed across", "content/a.md", "new")
	empty(t, fsys)
	alone(t, fsys, "content", "a.md")
}

func TestFileWhereAFolderIsWanted(t *testing.T) {
	t.Parallel()
	fsys, _, _ := site(t)
	fill(t, fsys, "content", "a file of the author's")
	if err := tree.WriteFile(fsys, temp, "content/a.md", strings.NewReader("x")); !errors.Is(err, syscall.ENOTDIR) {
		t.Errorf("the error is %v", err)
	}
	holds(t, fsys, "file", "content", "a file of the author's")
}

func TestManyWritersMakeOneFolder(t *testing.T) {
	t.Parallel()
	fsys, _, _ := site(t)
	var wg sync.WaitGroup
	for i := range 32 {
		wg.Go(func() {
			name := fmt.Sprintf("content/posts/%d/index.md", i%4)
			if err := tree.WriteFile(fsys, temp, name, strings.NewReader(strings.Repeat("x", 1000))); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	for i := range 4 {
		holds(t, fsys, "many", fmt.Sprintf("content/posts/%d/index.md", i), strings.Repeat("x", 1000))
	}
	empty(t, fsys)
}

// failing is a file system on which some steps fail.
type failing struct {
	afero.Fs
	create, sync, rename, mkdir error
	only                        string // the folder that renames from fail for; empty for all
}

func (f *failing) OpenFile(name string, flag int, perm fs.FileMode) (afero.File, error) {
	if f.create != nil && flag&os.O_CREATE != 0 {
		return nil, f.create
	}
	file, err := f.Fs.OpenFile(name, flag, perm)
	if err != nil {
		return nil, err
	}
	return &failingFile{file, f.sync}, nil
}

func (f *failing) Rename(from, to string) error {
	if f.rename != nil && (f.only == "" || path.Dir(from) == f.only) {
		return &os.LinkError{Op: "rename", Old: from, New: to, Err: f.rename}
	}
	return f.Fs.Rename(from, to)
}

func (f *failing) Mkdir(name string, perm fs.FileMode) error {
	if f.mkdir != nil {
		return f.mkdir
	}
	return f.Fs.Mkdir(name, perm)
}

type failingFile struct {
	afero.File
	sync error
}

func (f *failingFile) Sync() error {
	if f.sync != nil {
		return f.sync
	}
	return f.File.Sync()
}

func fill(t testing.TB, fsys afero.Fs, name, text string) {
	t.Helper()
	if err := errors.Join(fsys.MkdirAll(path.Dir(name), 0o755), afero.WriteFile(fsys, name, []byte(text), 0o644)); err != nil {
		t.Fatal(err)
	}
}

func holds(t *testing.T, fsys afero.Fs, what, name, want string) {
	t.Helper()
	if b, err := afero.ReadFile(fsys, name); string(b) != want || err != nil {
		t.Errorf("%s: %s holds %.40q, %v; want %.40q", what, name, b, err, want)
	}
}

// empty checks that no temporary file is left.
func empty(t *testing.T, fsys afero.Fs) {
	t.Helper()
	all, err := afero.ReadDir(fsys, temp)
	if err != nil && !errors.Is(err, fs.ErrNotExist) || len(all) > 0 {
		t.Errorf("left in %s: %v, %v", temp, all, err)
	}
}

func alone(t *testing.T, fsys afero.Fs, dir, name string) {
	t.Helper()
	all, err := afero.ReadDir(fsys, dir)
	if err != nil || len(all) != 1 || all[0].Name() != name {
		t.Errorf("%s holds %v, %v; want %s alone", dir, all, err, name)
	}
}

func BenchmarkWriteFile(b *testing.B) {
	fsys, _, _ := site(b)
	text := strings.Repeat("A line of the post.\n", 100)
	for i := 0; b.Loop(); i++ {
		if err := tree.WriteFile(fsys, temp, fmt.Sprintf("content/%d/index.md", i), strings.NewReader(text)); err != nil {
			b.Fatal(err)
		}
	}
}
