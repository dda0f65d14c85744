//go:build unix

package tree_test

import (
	"errors"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"replant/migrate/tree"
)

// A pipe that nobody writes to would be read for ever.
func TestWhatIsNoFileIsNeitherReadNorReplaced(t *testing.T) {
	fsys, dir, _ := site(t)
	if err := syscall.Mkfifo(filepath.Join(dir, "pipe"), 0o644); err != nil {
		t.Skipf("no pipes here: %v", err)
	}
	t.Chdir(dir) // a socket's path has to be short
	l, err := net.Listen("unix", "socket")
	if err != nil {
		t.Skipf("no sockets here: %v", err)
	}
	defer func() { _ = l.Close() }()
	link(t, "pipe", "link")
	for _, name := range []string{"pipe", "socket", "link"} {
		before, err := os.Lstat(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := fsys.Open(name); !errors.Is(err, tree.ErrNoFile) {
			t.Errorf("open %s: %v", name, err)
		}
		if err := tree.WriteFile(fsys, temp, name, strings.NewReader("new")); !errors.Is(err, tree.ErrNoFile) {
			t.Errorf("write %s: %v", name, err)
		}
		if after, err := os.Lstat(name); err != nil || after.Mode() != before.Mode() {
			t.Errorf("%s became %v, %v", name, after.Mode(), err)
		}
	}
	if err := os.Mkdir("folder", 0o755); err != nil {
		t.Fatal(err)
	}
	if err := tree.WriteFile(fsys, temp, "folder", strings.NewReader("new")); !errors.Is(err, tree.ErrNoFile) {
		t.Errorf("write a folder: %v", err)
	}
}
