package blogtest_test

import (
	"bytes"
	"cmp"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/mmcdole/gofeed"
	"github.com/spf13/afero"
	"golang.org/x/net/html"

	"replant/migrate"
	"replant/migrate/blogtest"
	"replant/migrate/tree"
)

// posts is how many posts the benchmarks' blogs have; REPLANT_POSTS sets another number.
func posts(tb testing.TB) int {
	tb.Helper()
	n, err := strconv.Atoi(cmp.Or(os.Getenv("REPLANT_POSTS"), "1000"))
	if err != nil {
		tb.Fatalf("REPLANT_POSTS: %v", err)
	}
	return n
}

func blog(tb testing.TB, p blogtest.Platform, posts int) []byte {
	tb.Helper()
	var b bytes.Buffer
	if err := p.Write(&b, posts); err != nil {
		tb.Fatal(err)
	}
	return b.Bytes()
}

// The blogs are read as their platforms' own, and nothing in them is amiss.
func TestBlogsArrive(t *testing.T) {
	t.Parallel()
	for _, p := range blogtest.Platforms {
		t.Run(p.Name, func(t *testing.T) {
			t.Parallel()
			site := disk(t)
			out := plan(t, site, blog(t, p, 20))
			if err := out.Plan.Apply(t.Context(), site, tree.Put, tree.Sync); err != nil {
				t.Fatal(err)
			}
			pages, err := afero.Glob(site, "content/posts/*/index.md")
			if err != nil || len(pages) != 20 || len(out.Troubles)+len(out.Losses) > 0 {
				t.Fatalf("%d pages, %v, %v, %v", len(pages), err, out.Troubles, out.Losses)
			}
			text, err := afero.ReadFile(site, pages[0])
			heading := bytes.Contains(text, []byte("\n## ")) || bytes.Contains(text, []byte("\n### "))
			picture := bytes.Contains(text, []byte("![")) || bytes.Contains(text, []byte("{{< figure "))
			if err != nil || !heading || !picture {
				t.Errorf("%v\n%s", err, text)
			}
			if again := plan(t, site, blog(t, p, 20)); !again.Plan.Empty() {
				t.Error("a second run has something to do")
			}
		})
	}
}

// BenchmarkFirst is a first migration to a real disk, pictures remote.
func BenchmarkFirst(b *testing.B) {
	each(b, func(b *testing.B, feed []byte) {
		site := disk(b)
		if err := plan(b, site, feed).Plan.Apply(b.Context(), site, tree.Put, tree.Sync); err != nil {
			b.Fatal(err)
		}
	})
}

// BenchmarkPlan is a first migration up to the disk.
func BenchmarkPlan(b *testing.B) {
	each(b, func(b *testing.B, feed []byte) { plan(b, afero.NewMemMapFs(), feed) })
}

// BenchmarkFloor parses the same bytes on one thread and throws it away: what the others
// are measured against.
func BenchmarkFloor(b *testing.B) {
	each(b, func(b *testing.B, feed []byte) {
		f, err := gofeed.NewParser().Parse(bytes.NewReader(feed))
		if err != nil {
			b.Fatal(err)
		}
		for _, item := range f.Items {
			if _, err := html.Parse(strings.NewReader(cmp.Or(item.Content, item.Description))); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func each(b *testing.B, work func(b *testing.B, feed []byte)) {
	for _, p := range blogtest.Platforms {
		b.Run(p.Name, func(b *testing.B) {
			feed := blog(b, p, posts(b))
			b.SetBytes(int64(len(feed)))
			b.ReportAllocs()
			before := used()
			for b.Loop() {
				work(b, feed)
			}
			b.ReportMetric(float64((used()-before).Milliseconds())/float64(b.N), "cpu-ms/op")
		})
	}
}

func plan(tb testing.TB, site afero.Fs, feed []byte) *migrate.Outcome {
	tb.Helper()
	scratch, err := os.Create(filepath.Join(tb.TempDir(), "scratch"))
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { scratch.Close() })
	m := migrate.Migration{
		Site: afero.NewReadOnlyFs(site), Scratch: scratch, Jobs: 2, Options: migrate.Options{Target: "hugo"},
		Feeds: []migrate.Feed{{
			Address: "feed.xml", Settings: migrate.Settings{Images: migrate.Remote},
			Open: func() (io.ReadCloser, error) { return file{bytes.NewReader(feed)}, nil },
		}},
	}
	out, err := m.Plan(tb.Context())
	if err != nil {
		tb.Fatal(err)
	}
	return out
}

// file is a feed that can be read twice, as exports are.
type file struct{ *bytes.Reader }

func (file) Close() error { return nil }

// sites is the folder of all sites that are written to the real disk.
var sites string

// TestMain removes the sites when all is measured: ext4 passes over inodes that were deleted a
// short while ago, one by one, which took a third of the time of a benchmark that ran after another.
func TestMain(m *testing.M) {
	var err error
	if sites, err = os.MkdirTemp("", "blogtest"); err != nil {
		panic(err)
	}
	code := m.Run()
	if err := os.RemoveAll(sites); err != nil {
		panic(err)
	}
	os.Exit(code)
}

// disk is a site on the real disk.
func disk(tb testing.TB) afero.Fs {
	tb.Helper()
	dir, err := os.MkdirTemp(sites, "site")
	if err != nil {
		tb.Fatal(err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { root.Close() })
	return tree.New(root)
}
