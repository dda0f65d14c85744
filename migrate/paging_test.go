package migrate_test

import (
	"errors"
	"strings"
	"testing"

	"replant/migrate"
	"replant/migrate/ledger"
)

const idas = "dev.to/feed/ida"

func TestFirstRunReadsToTheEnd(t *testing.T) {
	t.Parallel()
	for name, last := range map[string]func(*weblog) (string, error){
		"a page that does not exist": func(*weblog) (string, error) { return "", nil },
		"an empty page":              func(b *weblog) (string, error) { return b.feed(nil), nil },
		"the last page once more":    func(b *weblog) (string, error) { return b.page(2) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w, b := newWorld(t), foremBlog(2, "d-11", "c-12", "b-13", "a-14")
			w.follow(b.address, func(n int) (string, error) {
				if end, err := last(b); n > 2 && end != "" {
					return end, err
				}
				return b.page(n)
			})
			out := w.run()
			w.expect("troubles", troubles(out))
			w.expect("requests", w.requests(), idas, idas+"?page=2", idas+"?page=3")
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
	for range 2 { // as often as it is tried
		out := w.run()
		w.expect("troubles", troubles(out), "https://"+idas+": page 2: 500 Internal Server Error")
		w.expect("pages", w.markdown(), "content/posts/c/index.md")
	}
	b.broken = nil
	w.requests()
	out := w.run()
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
