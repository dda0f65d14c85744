package migrate_test

import (
	"maps"
	"strings"
	"testing"

	"replant/migrate"
)

func prune(m *migrate.Migration) { m.Prune = true }

func completeBlog(w *world, slugs ...string) *weblog {
	b := plainBlog(slugs...)
	b.complete = true
	w.pictures["https://blog.example/cat.png"] = png("cat")
	b.posts[len(slugs)-1].body += img("https://blog.example/cat.png")
	return b
}

// What a complete feed holds no more is shown once, and removed when that is asked for.
func TestPruneRemovesWhatACompleteFeedLacks(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	b := completeBlog(w, "hello", "edited", "old")
	w.publish(b)
	w.run()
	w.write("content/posts/edited/index.md", w.read("content/posts/edited/index.md")+"\nMine.\n")
	all := b.posts
	b.posts = b.posts[:1]
	out := w.run()
	w.expect("changes", changes(out))
	w.expect("hints", out.Hints, b.address+": posts that are gone at the source: 2; --prune removes their pages")
	w.settled()
	w.expect("hints of a second run", w.run().Hints)

	out = w.run(prune)
	w.expect("pruned", changes(out), "delete content/posts/old/cat.png", "delete content/posts/old/index.md")
	w.expect("warnings", out.Warnings, "content/posts/edited/index.md: its post is gone at the source, but you have edited it, so it stays")
	w.expect("pages", w.markdown(), "content/posts/edited/index.md", hello)
	if w.read(".replant/base/content/posts/old/index.md") != "" || len(w.memory().Posts) != 2 {
		t.Error("the post is not forgotten")
	}
	w.settled()

	b.posts = all
	w.expect("when they come back", changes(w.run()), "create content/posts/old/cat.png", "create content/posts/old/index.md")
	w.settled()
}

// Any other feed is a window, and so is a complete one that was read in part.
func TestPruneInfersNothingFromAbsence(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(*weblog){
		"not complete":  func(b *weblog) { b.complete = false },
		"broken off":    func(b *weblog) { b.posts[0].body += "\x00" + cutHere },
		"a broken item": func(b *weblog) { b.posts[0].title = brokenHere },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			b := completeBlog(w, "hello", "old")
			w.follow(b.address, func(n int) (string, error) { return damaged(b.page(n)) })
			w.run()
			before := w.markdown()
			b.posts = b.posts[:1]
			change(b)
			out := w.run(prune)
			if strings.Contains(strings.Join(changes(out), " "), "delete") {
				t.Errorf("changes are %q", changes(out))
			}
			w.expect("pages", w.markdown(), before...)
			w.expect("hints", out.Hints)
		})
	}
}

const cutHere, brokenHere = "CUT HERE", "BROKEN HERE"

// damaged breaks a feed off, or breaks an item of it, where it says so.
func damaged(feed string, err error) (string, error) {
	feed, _, _ = strings.Cut(feed, cutHere)
	return strings.Replace(feed, "<title>"+brokenHere+"</title>", "<title>&#xZZ;<unclosed></title", 1), err
}

// A pruning run that dies has deleted nothing for good that comes back meanwhile.
func TestKilledPrune(t *testing.T) {
	t.Parallel()
	history := func(steps int, back, pruned bool) (map[string]string, bool) {
		w := newWorld(t)
		b := completeBlog(w, "hello", "old")
		w.publish(b)
		w.run()
		all := b.posts
		b.posts = b.posts[:1]
		ended := w.runFor(steps, prune)
		if back {
			b.posts = all
		}
		if pruned {
			w.run(prune)
		} else {
			w.run()
		}
		w.settled()
		return files(t, w.site), ended
	}
	for _, c := range []struct{ back, pruned bool }{{true, false}, {false, true}, {true, true}} {
		want, _ := history(0, c.back, c.pruned)
		for steps := 1; ; steps++ {
			got, ended := history(steps, c.back, c.pruned)
			if !maps.Equal(got, want) {
				t.Errorf("%+v, %d steps: %s", c, steps, differences(got, want))
			}
			if ended {
				break
			}
		}
	}
}
