package migrate_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"syscall"
	"testing"

	"github.com/spf13/afero"

	"replant/migrate"
)

// panicky is a site that panics where one folder is read.
type panicky struct {
	afero.Fs
	folder string
}

func (p panicky) Open(name string) (afero.File, error) {
	if name == p.folder {
		panic("a folder that cannot be")
	}
	return p.Fs.Open(name)
}

// A post that cannot be made costs itself alone and is told once.
func TestPostThatCannotBeMade(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.publish(plainBlog("c", "bad", "a"))
	if err := w.site.MkdirAll("content/posts/bad/index.md", 0o755); err != nil {
		t.Fatal(err)
	}
	out := w.run()
	w.expect("changes", changes(out), "create content/posts/c/index.md", "create content/posts/a/index.md")
	w.expect("troubles", troubles(out), `post "BAD": content/posts/bad/index.md: not a file`)
	w.expect("lasting", lasting(out))
	w.settled()
	w.expect("lasting", lasting(w.plan()), `post "BAD": content/posts/bad/index.md: not a file`)
	w.remove("content/posts/bad/index.md")
	out = w.run()
	w.expect("when it is out of the way", changes(out), "create content/posts/bad/index.md")
	w.expect("and told", out.Warnings, `post "BAD": is well again`)
	w.expect("lasting", lasting(out))
	w.settled()
}

// A panic costs no more than an error does.
func TestPanicCostsOnePost(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.publish(plainBlog("c", "bad", "a"))
	panics := func(m *migrate.Migration) { m.Site = panicky{m.Site, "content/posts/bad"} }
	out := w.run(panics)
	w.expect("changes", changes(out), "create content/posts/c/index.md", "create content/posts/a/index.md")
	w.expect("troubles", troubles(out), `post "BAD": a folder that cannot be`)
	if out = w.run(panics); !out.Plan.Empty() || len(out.Troubles) > 0 {
		t.Errorf("the next run has %q, %q", changes(out), troubles(out))
	}
	w.expect("without it", changes(w.run()), "create content/posts/bad/index.md")
	w.settled()
}

// A page stays as it is when the new version of its post cannot be made.
func TestVersionThatCannotBeMade(t *testing.T) {
	t.Parallel()
	w, b := newWorld(t), plainBlog("a")
	w.publish(b)
	w.run()
	was := w.read("content/posts/a/index.md")
	b.posts[0].body = "<p>New words.</p>"
	out := w.run(func(m *migrate.Migration) { m.Site = panicky{m.Site, "content/posts/a"} })
	w.expect("changes", changes(out))
	if len(out.Troubles) != 1 || out.Troubles[0].Page != "content/posts/a/index.md" {
		t.Errorf("troubles are %+v", out.Troubles)
	}
	if got := w.read("content/posts/a/index.md"); got != was {
		t.Errorf("the page became\n%s", got)
	}
	w.expect("when it can", changes(w.run()), "update content/posts/a/index.md")
	w.settled()
}

// An item that cannot be read costs itself alone, and is told once as long as it is there,
// wherever that is.
func TestItemThatCannotBeRead(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	good := func(s string) string {
		return fmt.Sprintf(`{"id": "https://blog.example/%s", "url": "https://blog.example/%[1]s", "content_html": "<p>About %[1]s.</p>"}`, s)
	}
	const bad = `{"id": "https://blog.example/bad", "title": no title}`
	items := []string{good("c"), bad, good("a")}
	w.follow("https://blog.example/feed.json", func(int) (string, error) {
		return `{"version": "https://jsonfeed.org/version/1.1", "title": "A blog", "items": [` + strings.Join(items, ",") + `]}`, nil
	})
	out := w.run()
	w.expect("changes", changes(out), "create content/posts/c/index.md", "create content/posts/a/index.md")
	if got := troubles(out); len(got) != 1 || !strings.HasPrefix(got[0], "https://blog.example/feed.json: item 2") {
		t.Errorf("troubles are %q", got)
	}
	w.settled()
	items = append([]string{good("d")}, items...)
	out = w.run()
	w.expect("changes", changes(out), "create content/posts/d/index.md")
	w.expect("troubles", troubles(out))
	if len(out.Lasting) != 1 || out.Lasting[0].Kind != migrate.Item || len(w.plan().Lasting) != 1 {
		t.Errorf("lasting is %+v, then %+v", out.Lasting, w.plan().Lasting)
	}
	items = []string{good("d"), good("c")}
	out = w.run()
	w.expect("troubles", troubles(out))
	w.expect("lasting", lasting(out))
	items = []string{good("d"), good("c"), bad}
	if got := troubles(w.run()); len(got) != 1 {
		t.Errorf("when it is back, troubles are %q", got)
	}
}

