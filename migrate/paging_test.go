package migrate_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"replant/migrate"
	"replant/migrate/ledger"
)

const idas = "dev.to/feed/ida"

func TestFirstRunReadsToTheEnd(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		last     func(*weblog) (string, error)
		requests int
	}{
		"a page that does not exist": {func(*weblog) (string, error) { return "", nil }, 3},
		"an empty page":              {func(b *weblog) (string, error) { return b.feed(nil), nil }, 3},
		"the last page once more":    {func(b *weblog) (string, error) { return b.page(2) }, 4},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w, b := newWorld(t), foremBlog(2, "d-11", "c-12", "b-13", "a-14")
			w.follow(b.address, func(n int) (string, error) {
				if end, err := c.last(b); n > 2 && end != "" {
					return end, err
				}
				return b.page(n)
			})
			out := w.run()
			w.expect("troubles", troubles(out))
			w.expect("requests", w.requests(), []string{idas, idas + "?page=2", idas + "?page=3", idas + "?page=4"}[:c.requests]...)
			if got := w.memory().Feeds[0].Pages; len(w.markdown()) != 4 || got != ledger.All {
				t.Errorf("%d pages made, the feed was read to %d", len(w.markdown()), got)
			}
			w.settled()
		})
	}
}

// A post that comes out while the pages are read pushes one from each page to the next.
func TestPostThatMovesToTheNextPageMeanwhile(t *testing.T) {
	t.Parallel()
	w, b := newWorld(t), foremBlog(2, "d-11", "c-12", "b-13", "a-14")
	w.follow(b.address, func(n int) (string, error) {
		if n == 2 {
			b.add(&article{link: "https://dev.to/ida/e-15", title: "E", body: "<p>New.</p>", date: firstDay.AddDate(0, 0, 9)})
		}
		return b.page(n)
	})
	out := w.run()
	w.expect("changes", changes(out), "create content/posts/d/index.md", "create content/posts/c/index.md",
		"create content/posts/b/index.md", "create content/posts/a/index.md")
	w.expect("the next run", changes(w.run()), "create content/posts/e/index.md")
}

func TestOlderPageThatFails(t *testing.T) {
	t.Parallel()
	w, b := newWorld(t), foremBlog(1, "c-11", "b-12", "a-13")
	b.broken = map[int]error{2: errors.New("500 Internal Server Error")}
	w.publish(b)
	out := w.run()
	w.expect("troubles", troubles(out), "https://"+idas+": page 2: 500 Internal Server Error")
	w.expect("pages", w.markdown(), "content/posts/c/index.md")
	out = w.run()
	w.expect("troubles", troubles(out))
	w.expect("lasting", lasting(out), "https://"+idas+": page 2: 500 Internal Server Error")
	w.expect("pages", w.markdown(), "content/posts/c/index.md")
	b.broken = nil
	w.requests()
	out = w.run()
	if len(out.Ended) != 1 {
		t.Errorf("ended: %q", out.Ended)
	}
	w.expect("changes", changes(out), "create content/posts/b/index.md", "create content/posts/a/index.md")
	w.expect("requests", w.requests(), idas, idas+"?page=2", idas+"?page=3", idas+"?page=4")
	w.settled()
}

func TestFeedThatBreaksOff(t *testing.T) {
	t.Parallel()
	w, b := newWorld(t), plainBlog("b", "a")
	whole := false
	w.follow(b.address, func(n int) (string, error) {
		page, err := b.page(n)
		if !whole {
			page = page[:strings.LastIndex(page, "About a")]
		}
		return page, err
	})
	out := w.run()
	w.expect("pages", w.markdown(), "content/posts/b/index.md")
	if len(out.Troubles) != 1 || !strings.Contains(out.Troubles[0].Text, "breaks off") {
		t.Errorf("troubles are %q", troubles(out))
	}
	whole = true
	w.expect("changes", changes(w.run()), "create content/posts/a/index.md")
	w.settled()
}

// A later run goes on where an older page could not be read, and reads nothing in between
// again.
func TestReadingGoesOnBehindAGap(t *testing.T) {
	t.Parallel()
	w, b := newWorld(t), foremBlog(1, "f-11", "e-12", "d-13", "c-14", "b-15", "a-16")
	b.broken = map[int]error{5: errDown}
	w.publish(b)
	out := w.run()
	w.expect("troubles", troubles(out), "https://"+idas+": page 5: 503 Service Unavailable")
	if !errors.Is(out.Troubles[0].Err, errDown) {
		t.Errorf("the cause is %v", out.Troubles[0].Err)
	}
	w.requests()
	out = w.run()
	w.expect("troubles", troubles(out))
	w.expect("lasting", lasting(out), "https://"+idas+": page 5: 503 Service Unavailable")
	w.expect("requests", w.requests(), idas, idas+"?page=4", idas+"?page=5")

	b.add(&article{link: "https://dev.to/ida/g-17", title: "G", body: "<p>G.</p>", date: firstDay.AddDate(0, 1, 0)})
	out = w.run(pages(1)) // too few to get there: the gap stays known
	w.expect("changes", changes(out), "create content/posts/g/index.md")
	w.expect("ended", out.Ended)
	w.requests()

	b.broken = nil
	w.expect("changes", changes(w.run()), "create content/posts/b/index.md", "create content/posts/a/index.md")
	w.expect("requests", w.requests(), idas, idas+"?page=4", idas+"?page=5", idas+"?page=6", idas+"?page=7", idas+"?page=8")
	if f := w.memory().Feeds[0]; f.Resume != nil || f.Pages != ledger.All {
		t.Errorf("the feed is remembered as %+v", f)
	}
	w.settled()
}

