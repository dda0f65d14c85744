package migrate_test

import (
	"strings"
	"testing"

	"replant/migrate"
	"replant/migrate/site"
)

// leading is a blog of a post that links to one which is still to come, and that one.
func leading() (b *weblog, later *article) {
	b = plainBlog("garden", "hello")
	later = b.posts[0]
	b.posts = b.posts[1:]
	b.posts[0].body = `<p>Boil.</p><p>See <a href="` + later.link + `">my garden</a>.</p><p>Wait.</p>`
	return b, later
}

// A link is mended in a page that its author has edited, and the edit stays.
func TestLinkIsMendedInAnEditedPage(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	b, later := leading()
	w.publish(b)
	w.run()
	w.edit("Boil.", "Boil slowly.")
	b.add(later)
	w.expect("changes", changes(w.run()), "create content/posts/garden/index.md", "merge "+hello)
	w.has(hello, "Boil slowly.")
	w.has(hello, "[my garden](../garden/)")
	w.settled()
}

// A link that its author has changed is the author's.
func TestChangedLinkIsNotMended(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	b, later := leading()
	w.publish(b)
	w.run()
	w.edit(later.link, "https://garden.example/")
	b.add(later)
	w.expect("changes", changes(w.run()), "create content/posts/garden/index.md")
	w.has(hello, "[my garden](https://garden.example/)")
	w.settled()
}

// A run that died had mended a link, or not: the next one, which puts the page that it leads to
// elsewhere, lets it lead there.
func TestLinkThatAKilledRunMended(t *testing.T) {
	t.Parallel()
	flat := with(migrate.Settings{Layout: string(site.Flat), Section: "notes"})
	for steps, ended := 1, false; !ended; steps++ {
		w := newWorld(t)
		b, later := leading()
		w.publish(b)
		w.run()
		b.add(later)
		if ended = w.runFor(steps); ended {
			break
		}
		at := "(../../notes/garden/)"
		if w.memory().At("content/posts/garden/index.md") != nil { // all was in place when it died
			at = "(../garden/)"
		}
		w.run(flat)
		page := w.read(hello)
		if !strings.Contains(page, at) {
			t.Fatalf("died after %d steps, pages %q:\n%s", steps, w.markdown(), page)
		}
		if w.read(".replant/base/"+hello) != page {
			t.Fatalf("died after %d steps: the base is another", steps)
		}
		w.settled()
	}
}

// A run died as it followed a page that its author had moved, and then the page's post left its
// feed: links lead to where the page lies.
func TestLinkToAPageThatAKilledRunFollowed(t *testing.T) {
	t.Parallel()
	for steps, ended := 1, false; !ended; steps++ {
		w := newWorld(t)
		b, later := leading()
		b.add(later)
		w.publish(b)
		w.run()
		w.has(hello, "(../garden/)")
		w.rename("content/posts/garden", "content/notes/plot")
		later.title = "My garden"
		ended = w.runFor(steps)
		b.posts = b.posts[1:]
		w.run()
		if w.memory().At("content/posts/garden/index.md") == nil && !strings.Contains(w.read(hello), "(../../notes/plot/)") {
			t.Fatalf("died after %d steps:\n%s", steps, w.read(hello))
		}
		w.settled()
	}
}

// A page that every run makes anew, since it waits for its author, leads to a blog of which the
// ledger has no post any more: the run that forgets the last one leaves nothing to the next.
func TestLinkToABlogThatIsForgotten(t *testing.T) {
	t.Parallel()
	w, other := newWorld(t), foremBlog(9, "one-1111", "two-2222")
	b := plainBlog("hello")
	b.posts[0].body = `<p>See <a href="` + other.posts[0].link + `">one</a>.</p>`
	w.write(hello, "A file of mine.\n")
	w.publish(b)
	w.publish(other)
	other.mood = blocked // so that there is nothing of its posts but their names
	w.run()
	other.mood, other.posts = "", nil
	w.run()
	w.settled()
}

// The author edits a new page that a run brought before it died, beside a link to a post that comes
// later in the feed: the next run finds nothing to settle.
func TestEditBesideALinkOfAKilledRun(t *testing.T) {
	t.Parallel()
	for steps, ended := 1, false; !ended; steps++ {
		w := newWorld(t)
		b, later := leading()
		b.posts = append(b.posts, later)
		w.publish(b)
		if ended = w.runFor(steps); w.read(hello) == "" {
			continue
		}
		w.edit("Wait.", "Wait long.")
		w.write(hello, strings.Replace(w.read(hello), "garden/).\n", "garden/).\nIt is small.\n", 1))
		out := w.run()
		w.has(hello, "Wait long.")
		w.has(hello, "[my garden](../garden/).\nIt is small.")
		if len(out.Conflicts) > 0 {
			t.Fatalf("died after %d steps: conflicts %v", steps, out.Conflicts)
		}
		w.settled()
	}
}
