package migrate_test

import (
	"maps"
	"strings"
	"testing"

	"replant/migrate"
)

// longSoup is a blog of one post that is long enough to become less.
func longSoup() *weblog {
	b := soup()
	b.posts[0].body = "<p>Boil.</p><p>" + strings.Repeat("Cut what you have into small pieces. ", 12) + "</p><p>Serve.</p>"
	return b
}

// A run that dies while a source has less is made good by the next one, whether the source
// has all of it again by then or not.
func TestKilledWhileTheSourceHasLess(t *testing.T) {
	t.Parallel()
	history := func(whole bool, steps int) (map[string]string, bool) {
		w, b := newWorld(t), longSoup()
		w.publish(b)
		w.run()
		text := w.read(hello)
		b.mood = teasers
		ended := w.runFor(steps)
		if whole {
			b.mood = ""
		}
		w.run()
		if w.read(hello) != text {
			t.Errorf("whole %v, %d steps: the page became\n%s", whole, steps, w.read(hello))
		}
		w.settled()
		return files(t, w.site), ended
	}
	for _, whole := range []bool{false, true} {
		want, _ := history(whole, 0)
		for steps := 1; ; steps++ {
			got, ended := history(whole, steps)
			if !maps.Equal(got, want) {
				t.Errorf("whole %v, %d steps: %s", whole, steps, differences(got, want))
			}
			if ended {
				break
			}
		}
	}
}

// A post that a killed run has brought, and that is less by the next run, stays.
func TestKilledFirstRunBeforeTheSourceHasLess(t *testing.T) {
	t.Parallel()
	for steps := 1; ; steps++ {
		w, b := newWorld(t), longSoup()
		w.publish(b)
		ended := w.runFor(steps)
		text := w.read(hello)
		b.mood = hollow
		w.run()
		if text != "" && w.read(hello) != text {
			t.Errorf("%d steps: the page became\n%s", steps, w.read(hello))
		}
		w.settled()
		b.mood = ""
		w.run()
		w.has(hello, "Serve.")
		w.settled()
		if ended {
			break
		}
	}
}

// A version that waits for its author is not replaced by a lesser one.
func TestConflictOutlivesALesserSource(t *testing.T) {
	t.Parallel()
	w, b := newWorld(t), longSoup()
	w.publish(b)
	w.run()
	w.edit("Serve.", "Gulp.")
	b.replace("Serve", "Eat")
	w.expect("changes", changes(w.run()), "conflict "+hello)
	b.mood = hollow
	w.expect("changes", changes(w.run()))
	w.has(helloConflict, "Eat.")
	w.settled()
	w.choose("source", hello)
	w.has(hello, "Eat.")
	w.expect("once it is settled", changes(w.run()), "shrunk "+hello)
	w.has(hello, "Eat.")
	w.settled()
}

// The form of a page changes with its settings, however much shorter it becomes.
func TestSettingsMayShrinkAPage(t *testing.T) {
	t.Parallel()
	w, b := newWorld(t), longSoup()
	b.posts[0].body = img("https://pictures.example/a.png") + img("https://pictures.example/b.png")
	w.pictures["https://pictures.example/a.png"], w.pictures["https://pictures.example/b.png"] = png("a"), png("b")
	w.publish(b)
	w.run()
	w.expect("changes", changes(w.run(with(migrate.Settings{SkipImages: "a.png"}))), "delete content/posts/hello/a.png", "update "+hello)
}

// A post whose place another file has waits with its text, whatever the source has of it by
// then: its author may still take it, and then the page stays as well.
func TestWaitingPostOutlivesALesserSource(t *testing.T) {
	t.Parallel()
	for _, m := range []mood{teasers, hollow, blocked} {
		w, b := newWorld(t), longSoup()
		b.posts = append(b.posts, plainBlog("other").posts...)
		w.publish(b)
		w.write(hello, "A file of mine.\n")
		w.expect("changes", changes(w.run()), "conflict "+hello, "create content/posts/other/index.md")
		text := w.read(helloConflict)
		b.mood = m
		w.run()
		w.settled()
		if e := w.memory().At(hello); w.read(helloConflict) != text || e.Trouble != "" {
			t.Errorf("%s: trouble %q, what waits became\n%s", m, e.Trouble, w.read(helloConflict))
		}
		w.write(hello, text)
		w.expect(string(m), changes(w.run()), "shrunk "+hello)
		w.settled()
		b.mood = ""
		w.run()
		w.settled()
		if w.read(hello) != text || w.read(helloConflict) != "" {
			t.Errorf("%s: the page became\n%s", m, w.read(hello))
		}
	}
}

// A post whose author takes it from what waits, and then its feed is blocked before a run
// has come by, stays as it was taken.
func TestTakenPostOfABlockedFeed(t *testing.T) {
	t.Parallel()
	w, b := newWorld(t), longSoup()
	w.publish(b)
	w.write(hello, "A file of mine.\n")
	w.run()
	w.write(hello, w.read(helloConflict))
	b.mood = blocked
	w.expect("changes", changes(w.run()), "shrunk "+hello)
	w.has(hello, "Serve.")
	w.settled()
}

// A new post is left out as long as it says what robots are told: when the other one that says
// so needs nothing any more, and when its feed breaks off before that.
func TestBlockedPostIsNotMadeAlone(t *testing.T) {
	t.Parallel()
	t.Run("the other is unchanged", func(t *testing.T) {
		t.Parallel()
		w, b := newWorld(t), plainBlog("hello")
		b.mood = blocked
		w.publish(b)
		w.expect("alone", changes(w.run()), "create "+hello)
		b.posts = append(plainBlog("garden").posts, b.posts...)
		w.expect("beside one that is made anew", changes(w.run(with(migrate.Settings{Breaks: "soften"}))))
		w.settled()
		b.mood = ""
		w.expect("once it says something", changes(w.run()), "create content/posts/garden/index.md", "update "+hello)
		w.settled()
	})
	t.Run("the feed breaks off", func(t *testing.T) {
		t.Parallel()
		w, b := newWorld(t), plainBlog("garden", "hello")
		b.mood = blocked
		w.publish(b)
		w.expect("both", changes(w.run()))
		b.posts[0].title = "My garden"
		b.breaks = func(feed string) string { return feed[:strings.LastIndex(feed, "<item>")+9] }
		w.expect("the first of them", changes(w.run()))
		b.breaks = nil
		w.expect("both again", changes(w.run()))
		w.settled()
	})
}
