package migrate_test

import (
	"maps"
	"testing"

	"replant/migrate"
)

// Pages as other tools and people make them are the posts' they are of, wherever they lie.
func TestPagesOfOtherMakeAreAdopted(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ path, page, why string }{
		"hugo import jekyll": {
			"content/post/2026-01-03-hello.md", "---\ndate: \"2026-01-03T00:00:00Z\"\ntitle: HELLO\nurl: /2026/01/03/hello/\n---\nMine.\n", "title and date",
		},
		"jekyll's own front matter": {
			"content/_posts/2026-01-03-hello.markdown", "---\nlayout: post\ntitle: \"Hello\"\npermalink: /hello/\n---\nMine.\n", "path",
		},
		"wordpress-export-to-markdown": {
			"content/posts/2026-01-03-greeting/index.md", "---\ntitle: \"Hello\"\ndate: 2026-01-03\ncategories: \n  - \"news\"\ncoverImage: \"a.png\"\n---\n\nMine.\n", "title and date",
		},
		"wp2hugo": {
			"content/posts/hello.md", "---\ntitle: 'Hello'\nauthor: ida\ntype: post\ndate: 2026-01-03T09:00:00+00:00\nurl: /hello/\nguid: https://blog.example/?p=7\n---\nMine.\n", "path",
		},
		"Hugo's archetype": {
			"content/blog/first.md", "+++\ndate = '2026-01-03T10:00:00+01:00'\ndraft = true\ntitle = 'Hello'\n+++\nMine.\n", "title and date",
		},
		"an alias": {
			"content/deep/down/here.md", "---\ntitle: Other words\ndate: 2026-01-03\naliases: [/hello/]\n---\nMine.\n", "path",
		},
		"its canonical address": {
			"content/blog/x.md", "---\ntitle: Other words\ncanonical_url: http://www.blog.example/hello/\n---\nMine.\n", "address",
		},
		"an address in a key of its own": {
			"content/blog/x.md", "---\ntitle: Hello\nposted:\n  on: https://blog.example/hello\n---\nMine.\n", "address",
		},
		"another tool's id": {
			"content/blog/x.md", "{\n \"guid\": \"key-hello\",\n \"title\": \"Other words\"\n}\n\nMine.\n", "address",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w, b := newWorld(t), plainBlog("newer", "hello")
			b.posts[1].date, b.posts[1].title = firstDay.AddDate(0, 0, 2), "Hello!"
			w.publish(b)
			w.write(c.path, c.page)
			out := w.run(inPosts)
			w.expect("changes", changes(out), "create content/posts/newer/index.md", "adopt "+c.path)
			for change := range out.Plan.Shown() {
				if c.path == change.Path && !endsWith(change.Why, c.why) {
					t.Errorf("the reason is %q, not %q", change.Why, c.why)
				}
			}
			if got := w.read(c.path); got != c.page {
				t.Errorf("the page became %q", got)
			}
			w.has(".replant/base/"+c.path, "About hello.")
			w.settled()
		})
	}
}

// inPosts asks for the section of posts, wherever the author's own are.
func inPosts(m *migrate.Migration) { m.Feeds[0].Section = "posts" }

func endsWith(s, end string) bool { return len(s) >= len(end) && s[len(s)-len(end):] == end }

// What is only like a post is not taken for it.
func TestOtherPagesAreNotAdopted(t *testing.T) {
	t.Parallel()
	for name, page := range map[string]string{
		"its title on another day":  "---\ntitle: HELLO\ndate: 2020-01-01\n---\nMine.\n",
		"another title on its day":  "---\ntitle: Other\ndate: 2026-01-02\n---\nMine.\n",
		"its path and nothing else": "---\ntitle: Other\nurl: /hello/\n---\nMine.\n",
		"a mention":                 "---\ntitle: Other\nrelated: [https://blog.example/hello]\n---\nMine.\n",
		"a mention in the text":     "---\ntitle: Other\n---\nhttps://blog.example/hello\n",
		"the front page":            "---\ntitle: Other\nsource: https://blog.example/\n---\nMine.\n",
		"no front matter":           "HELLO\n",
		"broken front matter":       "---\ntitle: [\n---\nHELLO\n",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.publish(plainBlog("hello"))
			w.write("content/other/page.md", page)
			w.expect("changes", changes(w.run(inPosts)), "create "+hello)
			w.settled()
		})
	}
}

// Of a page and its translation, the one in the site's language is the post's; no page is
// two posts'.
func TestAdoptionTakesOnePageForOnePost(t *testing.T) {
	t.Parallel()
	w, b := newWorld(t), plainBlog("hello", "again")
	b.posts[1].title, b.posts[1].date = "HELLO", b.posts[0].date
	w.publish(b)
	w.write("content/blog/a.de.md", "---\ntitle: Hello\ndate: 2026-01-03\n---\n")
	w.write("content/blog/a.md", "---\ntitle: Hello\ndate: 2026-01-03\n---\n")
	w.expect("changes", changes(w.run()), "adopt content/blog/a.md", "adopt content/blog/a.de.md")
	w.settled()
}

// A site whose memory is lost is taken over as it is: nothing doubled, nothing lost.
func TestLostMemory(t *testing.T) {
	t.Parallel()
	w, b := newWorld(t), plainBlog("hello", "moved", "same")
	b.posts[0].body = soup().posts[0].body + img("https://blog.example/cat.png")
	w.pictures["https://blog.example/cat.png"] = png("cat")
	w.publish(b)
	w.run()
	w.edit("Boil.", "Boil slowly.")
	w.rename("content/posts/moved", "content/notes/elsewhere")
	before := files(t, w.site)
	if err := w.site.RemoveAll(".replant"); err != nil {
		t.Fatal(err)
	}
	w.forget()
	w.expect("changes", changes(w.run()), "adopt "+hello)
	after := files(t, w.site)
	for _, all := range []map[string]string{before, after} {
		maps.DeleteFunc(all, func(name, _ string) bool { return name[0] == '.' })
	}
	if !maps.Equal(before, after) {
		t.Errorf("the site is another: %s", differences(after, before))
	}
	w.settled()

	b.replace("Serve", "Eat")
	b.posts[1].body = "<p>New.</p>"
	w.expect("the next change", changes(w.run()), "merge "+hello, "update content/notes/elsewhere/index.md")
	w.has(hello, "Boil slowly.")
	w.settled()
}
