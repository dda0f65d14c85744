package migrate_test

import (
	"fmt"
	"maps"
	"strings"
	"testing"

	"replant/migrate/plan"
)

// soup is a blog of one post of four paragraphs, far enough apart to be merged.
func soup() *weblog {
	b := plainBlog("hello")
	b.posts[0].body = "<p>Boil.</p><p>Cut.</p><p>Wait.</p><p>Serve.</p>"
	return b
}

func (b *weblog) replace(from, to string) {
	b.posts[0].body = strings.ReplaceAll(b.posts[0].body, from, to)
}

// edit is the author replacing a text of the page.
func (w *world) edit(from, to string) {
	w.Helper()
	w.has(hello, from)
	w.write(hello, strings.ReplaceAll(w.read(hello), from, to))
}

// What both changed comes together, again and again.
func TestEditsAndChangesAreMerged(t *testing.T) {
	t.Parallel()
	w, b := newWorld(t), soup()
	w.publish(b)
	w.run()
	w.edit("Boil.", "Boil slowly.")
	w.edit("title:", "weight: 3\ntitle:")
	for _, word := range []string{"Eat", "Enjoy"} {
		b.posts[0].body = "<p>Boil.</p><p>Cut.</p><p>Wait.</p><p>" + word + ".</p>"
		b.posts[0].tags = []string{word}
		w.expect("changes", changes(w.run()), "merge "+hello)
		for _, text := range []string{"Boil slowly.", "weight: 3", word + ".", "tags: [\"" + word + "\"]"} {
			w.has(hello, text)
		}
		w.settled()
	}
	w.edit("Boil slowly.", "Boil.")
	w.edit("weight: 3\n", "")
	b.replace("Cut", "Chop")
	w.expect("once the edits are taken back", changes(w.run()), "update "+hello)
	w.settled()
}

// A page has its author's line endings and its author's end.
func TestMergeKeepsHowLinesEnd(t *testing.T) {
	t.Parallel()
	for name, form := range map[string]func(string) string{
		"CRLF":        func(s string) string { return strings.ReplaceAll(s, "\n", "\r\n") },
		"no last one": func(s string) string { return strings.TrimSuffix(s, "\n") },
		"byte order":  func(s string) string { return "\ufeff" + s },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w, b := newWorld(t), soup()
			w.publish(b)
			w.run()
			plain := w.read(hello)
			w.write(hello, form(plain))
			b.replace("Serve", "Eat")
			b.posts[0].title = "Soup"
			w.expect("changes", changes(w.run()), "merge "+hello)
			want := strings.ReplaceAll(strings.ReplaceAll(plain, "Serve", "Eat"), "HELLO", "Soup")
			if got := w.read(hello); got != form(want) {
				t.Errorf("the page became %q", got)
			}
			w.settled()
		})
	}
}

// A merged page gets the pictures that it shows; what the author did to others stays.
func TestPicturesOfAMergedPage(t *testing.T) {
	t.Parallel()
	w, b := newWorld(t), soup()
	b.posts[0].body += img("https://blog.example/old.png")
	w.pictures["https://blog.example/old.png"], w.pictures["https://blog.example/new.png"] = png("old"), png("new")
	w.publish(b)
	w.run()
	w.write("content/posts/hello/old.png", "made smaller")
	w.edit("Boil.", "![again](old.png)")
	b.posts[0].body = "<p>Boil.</p><p>Cut.</p><p>Wait.</p><p>Serve.</p>" + img("https://blog.example/new.png")
	w.expect("changes", changes(w.run()), "create content/posts/hello/new.png", "merge "+hello)
	w.has("content/posts/hello/old.png", "made smaller")
	w.settled()

	w.write("content/posts/hello/old.png", png("old"))
	w.edit("![again](old.png)", "Boil gently.")
	b.replace("Cut", "Chop")
	w.expect("when nothing shows the old one", changes(w.run()),
		"delete content/posts/hello/old.png", "merge "+hello)
	w.settled()
}

