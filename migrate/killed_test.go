package migrate_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"strings"
	"sync/atomic"
	"testing"

	"replant/migrate"
	"replant/migrate/ledger"
	"replant/migrate/site"
)

// A run that was killed, and killed again, costs nothing: after a whole run the site is to
// the byte what it is without those that died, even if the source has changed in between.
// Half of the runs that die are the first ones of a site.
func TestKilledRunsLeaveNoTrace(t *testing.T) {
	t.Parallel()
	histories, least := 500, int64(500)
	if testing.Short() {
		histories, least = 16, 12
	}
	var killed atomic.Int64
	t.Cleanup(func() {
		t.Logf("%d runs were killed in %d histories", killed.Load(), histories)
		if killed.Load() < least {
			t.Errorf("only %d runs were killed", killed.Load())
		}
	})
	for seed := range histories {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			dying := newLife(t, uint64(seed))
			spared := newLife(t, uint64(seed))
			var deaths []int
			for range 1 + dying.IntN(3) {
				deaths = append(deaths, 1+dying.IntN(dying.effort()))
				was := dying.read(ledger.Name)
				if !dying.runFor(deaths[len(deaths)-1]) {
					killed.Add(1)
				}
				if dying.read(ledger.Name) != was {
					spared.run() // all was in place when it died, if it did
				}
				if dying.changes {
					n := dying.IntN(1 << 30)
					dying.evolve(n)
					spared.evolve(n)
				}
			}
			dying.run()
			spared.run()
			got, want := files(t, dying.site), files(t, spared.site)
			if !maps.Equal(got, want) {
				t.Errorf("died after %v steps: %s\n%s", deaths, differences(got, want), strings.Join(dying.story, "\n"))
			}
			dying.settled()
		})
	}
}

// life is a site whose runs may die: a blog with pictures, and an author at work.
type life struct {
	*history
	changes bool // the source changes between the runs
}

func newLife(t *testing.T, seed uint64) *life {
	l := &life{history: newHistory(t, seed)}
	for _, b := range l.blogs {
		b.size = 100 // a run after one that died reads further down than others
	}
	l.changes = seed%2 == 0
	if seed/2%2 == 0 {
		return l // its first run dies
	}
	l.run()
	for range l.IntN(4) {
		[]func(){l.authorEdits, l.authorDeletes, l.authorMoves}[l.IntN(3)]()
	}
	l.evolve(l.IntN(1 << 30))
	return l
}

// evolve changes the source by chance: the same number means the same changes. No post
// leaves its feed: a run that died may have brought it up to date, or not.
func (l *life) evolve(n int) {
	was := l.Rand
	l.Rand = rand.New(rand.NewPCG(uint64(n), 1))
	for range 1 + l.IntN(4) {
		[]func(){l.newPost, l.editPost, l.editPost, l.newPicture, l.renamePost}[l.IntN(5)]()
	}
	l.Rand = was
}

// stride is how many steps lie between the deaths that a test tries: one, but not where tests are
// to be short.
func stride() int {
	if testing.Short() {
		return 3
	}
	return 1
}

// effort gives about as many steps as a whole run takes.
func (l *life) effort() int {
	steps := 4
	for c := range l.plan().Plan.All() {
		if c.Writes() {
			steps += 4
		}
	}
	return steps
}

// Two runs die on a post that then leaves its feed, the second as it brings the page back
// to what it was: the run after them does not come across the post, and what it compares
// the page with is still the page that its author had.
func TestKilledRunsOnAPostThatIsGone(t *testing.T) {
	t.Parallel()
	for _, edits := range []bool{false, true} {
		if testing.Short() && !edits {
			continue
		}
		for first := 1; ; first += stride() {
			ended, again := false, false
			for second := 1; !again; second += stride() {
				w, b := newWorld(t), soup()
				w.publish(b)
				w.run()
				b.replace("Boil", "Cook")
				ended = w.runFor(first)
				b.replace("Cook", "Boil")
				again = w.runFor(second)
				if edits {
					w.edit("Wait.", "Wait long.")
				}
				b.posts = plainBlog("other").posts
				w.run()
				e := w.memory().At(hello)
				if got := sumOf(files(t, w.site), ".replant/base/"+hello); got != e.Page {
					t.Errorf("edits %v, died after %d and %d steps: the base has the hash %s, the ledger %s", edits, first, second, got, e.Page)
				}
				w.settled()
			}
			if ended {
				break
			}
		}
	}
}

