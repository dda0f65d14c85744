package migrate_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"syscall"
	"testing"

	"github.com/spf13/afero"

	"replant/migrate"
	"replant/migrate/ledger"
	"replant/migrate/plan"
	"replant/migrate/tree"
	"replant/migrate/tree/treetest"
)

// A disk that refuses any one write, or all from any one on, in a first run or an update:
// the error says why, every file is whole, old or new, and the next run completes.
func TestDiskThatRefusesAnyWrite(t *testing.T) {
	t.Parallel()
	for n, c := range []struct {
		err   error
		grows bool
	}{
		{syscall.ENOSPC, true}, {syscall.EDQUOT, true}, {syscall.EIO, false}, {syscall.EROFS, false},
	} {
		if testing.Short() && n%2 > 0 {
			continue // as the one before it
		}
		for _, forever := range []bool{false, true} {
			for _, update := range []bool{false, true} {
				t.Run(fmt.Sprintf("%v, for ever %t, update %t", c.err, forever, update), func(t *testing.T) {
					t.Parallel()
					refuse(t, treetest.Disk{Err: c.err, Once: !forever, Full: c.grows}, update)
				})
			}
		}
	}
}

// refuse refuses each write in turn.
func refuse(t *testing.T, kind treetest.Disk, update bool) {
	t.Helper()
	w := worldOfPictures(t, update)
	before := files(t, w.site)
	whole := w.copied(before)
	whole.run()
	after := files(t, whole.site)
	for n := 0; ; n++ {
		v := w.copied(before)
		disk := kind.After(n, v.site)
		out := v.plan()
		err := out.Plan.Apply(context.Background(), disk, tree.Put, tree.Sync)
		now := files(t, v.site)
		if !disk.Failed() {
			if err != nil || n < 20 {
				t.Errorf("a disk that refused nothing in %d writes: %v", n, err)
			}
			equalFiles(t, fmt.Sprint("write ", n), now, after)
			return
		}
		wholeFiles(t, n, now, before, after)
		if err != nil && !errors.Is(err, disk.Err) {
			t.Fatalf("write %d: %v", n, err)
		}
		if err == nil {
			equalFiles(t, fmt.Sprint("write ", n, ", which could be done without"), now, after)
		}
		v.run()
		equalFiles(t, fmt.Sprint("the run after write ", n), files(t, v.site), after)
		v.idle()
		if t.Failed() {
			return
		}
	}
}

// worldOfPictures has a blog whose posts show pictures; on an update a site that came
// from an older edition of it, and that the author has worked on.
func worldOfPictures(t *testing.T, update bool) *world {
	t.Helper()
	w, b := newWorld(t), plainBlog("c", "b", "a")
	w.publish(b)
	picture := func(n int, edition string) string {
		addr := fmt.Sprintf("https://blog.example/%d-%s.png", n, edition)
		w.pictures[addr] = "\x89PNG\r\n\x1a\n" + addr
		return fmt.Sprintf(`<p>%s</p><img src=%q>`, strings.Repeat(edition+" ", 20), addr)
	}
	for i, p := range b.posts {
		p.body = picture(i, "first")
	}
	if update {
		w.run()
		w.write("content/posts/a/index.md", w.read("content/posts/a/index.md")+"\nThe author's own line.\n")
		w.remove("content/posts/b/1-first.png")
		for i, p := range b.posts[:2] {
			p.body = picture(i, "second")
		}
		b.add(&article{link: "https://blog.example/d", guid: "key-d", title: "D", body: picture(9, "second"), date: firstDay})
	}
	return w
}

// copied is the same world with a site of its own.
func (w *world) copied(site map[string]string) *world {
	v := *w
	v.site = afero.NewMemMapFs()
	for name, text := range site {
		v.write(name, text)
	}
	return &v
}

// wholeFiles checks that every file is one of the two it may be.
func wholeFiles(t *testing.T, n int, now, before, after map[string]string) {
	t.Helper()
	for name, text := range now {
		if name == ledger.JournalName || strings.HasPrefix(name, plan.TempDir) {
			continue
		}
		if text != before[name] && text != after[name] {
			t.Errorf("write %d left %s as %q", n, name, text)
		}
	}
	for name := range before {
		if _, stays := after[name]; stays && now[name] == "" {
			t.Errorf("write %d cost %s", n, name)
		}
	}
}

func equalFiles(t *testing.T, when string, got, want map[string]string) {
	t.Helper()
	for name, text := range want {
		if got[name] != text {
			t.Errorf("%s: %s is %q, want %q", when, name, got[name], text)
		}
	}
	for name, text := range got {
		if _, ok := want[name]; !ok {
			t.Errorf("%s: %s is left: %q", when, name, text)
		}
	}
}

// A cache or a scratch file without room is no trouble of a post: it ends the run, nothing
// is written or noted, and with room made the next run completes.
func TestFullCacheIsNoPostsTrouble(t *testing.T) {
	t.Parallel()
	for _, full := range []error{syscall.ENOSPC, syscall.EDQUOT, syscall.EROFS} {
		w := worldOfPictures(t, true)
		before := files(t, w.site)
		w.full = full
		if _, err := w.compute(); !errors.Is(err, full) || !strings.Contains(err.Error(), "picture https://blog.example/") {
			t.Errorf("a full cache: %v", err)
		}
		w.full = nil
		noRoom := func(m *migrate.Migration) { m.Scratch = fullScratch{m.Scratch, full} }
		if _, err := w.compute(noRoom); !errors.Is(err, full) || !strings.Contains(err.Error(), "scratch file") {
			t.Errorf("a full scratch file: %v", err)
		}
		equalFiles(t, "after both", files(t, w.site), before)
		if got := troubles(w.run()); len(got) > 0 {
			t.Errorf("with room: %q", got)
		}
		w.idle()
	}
}

// fullScratch takes no byte.
type fullScratch struct {
	afero.File
	err error
}

func (f fullScratch) WriteAt([]byte, int64) (int, error) { return 0, f.err }