// What cannot be merged says why.
func TestConflictsSayWhy(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		spoil func(w *world)
		why   string
	}{
		"the text":         {func(w *world) { w.edit("Serve.", "Gulp.") }, "the text"},
		"a field":          {func(w *world) { w.edit("HELLO", "Mine") }, "title"},
		"both":             {func(w *world) { w.edit("HELLO", "Mine"); w.edit("Serve.", "Gulp.") }, "title, the text"},
		"a key twice":      {func(w *world) { w.edit("title:", "title: x\ntitle:") }, `front matter: line 3: key "title": stands twice`},
		"the base is gone": {func(w *world) { w.edit("Boil.", "x"); w.remove(".replant/base/" + hello) }, "what was written last is not there any more"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w, b := newWorld(t), soup()
			w.publish(b)
			w.run()
			c.spoil(w)
			mine := w.read(hello)
			b.replace("Serve", "Eat")
			b.posts[0].title = "Soup"
			out := w.run()
			w.expect("changes", changes(out), "conflict "+hello)
			for change := range out.Plan.Shown() {
				if want := "edited here and changed at the source: " + c.why; change.Why != want {
					t.Errorf("the reason is %q, not %q", change.Why, want)
				}
			}
			if got := w.read(hello); got != mine {
				t.Errorf("the page became %q", got)
			}
			w.settled()
		})
	}
}

// An open conflict takes in what the source says next; when that is out of the author's
// way, it is over.
func TestConflictEndsWhenTheSourceGivesWay(t *testing.T) {
	t.Parallel()
	w, b := newWorld(t), soup()
	w.publish(b)
	w.run()
	w.edit("Serve.", "Gulp.")
	b.replace("Serve", "Eat")
	w.expect("changes", changes(w.run()), "conflict "+hello)
	b.replace("Boil", "Cook")
	w.expect("a second version", changes(w.run()), "conflict "+hello)
	w.has(helloConflict, "Cook.")
	b.replace("Eat", "Serve")
	w.expect("the third", changes(w.run()), "merge "+hello)
	w.has(hello, "Cook.")
	w.has(hello, "Gulp.")
	if w.read(helloConflict) != "" {
		t.Error("the conflict is over and its page is still there")
	}
	w.settled()
}

// A run that dies while it merges is made good by the next one, and what the author wrote
// meanwhile stays.
func TestKilledMerge(t *testing.T) {
	t.Parallel()
	history := func(changed bool, steps int) (map[string]string, bool) {
		w, b := newWorld(t), soup()
		w.publish(b)
		w.run()
		w.edit("Boil.", "Boil slowly.")
		b.replace("Serve.</p>", "Eat.</p>"+img("https://blog.example/new.png"))
		w.pictures["https://blog.example/new.png"] = png("new")
		ended := w.runFor(steps)
		if changed {
			b.replace("Eat", "Enjoy")
			b.posts[0].tags = []string{"new"}
		}
		w.run()
		w.settled()
		return files(t, w.site), ended
	}
	for _, changed := range []bool{false, true} {
		want, _ := history(changed, 0)
		for steps := 1; ; steps++ {
			got, ended := history(changed, steps)
			if !maps.Equal(got, want) {
				t.Errorf("changed %v, %d steps: %s", changed, steps, differences(got, want))
			}
			if ended {
				break
			}
		}
	}
}

func differences(got, want map[string]string) (all string) {
	for name := range want {
		if got[name] != want[name] {
			all += fmt.Sprintf("\n%s is %q, not %q", name, got[name], want[name])
		}
	}
	for name := range got {
		if _, ok := want[name]; !ok {
			all += fmt.Sprintf("\n%s is there", name)
		}
	}
	return all
}

// Git's marks say that the author is at it, but in a post that is about them.
func TestMarksOfGitKeepAConflictOpen(t *testing.T) {
	t.Parallel()
	const mark = "&lt;&lt;&lt;&lt;&lt;&lt;&lt; mine"
	for name, about := range map[string]bool{"a soup": false, "git": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w, b := newWorld(t), soup()
			if about {
				b.posts[0].body += "<pre><code>" + mark + "\n</code></pre>"
			}
			w.publish(b)
			w.run()
			w.edit("Serve.", "Gulp.")
			b.replace("Serve", "Eat")
			w.run()
			w.edit("Gulp.", "<<<<<<< mine\nGulp.\n=======\nEat.\n>>>>>>> source")
			w.settled()
			w.edit("<<<<<<< mine\nGulp.\n=======\nEat.\n>>>>>>> source", "Eat, do not gulp.")
			w.run()
			if w.read(helloConflict) != "" {
				t.Error("it is settled and the conflict is still there")
			}
			w.has(hello, "Eat, do not gulp.")
			w.settled()
		})
	}
}