// A page that a first run has brought before it died, that its author has edited since and
// that a second one has merged before it died too, is its author's: the third run, which
// would put the post elsewhere, keeps it.
func TestKilledRunsOnAnEditedNewPage(t *testing.T) {
	t.Parallel()
	flat := with(migrate.Settings{Layout: string(site.Flat), Section: "notes"})
	for first, ended := 1, false; !ended; first += stride() {
		for second, again := 1, false; !again; second += stride() {
			w, b := newWorld(t), soup()
			w.publish(b)
			ended = w.runFor(first, flat)
			text := strings.ReplaceAll(w.read("content/notes/hello.md"), "Cut.", "Cut it.")
			if text != "" {
				w.write("content/notes/hello.md", text)
			}
			b.replace("Serve", "Eat")
			again = w.runFor(second)
			w.run()
			pages := w.markdown()
			if len(pages) != 1 || text != "" && !strings.Contains(w.read(pages[0]), "Cut it.") {
				t.Fatalf("died after %d and %d steps: %q\n%s", first, second, pages, w.read(pages[0]))
			}
			w.settled()
		}
	}
}

// A run dies as it puts another version where one waits, or takes it away, and then the post
// leaves its feed: the ledger knows what waits there all the same, and nothing is left over.
func TestKilledRunsOnAConflictWhosePostIsGone(t *testing.T) {
	t.Parallel()
	changes := map[string]func(*world, *weblog){
		"less":  func(_ *world, b *weblog) { b.mood = hollow },
		"whole": func(_ *world, b *weblog) { b.mood = "" },
		"gone":  func(w *world, _ *weblog) { w.remove(hello) },
		"first": func(w *world, b *weblog) { // it had none before
			b.mood = ""
			w.run()
			b.replace("Serve", "Eat")
			w.runFor(12)
			b.mood = hollow
		},
		"taken": func(w *world, b *weblog) {
			w.write(hello, w.read(helloConflict))
			b.posts = plainBlog("other").posts
		},
	}
	for name, change := range changes {
		for steps, ended := 1, false; !ended; steps += stride() {
			w, b := newWorld(t), longSoup()
			w.publish(b)
			w.run()
			b.mood = teasers
			w.run()
			change(w, b)
			ended = w.runFor(steps)
			b.posts = plainBlog("other").posts
			w.run()
			all, e := files(t, w.site), w.memory().At(hello)
			if sumOf(all, helloConflict) != e.Conflict || sumOf(all, ".replant/base/"+hello) != e.Page {
				t.Fatalf("%s, died after %d steps: the ledger has %.8q and %.8q", name, steps, e.Conflict, e.Page)
			}
			w.settled()
		}
	}
}

// goodDay is where the author puts the page of hello.
const goodDay = "content/notes/good-day/index.md"

// moveHello is the author putting it there.
func (w *world) moveHello() {
	w.Helper()
	w.rename("content/posts/hello", "content/notes/good-day")
}

// A run dies as it lets its memory of a page follow to where its author has put it, and then
// the post leaves its feed, with the author editing the page or not: the ledger has the page where
// it lies, and a change of the post that comes back is brought there.
func TestKilledRunsOnAMovedPageWhosePostIsGone(t *testing.T) {
	t.Parallel()
	for _, edits := range []bool{false, true} {
		for steps, ended := 1, false; !ended; steps += stride() {
			w, b := newWorld(t), soup()
			b.posts[0].body += img("https://blog.example/cat.png")
			w.pictures["https://blog.example/cat.png"] = png("cat")
			w.publish(b)
			w.run()
			w.moveHello()
			b.replace("Serve", "Eat")
			ended = w.runFor(steps)
			if edits {
				w.write(goodDay, strings.ReplaceAll(w.read(goodDay), "Wait.", "Wait long."))
			}
			posts := b.posts
			b.posts = plainBlog("other").posts
			w.run()
			w.settled()
			b.posts = append(b.posts, posts...)
			b.posts[1].body = strings.ReplaceAll(b.posts[1].body, "Boil", "Cook")
			w.run()
			all := files(t, w.site)
			e := w.memory().At(goodDay)
			if e == nil || sumOf(all, ".replant/base/"+goodDay) != e.Page || !edits && sumOf(all, goodDay) != e.Page || len(w.markdown()) != 2 {
				t.Fatalf("edits %v, died after %d steps: pages %q", edits, steps, w.markdown())
			}
			for _, text := range []string{"Cook.", "Eat.", "cat.png"} {
				w.has(goodDay, text)
			}
			if all[".replant/base/"+hello] != "" || edits && !strings.Contains(all[goodDay], "Wait long.") {
				t.Fatalf("edits %v, died after %d steps:\n%s", edits, steps, all[goodDay])
			}
			w.settled()
		}
	}
}

