package tree_test

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"

	"github.com/spf13/afero"

	"replant/migrate/tree"
)

// hold returns a site on disk whose folders stay open, its folder, and the one above, which
// holds a file beside it.
func hold(t *testing.T) (held afero.Fs, dir, outside string) {
	t.Helper()
	fsys, dir, secret := site(t)
	bulk, ok := fsys.(tree.Bulk)
	if !ok {
		t.Fatal("the disk takes no files at once")
	}
	held, release := bulk.Hold()
	t.Cleanup(release)
	return held, dir, filepath.Dir(secret)
}

// stageFolder stages a folder of two files.
func stageFolder(t *testing.T, fsys afero.Fs, name string) tree.StagedFolder {
	t.Helper()
	f, err := tree.StageFolder(fsys, temp, name)
	for _, base := range []string{"1.png", "index.md"} {
		if err == nil {
			err = f.Add(fsys, base, strings.NewReader(base))
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestStagedFolderIsPlacedAsAWhole(t *testing.T) {
	t.Parallel()
	fsys, dir, _ := hold(t)
	for _, name := range []string{"content/posts/a", "content/posts/b", "top"} {
		if err := stageFolder(t, fsys, name).Place(fsys); err != nil {
			t.Fatal(err)
		}
		holds(t, fsys, name, name+"/1.png", "1.png")
		holds(t, fsys, name, name+"/index.md", "index.md")
	}
	empty(t, fsys)
	mask := umask(t)
	for name, want := range map[string]fs.FileMode{"content/posts/a": 0o755, "content/posts": 0o755, "content/posts/a/index.md": 0o644} {
		if info, err := os.Stat(filepath.Join(dir, name)); err != nil || info.Mode().Perm() != want&^mask {
			t.Errorf("%s: %v, %v", name, info, err)
		}
	}
}

func TestFolderThatIsThereStaysAsItIs(t *testing.T) {
	t.Parallel()
	fsys, _, _ := hold(t)
	f := stageFolder(t, fsys, "content/a")
	fill(t, fsys, "content/a/index.md", "the author's")
	if err := f.Place(fsys); !errors.Is(err, fs.ErrExist) {
		t.Errorf("the error is %v", err)
	}
	holds(t, fsys, "there", "content/a/index.md", "the author's")
	if err := f.File("1.png").Place(fsys); err != nil {
		t.Fatal(err)
	}
	holds(t, fsys, "beside it", "content/a/1.png", "1.png")
	if err := f.Discard(fsys); err != nil {
		t.Fatal(err)
	}
	empty(t, fsys)
}

func TestStagedFileReplacesAndKeepsMode(t *testing.T) {
	t.Parallel()
	fsys, dir, _ := hold(t)
	fill(t, fsys, "content/a.md", "old")
	if err := errors.Join(os.Chmod(filepath.Join(dir, "content/a.md"), 0o666), os.Symlink("a.md", filepath.Join(dir, "content/link.md"))); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"content/a.md", "content/link.md", "new/b.md"} {
		s, err := tree.Stage(fsys, temp, name, strings.NewReader(name))
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Place(fsys); err != nil {
			t.Fatal(err)
		}
		holds(t, fsys, "placed", name, name)
	}
	holds(t, fsys, "behind the link", "content/a.md", "content/link.md")
	if info, err := os.Lstat(filepath.Join(dir, "content/a.md")); err != nil || info.Mode().Perm() != 0o666 {
		t.Errorf("its mode is %v, %v", info, err)
	}
	if info, err := os.Lstat(filepath.Join(dir, "content/link.md")); err != nil || info.Mode()&fs.ModeSymlink == 0 {
		t.Errorf("the link is %v, %v", info, err)
	}
	empty(t, fsys)
}

// Law 5: what stays open lies in the site, whatever links are on the way.
func TestHeldFoldersLieInTheSite(t *testing.T) {
	t.Parallel()
	fsys, dir, outside := hold(t)
	fill(t, fsys, "elsewhere/x.md", "x")
	fill(t, fsys, "file", "x")
	for link, to := range map[string]string{"out": outside, "in": "elsewhere"} {
		if err := os.Symlink(to, filepath.Join(dir, link)); err != nil {
			t.Fatal(err)
		}
	}
	if err := stageFolder(t, fsys, "in/a").Place(fsys); err != nil {
		t.Error(err)
	}
	holds(t, fsys, "behind a link", "elsewhere/a/index.md", "index.md")
	for name, want := range map[string]error{"out/a": tree.ErrOutside, "../a": tree.ErrOutside, "file/a": syscall.ENOTDIR} {
		f := stageFolder(t, fsys, name)
		if err := f.Place(fsys); !errors.Is(err, want) && !errors.Is(err, fs.ErrExist) {
			t.Errorf("%s: the error is %v", name, err)
		}
		if err := fsys.Rename(temp+"/x", name); err == nil {
			t.Errorf("%s: renamed", name)
		}
		if err := fsys.Mkdir(name, 0o755); !errors.Is(err, want) {
			t.Errorf("%s: the error is %v", name, err)
		}
		if err := f.Discard(fsys); err != nil {
			t.Error(err)
		}
	}
	if all, err := os.ReadDir(outside); err != nil || len(all) != 2 {
		t.Errorf("outside: %v, %v", all, err)
	}
	if err := fsys.Mkdir("..", 0o755); !errors.Is(err, tree.ErrOutside) {
		t.Errorf("the error is %v", err)
	}
}

func TestHeldFoldersAreReleased(t *testing.T) {
	t.Parallel()
	fsys, dir, _ := site(t)
	held, release := fsys.(tree.Bulk).Hold()
	var wg sync.WaitGroup
	for i := range 64 {
		wg.Go(func() {
			f, err := tree.StageFolder(held, temp, fmt.Sprintf("content/%d", i))
			if err == nil {
				err = f.Add(held, "index.md", strings.NewReader("x"))
			}
			if err == nil && i%2 == 0 {
				err = f.Place(held)
			}
			if err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if n := openIn(t, dir); n < 32 {
		t.Errorf("%d folders are open", n)
	}
	release()
	if n := openIn(t, dir); n > 1 { // the site's own
		t.Errorf("%d folders are open still", n)
	}
}

// Folders that are staged and filled are not held open: there are hundreds, and some systems give a
// program no more files than that.
func TestFilledFoldersAreNotHeldOpen(t *testing.T) {
	t.Parallel()
	fsys, dir, _ := site(t)
	held, release := fsys.(tree.Bulk).Hold()
	defer release()
	before := openIn(t, dir)
	for i := range 50 {
		f, err := tree.StageFolder(held, temp, fmt.Sprintf("posts/%d", i))
		if err != nil {
			t.Fatal(err)
		}
		if err := f.Add(held, "index.md", strings.NewReader("x")); err != nil {
			t.Fatal(err)
		}
		f.Filled(held)
		defer func() {
			if err := f.Place(held); err != nil {
				t.Error(err)
			}
		}()
	}
	if n := openIn(t, dir) - before; n > 4 {
		t.Errorf("%d folders are open", n)
	}
}

// openIn counts what the program has open in a folder.
func openIn(t *testing.T, dir string) (n int) {
	t.Helper()
	all, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		t.Skip(err)
	}
	for _, fd := range all {
		if to, err := os.Readlink("/proc/self/fd/" + fd.Name()); err == nil && strings.HasPrefix(to, dir) {
			n++
		}
	}
	return n
}

func TestFewFilesArePutOneByOne(t *testing.T) {
	t.Parallel()
	fsys, _, _ := site(t)
	bulk := fsys.(tree.Bulk)
	if bulk.InBulk(3) || !bulk.InBulk(1000) {
		t.Errorf("three at once: %v, a thousand: %v", bulk.InBulk(3), bulk.InBulk(1000))
	}
	if err := bulk.SyncAll(); err != nil {
		t.Error(err)
	}
}
