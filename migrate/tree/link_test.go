package tree_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"

	"github.com/spf13/afero"

	"replant/migrate/tree"
)

// put writes a file of new text and fails the test where that fails.
func put(t *testing.T, fsys afero.Fs, name string) {
	t.Helper()
	if err := tree.WriteFile(fsys, temp, name, strings.NewReader("new")); err != nil {
		t.Fatal(err)
	}
}

// What a link leads to is written, by whatever way it leads there, and the link stays.
func TestLinkInsideStaysALink(t *testing.T) {
	t.Parallel()
	for _, to := range []string{"../../drafts/a.md", "./x/../../../drafts/a.md", "near.md", "../up/drafts/a.md"} {
		t.Run(to, func(t *testing.T) {
			t.Parallel()
			fsys, dir, _ := site(t)
			fill(t, fsys, "drafts/a.md", "old")
			fill(t, fsys, "content/posts/x/b.md", "")
			link(t, "../../drafts/a.md", filepath.Join(dir, "content/posts/near.md"))
			link(t, "..", filepath.Join(dir, "content/up"))
			link(t, to, filepath.Join(dir, "content/posts/a.md"))
			put(t, fsys, "content/posts/a.md")
			holds(t, fsys, to, "drafts/a.md", "new")
			if got, err := os.Readlink(filepath.Join(dir, "content/posts/a.md")); got != to {
				t.Errorf("the link is %q, %v", got, err)
			}
			empty(t, fsys)
		})
	}
}

// A link may lead to where nothing lies yet.
func TestLinkIntoNowhere(t *testing.T) {
	t.Parallel()
	fsys, dir, _ := site(t)
	link(t, "drafts/new/a.md", filepath.Join(dir, "a.md"))
	put(t, fsys, "a.md")
	holds(t, fsys, "target", "drafts/new/a.md", "new")
}

// A folder that is a link has its .. where it leads.
func TestLinkBehindALinkedFolder(t *testing.T) {
	t.Parallel()
	fsys, dir, _ := site(t)
	fill(t, fsys, "far/away/b.md", "b")
	fill(t, fsys, "far/a.md", "old")
	link(t, "far/away", filepath.Join(dir, "content"))
	link(t, "../a.md", filepath.Join(dir, "far/away/a.md"))
	put(t, fsys, "content/a.md")
	holds(t, fsys, "target", "far/a.md", "new")
}

func TestLinkOutOfTheSiteIsNoPlace(t *testing.T) {
	t.Parallel()
	for _, to := range []string{"../secret", "/etc/hosts", "loop.md"} {
		fsys, dir, secret := site(t)
		link(t, "loop.md", filepath.Join(dir, "loop.md"))
		link(t, to, filepath.Join(dir, "a.md"))
		err := tree.WriteFile(fsys, temp, "a.md", strings.NewReader("new"))
		if !errors.Is(err, tree.ErrOutside) && !errors.Is(err, syscall.ELOOP) {
			t.Errorf("a link to %s: %v", to, err)
		}
		if _, err := fsys.Stat("a.md"); to == "../secret" && !errors.Is(err, tree.ErrOutside) {
			t.Errorf("Stat says %v", err)
		}
		untouched(t, secret)
		empty(t, fsys)
	}
}

func TestModeIsKept(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("no modes there")
	}
	for _, mode := range []fs.FileMode{0o600, 0o640, 0o644, 0o664, 0o444, 0o666, 0o755} {
		fsys, dir, _ := site(t)
		name := filepath.Join(dir, "a.md")
		if err := errors.Join(os.WriteFile(name, []byte("old"), 0o600), os.Chmod(name, mode)); err != nil {
			t.Fatal(err)
		}
		link(t, "a.md", filepath.Join(dir, "link.md"))
		for _, way := range []string{"a.md", "link.md"} {
			put(t, fsys, way)
			if info, err := os.Stat(name); err != nil || info.Mode().Perm() != mode {
				t.Errorf("%v became %v, %v", mode, info.Mode(), err)
			}
		}
	}
}

// One name of a file with several is replaced; the others keep the old bytes.
func TestHardLinkIsLeftBehind(t *testing.T) {
	t.Parallel()
	fsys, dir, _ := site(t)
	fill(t, fsys, "a.md", "old")
	if err := os.Link(filepath.Join(dir, "a.md"), filepath.Join(dir, "b.md")); err != nil {
		t.Skipf("no hard links here: %v", err)
	}
	put(t, fsys, "a.md")
	holds(t, fsys, "the name", "a.md", "new")
	holds(t, fsys, "the other", "b.md", "old")
}
