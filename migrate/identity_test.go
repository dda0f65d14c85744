package migrate_test

import (
	"slices"
	"strings"
	"testing"
)

// A post is known by any of its names, and keeps its page.
func TestPostKeepsItsPage(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		blog  *weblog
		after func(*article)
	}{
		"a new slug and title": {plainBlog("hello"), func(p *article) {
			p.link, p.title = "https://blog.example/good-day", "Good day"
		}},
		"a new guid":      {plainBlog("hello"), func(p *article) { p.guid = "of another software" }},
		"https":           {plainBlog("hello"), func(p *article) { p.link = strings.Replace(p.link, "https", "http", 1) }},
		"a slash, tracks": {plainBlog("hello"), func(p *article) { p.link += "/?utm_source=rss" }},
		"a new user name at Forem": {foremBlog(9, "hello-1a2b"), func(p *article) {
			p.link = "https://dev.to/ida-garden/hello-1a2b"
		}},
		"a draft's slug at Forem": {foremBlog(9, "hello-temp-slug-1a2b"), func(p *article) {
			p.link = "https://dev.to/ida/good-day-1a2b"
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.publish(c.blog)
			w.run()
			was := w.markdown()
			p := c.blog.posts[0]
			c.after(p)
			p.body = "<p>New words.</p>"
			w.expect("changes", changes(w.run()), "update "+was[0])
			w.expect("pages", w.markdown(), was...)
			w.has(was[0], "New words.")
			w.settled()
		})
	}
}

// A blog moves: its posts keep their pages, whatever the new place calls them.
func TestBlogMoves(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		head     string
		was, now article
	}{
		"Substack, to a host of its own": {"<generator>Substack</generator>",
			article{link: "https://ida.substack.com/p/hello"}, article{link: "https://letters.example/p/hello", title: "Hello, renamed"}},
		"wordpress.com, to a host of its own": {"<generator>http://wordpress.com/</generator>",
			article{link: "https://ida.wordpress.com/2026/01/05/hello/", guid: "http://ida.wordpress.com/?p=12"},
			article{link: "https://ida.example/hello/", guid: "http://ida.wordpress.com/?p=12", title: "Hello, renamed"}},
		"WordPress, guids and all": {"<generator>https://wordpress.org/?v=6</generator>",
			article{link: "https://old.example/hello/", guid: "https://old.example/?p=12"},
			article{link: "https://new.example/a-new-slug/", guid: "https://new.example/?p=12", title: "Hello, renamed"}},
		"WordPress, from http": {"<generator>https://wordpress.org/?v=6</generator>",
			article{link: "http://www.old.example/hello/", guid: "http://www.old.example/?p=12"},
			article{link: "https://old.example/hi/", guid: "https://old.example/?p=12", title: "Hello, renamed"}},
		"Medium, to a publication": {"<generator>Medium</generator>",
			article{link: "https://medium.com/@ida/hello-0123456789ab?source=rss", guid: "https://medium.com/p/0123456789ab"},
			article{link: "https://blog.example/a-new-slug-0123456789ab", guid: "https://medium.com/p/0123456789ab", title: "Hello, renamed"}},
		"Medium, from an export": {"<generator>Medium</generator>",
			article{link: "https://medium.com/@ida/hello-0123456789ab", guid: " "},
			article{link: "https://ida.medium.com/a-new-slug-0123456789ab", guid: "https://medium.com/p/0123456789ab", title: "Hello, renamed"}},
		"Tumblr, to another name": {"<generator>Tumblr (3.0; @tide)</generator>",
			article{link: "https://tide.tumblr.com/post/712345678901/hello"},
			article{link: "https://www.tumblr.com/ebb/712345678901/a-new-slug", title: "Hello, renamed"}},
		"Blogger, to another country": {"<generator>Blogger</generator>",
			article{link: "http://ferns.blogspot.com/2026/01/hello.html", guid: "tag:blogger.com,1999:blog-7.post-12"},
			article{link: "https://ferns.blogspot.co.uk/2026/01/a-new-slug.html", guid: "tag:blogger.com,1999:blog-7.post-12", title: "Hello, renamed"}},
		"Ghost, to a host of its own": {"<generator>Ghost 5.8</generator>",
			article{link: "https://ida.ghost.io/hello/", guid: "65c0a1b2c3d4e5f601234567"},
			article{link: "https://ida.example/a-new-slug/", guid: "65c0a1b2c3d4e5f601234567", title: "Hello, renamed"}},
		"Forem, to another user and host": {"<description>The latest articles on DEV Community by Ida (@ida).</description>",
			article{link: "https://dev.to/ida/hello-1a2b"}, article{link: "https://forem.com/garden/a-new-slug-1a2b", title: "Hello, renamed"}},
		"from one platform to another": {"", article{link: "https://medium.com/@ida/hello-0123456789ab", guid: "https://medium.com/p/0123456789ab"},
			article{link: "https://ida.example/posts/hello/", guid: "urn:uuid:1"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w, b := newWorld(t), plainBlog("hello", "another")
			for i, a := range []article{c.was, {link: strings.NewReplacer("hello", "other", "8901", "8902").Replace(c.was.link) + "9"}} {
				p := b.posts[i]
				p.title, p.link, p.guid = "Hello "+p.title, a.link, a.guid
			}
			b.head = "<title>DEV Community: Ida</title>" + c.head
			w.publish(b)
			w.run()
			was := w.markdown()
			p := b.posts[0]
			p.link, p.guid, p.body = c.now.link, c.now.guid, "<p>New words.</p>"
			if c.now.title != "" {
				p.title = c.now.title
			}
			if got := changes(w.run()); len(got) != 1 || !strings.HasPrefix(got[0], "update ") {
				t.Errorf("changes are %q", got)
			}
			w.expect("pages", w.markdown(), was...)
			w.settled()
		})
	}
}