// A run dies as it follows a page to where its author has put it, and then the blog moves, which
// gives the post another host, guid and title: it is known by what its page says, and keeps it.
func TestKilledRunsOnAMovedPageOfAMovedBlog(t *testing.T) {
	t.Parallel()
	for steps, ended := 1, false; !ended; steps += stride() {
		w, b := newWorld(t), soup()
		b.posts = append(b.posts, plainBlog("other").posts...)
		w.publish(b)
		w.run()
		w.moveHello()
		rehost := func(host string) {
			p := b.posts[0]
			p.link, p.guid, p.title = "https://"+host+"/hello", host+"-1", "Soup"
		}
		rehost("new.example")
		ended = w.runFor(steps)
		rehost("newer.example")
		w.run()
		w.expect(fmt.Sprintf("died after %d steps, pages", steps), w.markdown(), goodDay, "content/posts/other/index.md")
		e := w.memory().At(goodDay)
		if e == nil || len(w.memory().Posts) != 2 || sumOf(files(t, w.site), goodDay) != e.Page {
			t.Fatalf("died after %d steps: %d posts", steps, len(w.memory().Posts))
		}
		w.settled()
	}
}

// The same with a page that waits for its author: what waits follows it too.
func TestKilledRunsOnAMovedPageThatWaits(t *testing.T) {
	t.Parallel()
	for _, before := range []bool{true, false} {
		for steps, ended := 1, false; !ended; steps += stride() {
			w, b := newWorld(t), soup()
			w.publish(b)
			w.run()
			w.edit("Serve", "Gulp")
			if b.replace("Serve", "Eat"); before {
				w.run()
			}
			w.moveHello()
			ended = w.runFor(steps)
			b.posts = plainBlog("other").posts
			w.run()
			all := files(t, w.site)
			for _, e := range w.memory().Posts {
				if sumOf(all, ".replant/conflict/"+e.Path) != e.Conflict || sumOf(all, ".replant/base/"+e.Path) != e.Page {
					t.Fatalf("before %v, died after %d steps: the ledger has %s: %.8q and %.8q", before, steps, e.Path, e.Page, e.Conflict)
				}
			}
			if before && !strings.Contains(w.read(".replant/conflict/"+hello)+w.read(".replant/conflict/"+goodDay), "Eat.") {
				t.Fatalf("died after %d steps: nothing waits", steps)
			}
			w.has(goodDay, "Gulp.")
			w.settled()
		}
	}
}

// movedAfterDeath is a site whose run died after some steps, as it brought a change of the blog's
// post, and whose author has moved the page since; whole says that the run came to its end.
func movedAfterDeath(t *testing.T, steps int) (w *world, b *weblog, whole bool) {
	w, b = newWorld(t), soup()
	w.publish(b)
	w.run()
	b.replace("Serve", "Eat")
	whole = w.runFor(steps)
	w.moveHello()
	return w, b, whole
}

// The author moves a page after a run that died has changed it, and then the post leaves its feed:
// what the page is compared with is what that run has written.
func TestKilledRunsOnAPageThatIsMovedThen(t *testing.T) {
	t.Parallel()
	for steps, ended := 1, false; !ended; steps += stride() {
		w, b, whole := movedAfterDeath(t, steps)
		ended = whole
		posts := b.posts
		b.posts = plainBlog("other").posts
		w.run()
		w.settled()
		all := files(t, w.site)
		e := w.memory().At(hello)
		if sumOf(all, ".replant/base/"+hello) != e.Page {
			t.Fatalf("died after %d steps: the base is not what the ledger has", steps)
		}
		if sumOf(all, goodDay) != e.Page {
			continue // it died between the two: what was written looks like an edit
		}
		b.posts = append(b.posts, posts...)
		b.posts[1].body = strings.ReplaceAll(b.posts[1].body, "Eat", "Enjoy")
		w.expect(fmt.Sprintf("died after %d steps", steps), changes(w.run()), "move "+goodDay, "update "+goodDay)
		w.settled()
	}
}

// The same with a post that stays in its feed and changes again: nothing clashes.
func TestKilledRunsOnAPageThatIsMovedAndChanges(t *testing.T) {
	t.Parallel()
	for steps, ended := 1, false; !ended; steps += stride() {
		w, b, whole := movedAfterDeath(t, steps)
		ended = whole
		b.replace("Eat", "Enjoy")
		w.expect(fmt.Sprintf("died after %d steps", steps), changes(w.run()), "move "+goodDay, "update "+goodDay)
		w.has(goodDay, "Enjoy.")
		w.settled()
	}
}
