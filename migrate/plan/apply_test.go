package plan_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/spf13/afero"

	"replant/migrate/ledger"
	"replant/migrate/plan"
	"replant/migrate/tree"
	"replant/migrate/tree/treetest"
)

func TestApplyTakesEveryStepInOrder(t *testing.T) {
	t.Parallel()
	fsys := site(t, files{"content/old.png": "x"})
	p := between(t, fsys, files{"content/posts/a/1.png": "p", "content/posts/a/index.md": "m", ledger.Name: "l"})
	var steps []string
	record := func(site afero.Fs, temp, name string, r io.Reader) error {
		gone, err := afero.Exists(site, "content/old.png")
		steps = append(steps, fmt.Sprintf("%s %v", name, gone))
		return errors.Join(err, tree.Put(site, temp, name, r))
	}
	if err := p.Apply(t.Context(), fsys, record, tree.Sync); err != nil {
		t.Fatal(err)
	}
	want := []string{".replant/pending true", "content/posts/a/1.png true", "content/posts/a/index.md true", ".replant/ledger.json false"}
	if !slices.Equal(steps, want) {
		t.Errorf("steps are %q, want %q", steps, want)
	}
}

// A power cut may undo what lies in a folder that was not synced: each is synced once,
// when all of a post is in it, and before anything is put into the next.
func TestFolderIsSyncedBeforeTheNextIsWritten(t *testing.T) {
	t.Parallel()
	fsys := site(t, nil)
	const page, base = "content/posts/a/index.md", ".replant/base/content/posts/a/index.md"
	p := onePost(between(t, fsys, files{"content/posts/a/1.png": "p", "content/posts/a/2.png": "q", page: "m", base: "m", ledger.Name: "l"}))
	var steps []string
	var mu sync.Mutex
	put := func(site afero.Fs, temp, name string, r io.Reader) error {
		mu.Lock()
		defer mu.Unlock()
		steps = append(steps, path.Base(name))
		return tree.Put(site, temp, name, r)
	}
	last := func(site afero.Fs, dir string) error {
		steps = append(steps, "sync "+dir)
		return tree.Sync(site, dir)
	}
	if err := p.Apply(t.Context(), fsys, put, last); err != nil {
		t.Fatal(err)
	}
	slices.Sort(steps[2:4]) // the pictures: side by side
	want := []string{
		"pending", "sync .replant",
		"1.png", "2.png", "index.md", "sync content/posts/a",
		"index.md", "sync .replant/base/content/posts/a",
		"ledger.json", "sync .replant",
		"sync .replant", // the journal goes when all else is gone
	}
	if !slices.Equal(steps, want) {
		t.Errorf("steps are %q, want %q", steps, want)
	}
}

// onePost gives the plan with all changes in one group, those to memory last.
func onePost(p *plan.Plan) *plan.Plan {
	one := &plan.Plan{Journal: p.Journal, Ledger: p.Ledger}
	for _, hidden := range []bool{false, true} {
		for c := range p.All() {
			if c.Group = 0; plan.Hidden(c.Path) == hidden {
				one.Add(c)
			}
		}
	}
	return one
}

func TestFolderThatCannotBeSyncedEndsTheRun(t *testing.T) {
	t.Parallel()
	fsys := site(t, nil)
	p := between(t, fsys, files{"content/a.md": "a", ledger.Name: "l"})
	err := p.Apply(t.Context(), fsys, tree.Put, func(_ afero.Fs, dir string) error {
		if dir == "content" {
			return &fs.PathError{Op: "sync", Path: dir, Err: syscall.EIO}
		}
		return nil
	})
	if err == nil || err.Error() != "content: input/output error" {
		t.Errorf("the error is %v", err)
	}
	if got := read(t, fsys); got[ledger.Name] != "" || got[ledger.JournalName] == "" {
		t.Errorf("the ledger claims what may be lost: %q", got)
	}
}

func TestAppliedPlanLeavesNothingToDo(t *testing.T) {
	t.Parallel()
	before, after := faultySites()
	fsys, _ := realSite(t, before)
	if err := between(t, fsys, after).Apply(t.Context(), fsys, tree.Put, tree.Sync); err != nil {
		t.Fatal(err)
	}
	equal(t, "applied", read(t, fsys), after)
	if again := between(t, fsys, after); !again.Empty() || again.Any() {
		t.Errorf("still to do: %+v", slices.Collect(again.All()))
	}
}

func TestFileThatIsRightAlreadyIsNotTouched(t *testing.T) {
	t.Parallel()
	const name = "content/posts/a/index.md"
	fsys, _ := realSite(t, files{name: "old"})
	p := between(t, fsys, files{name: "new"})
	fill(t, fsys, files{name: "new"})
	then := time.Date(2001, 2, 3, 4, 5, 6, 0, time.UTC)
	if err := fsys.Chtimes(name, then, then); err != nil {
		t.Fatal(err)
	}
	if err := p.Apply(t.Context(), fsys, tree.Put, tree.Sync); err != nil {
		t.Fatal(err)
	}
	if info, err := fsys.Stat(name); err != nil || !info.ModTime().Equal(then) {
		t.Errorf("written anew: %v, %v", info, err)
	}
}

func TestJournalThatCannotBeWrittenLeavesNothing(t *testing.T) {
	t.Parallel()
	fsys, dir := realSite(t, nil)
	p := between(t, fsys, files{"a.md": "a"})
	full := func(site afero.Fs, temp, _ string, _ io.Reader) error {
		return errors.Join(site.MkdirAll(temp, 0o755), errors.New("full"))
	}
	if err := p.Apply(t.Context(), fsys, full, tree.Sync); err == nil || err.Error() != ".replant/pending: full" {
		t.Errorf("the error is %v", err)
	}
	if all, err := afero.ReadDir(afero.NewOsFs(), dir); err != nil || len(all) > 0 {
		t.Errorf("left behind: %v, %v", all, err)
	}
}

