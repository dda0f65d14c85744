package migrate_test

import (
	"io"
	"maps"
	"runtime"
	"slices"
	"strings"
	"testing"

	"replant/migrate"
)

// TestCostIsInStep doubles feeds that are made to cost much: what a run allocates may
// double too, and not grow as squares do, by four. BenchmarkBounds shows the time.
// In short, it takes one kind of four.
//
//nolint:paralleltest // it counts what the whole program allocates
func TestCostIsInStep(t *testing.T) {
	const size = 48 << 10
	for n, name := range slices.Sorted(maps.Keys(costly)) {
		if testing.Short() && n%12 > 0 {
			continue
		}
		t.Run(name, func(t *testing.T) {
			once, twice := allocates(t, costly[name](size)), allocates(t, costly[name](2*size))
			if twice > 3*once+1<<20 {
				t.Errorf("%d bytes became %d when the feed doubled", once, twice)
			}
		})
	}
}

// allocates counts the bytes that a run with a feed allocates.
func allocates(t *testing.T, feed string) uint64 {
	t.Helper()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	planned(t, feed)
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

// planned runs with a feed whose pictures stay where they are.
func planned(t testing.TB, feed string) *migrate.Outcome {
	t.Helper()
	w := newWorld(t)
	w.feeds = []migrate.Feed{{
		Address: "feed.xml", Settings: migrate.Settings{Images: migrate.Remote},
		Open: func() (io.ReadCloser, error) { return file{strings.NewReader(feed)}, nil },
	}}
	out, err := w.compute()
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// file is a feed that can be read twice, as exports are.
type file struct{ *strings.Reader }

func (file) Close() error { return nil }

// BenchmarkBounds doubles the same feeds: time should double.
func BenchmarkBounds(b *testing.B) {
	for _, name := range slices.Sorted(maps.Keys(costly)) {
		for _, size := range []int{64, 128, 256} {
			b.Run(strings.ReplaceAll(name, " ", "-"), func(b *testing.B) {
				feed := costly[name](size << 10)
				b.SetBytes(int64(len(feed)))
				b.ReportAllocs()
				for b.Loop() {
					planned(b, feed)
				}
			})
		}
	}
}

// TestPostBeyondItsBudget: a post that would take too much costs itself alone, and is
// told once.
func TestPostBeyondItsBudget(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ body, cause string }{
		"bytes":    {strings.Repeat("<p>one and the same line</p>\n", 300_000), "its text has 8.3 MB, and replant converts up to 8"},
		"elements": {strings.Repeat("<b>a</b>", 250_001), "its text has more than 250000 elements of HTML"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w, b := newWorld(t), plainBlog("c", "bad", "a")
			b.posts[1].body = c.body
			w.publish(b)
			out := w.run()
			w.expect("changes", changes(out), "create content/posts/c/index.md", "create content/posts/a/index.md")
			w.expect("troubles", troubles(out), `post "BAD": `+c.cause)
			w.settled()
			b.posts[1].body = "<p>short</p>"
			w.expect("when it is short", changes(w.run()), "create content/posts/bad/index.md")
		})
	}
}
