package plan_test

import (
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/afero"

	"replant/migrate/ledger"
	"replant/migrate/plan"
	"replant/migrate/tree"
)

// files are a site's files by path.
type files map[string]string

// site gives a site in memory that holds the files.
func site(t testing.TB, all files) afero.Fs {
	t.Helper()
	fsys := afero.NewMemMapFs()
	fill(t, fsys, all)
	return fsys
}

// realSite gives a site on disk that holds the files, and its folder.
func realSite(t testing.TB, all files) (afero.Fs, string) {
	t.Helper()
	dir := t.TempDir()
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = root.Close() })
	fsys := tree.New(root)
	fill(t, fsys, all)
	return fsys, dir
}

func fill(t testing.TB, fsys afero.Fs, all files) {
	t.Helper()
	for name, text := range all {
		if err := fsys.MkdirAll(path.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := afero.WriteFile(fsys, name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// read gives all files of a site.
func read(t testing.TB, fsys afero.Fs) files {
	t.Helper()
	all := files{}
	err := afero.Walk(fsys, ".", func(name string, info fs.FileInfo, err error) error {
		if err != nil || info.IsDir() {
			return err
		}
		b, err := afero.ReadFile(fsys, name)
		all[name] = string(b)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func spool(t testing.TB) *plan.Spool {
	t.Helper()
	f, err := os.Create(filepath.Join(t.TempDir(), "spool"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return plan.NewSpool(f)
}

func put(t testing.TB, s *plan.Spool, text string) plan.Content {
	t.Helper()
	c, err := s.Put([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// between plans the way from what a site holds to the files: a group for each folder,
// the ledger last.
func between(t testing.TB, from afero.Fs, to files) *plan.Plan {
	t.Helper()
	p, s, was := &plan.Plan{}, spool(t), read(t, from)
	all := maps.Clone(was)
	maps.Copy(all, to)
	groups := map[string]int{}
	var changes []plan.Change
	for _, name := range slices.Sorted(maps.Keys(all)) {
		c := change(t, from, s, name, to)
		dir := path.Dir(name)
		if _, known := groups[dir]; !known {
			groups[dir] = len(groups)
		}
		c.Group = groups[dir]
		switch {
		case !c.Writes() || name == ledger.JournalName || strings.HasPrefix(name, plan.TempDir):
		case name == ledger.Name:
			p.Ledger = &c
		default:
			changes = append(changes, c)
		}
	}
	slices.SortStableFunc(changes, func(a, b plan.Change) int { return a.Group - b.Group })
	for _, c := range changes {
		p.Add(c)
	}
	p.Journal = put(t, s, "the journal")
	p.Without = func(map[int]bool) (*plan.Change, error) { return nil, nil }
	p.Leftover = was[ledger.JournalName] != ""
	return p
}

func change(t testing.TB, from afero.Fs, s *plan.Spool, name string, to files) plan.Change {
	t.Helper()
	before, err := plan.Hash(from, name)
	if err != nil {
		t.Fatal(err)
	}
	c := plan.Change{Path: name, Before: before}
	text, stays := to[name]
	if stays {
		c.After = put(t, s, text)
	}
	switch {
	case !stays:
		c.Verdict, c.Why = ledger.Delete, "no page shows it any more"
	case before.Exists():
		c.Verdict, c.Why = ledger.Update, "changed at the source"
	default:
		c.Verdict, c.Why = ledger.Create, "new post"
	}
	return c
}

// equal compares two sites and tells where they differ.
func equal(t testing.TB, what string, got, want files) {
	t.Helper()
	all := maps.Clone(got)
	maps.Copy(all, want)
	for _, name := range slices.Sorted(maps.Keys(all)) {
		g, have := got[name]
		w, need := want[name]
		if have != need || g != w {
			t.Errorf("%s: %q: has it %v, should %v; %.200q, want %.200q", what, name, have, need, g, w)
		}
	}
}