// A conflict can be settled when its post has left the feed, too.
func TestConflictOfAPostThatLeftItsFeed(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		settle func(w *world)
		want   []string
	}{
		"not at all":  {func(*world) {}, nil},
		"by hand":     {func(w *world) { w.edit("Gulp.", "Gulp and eat.") }, nil},
		"the source":  {func(w *world) { w.write(hello, w.read(helloConflict)) }, nil},
		"taking back": {func(w *world) { w.edit("Gulp.", "Serve.") }, []string{"merge " + hello}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w, b := newWorld(t), soup()
			w.publish(b)
			w.run()
			w.edit("Serve.", "Gulp.")
			w.edit("Boil.", "Boil slowly.")
			b.replace("Serve", "Eat")
			w.run()
			b.posts = nil
			w.run() // tells that the feed is empty
			w.settled()
			c.settle(w)
			w.expect("changes", changes(w.run()), c.want...)
			if open := w.read(helloConflict) != ""; open != (name == "not at all") {
				t.Errorf("the conflict is open: %v", open)
			}
			w.settled()
		})
	}
}

// wrote makes a page what an earlier version of replant wrote of its post.
func (w *world) wrote(page, text string) {
	w.Helper()
	const ledgerFile, base = ".replant/ledger.json", ".replant/base/"
	hash := func() string {
		c, err := plan.Hash(w.site, page)
		if err != nil {
			w.Fatal(err)
		}
		return c.Hash()
	}
	before := hash()
	w.write(page, text)
	w.write(base+page, text)
	w.has(ledgerFile, before)
	w.write(ledgerFile, strings.ReplaceAll(w.read(ledgerFile), before, hash()))
}

// A page that an earlier version spelled in another way keeps that form as long as its post
// does not change, and is merged with its author's edits as if it had it still.
func TestPagesOfAnEarlierVersion(t *testing.T) {
	t.Parallel()
	const (
		body   = "<p>See https://nettle.example/a_b for 1*2*3.</p><ul><li><p>one</p></li><li><p>two*</p></li><li><p>three</p></li></ul><p>Hives&nbsp; hum.</p><p>End.</p>"
		former = "See https\\://nettle.example/a_b for 1\\*2\\*3.\n\n- one\n\n- two\\*\n\n- three\n\nHives\u00a0 hum.\n\nEnd.\n"
	)
	w, b := newWorld(t), plainBlog("hello")
	b.posts[0].body = body
	w.publish(b)
	w.run()
	head, _, _ := strings.Cut(w.read(hello), "See ")
	w.wrote(hello, head+former)
	w.settled()
	w.edit("Hives\u00a0 hum.", "Hives\u00a0 sing.")
	w.edit("- two\\*", "- two, or more\\*")
	b.replace("End.", "The end.")
	b.replace("1*2*3", "1*2*4")
	w.expect("changes", changes(w.run()), "merge "+hello)
	want := head + strings.NewReplacer("\u00a0 hum", "\u00a0 sing", "two\\*", "two, or more\\*", "End", "The end", "\\://", "://").Replace(former)
	want = strings.Replace(want, "1\\*2\\*3", "1\\*2\\*4", 1)
	if got := w.read(hello); got != want {
		t.Errorf("merged:\n%s\nwant\n%s", got, want)
	}
	w.settled()
	b.replace("The end.", "Really the end.")
	w.expect("changes again", changes(w.run()), "merge "+hello)
	w.has(hello, "- one\n\n- two, or more\\*\n\n- three\n\nHives\u00a0 sing.\n\nReally the end.\n")
	w.settled()
	w.edit("sing", "hum")
	w.edit(", or more", "")
	b.replace("Really the end.", "End.")
	w.expect("without edits", changes(w.run()), "update "+hello)
	w.has(hello, "- one\n- two*\n- three\n\nHives hum.\n\nEnd.\n")
}