// A picture that cannot be had keeps its address and is told once.
func TestPictureThatCannotBeHad(t *testing.T) {
	t.Parallel()
	w, b := newWorld(t), plainBlog("a")
	const gone = "https://blog.example/gone.png"
	b.posts[0].body = img(gone)
	w.publish(b)
	out := w.run()
	w.expect("troubles", troubles(out), `post "A": picture `+gone+": 404 Not Found")
	w.has("content/posts/a/index.md", "("+gone+")")
	w.settled()
	b.posts[0].body += "<p>More.</p>"
	w.expect("told once", troubles(w.run()))

	w.pictures[gone] = png("back")
	b.posts[0].body += "<p>Yet more.</p>"
	w.expect("when it is back", changes(w.run()), "create content/posts/a/gone.png", "update content/posts/a/index.md")
	w.settled()
}

// A run that ends early says so, and plans nothing.
func TestEndedContext(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.publish(plainBlog("b", "a"))
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	m := &migrate.Migration{Site: w.site, Feeds: w.feeds, Web: w.web, Files: w.web, Scratch: &scratch{}, Jobs: 1}
	if _, err := m.Plan(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("error is %v", err)
	}
}

// Posts that could not be made are looked for on older pages, and arrive once they can be.
func TestPostsOfOlderPagesThatCannotBeMade(t *testing.T) {
	t.Parallel()
	w, b := newWorld(t), foremBlog(1, "c-11", "b-12", "a-13")
	w.publish(b)
	w.write("content/posts", "in the way")
	inTheWay := func(m *migrate.Migration) { m.Site = noFolder{m.Site, "content/posts"} }
	if out := w.run(inTheWay); len(out.Troubles) != 3 {
		t.Errorf("troubles are %q", troubles(out))
	}
	if out := w.run(inTheWay); len(out.Troubles) != 0 || len(out.Lasting) != 3 {
		t.Errorf("troubles are %q, lasting %q", troubles(out), lasting(out))
	}
	w.remove("content/posts")
	w.expect("changes", changes(w.run()),
		"create content/posts/c/index.md", "create content/posts/b/index.md", "create content/posts/a/index.md")
	w.requests()
	w.run()
	w.expect("no more than ever", w.requests(), idas)
}

// noFolder is a site in which a file lies in the place of a folder: a file system in memory
// has both.
type noFolder struct {
	afero.Fs
	file string
}

func (n noFolder) Stat(name string) (fs.FileInfo, error) {
	if strings.HasPrefix(name, n.file+"/") {
		return nil, &fs.PathError{Op: "stat", Path: name, Err: syscall.ENOTDIR}
	}
	return n.Fs.Stat(name)
}

// The trouble of a post that has left its feed is over.
func TestPostThatCannotBeMadeLeaves(t *testing.T) {
	t.Parallel()
	w, b := newWorld(t), plainBlog("c", "bad", "a")
	w.publish(b)
	if err := w.site.MkdirAll("content/posts/bad/index.md", 0o755); err != nil {
		t.Fatal(err)
	}
	w.run()
	b.posts = slices.Delete(b.posts, 1, 2)
	out := w.run()
	w.expect("told", out.Warnings, "content/posts/bad/index.md: its post has left the feed, so it is not tried any more")
	w.expect("lasting", lasting(out))
	if len(w.memory().Posts) != 2 {
		t.Errorf("the ledger holds %d posts", len(w.memory().Posts))
	}
	w.settled()
}

// A conflict lasts until it is settled, by deleting the page too.
func TestConflictLasts(t *testing.T) {
	t.Parallel()
	const page = "content/posts/a/index.md"
	for name, settle := range map[string]func(*world){
		"mine":    func(w *world) { w.choose("mine", page) },
		"source":  func(w *world) { w.choose("source", page) },
		"deleted": func(w *world) { w.remove(page) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w, b := newWorld(t), plainBlog("a")
			w.publish(b)
			w.run()
			w.write(page, strings.Replace(w.read(page), "About a.", "My own words.", 1))
			b.posts[0].body = "<p>New words.</p>"
			w.expect("lasting", lasting(w.run()))
			w.settled()
			w.expect("lasting", lasting(w.plan()), page+": edited here and changed at the source; a conflict waits to be settled")
			settle(w)
			out := w.run()
			w.expect("changes", changes(out))
			w.expect("lasting", lasting(out))
			if w.read(".replant/conflict/"+page) != "" {
				t.Error("the source's version still waits")
			}
			w.settled()
		})
	}
}

// A post whose place another file has waits for it.
func TestPlaceThatIsTakenLasts(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.publish(plainBlog("a"))
	w.write("content/posts/a/index.md", "Something else.\n")
	w.run()
	w.expect("lasting", lasting(w.plan()),
		"content/posts/a/index.md: another file has this place; the post waits at .replant/conflict/content/posts/a/index.md")
	w.remove("content/posts/a/index.md")
	out := w.run()
	w.expect("changes", changes(out), "create content/posts/a/index.md")
	w.expect("lasting", lasting(out))
}
