package migrate_test

import (
	"cmp"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/spf13/afero"

	"replant/migrate"
	"replant/migrate/site"
	"replant/migrate/tree"
)

const golden = "../testdata/tree/"

// The demo feed becomes the trees of testdata/tree, byte for byte, the memory included.
func TestDemoTree(t *testing.T) {
	t.Parallel()
	for name, settings := range map[string]migrate.Settings{
		"demo":      {},
		"demo-flat": {Section: "notes", Layout: string(site.Flat), Images: migrate.Remote},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := demo(t)
			w.run(with(settings))
			got := files(t, w.site)
			if *update {
				rewrite(t, golden+name, got)
			}
			compare(t, got, files(t, afero.NewBasePathFs(afero.NewOsFs(), golden+name)))
			w.settled()
		})
	}
}

// A folder on disk gets what a site in memory gets.
func TestDemoTreeOnDisk(t *testing.T) {
	t.Parallel()
	root, err := os.OpenRoot(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	w := demo(t)
	w.site = tree.New(root)
	w.run()
	w.settled()
	memory := demo(t)
	memory.run()
	compare(t, files(t, w.site), files(t, memory.site))
}

// demo is a world whose feed is the demo file.
func demo(t *testing.T) *world {
	w := newWorld(t)
	const folder = "../testdata/demo"
	w.feeds = []migrate.Feed{{
		Address: "feed.xml", Beside: os.DirFS(folder),
		Open: func() (io.ReadCloser, error) { return os.Open(filepath.Join(folder, "feed.xml")) },
	}}
	return w
}

// rewrite makes a folder hold just the files given.
func rewrite(t *testing.T, folder string, all map[string]string) {
	t.Helper()
	err := os.RemoveAll(folder)
	for name, text := range all {
		name = filepath.Join(folder, filepath.FromSlash(name))
		err = cmp.Or(err, os.MkdirAll(filepath.Dir(name), 0o755), os.WriteFile(name, []byte(text), 0o644))
	}
	if err != nil {
		t.Fatal(err)
	}
}

// compare tells where two trees differ.
func compare(t testing.TB, got, want map[string]string) {
	t.Helper()
	names := maps.Clone(got)
	maps.Copy(names, want)
	for _, name := range slices.Sorted(maps.Keys(names)) {
		g, inGot := got[name]
		x, inWant := want[name]
		switch {
		case !inWant:
			t.Errorf("%s should not be there", name)
		case !inGot:
			t.Errorf("%s is missing", name)
		case g != x:
			t.Errorf("%s is\n%.2000s\nwant\n%.2000s", name, g, x)
		}
	}
}
