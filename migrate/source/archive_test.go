package source

import (
	"archive/zip"
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"replant/migrate/feedscan"
)

// zipped makes a ZIP of a folder.
func zipped(t *testing.T, dir fs.FS) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	if err := w.AddFS(dir); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestArchives reads each folder of testdata/archive, as the ZIP that a platform makes of
// it and as it lies there, into <name>.want.json.
func TestArchives(t *testing.T) {
	t.Parallel()
	folders, err := filepath.Glob("../../testdata/archive/*")
	if err != nil || len(folders) == 0 {
		t.Fatalf("no archives: %v", err)
	}
	for _, dir := range folders {
		if filepath.Ext(dir) == ".json" {
			continue
		}
		t.Run(filepath.Base(dir), func(t *testing.T) {
			t.Parallel()
			got := readFeed(t, bytes.NewReader(zipped(t, os.DirFS(dir))))
			same(t, dir+".want.json", asJSON(t, got))
			folder, err := OpenFolder(os.DirFS(dir), filepath.Base(dir))
			if err != nil {
				t.Fatal(err)
			}
			if unpacked := asJSON(t, readFeed(t, folder)); unpacked != asJSON(t, got) {
				t.Errorf("unpacked:\n%s\npacked:\n%s", unpacked, asJSON(t, got))
			}
		})
	}
}

// TestArchiveInArchive reads an archive of Tumblr's as it comes: its posts are packed once more.
func TestArchiveInArchive(t *testing.T) {
	t.Parallel()
	const dir = "../../testdata/archive/tumblr"
	posts, err := fs.Sub(os.DirFS(dir), "posts")
	if err != nil {
		t.Fatal(err)
	}
	files := fstest.MapFS{"posts.zip": {Data: zipped(t, posts)}}
	for _, name := range []string{"1001.png", "1002_0.png", "1002_1.png"} {
		files["media/"+name] = &fstest.MapFile{}
	}
	got := asJSON(t, readFeed(t, bytes.NewReader(zipped(t, files))))
	same(t, dir+".want.json", got)
}

// TestNoArchive opens a ZIP of another kind, and expects a hint.
func TestNoArchive(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for _, name := range []string{"feed.atom", "notes.txt"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	_, err := Open(bytes.NewReader(zipped(t, os.DirFS(dir))), nil)
	if !errors.Is(err, feedscan.ErrNotFeed) || !strings.Contains(err.Error(), `unpack it and try "feed.atom"`) {
		t.Errorf("got %v", err)
	}
	if _, err := Open(strings.NewReader("PK\x03\x04 and no more"), nil); err == nil {
		t.Error("half a ZIP was read")
	}
}