// A feed without an end is given up at a bound that the author may move, told once.
func TestFeedWithoutEnd(t *testing.T) {
	if testing.Short() {
		t.Skip("2,000 pages")
	}
	t.Parallel()
	w, b := newWorld(t), foremBlog(1)
	w.follow(b.address, func(n int) (string, error) {
		return b.feed([]*article{{link: fmt.Sprint("https://dev.to/ida/post-", n+1000), title: fmt.Sprint("Post ", n), body: "<p>Words.</p>"}}), nil
	})
	out := w.run(with(migrate.Settings{Images: migrate.Remote}))
	w.expect("troubles", troubles(out), "https://"+idas+": stopped after 2000 pages; to read more of them, ask for more with --pages")
	if n := len(w.requests()); n != 2000 {
		t.Errorf("asked for %d pages", n)
	}
	w.idle()
	if n := len(w.requests()); n != 1 {
		t.Errorf("a sync asked for %d pages", n)
	}
	w.expect("troubles", troubles(w.run(pages(2003))))
	if n := len(w.markdown()); n != 2003 {
		t.Errorf("%d pages were made", n)
	}
}

// A first migration says where the posts are that the feed does not show.
func TestWhereTheRestIs(t *testing.T) {
	t.Parallel()
	medium := plainBlog("j", "i", "h", "g", "f", "e", "d", "c", "b", "a")
	for i, p := range medium.posts {
		p.guid = fmt.Sprint("https://medium.com/p/00000000000", i)
	}
	for name, c := range map[string]struct {
		blog *weblog
		ask  []option
		want []string
	}{
		"a window":                       {medium, nil, []string{"https://blog.example/feed.xml: the feed shows the latest 10 posts alone; for all of them, export the blog (Medium: Settings, Security and apps, Download your information) and give the file in the place of FEED"}},
		"a window, and only what is new": {medium, []option{since("2020-01-01")}, nil},
		"all posts":                      {foremBlog(2, "c-11", "b-12", "a-13"), nil, nil},
		"as many as asked for": {foremBlog(1, "c-11", "b-12", "a-13"), []option{pages(2)},
			[]string{"https://dev.to/feed/ida: older pages are left for the next run; to leave older posts out for good, ask for --since DATE"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.publish(c.blog)
			w.expect("hints", w.run(c.ask...).Hints, c.want...)
			w.expect("hints of a sync", w.run(c.ask...).Hints)
		})
	}
}

func TestAsManyPagesAsAskedFor(t *testing.T) {
	t.Parallel()
	w, b := newWorld(t), foremBlog(1, "d-11", "c-12", "b-13", "a-14")
	w.publish(b)
	for _, step := range []struct {
		ask  []option
		want []string
	}{
		{[]option{pages(1)}, []string{"create content/posts/d/index.md"}},
		{[]option{pages(1)}, nil},
		{[]option{pages(2)}, []string{"create content/posts/c/index.md"}},
		{[]option{pages(1)}, nil},
		{nil, []string{"create content/posts/b/index.md", "create content/posts/a/index.md"}},
		{nil, nil},
		{[]option{pages(3)}, nil},
	} {
		w.expect("changes", changes(w.run(step.ask...)), step.want...)
	}
	w.settled()
}

func TestSyncReadsNoFurtherThanTheNews(t *testing.T) {
	t.Parallel()
	w, b := newWorld(t), foremBlog(2, "f-11", "e-12", "d-13", "c-14", "b-15", "a-16")
	w.publish(b)
	w.run()
	w.requests()

	w.run()
	w.expect("with nothing new", w.requests(), idas)
	w.forget()
	w.run()
	w.expect("with nothing new and no cache", w.requests(), idas)

	b.add(&article{link: "https://dev.to/ida/g-17", title: "G", body: "<p>G.</p>", date: firstDay.AddDate(0, 1, 0)})
	w.expect("changes", changes(w.run()), "create content/posts/g/index.md")
	w.expect("with one new post", w.requests(), idas, idas+"?page=2")

	for _, s := range []string{"h-18", "i-19", "j-20"} {
		b.add(&article{link: "https://dev.to/ida/" + s, title: s, body: "<p>" + s + ".</p>", date: firstDay.AddDate(0, 2, 0)})
	}
	w.run()
	w.expect("with more than a page of news", w.requests(), idas, idas+"?page=2", idas+"?page=3")
	w.settled()
}

func TestPlatformWithoutOlderPagesIsAskedOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.publish(plainBlog("b", "a"))
	w.run()
	w.expect("requests", w.requests(), "blog.example/feed.xml")
}

// Settings that are asked for hold from then on; what is not asked for is as before.
func TestSettingsAreRemembered(t *testing.T) {
	t.Parallel()
	w, b := newWorld(t), plainBlog("a")
	w.publish(b)
	w.run(with(migrate.Settings{Section: "notes", Layout: "flat"}))
	b.add(&article{link: "https://blog.example/b", title: "B", body: "<p>B.</p>"})
	w.run()
	w.expect("pages", w.markdown(), "content/notes/a.md", "content/notes/b.md")
	b.add(&article{link: "https://blog.example/c", title: "C", body: "<p>C.</p>"})
	w.run(with(migrate.Settings{Section: "essays"}))
	w.expect("pages", w.markdown(), "content/essays/c.md", "content/notes/a.md", "content/notes/b.md")
	w.settled()
}
