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
	b.posts = nil
	w.settled()
	compare(t, files(t, w.site), was)
}