func TestStoppedRunFinishesTheFileInHand(t *testing.T) {
	t.Parallel()
	after := manyPosts(40, 10)
	fsys := site(t, nil)
	ctx, stop := context.WithCancelCause(t.Context())
	interrupt := errors.New("interrupt")
	put := func(site afero.Fs, temp, name string, r io.Reader) error {
		if name != ledger.JournalName {
			stop(interrupt)
		}
		return tree.Put(site, temp, name, r)
	}
	if err := between(t, fsys, after).Apply(ctx, fsys, put, tree.Sync); !errors.Is(err, interrupt) {
		t.Errorf("the error is %v", err)
	}
	got := read(t, fsys)
	if got[ledger.JournalName] == "" || got[ledger.Name] != "" || len(got) < 2 || len(got) > 1+atOnce {
		t.Errorf("%d files, journal %q, ledger %q", len(got), got[ledger.JournalName], got[ledger.Name])
	}
	if err := between(t, fsys, after).Apply(t.Context(), fsys, put, tree.Sync); err != nil {
		t.Fatal(err)
	}
	equal(t, "the next run", read(t, fsys), after)
}

// atOnce is the most files that are written at once.
const atOnce = 8

func TestFilesAreWrittenSideBySideWithinBounds(t *testing.T) {
	t.Parallel()
	var now, most atomic.Int64
	put := func(site afero.Fs, temp, name string, r io.Reader) error {
		most.Store(max(most.Load(), now.Add(1)))
		defer now.Add(-1)
		time.Sleep(time.Millisecond) // as a disk takes it
		return tree.Put(site, temp, name, r)
	}
	for _, shape := range []struct{ posts, each int }{{100, 1}, {1, 100}, {10, 10}} {
		fsys := site(t, nil)
		most.Store(0)
		if err := between(t, fsys, manyPosts(shape.posts, shape.each)).Apply(t.Context(), fsys, put, tree.Sync); err != nil {
			t.Fatal(err)
		}
		if n := most.Load(); n < 2 || n > atOnce {
			t.Errorf("%d posts of %d files: %d files were written at once", shape.posts, shape.each, n)
		}
	}
}

// manyPosts gives a site of so many posts, each with so many files.
func manyPosts(posts, each int) files {
	all := files{ledger.Name: "l"}
	for i := range posts {
		for j := range each {
			all[fmt.Sprintf("content/posts/%d/%d.md", i, j)] = strings.Repeat("A line of the post.\n", 100)
		}
	}
	return all
}

func TestEmptyFoldersGoWithTheirLastFile(t *testing.T) {
	t.Parallel()
	fsys, _ := realSite(t, files{"static/images/a/1.png": "1", "static/images/b/2.png": "2", "static/logo.svg": "s"})
	err := between(t, fsys, files{"static/images/b/2.png": "2", "static/logo.svg": "s"}).Apply(t.Context(), fsys, tree.Put, tree.Sync)
	if err != nil {
		t.Fatal(err)
	}
	if gone, err := afero.DirExists(fsys, "static/images/a"); gone || err != nil {
		t.Errorf("static/images/a is there %v, %v", gone, err)
	}
	if there, err := afero.DirExists(fsys, "static/images"); !there || err != nil {
		t.Errorf("static/images is there %v, %v", there, err)
	}
}

func TestLeftoverJournalIsClearedAway(t *testing.T) {
	t.Parallel()
	fsys := site(t, files{ledger.JournalName: "of a killed run", plan.TempDir + "/X": "half", ledger.Name: "l"})
	p := &plan.Plan{Leftover: true}
	if p.Empty() {
		t.Error("a plan with a journal to clear away says it is empty")
	}
	if err := p.Apply(t.Context(), fsys, tree.Put, tree.Sync); err != nil {
		t.Fatal(err)
	}
	equal(t, "cleared", read(t, fsys), files{ledger.Name: "l"})
}

func BenchmarkApply(b *testing.B) {
	const files = 10_000
	for _, each := range []int{1, 10, 1000} {
		b.Run(fmt.Sprintf("each=%d", each), func(b *testing.B) {
			after := manyPosts(files/each, each)
			for b.Loop() {
				b.StopTimer()
				fsys, _ := realSite(b, nil)
				p := between(b, fsys, after)
				b.StartTimer()
				if err := p.Apply(b.Context(), fsys, tree.Put, tree.Sync); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(files*b.N)/b.Elapsed().Seconds(), "files/s")
		})
	}
}

// A file that two changes of a post make the same way is made once.
func TestFileIsMadeOnce(t *testing.T) {
	t.Parallel()
	for name, over := range map[string]func(afero.Fs) afero.Fs{
		"at once":    func(fsys afero.Fs) afero.Fs { return treetest.Disk{}.After(1<<30, fsys) },
		"one by one": func(fsys afero.Fs) afero.Fs { return fsys },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			fsys, s := site(t, files{}), spool(t)
			text, err := s.Put([]byte("text"))
			if err != nil {
				t.Fatal(err)
			}
			p := &plan.Plan{}
			for range 2 {
				p.Add(plan.Change{Path: "content/posts/a/index.md", Verdict: ledger.Create, After: text})
			}
			if err := p.Apply(t.Context(), over(fsys), tree.Put, tree.Sync); err != nil {
				t.Fatal(err)
			}
			equal(t, name, read(t, fsys), files{"content/posts/a/index.md": "text"})
		})
	}
}
