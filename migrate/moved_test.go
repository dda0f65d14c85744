package migrate_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/afero"

	"replant/migrate"
	"replant/migrate/site"
)

// rename is the author moving a file or a folder.
func (w *world) rename(from, to string) {
	w.Helper()
	for name, text := range files(w, w.site) {
		if name == from || strings.HasPrefix(name, from+"/") {
			w.write(to+strings.TrimPrefix(name, from), text)
			w.remove(name)
		}
	}
}

// A page that its author put somewhere else stays there, its pictures with it.
func TestMovedPageKeepsItsPlace(t *testing.T) {
	t.Parallel()
	for name, to := range map[string]string{
		"another name":     "content/posts/good-day",
		"another section":  "content/notes/2026/hello",
		"another language": "content/de/posts/hello",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w, b := newWorld(t), soup()
			b.posts[0].body += img("https://blog.example/cat.png")
			w.pictures["https://blog.example/cat.png"], w.pictures["https://blog.example/dog.png"] = png("cat"), png("dog")
			w.publish(b)
			w.run()
			w.rename("content/posts/hello", to)
			w.settled()

			b.replace("Serve", "Eat")
			b.posts[0].body += img("https://blog.example/dog.png")
			b.posts[0].link = "https://blog.example/renamed"
			out := w.run()
			w.expect("changes", changes(out), "move "+to+"/index.md", "create "+to+"/dog.png", "update "+to+"/index.md")
			w.has(to+"/index.md", "Eat.")
			w.has(".replant/base/"+to+"/index.md", "Eat.")
			if w.read(".replant/base/"+hello) != "" {
				t.Error("the memory of the old place is still there")
			}
			w.expect("pages", w.markdown(), to+"/index.md")
			w.settled()

			b.replace("Eat", "Enjoy")
			b.posts[0].body = strings.ReplaceAll(b.posts[0].body, img("https://blog.example/cat.png"), "")
			w.expect("the next change", changes(w.run()), "delete "+to+"/cat.png", "update "+to+"/index.md")
			w.settled()
		})
	}
}

func TestMovedAndEditedPageIsMerged(t *testing.T) {
	t.Parallel()
	w, b := newWorld(t), soup()
	w.publish(b)
	w.run(with(migrate.Settings{Layout: string(site.Flat)}))
	const from, to = "content/posts/hello.md", "content/posts/soups/lentils.md"
	w.rename(from, to)
	w.write(to, strings.ReplaceAll(w.read(to), "Boil.", "Boil slowly."))
	b.replace("Serve", "Eat")
	w.expect("changes", changes(w.run()), "move "+to, "merge "+to)
	w.has(to, "Boil slowly.")
	w.has(to, "Eat.")
	w.settled()

	w.write(to, strings.ReplaceAll(w.read(to), "Eat.", "Gulp."))
	b.replace("Eat", "Enjoy")
	w.expect("a conflict", changes(w.run()), "conflict "+to)
	w.rename(to, from)
	w.expect("moved while it is open", changes(w.run()), "move "+from)
	w.has(".replant/conflict/"+from, "Enjoy.")
	w.settled()
	w.write(from, strings.ReplaceAll(w.read(from), "Gulp.", "Gulp and enjoy."))
	w.run()
	if w.read(".replant/conflict/"+from) != "" {
		t.Error("it is settled and the conflict is still there")
	}
	w.settled()
}

// Of two pages that carry the address, the one in the page's place is it.
func TestCopiedPageIsTheAuthors(t *testing.T) {
	t.Parallel()
	w, b := newWorld(t), soup()
	w.publish(b)
	w.run()
	const copied = "content/drafts/copy.md"
	w.write(copied, w.read(hello))
	was := w.read(copied)
	b.replace("Serve", "Eat")
	w.expect("changes", changes(w.run()), "update "+hello)
	if w.read(copied) != was {
		t.Error("the copy was touched")
	}
	w.remove(hello)
	w.write(copied, w.read(".replant/base/"+hello))
	b.replace("Eat", "Enjoy")
	w.expect("when only the copy is left", changes(w.run()), "move "+copied, "update "+copied)
	w.settled()
}

// Restoring brings back what was deleted, not what was moved.
func TestRestoreFindsMovedPages(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.publish(plainBlog("hello", "other"))
	w.run()
	w.rename("content/posts/hello", "content/notes/hello")
	w.remove("content/posts/other/index.md")
	w.expect("changes", changes(w.run(restore)), "move content/notes/hello/index.md", "create content/posts/other/index.md")
	w.expect("pages", w.markdown(), "content/notes/hello/index.md", "content/posts/other/index.md")
	w.settled()
}

// A new post does not take a place that its author gave to another.
func TestNewPostBesideAMovedPage(t *testing.T) {
	t.Parallel()
	w, b := newWorld(t), plainBlog("other")
	w.publish(b)
	w.run()
	w.rename("content/posts/other", "content/posts/hello")
	b.add(plainBlog("hello").posts[0])
	w.expect("changes", changes(w.run()), "create content/posts/hello-2/index.md")
	b.posts[1].body = "<p>New.</p>"
	w.expect("when the moved one changes", changes(w.run()), "move "+hello, "update "+hello)
	w.settled()
}