// A new post at an old one's address, with a guid of its own, is a post of its own,
// whether the old one is still in the feed or not.
func TestNewPostTakesOverAnAddress(t *testing.T) {
	t.Parallel()
	for _, stays := range []bool{true, false} {
		w, b := newWorld(t), plainBlog("hello")
		w.publish(b)
		w.run()
		old := b.posts[0]
		old.link = "https://blog.example/hello-of-old"
		b.add(&article{link: "https://blog.example/hello", guid: "key-2", title: "Hello again", body: "<p>Of now.</p>", date: old.date.AddDate(0, 2, 0)})
		if !stays {
			b.posts = b.posts[:1]
		}
		w.run()
		w.expect("pages", w.markdown(), "content/posts/hello-2/index.md", "content/posts/hello/index.md")
		w.has("content/posts/hello/index.md", "About hello.")
		w.has("content/posts/hello-2/index.md", "Of now.")
		w.settled()
	}
}

func TestGuidHandedOutTwice(t *testing.T) {
	t.Parallel()
	w, b := newWorld(t), plainBlog("b", "a")
	b.posts[0].guid, b.posts[1].guid = "the same", "the same"
	w.publish(b)
	w.expect("changes", changes(w.run()), "create content/posts/b/index.md", "create content/posts/a/index.md")
	w.settled()
	slices.Reverse(b.posts)
	w.settled()
	b.posts[0].body, b.posts[1].body = "<p>About a, again.</p>", "<p>About b, again.</p>"
	w.run()
	w.has("content/posts/a/index.md", "About a, again.")
	w.has("content/posts/b/index.md", "About b, again.")
}

func TestItemGivenTwice(t *testing.T) {
	t.Parallel()
	w, b := newWorld(t), plainBlog("a")
	b.posts = append(b.posts, b.posts[0])
	w.publish(b)
	w.expect("changes", changes(w.run()), "create content/posts/a/index.md")
	w.settled()
}

func TestPostInTwoFeeds(t *testing.T) {
	t.Parallel()
	w, all, some := newWorld(t), plainBlog("b", "a"), plainBlog("a")
	some.address = "https://blog.example/tag/feed.xml"
	w.publish(all)
	w.publish(some)
	w.expect("changes", changes(w.run()), "create content/posts/b/index.md", "create content/posts/a/index.md")
	w.settled()
}

func TestPostsWithOneSlugHavePathsOfTheirOwn(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		blog *weblog
		want []string
	}{
		"at Forem, by the long slug": {foremBlog(9, "hello-1a2b", "hello-3c4d", "hello-5e6f"),
			[]string{"content/posts/hello-3c4d/index.md", "content/posts/hello-5e6f/index.md", "content/posts/hello/index.md"}},
		"elsewhere, by number": {plainBlog("2024/hello", "2025/hello", "2026/hello"),
			[]string{"content/posts/hello-2/index.md", "content/posts/hello-3/index.md", "content/posts/hello/index.md"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.publish(c.blog)
			w.run()
			w.expect("pages", w.markdown(), c.want...)
			was := files(t, w.site)
			slices.Reverse(c.blog.posts)
			w.settled()
			w.run(refresh)
			compare(t, files(t, w.site), was)
		})
	}
}

// The number that keeps a page apart does not run into a post that is called so.
func TestNumberedSlugMeetsARealOne(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.publish(plainBlog("hello", "2025/hello", "hello-2"))
	w.run()
	w.expect("pages", w.markdown(), "content/posts/hello-2-2/index.md", "content/posts/hello-2/index.md", "content/posts/hello/index.md")
	w.has("content/posts/hello-2/index.md", "2025/hello")
	w.settled()
}

func TestOrderOfTheFeedDoesNotMatter(t *testing.T) {
	t.Parallel()
	w, b := newWorld(t), plainBlog("c", "b", "a")
	w.publish(b)
	w.run()
	slices.Reverse(b.posts)
	w.settled()
}

// Feeds are windows: what leaves one stays in the site.
func TestPostThatLeavesTheFeedStays(t *testing.T) {
	t.Parallel()
	w, b := newWorld(t), plainBlog("b", "a")
	w.publish(b)
	w.run()
	was := files(t, w.site)
	b.posts = b.posts[:1]
	w.settled()
	compare(t, files(t, w.site), was)
	left := b.posts
	b.posts = nil
	out := w.run()
	w.expect("changes", changes(out))
	w.expect("troubles", troubles(out), "https://blog.example/feed.xml: has no post any more; the pages of those that it had stay")
	w.settled()
	b.posts = left
	w.expect("changes", changes(w.run()))
	w.settled()
	compare(t, files(t, w.site), was)
}
