package migrate_test

import (
	"testing"
	"time"

	"replant/migrate"
)

func since(day string) option { return with(migrate.Settings{Since: day}) }

// Posts from before the day that was asked for are not made, and pages of nothing else
// are not read. It holds until another day is asked for.
func TestSince(t *testing.T) {
	t.Parallel()
	w, b := newWorld(t), foremBlog(2, "h-18", "g-17", "f-16", "e-15", "d-14", "c-13", "b-12", "a-11") // of the 9th to the 2nd of January
	w.publish(b)
	w.expect("changes", changes(w.run(since("2026-01-07"))),
		"create content/posts/h/index.md", "create content/posts/g/index.md", "create content/posts/f/index.md")
	w.expect("requests", w.requests(), idas, idas+"?page=2", idas+"?page=3")
	w.settled()
	w.requests()
	w.expect("the next run", changes(w.run()))
	w.expect("its requests", w.requests(), idas)

	w.expect("an earlier day", changes(w.run(since("2026-01-05"))), "create content/posts/e/index.md", "create content/posts/d/index.md")
	w.settled()
	w.expect("a later day", changes(w.run(since("2026-01-08"))))
	b.posts[2].body = "<p>Of old, and changed.</p>" // what is here already stays, and is kept up to date
	b.posts[0].body = "<p>New words.</p>"
	b.posts[1].body = "<p>New words.</p>"
	w.expect("a change", changes(w.run()), "update content/posts/h/index.md", "update content/posts/g/index.md", "update content/posts/f/index.md")
	w.expect("no day", changes(w.run(since(migrate.Ever))),
		"create content/posts/c/index.md", "create content/posts/b/index.md", "create content/posts/a/index.md")
	if got := w.memory().Feeds[0].Since; got != "" {
		t.Errorf("it is remembered as %q", got)
	}
	w.settled()
}

// The day is that of the post's own zone; a post without a date is none too old.
func TestSinceGoesByThePostsOwnCalendar(t *testing.T) {
	t.Parallel()
	w, b := newWorld(t), plainBlog("undated", "late", "early")
	west := time.FixedZone("", -8*60*60)
	b.posts[0].date = time.Time{}
	b.posts[1].date = time.Date(2026, 1, 6, 0, 0, 0, 0, west)
	b.posts[2].date = time.Date(2026, 1, 5, 23, 59, 59, 0, west) // the 6th in UTC
	w.publish(b)
	w.expect("changes", changes(w.run(since("2026-01-06"))), "create content/posts/undated/index.md", "create content/posts/late/index.md")
	w.settled()
}

// A feed that is not in order is read to its end: newer posts may stand anywhere.
func TestSinceInAFeedWithoutOrder(t *testing.T) {
	t.Parallel()
	for name, days := range map[string][]int{
		"oldest first": {1, 2, 3, 4, 5, 6, 7, 8},
		"pinned":       {1, 8, 7, 6, 5, 4, 3, 2},
		"one by one":   {8, 1, 7, 2, 6, 3, 5, 4},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w, b := newWorld(t), foremBlog(2, "a-11", "b-12", "c-13", "d-14", "e-15", "f-16", "g-17", "h-18")
			for i, day := range days {
				b.posts[i].date = firstDay.AddDate(0, 0, day-1)
			}
			w.publish(b)
			w.run(since("2026-01-05"))
			if got := w.markdown(); len(got) != 4 {
				t.Errorf("%d pages are made", len(got))
			}
			w.settled()
		})
	}
}