// A run that dies while it takes note of a move is made good by the next one.
func TestKilledMove(t *testing.T) {
	t.Parallel()
	history := func(steps int) (map[string]string, bool) {
		w, b := newWorld(t), soup()
		w.publish(b)
		w.run()
		w.rename("content/posts/hello", "content/notes/soup")
		b.replace("Serve", "Eat")
		ended := w.runFor(steps)
		w.run()
		w.settled()
		return files(t, w.site), ended
	}
	want, _ := history(0)
	for steps := 1; ; steps++ {
		got, ended := history(steps)
		if !maps.Equal(got, want) {
			t.Errorf("%d steps: %s", steps, differences(got, want))
		}
		if ended {
			break
		}
	}
}

// watched is a site that notes which files are opened.
type watched struct {
	afero.Fs
	opened []string
}

func (c *watched) Open(name string) (afero.File, error) {
	c.opened = append(c.opened, name)
	return c.Fs.Open(name)
}

// Pages are looked for only when one is missing whose post has changed, or for a new post.
func TestPagesAreNotReadForNothing(t *testing.T) {
	t.Parallel()
	w, b := newWorld(t), plainBlog("hello", "other", "third")
	w.publish(b)
	w.run()
	const moved = "content/posts/moved/index.md"
	w.rename("content/posts/other", "content/posts/moved")
	b.posts[2].body = "<p>New.</p>"
	c := &watched{Fs: w.site}
	w.site = c
	w.run()
	if slices.Contains(c.opened, moved) {
		t.Error("the page was looked for")
	}
	b.posts[1].body = "<p>New.</p>"
	w.expect("when its post changes", changes(w.run()), "move "+moved, "update "+moved)
	w.settled()
}

// A page that its author put in another one's place is not taken for that one.
func TestPageInAnothersPlace(t *testing.T) {
	t.Parallel()
	w, b := newWorld(t), plainBlog("hello", "other")
	w.publish(b)
	w.run()
	const other = "content/posts/other/index.md"
	w.remove(hello)
	w.rename("content/posts/other", "content/posts/hello")
	was := w.read(hello)
	b.posts[0].tags = []string{"new"}
	out := w.run()
	w.expect("changes", changes(out))
	if len(out.Warnings) != 1 || w.read(hello) != was {
		t.Errorf("warnings are %q, the page is\n%s", out.Warnings, w.read(hello))
	}
	w.rename("content/posts/hello", "content/posts/other")
	w.write("content/notes/back.md", w.read(".replant/base/"+hello))
	b.posts[0].tags = []string{"newer"}
	w.expect("when it comes back", changes(w.run()), "move content/notes/back.md", "update content/notes/back.md")
	b.posts[1].tags = []string{"newer"}
	w.expect("the other", changes(w.run()), "update "+other)
	w.settled()
}

// A post whose place another file has is where its author puts what waits of it.
func TestWaitingPostIsPutElsewhere(t *testing.T) {
	t.Parallel()
	const there = "content/notes/soup/index.md"
	for _, text := range []string{"", "One more.\n"} {
		w, b := newWorld(t), soup()
		w.publish(b)
		w.write(hello, "A file of mine.\n")
		w.run()
		w.write(there, w.read(helloConflict)+text)
		b.replace("Serve", "Eat")
		w.run()
		w.settled()
		if all := w.markdown(); len(all) != 2 || w.read(helloConflict) != "" {
			t.Errorf("%q: the pages are %q, what waits is\n%s", text, all, w.read(helloConflict))
		}
		w.has(there, text)
		w.has(hello, "A file of mine.")
		b.replace("Boil", "Cook")
		w.run()
		w.has(there, "Cook.")
		w.settled()
	}
}

// A picture that its author has deleted stays away from a page that was moved alone, whether the
// page has others or not.
func TestDeletedPictureOfAMovedFlatPageStaysAway(t *testing.T) {
	t.Parallel()
	for _, pictures := range []int{1, 2} {
		w, b := newWorld(t), soup()
		for _, name := range []string{"cat", "dog"}[:pictures] {
			addr := "https://blog.example/" + name + ".png"
			b.posts[0].body += img(addr)
			w.pictures[addr] = png(name)
		}
		w.publish(b)
		w.run(with(migrate.Settings{Layout: string(site.Flat)}))
		const to = "content/notes/lentils.md"
		w.rename("content/posts/hello.md", to)
		w.remove("static/images/hello/cat.png")
		b.replace("Serve", "Eat")
		w.expect("changes", changes(w.run()), "move "+to, "update "+to)
		w.has(to, "/images/hello/cat.png")
		if w.read("static/images/hello/cat.png") != "" {
			t.Errorf("of %d pictures the deleted one is back", pictures)
		}
		w.settled()
	}
}
