package migrate_test

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/spf13/afero"

	"replant/migrate"
	"replant/migrate/tree"
)

// onlooker notes which files of a site are opened, and what is written.
type onlooker struct {
	afero.Fs
	mu     sync.Mutex
	opened []string
}

func (w *onlooker) note(name string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if !slices.Contains(w.opened, name) {
		w.opened = append(w.opened, name)
	}
}

func (w *onlooker) Open(name string) (afero.File, error) {
	if info, err := w.Stat(name); err == nil && !info.IsDir() {
		w.note(name)
	}
	return w.Fs.Open(name)
}

func (w *onlooker) OpenFile(name string, flag int, perm fs.FileMode) (afero.File, error) {
	w.note(name)
	return w.Fs.OpenFile(name, flag, perm)
}

// blogOf has a blog of so many posts.
func blogOf(posts int) *weblog {
	slugs := make([]string, posts)
	for i := range slugs {
		slugs[i] = fmt.Sprint("post-", posts-i)
	}
	b := plainBlog(slugs...)
	b.size = posts + 100
	return b
}

// watch makes a run on a site that is watched, and gives the files that it opened.
func (w *world) watch() (out *migrate.Outcome, opened []string) {
	w.Helper()
	seen := &onlooker{Fs: w.site}
	out = w.plan(func(m *migrate.Migration) { m.Site = afero.NewReadOnlyFs(seen) })
	slices.Sort(seen.opened)
	return out, seen.opened
}

// With nothing new a run opens the ledger and no other file, however many posts there
// are, and asks one time. With one new post it opens no page of the others.
func TestNothingNewCostsNothing(t *testing.T) {
	t.Parallel()
	w, b := newWorld(t), blogOf(300)
	w.publish(b)
	w.run()
	w.asked = nil
	out, opened := w.watch()
	if !out.Plan.Empty() {
		t.Errorf("there is news: %q", changes(out))
	}
	w.expect("opened with nothing new", opened, ".replant/ledger.json")
	w.expect("asked with nothing new", w.asked, "blog.example/feed.xml")

	w.forget() // the cache is lost, and the feed read in full
	_, opened = w.watch()
	w.expect("opened with nothing new and no cache", opened, ".replant/ledger.json")

	b.add(&article{link: "https://blog.example/news", guid: "news", title: "News", body: "<p>New.</p>", date: firstDay})
	out, opened = w.watch()
	w.expect("news", changes(out), "create content/posts/news/index.md")
	w.expect("opened with one new post", opened, ".replant/ledger.json")
}

// A feed file that is as it was is not read again, unless the site is another or more is
// asked for.
func TestSameFileIsNotRead(t *testing.T) {
	t.Parallel()
	w, b := newWorld(t), blogOf(20)
	text, opened := b.feed(b.posts), 0
	w.feeds = []migrate.Feed{{
		Address: "/blog.xml", File: &url.URL{Scheme: "file", Path: "/blog.xml"},
		Open: func() (io.ReadCloser, error) { opened++; return io.NopCloser(strings.NewReader(text)), nil },
	}}
	times := func(want int, out *migrate.Outcome) {
		t.Helper()
		if opened != want {
			t.Errorf("the file was opened %d times, not %d; changes %q", opened, want, changes(out))
		}
		opened = 0
	}
	times(2, w.run()) // to be hashed, and to be read
	times(1, w.run())
	times(2, w.run(refresh))
	if err := w.site.Remove("content/posts/post-3/index.md"); err != nil {
		t.Fatal(err)
	}
	times(1, w.run())
	times(2, w.run(restore))
	w.run()
	opened = 0
	b.add(&article{link: "https://blog.example/news", guid: "news", title: "News", body: "<p>New.</p>", date: firstDay})
	text = b.feed(b.posts)
	out := w.run()
	w.expect("news", changes(out), "create content/posts/news/index.md")
	w.forget()
	opened = 0
	times(2, w.run())
}

// settle makes a run without waiting for the disk.
func (w *world) settle() {
	w.Helper()
	out := w.plan()
	put := func(site afero.Fs, _, name string, r io.Reader) error { return afero.WriteReader(site, name, r) }
	if err := out.Plan.Apply(context.Background(), w.site, put, tree.Sync); err != nil {
		w.Fatal(err)
	}
	if err := out.Remember(); err != nil {
		w.Fatal(err)
	}
}

// BenchmarkSync reports what a run costs on a site of 10,000 posts: with nothing new, and
// with one new post.
func BenchmarkSync(b *testing.B) {
	for _, news := range []int{0, 1} {
		b.Run(fmt.Sprint("new=", news), func(b *testing.B) {
			w, blog := newWorld(b), blogOf(10_000)
			root, err := os.OpenRoot(b.TempDir())
			if err != nil {
				b.Fatal(err)
			}
			defer root.Close()
			w.site = tree.New(root)
			w.publish(blog)
			w.settle()
			if news > 0 {
				blog.add(&article{link: "https://blog.example/news", guid: "news", title: "News", body: "<p>New.</p>", date: firstDay})
			}
			w.asked = nil
			files := 0
			b.ResetTimer()
			for range b.N {
				out, opened := w.watch()
				if got := len(changes(out)); got != news {
					b.Fatalf("%d changes", got)
				}
				files = len(opened)
			}
			b.ReportMetric(float64(files), "files/op")
			b.ReportMetric(float64(len(w.asked))/float64(b.N), "requests/op")
		})
	}
}
