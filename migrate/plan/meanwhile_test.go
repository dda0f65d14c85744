package plan_test

import (
	"errors"
	"io"
	"io/fs"
	"maps"
	"strings"
	"testing"

	"github.com/spf13/afero"

	"replant/migrate/ledger"
	"replant/migrate/plan"
	"replant/migrate/tree"
	"replant/migrate/tree/treetest"
)

// Law 4: an edit made between the look and the write stands, its post is left alone as
// a whole, all others are written, and the ledger is the one that does not claim it.
func TestEditMadeMeanwhileSurvives(t *testing.T) {
	t.Parallel()
	const edited = "content/posts/a/index.md"
	before, after := faultySites()
	before["content/posts/a/0.png"], after["content/posts/a/0.png"] = "old", "new"
	for _, c := range []struct {
		name string
		edit func(afero.Fs) error
		want func(files)
	}{
		{"edited", func(s afero.Fs) error { return afero.WriteFile(s, edited, []byte("mine"), 0o644) }, func(f files) { f[edited] = "mine" }},
		{"deleted", func(s afero.Fs) error { return s.Remove(edited) }, func(f files) { delete(f, edited) }},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			fsys := site(t, before)
			p := between(t, fsys, after)
			p.Without = honest(t, p)
			if err := c.edit(fsys); err != nil {
				t.Fatal(err)
			}
			err := p.Apply(t.Context(), fsys, tree.Put, tree.Sync)
			if !errors.Is(err, plan.ErrChanged) || !strings.HasPrefix(err.Error(), edited+": ") {
				t.Errorf("the error is %v", err)
			}
			want := maps.Clone(after)
			want["content/posts/a/0.png"] = "old"
			delete(want, "content/posts/a/1.png")
			want[ledger.Name] = "without content/posts/a"
			want[ledger.JournalName] = "the journal"
			c.want(want)
			equal(t, c.name, read(t, fsys), want)
		})
	}
}

// honest makes ledgers that name the folders of the failed groups.
func honest(t *testing.T, p *plan.Plan) func(map[int]bool) (*plan.Change, error) {
	s := spool(t)
	return func(failed map[int]bool) (*plan.Change, error) {
		var dirs []string
		for c := range p.All() {
			if dir, _, _ := strings.Cut(c.Path, "/index.md"); failed[c.Group] && dir != c.Path {
				dirs = append(dirs, dir)
			}
		}
		l := *p.Ledger
		l.After = put(t, s, "without "+strings.Join(dirs, " "))
		return &l, nil
	}
}

func TestFileThatMayNotBeWrittenCostsItsOwnPost(t *testing.T) {
	t.Parallel()
	before, after := faultySites()
	before["content/posts/a/old.png"] = "the old page shows it"
	fsys := site(t, before)
	p := between(t, fsys, after)
	p.Without = honest(t, p)
	refuse := func(site afero.Fs, temp, name string, r io.Reader) error {
		if name == "content/posts/a/index.md" {
			return &fs.PathError{Op: "open", Path: temp + "/XYZ", Err: fs.ErrPermission}
		}
		return tree.Put(site, temp, name, r)
	}
	err := p.Apply(t.Context(), fsys, refuse, tree.Sync)
	if want := "content/posts/a/index.md: permission denied"; err == nil || err.Error() != want {
		t.Errorf("the error is %v, want %s", err, want)
	}
	got := read(t, fsys)
	if got["content/posts/a/index.md"] != before["content/posts/a/index.md"] || got["content/posts/b/index.md"] != after["content/posts/b/index.md"] {
		t.Errorf("the site holds %q", got)
	}
	if got["content/posts/a/old.png"] == "" {
		t.Error("a picture is gone that the page still shows")
	}
	if got[ledger.Name] != "without content/posts/a" || got[ledger.JournalName] == "" {
		t.Errorf("the memory holds %q and %q", got[ledger.Name], got[ledger.JournalName])
	}
}

func TestFolderInTheWayIsNamed(t *testing.T) {
	t.Parallel()
	fsys, _ := realSite(t, nil)
	p := between(t, fsys, files{"content/a.md": "a"})
	fill(t, fsys, files{"content/a.md/b.md": "the author's"})
	err := p.Apply(t.Context(), fsys, tree.Put, tree.Sync)
	if !errors.Is(err, plan.ErrNoFile) || !strings.HasPrefix(err.Error(), "content/a.md: ") {
		t.Errorf("the error is %v", err)
	}
}

// The same where files are put there at once: an author who edits between the look and the
// placing keeps the edit, and one who makes a folder where a post is to lie keeps what is in
// it.
func TestEditMadeWhileFilesAreStagedSurvives(t *testing.T) {
	t.Parallel()
	before, after := faultySites()
	for name, text := range map[string]string{"content/posts/a/index.md": "mine", "content/posts/b/index.md": "mine too", "content/posts/b/notes.md": "a note"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			fsys := site(t, before)
			p := between(t, fsys, after)
			p.Without = honest(t, p)
			busy := &busySite{Disk: treetest.Disk{}.After(1<<30, fsys), edit: func() { fill(t, fsys, files{name: text}) }}
			err := p.Apply(t.Context(), busy, tree.Put, tree.Sync)
			want := maps.Clone(after)
			want[name] = text
			if _, ours := after[name]; ours {
				if !errors.Is(err, plan.ErrChanged) || !strings.HasPrefix(err.Error(), name+": ") {
					t.Errorf("the error is %v", err)
				}
				want[ledger.Name] = "without " + strings.TrimSuffix(name, "/index.md")
				want[ledger.JournalName] = "the journal"
			} else if err != nil {
				t.Error(err)
			}
			equal(t, name, read(t, fsys), want)
		})
	}
}

// busySite is one whose author is at work while it is synced.
type busySite struct {
	*treetest.Disk
	edit func()
}

func (b *busySite) SyncAll() error {
	if b.edit != nil {
		b.edit()
		b.edit = nil
	}
	return b.Disk.SyncAll()
}
