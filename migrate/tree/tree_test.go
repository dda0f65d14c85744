package tree_test

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/spf13/afero"

	"replant/migrate/tree"
)

// site gives a folder as a file system, beside a file that is none of its business.
func site(t testing.TB) (fsys afero.Fs, dir, secret string) {
	t.Helper()
	above := t.TempDir()
	dir, secret = filepath.Join(above, "site"), filepath.Join(above, "secret")
	if err := os.Mkdir(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(secret, []byte("secret"), 0o644); err != nil {
		t.Fatal(err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = root.Close() })
	return tree.New(root), dir, secret
}

// Law 5: nothing outside the folder is read, written or removed, by whatever way.
func TestNothingLeadsOut(t *testing.T) {
	t.Parallel()
	ways := map[string]func(afero.Fs, string) error{
		"read":   func(s afero.Fs, name string) error { _, err := afero.ReadFile(s, name); return err },
		"write":  func(s afero.Fs, name string) error { return afero.WriteFile(s, name, nil, 0o644) },
		"create": func(s afero.Fs, name string) error { _, err := s.Create(name); return err },
		"stat":   func(s afero.Fs, name string) error { _, err := s.Stat(name); return err },
		"chmod":  func(s afero.Fs, name string) error { return s.Chmod(name, 0) },
		"chown":  func(s afero.Fs, name string) error { return s.Chown(name, 1, 1) },
		"times":  func(s afero.Fs, name string) error { return s.Chtimes(name, time.Time{}, time.Time{}) },
	}
	for _, name := range []string{"../secret", "link", "up/secret", "dir/../../secret"} {
		for way, try := range ways {
			t.Run(way+" "+name, func(t *testing.T) {
				t.Parallel()
				fsys, dir, secret := site(t)
				link(t, secret, filepath.Join(dir, "link"))
				link(t, "..", filepath.Join(dir, "up"))
				if err := try(fsys, name); err == nil {
					t.Errorf("%s %s did what it should not", way, name)
				}
				untouched(t, secret)
			})
		}
	}
}

func TestNothingIsMadeMovedOrRemovedOutside(t *testing.T) {
	t.Parallel()
	for name, try := range map[string]func(afero.Fs) error{
		"mkdir":     func(s afero.Fs) error { return s.Mkdir("up/made", 0o755) },
		"mkdirall":  func(s afero.Fs) error { return s.MkdirAll("up/made/deep", 0o755) },
		"remove":    func(s afero.Fs) error { return s.Remove("up/secret") },
		"removeall": func(s afero.Fs) error { return s.RemoveAll("up/secret") },
		"take":      func(s afero.Fs) error { return s.Rename("up/secret", "taken") },
		"give":      func(s afero.Fs) error { return s.Rename("mine", "up/secret") },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			fsys, dir, secret := site(t)
			link(t, "..", filepath.Join(dir, "up"))
			if err := afero.WriteFile(fsys, "mine", []byte("mine"), 0o644); err != nil {
				t.Fatal(err)
			}
			if err := try(fsys); err == nil {
				t.Errorf("%s did what it should not", name)
			}
			untouched(t, secret)
			if _, err := os.Stat(filepath.Join(filepath.Dir(secret), "made")); !errors.Is(err, fs.ErrNotExist) {
				t.Errorf("a folder was made outside: %v", err)
			}
		})
	}
}

func link(t *testing.T, to, name string) {
	t.Helper()
	if err := os.Symlink(to, name); err != nil {
		t.Skipf("no symbolic links here: %v", err)
	}
}

func untouched(t *testing.T, secret string) {
	t.Helper()
	b, err := os.ReadFile(secret)
	if err != nil || string(b) != "secret" {
		t.Errorf("the file outside holds %q, %v", b, err)
	}
	if info, err := os.Stat(secret); err == nil && (info.Mode().Perm()&0o400 == 0 || time.Since(info.ModTime()) > time.Hour) {
		t.Errorf("the file outside is %v, of %v", info.Mode(), info.ModTime())
	}
}

// Links that stay inside are the author's own way to lay out a site.
func TestLinksInsideAreFollowed(t *testing.T) {
	t.Parallel()
	fsys, dir, _ := site(t)
	if err := fsys.MkdirAll("real/posts", 0o755); err != nil {
		t.Fatal(err)
	}
	link(t, "real", filepath.Join(dir, "content"))
	if err := afero.WriteFile(fsys, "content/posts/a.md", []byte("a"), 0o644); err != nil {
		t.Fatal(err)
	}
	if b, err := os.ReadFile(filepath.Join(dir, "real", "posts", "a.md")); string(b) != "a" {
		t.Errorf("%q, %v", b, err)
	}
}

// afero's own helpers speak of /, of . and of names with a slash in front.
func TestAferoFindsItsWay(t *testing.T) {
	t.Parallel()
	fsys, _, _ := site(t)
	for _, name := range []string{"/a/b.md", "a/c.md", "./a/../a/d.md"} {
		if err := fsys.MkdirAll(filepath.ToSlash(filepath.Dir(name)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := afero.WriteFile(fsys, name, []byte(name), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, root := range []string{"", ".", "/"} {
		var found []string
		err := afero.Walk(fsys, root, func(name string, info fs.FileInfo, err error) error {
			if err == nil && !info.IsDir() {
				found = append(found, name)
			}
			return err
		})
		if err != nil || len(found) != 3 {
			t.Errorf("Walk(%q) finds %q, %v", root, found, err)
		}
	}
}

func TestFileSystemKeepsItsPromises(t *testing.T) {
	t.Parallel()
	fsys, _, _ := site(t)
	f, err := fsys.Create("a.md")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.WriteString("text"); err != nil {
		t.Fatal(err)
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		t.Fatal(err)
	}
	if b, err := io.ReadAll(f); string(b) != "text" || err != nil {
		t.Errorf("read back %q, %v", b, err)
	}
	f.Close()
	if f, err := fsys.Open("absent.md"); f != nil || !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("an absent file: %v, %v", f, err)
	}
	if err := errors.Join(fsys.Mkdir("d", 0o755), fsys.Rename("a.md", "d/b.md"), fsys.RemoveAll("d")); err != nil {
		t.Error(err)
	}
	if there, err := afero.Exists(fsys, "d"); there || err != nil {
		t.Errorf("d is there %v, %v", there, err)
	}
}
