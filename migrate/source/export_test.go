package source

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/text/encoding/charmap"

	"replant/migrate/feedscan"
)

// exportFiles are the exports of testdata/export, which are one file each.
func exportFiles(t testing.TB) []string { return filesLike(t, "../../testdata/export/*") }

// TestExports reads each file of testdata/export into <name>.want.json.
func TestExports(t *testing.T) {
	t.Parallel()
	for _, name := range exportFiles(t) {
		t.Run(filepath.Base(name), func(t *testing.T) {
			t.Parallel()
			b, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			got := asJSON(t, readFile(t, b))
			same(t, strings.TrimSuffix(name, filepath.Ext(name))+".want.json", got)
		})
	}
}

// readFile reads an export that lies in a file, whose address nobody knows.
func readFile(t *testing.T, b []byte) read {
	t.Helper()
	f, err := Open(bytes.NewReader(b), nil)
	if err != nil {
		t.Fatal(err)
	}
	return posts(t, f)
}

// TestTextExportOfAnyEncoding reads a text that does not say its encoding.
func TestTextExportOfAnyEncoding(t *testing.T) {
	t.Parallel()
	const entry = "TITLE: Пчёлы\nDATE: 03/01/2004 07:30:00\n-----\nBODY:\nЛетают от цветка к цветку.\n-----\n--------\n"
	b, err := charmap.KOI8R.NewEncoder().Bytes([]byte(entry))
	if err != nil {
		t.Fatal(err)
	}
	for name, b := range map[string][]byte{"KOI8-R": b, "UTF-8": []byte("\xEF\xBB\xBF" + strings.ReplaceAll(entry, "\n", "\r\n"))} {
		got := readFile(t, b).Posts
		if len(got) != 1 || got[0].Title != "Пчёлы" || got[0].Body[0] != "<p>Летают от цветка к цветку.</p>" {
			t.Errorf("%s: got %+v", name, got)
		}
	}
}

// TestCutExports breaks each export off in many places: what is whole is read, or one error
// says why nothing is.
func TestCutExports(t *testing.T) {
	t.Parallel()
	for _, name := range exportFiles(t) {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for n := range len(b) / 7 {
			f, err := Open(bytes.NewReader(b[:7*n]), nil)
			if err != nil {
				if !errors.Is(err, feedscan.ErrNotFeed) {
					t.Errorf("%s, %d bytes: %v", name, 7*n, err)
				}
				continue
			}
			for item, err := range f.Items() {
				if err != nil {
					continue
				}
				if _, err := item.Parse(); err != nil {
					t.Errorf("%s, %d bytes: %v", name, 7*n, err)
				}
			}
		}
	}
}

// FuzzExport reads any bytes as an export, in the manner of a file.
func FuzzExport(f *testing.F) {
	for _, name := range exportFiles(f) {
		b, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		feed, err := Open(bytes.NewReader(b), nil)
		if err != nil {
			return
		}
		for item, err := range feed.Items() {
			if err != nil {
				continue
			}
			if _, err := item.Parse(); err != nil {
				t.Error(err)
			}
		}
	})
}

// FuzzArchive reads any bytes as the one file of archives that has a name there.
func FuzzArchive(f *testing.F) {
	names := []string{"posts/posts.xml", "posts/html/100000001.html", "posts.zip", "posts/a-0a1b2c3d4e5f.html", "posts.csv", "part.xml"}
	for n, sample := range []string{
		"../../testdata/archive/tumblr/posts/posts.xml", "../../testdata/archive/tumblr-pages/posts/html/100000001.html", "",
		"../../testdata/archive/medium-bare/posts/aabbccddeeff.html", "../../testdata/archive/substack/posts.csv", "../../testdata/feed/wordpress-export.xml",
	} {
		b, _ := os.ReadFile(sample) // without one, nothing
		f.Add(uint8(n), b)
	}
	f.Fuzz(func(t *testing.T, n uint8, b []byte) {
		name := names[int(n)%len(names)]
		folder, err := OpenFolder(fstest.MapFS{name: {Data: b}}, "export")
		if err != nil {
			t.Fatal(err)
		}
		feed, err := Open(folder, nil)
		if err != nil {
			return
		}
		for item, err := range feed.Items() {
			if err != nil {
				continue
			}
			if _, err := item.Parse(); err != nil {
				t.Error(err)
			}
		}
	})
}
