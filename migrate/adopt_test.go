package migrate_test

import (
	"slices"
	"testing"
)

const (
	hello         = "content/posts/hello/index.md"
	helloConflict = ".replant/conflict/" + hello
)

// A page that names the post's address, however it came there, is the post's: it stays
// as it is until its author takes the source's version.
func TestPageOfThePostIsAdopted(t *testing.T) {
	t.Parallel()
	for name, page := range map[string]string{
		"YAML":             "---\ntitle: Mine\nsource: https://blog.example/hello\n---\nMy words.\n",
		"YAML, below":      "---\nparams:\n  original:\n    url: https://blog.example/hello/\n---\nMy words.\n",
		"TOML":             "+++\ncanonical = 'https://blog.example/hello'\n+++\nMy words.\n",
		"JSON":             "{\n \"source\": \"https://blog.example/hello\"\n}\n\nMy words.\n",
		"by the post's id": "---\nguid: key-hello\n---\nMy words.\n",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w, b := newWorld(t), plainBlog("hello")
			w.publish(b)
			w.write(hello, page)
			out := w.run()
			w.expect("changes", changes(out), "adopt "+hello)
			w.expect("troubles", troubles(out))
			if got := w.read(hello); got != page {
				t.Errorf("the page became\n%s", got)
			}
			w.has(".replant/base/"+hello, "About hello.")
			w.settled()

			b.posts[0].body = "<p>New words.</p>"
			w.expect("when the source changes", changes(w.run()), "conflict "+hello)
			w.has(helloConflict, "New words.")
			w.write(hello, w.read(helloConflict))
			w.run()
			b.posts[0].body = "<p>Newer words.</p>"
			w.expect("when it is settled", changes(w.run()), "update "+hello)
			w.settled()
		})
	}
}

// A page in the other layout is published at the same address.
func TestPageInTheOtherLayoutIsAdopted(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.publish(plainBlog("hello"))
	w.write("content/posts/hello.md", "---\nsource: https://blog.example/hello\n---\nMine.\n")
	w.expect("changes", changes(w.run()), "adopt content/posts/hello.md")
	w.expect("pages", w.markdown(), "content/posts/hello.md")
	w.settled()
}

// A foreign file in a post's place is left alone and told of once.
func TestForeignFileInTheWay(t *testing.T) {
	t.Parallel()
	w, b := newWorld(t), plainBlog("hello", "other")
	b.posts[0].body += img("https://blog.example/cat.png")
	w.pictures["https://blog.example/cat.png"] = png("cat")
	w.publish(b)
	const foreign = "---\ntitle: Hello\n---\nMentions https://blog.example/hello in its text.\n"
	w.write(hello, foreign)
	out := w.run()
	w.expect("changes", changes(out), "conflict "+hello, "create content/posts/other/index.md")
	if got := slices.Collect(out.Plan.All())[1].Why; got != "another file has this place; see "+helloConflict {
		t.Errorf("the reason is %q", got)
	}
	if got := w.read(hello); got != foreign {
		t.Errorf("the file became\n%s", got)
	}
	w.has(helloConflict, "About hello.")
	w.settled()

	w.remove(hello)
	w.expect("when it is out of the way", changes(w.run()), "create content/posts/hello/cat.png", "create "+hello)
	if w.read(helloConflict) != "" {
		t.Error("the conflict is over and its page is still there")
	}
	w.settled()
}

// A picture does not take the place of a file beside the page.
func TestForeignPictureInTheWay(t *testing.T) {
	t.Parallel()
	w, b := newWorld(t), plainBlog("hello")
	b.posts[0].body = img("https://blog.example/cat.png")
	w.pictures["https://blog.example/cat.png"] = png("cat")
	w.publish(b)
	w.write("content/posts/hello/cat.png", "my own cat")
	w.run()
	if got := w.read("content/posts/hello/cat.png"); got != "my own cat" {
		t.Errorf("the picture became %q", got)
	}
	w.has(hello, "![a picture](cat-")
	w.settled()
}

// What an author edited waits for a decision, and every new version is told once.
func TestEditedPageIsTheAuthors(t *testing.T) {
	t.Parallel()
	w, b := newWorld(t), plainBlog("hello")
	w.publish(b)
	w.run()
	mine := w.read(hello) + "\nMy own last words.\n"
	w.write(hello, mine)
	w.settled()
	w.expect("a refresh", changes(w.run(refresh)))
	for _, version := range []string{"Second", "Third"} {
		b.posts[0].body = "<p>" + version + " version.</p>"
		w.expect("changes", changes(w.run()), "conflict "+hello)
		w.has(helloConflict, version)
		w.settled()
	}
	if got := w.read(hello); got != mine {
		t.Errorf("the page became\n%s", got)
	}
}
