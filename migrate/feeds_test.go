package migrate_test

import (
	"errors"
	"reflect"
	"slices"
	"testing"

	"replant/migrate"
)

var errDown = errors.New("503 Service Unavailable")

// A feed that fails costs the others nothing.
func TestOneFeedOfSeveralFails(t *testing.T) {
	t.Parallel()
	w, down := newWorld(t), foremBlog(9, "z-11")
	down.broken = map[int]error{1: errDown}
	notes := plainBlog("note")
	w.publish(plainBlog("a"))
	w.publish(down)
	notes.address = "https://notes.example/feed.xml"
	w.publish(notes)

	out := w.run()
	w.expect("changes", changes(out), "create content/posts/a/index.md", "create content/posts/note/index.md")
	w.failed(out, "https://dev.to/feed/ida: 503 Service Unavailable")
	w.expect("troubles", troubles(out))

	out = w.run() // it is told each time
	w.failed(out, "https://dev.to/feed/ida: 503 Service Unavailable")
	if !out.Plan.Empty() {
		t.Errorf("changes are %q", changes(out))
	}

	down.broken = nil
	w.expect("when it is back", changes(w.run()), "create content/posts/z/index.md")
	w.settled()
}

// failed asserts which feeds could not be read, and why.
func (w *world) failed(out *migrate.Outcome, want ...string) {
	w.Helper()
	var got []string
	for _, err := range out.Failed {
		got = append(got, err.Error())
	}
	w.expect("failed", got, want...)
}

// Only when nothing could be read is that the run's own failure.
func TestAllFeedsFail(t *testing.T) {
	t.Parallel()
	w, a, b := newWorld(t), plainBlog("a"), foremBlog(9, "z-11")
	a.broken, b.broken = map[int]error{1: errDown}, map[int]error{1: errDown}
	w.publish(a)
	w.publish(b)
	_, err := w.compute()
	var feed *migrate.FeedError
	if !errors.As(err, &feed) || !errors.Is(err, errDown) {
		t.Fatalf("error is %v", err)
	}
	const want = "https://blog.example/feed.xml: 503 Service Unavailable\nhttps://dev.to/feed/ida: 503 Service Unavailable"
	if err.Error() != want {
		t.Errorf("error is\n%v\nwant\n%s", err, want)
	}
}

// A feed that fails later on keeps what it brought.
func TestFeedThatFailsLaterKeepsItsPages(t *testing.T) {
	t.Parallel()
	w, a, b := newWorld(t), plainBlog("a"), foremBlog(9, "z-11")
	w.publish(a)
	w.publish(b)
	w.run()
	b.broken = map[int]error{1: errDown}
	a.posts[0].body = "<p>New words.</p>"
	was := w.read("content/posts/z/index.md")
	w.expect("changes", changes(w.run()), "update content/posts/a/index.md")
	if got := w.read("content/posts/z/index.md"); got != was {
		t.Errorf("the page became\n%s", got)
	}
}

func TestWebPageInPlaceOfAFeed(t *testing.T) {
	t.Parallel()
	for addr, hint := range map[string]string{
		"https://dev.to/ida":       "try https://dev.to/feed/ida",
		"https://other.example/my": "look for the page's RSS or Atom link; it is often at /feed, /rss.xml or /feed.xml",
	} {
		w := newWorld(t)
		w.follow(addr, func(int) (string, error) {
			return "<!doctype html><html><head></head><body><p>Hello</p></body></html>", nil
		})
		_, err := w.compute()
		var feed *migrate.FeedError
		if !errors.As(err, &feed) || feed.Hint() != hint {
			t.Errorf("%s: %v, want the hint %q", addr, err, hint)
		}
	}
}

// A page names its feed: on its own host, on another, or where nobody from outside may go.
func TestPageNamesItsFeed(t *testing.T) {
	t.Parallel()
	const feed = `<rss><channel><item><title>A</title><link>https://blog.example/a</link><pubDate>Thu, 03 Jan 2026 10:00:00 +0000</pubDate></item></channel></rss>`
	for named, want := range map[string]string{
		"https://blog.example/feed.xml":    "",
		"https://feeds.example/blog":       "",
		"https://private.example/feed.xml": "https://blog.example/: its feed https://private.example/feed.xml: leads into a private network",
		"ftp://blog.example/feed.xml":      "https://blog.example/: this is a web page, not a feed",
	} {
		w := newWorld(t)
		w.follow("https://blog.example/", func(int) (string, error) {
			return `<html><head><link rel="alternate" type="application/rss+xml" href="` + named + `"></head></html>`, nil
		})
		w.web.feeds[named] = func(int) (string, error) { return feed, nil }
		out, err := w.compute()
		switch {
		case want != "" && (err == nil || err.Error() != want):
			t.Errorf("%s: %v, want %s", named, err, want)
		case want == "" && (err != nil || len(changes(out)) != 1):
			t.Errorf("%s: %v", named, err)
		}
	}
}

// The site remembers its feeds and how they were asked for.
func TestRemembered(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	if _, err := migrate.Remembered(w.site); !errors.Is(err, migrate.ErrNoLedger) {
		t.Errorf("a site without a ledger: %v", err)
	}
	w.publish(plainBlog("a"))
	w.publish(foremBlog(9, "z-11"))
	w.feeds[1].Secret = "fingerprint"
	want := migrate.Settings{
		Target: "hugo", Section: "notes", Layout: "flat", Images: migrate.Remote,
		Breaks: "soften", Shift: "1", Embeds: "link", FrontMatter: migrate.TOML,
	}
	w.run(with(want))
	got, err := migrate.Remembered(w.site)
	if err != nil || len(got) != 2 {
		t.Fatalf("%+v, %v", got, err)
	}
	for i, f := range got {
		if f.Address != w.feeds[i].Address || f.Secret != w.feeds[i].Secret || !reflect.DeepEqual(f.Settings, want) {
			t.Errorf("feed %d is remembered as %+v", i, f)
		}
	}
	w.expect("by a run with them", changes(w.run(with(got[0].Settings))))
}

func TestFeedsOfASiteInAnyOrder(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.publish(plainBlog("a"))
	w.publish(foremBlog(9, "z-11"))
	w.run()
	slices.Reverse(w.feeds)
	w.settled()
}
