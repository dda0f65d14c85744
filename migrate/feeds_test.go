package migrate_test

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"replant/migrate"
	"replant/migrate/ledger"
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

	out := w.run(on(1))
	w.expect("changes", changes(out), "create content/posts/a/index.md", "create content/posts/note/index.md")
	w.failed(out, "https://dev.to/feed/ida: 503 Service Unavailable")
	w.expect("troubles", troubles(out))

	out = w.run() // it is told once
	w.failed(out)
	w.expect("lasting", lasting(out), "https://dev.to/feed/ida: 503 Service Unavailable")
	if !out.Plan.Empty() {
		t.Errorf("changes are %q", changes(out))
	}

	down.broken = nil
	out = w.run(on(3))
	w.expect("when it is back", changes(out), "create content/posts/z/index.md")
	w.expect("and told", out.Ended, "https://dev.to/feed/ida: is well again; it had failed since 2026-03-01 (2 days)")
	w.expect("lasting", lasting(out))
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
	const hint = "give the address of the blog's front page or of the feed itself, or an export of the blog"
	for addr, tried := range map[string]string{
		"https://dev.to/ida":             "/feed/ida", // and not what the community has
		"https://other.example/my":       "/my/rss.xml, /my/feed.xml, /my/index.xml, /my/atom.xml",
		"https://other.example/":         "/feed/, /rss.xml, /feed.xml, /index.xml, /atom.xml",
		"https://other.example/a/b.html": "/a/rss.xml, /a/feed.xml, /a/index.xml, /a/atom.xml",
		"https://ida.substack.com/about": "/feed",
	} {
		w := newWorld(t)
		w.follow(addr, func(int) (string, error) {
			return "<!doctype html><html><head></head><body><p>Hello</p></body></html>", nil
		})
		_, err := w.compute()
		var feed *migrate.FeedError
		if !errors.As(err, &feed) || feed.Hint() != hint || !strings.HasSuffix(err.Error(), "; it names none, and there is none at "+tried) {
			t.Errorf("%s: %v, hint %q; want %s", addr, err, feed.Hint(), tried)
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
		"ftp://blog.example/feed.xml":      "https://blog.example/: this is a web page, not a feed; it names none, and there is none at /feed/, /rss.xml, /feed.xml, /index.xml, /atom.xml",
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

// on is a run on a day of March 2026.
func on(day int) option {
	return func(m *migrate.Migration) { m.Today = time.Date(2026, time.March, day, 12, 0, 0, 0, time.UTC) }
}

// lasting gives what was told before and has not ended.
func lasting(out *migrate.Outcome) (lines []string) {
	for _, l := range out.Lasting {
		lines = append(lines, l.Text)
	}
	return lines
}

// week runs a site with one feed once a day, for a week in which it is away on some days. It
// gives what each run told.
func (w *world) week(b *weblog, away ...int) (told [][]string) {
	w.Helper()
	for day := 1; day <= 7; day++ {
		b.broken = nil
		if slices.Contains(away, day) {
			b.broken = map[int]error{1: fmt.Errorf("day %d: %w", day, errDown)}
		}
		out := w.run(on(day))
		var all []string
		for _, err := range out.Failed {
			all = append(all, err.Error())
		}
		told = append(told, slices.Concat(all, troubles(out), out.Ended))
		if unread := len(out.Unread) > 0; unread != slices.Contains(away, day) || unread != (len(out.Failed)+len(out.Lasting) > 0) {
			w.Errorf("day %d: unread %v, failed %v, lasting %v", day, out.Unread, out.Failed, out.Lasting)
		}
	}
	return told
}

// The only feed of a site is away for two days of a week: two of seven runs speak, and the
// ledger is written twice.
func TestWeekWithAFeedAway(t *testing.T) {
	t.Parallel()
	w, b := newWorld(t), plainBlog("b", "a")
	w.publish(b)
	w.run(on(1))
	was := w.read(ledger.Name)
	for day, told := range w.week(b, 3, 4) {
		switch day + 1 {
		case 3:
			w.expect("day 3", told, "https://blog.example/feed.xml: day 3: 503 Service Unavailable")
		case 5:
			w.expect("day 5", told, "https://blog.example/feed.xml: is well again; it had failed since 2026-03-03 (2 days)")
		default:
			w.expect(fmt.Sprintf("day %d", day+1), told)
		}
	}
	if now := w.read(ledger.Name); now != was {
		t.Errorf("the ledger became %s", now)
	}
	w.settled()
}

// An outage that goes on does not touch the ledger, whatever the server says on each day.
func TestOutageIsWrittenOnce(t *testing.T) {
	t.Parallel()
	w, b := newWorld(t), plainBlog("a")
	w.publish(b)
	w.run(on(1))
	b.broken = map[int]error{1: errDown}
	w.run(on(2))
	was := w.read(ledger.Name)
	b.broken = map[int]error{1: errors.New("404 Not Found")}
	out := w.run(on(3))
	w.expect("lasting", lasting(out), "https://blog.example/feed.xml: 404 Not Found")
	if !out.Plan.Empty() || w.read(ledger.Name) != was {
		t.Errorf("the ledger became %s", w.read(ledger.Name))
	}
}

// A killed run's journal is not cleared away by a run that read nothing.
func TestOutageLeavesTheJournal(t *testing.T) {
	t.Parallel()
	w, b := newWorld(t), plainBlog("b", "a")
	w.publish(b)
	w.run()
	b.posts[0].body, b.posts[1].body = "<p>New words.</p>", "<p>More new words.</p>"
	if w.runFor(6) {
		t.Fatal("the run came to its end")
	}
	was := w.read(ledger.JournalName)
	b.broken = map[int]error{1: errDown}
	if _, err := w.compute(); !errors.Is(err, errDown) || was == "" || w.read(ledger.JournalName) != was {
		t.Errorf("error %v; the journal was %q", err, was)
	}
	b.broken = nil
	w.run()
	w.settled()
}
