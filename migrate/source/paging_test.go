package source

import (
	"strings"
	"testing"

	"replant/migrate/blog"
	"replant/migrate/feedscan"
)

func TestOlderPages(t *testing.T) {
	t.Parallel()
	next := func(rel, href string) *feedscan.Head { return &feedscan.Head{Links: map[string]string{rel: href}} }
	for _, c := range []struct {
		dialect    *Dialect
		head       *feedscan.Head
		page, want string
	}{
		{forem, &feedscan.Head{}, "https://dev.to/feed/ada", "https://dev.to/feed/ada?page=2"},
		{forem, &feedscan.Head{}, "https://dev.to/feed/ada?page=2", "https://dev.to/feed/ada?page=3"},
		{forem, &feedscan.Head{}, "https://dev.to/feed/ada?a=b&page=-1", "https://dev.to/feed/ada?a=b&page=2"},
		{wordpress, &feedscan.Head{}, "https://owl.example/feed/", "https://owl.example/feed/?paged=2"},
		{wordpress, &feedscan.Head{}, "https://owl.example/?feed=rss2&paged=9", "https://owl.example/?feed=rss2&paged=10"},
		{ghost, &feedscan.Head{}, "https://lamps.example/rss/", "https://lamps.example/rss/2/"},
		{ghost, &feedscan.Head{}, "https://lamps.example/tag/oil/rss/7/", "https://lamps.example/tag/oil/rss/8/"},
		{ghost, &feedscan.Head{}, "https://lamps.example/feed.xml", ""},
		{tumblr, &feedscan.Head{}, "https://tide.example/rss", "https://tide.example/page/2/rss"},
		{tumblr, &feedscan.Head{}, "https://tide.example/page/2/rss", "https://tide.example/page/3/rss"},
		{blogger, next("next", "https://www.blogger.com/feeds/1/posts/default?start-index=26&max-results=25"),
			"https://ferns.example/feeds/posts/default", "https://ferns.example/feeds/posts/default?max-results=25&start-index=26"},
		{blogger, &feedscan.Head{}, "https://ferns.example/feeds/posts/default", ""},
		{medium, &feedscan.Head{}, "https://medium.com/feed/@ada", ""},
		{generic, &feedscan.Head{}, "https://a.example/feed", ""},
		{generic, next("next", "?page=2"), "https://a.example/feed", "https://a.example/feed?page=2"},
		{generic, next("prev-archive", "/2023.xml"), "https://a.example/feed", "https://a.example/2023.xml"},
		{generic, next("next", "https://b.example/feed?page=2"), "https://a.example/feed", ""},
		{generic, next("next", "http://a.example/feed?page=2"), "https://a.example/feed", "https://a.example/feed?page=2"},
		{generic, next("next", "https://A.example/feed?page=2#x"), "https://a.example/feed", "https://a.example/feed?page=2"},
		{generic, next("next", "https://a.example:8443/feed?page=2"), "https://a.example/feed", ""},
		{generic, next("next", "javascript:alert(1)"), "https://a.example/feed", ""},
		{generic, next("next", "http://localhost/feed?page=2"), "https://a.example/feed", ""},
		{generic, &feedscan.Head{Next: "https://a.example/2.json"}, "https://a.example/1.json", "https://a.example/2.json"},
	} {
		got := (&Feed{Dialect: c.dialect, head: c.head}).Older(blog.ParseURL(c.page)).URL
		if str(got) != c.want {
			t.Errorf("%s: behind %s comes %s, want %s", c.dialect.Name, c.page, got, c.want)
		}
	}
	if got := (&Feed{Dialect: forem, head: &feedscan.Head{}}).Older(nil); got != (Next{}) {
		t.Errorf("behind a file comes %v", got)
	}
}

// TestFeedsNameOlderPages reads where the next page is from the feeds themselves.
func TestFeedsNameOlderPages(t *testing.T) {
	t.Parallel()
	for source, want := range map[string]string{
		`<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>a</title><atom:link rel="next" href="/feed?p=2"/><item><title>b</title></item></channel></rss>`:                                                                                                                                                                   "https://a.example/feed?p=2",
		`<feed xmlns="http://www.w3.org/2005/Atom"><title>a</title><link rel="self" href="/feed"/><link rel="prev-archive" href="old.xml"/><entry><title>b</title></entry></feed>`:                                                                                                                                                                     "https://a.example/old.xml",
		`{"version":"https://jsonfeed.org/version/1.1","title":"a","next_url":"https://a.example/feed?p=3","items":[{"id":"1","content_text":"b"}]}`:                                                                                                                                                                                                   "https://a.example/feed?p=3",
		`<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:fh="http://purl.org/syndication/history/1.0"><channel><title>a</title><fh:complete/><atom:link rel="next" href="/feed?p=2"/><item><title>b</title></item></channel></rss>`:                                                                                                  "",
		`<rss version="2.0" xmlns:openSearch="http://a9.com/-/spec/opensearchrss/1.0/"><channel><title>a</title><generator>Blogger</generator><openSearch:totalResults>60</openSearch:totalResults><openSearch:startIndex>1</openSearch:startIndex><openSearch:itemsPerPage>25</openSearch:itemsPerPage><item><title>b</title></item></channel></rss>`: "https://a.example/feed?max-results=25&start-index=26",
		`<rss version="2.0" xmlns:openSearch="http://a9.com/-/spec/opensearchrss/1.0/"><channel><title>a</title><generator>Blogger</generator><openSearch:totalResults>25</openSearch:totalResults><openSearch:startIndex>1</openSearch:startIndex><openSearch:itemsPerPage>25</openSearch:itemsPerPage><item><title>b</title></item></channel></rss>`: "",
		`{"version":"https://jsonfeed.org/version/1.1","items":[{"id":"1","content_text":"b"}], "title":"a", "next_url" : "/feed?p=3"}`:                                                                                                                                                                                                                "https://a.example/feed?p=3",
		`<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>a</title><item><title>b</title></item><atom:link href='/feed?p=2&amp;q=1' rel='next'/></channel></rss>`:                                                                                                                                                           "https://a.example/feed?p=2&q=1",
		`<feed xmlns="http://www.w3.org/2005/Atom"><title>a</title><entry><title>b</title><link rel="next" href="/not-the-feeds"/></entry><link rel="next" href="/feed?p=2"/></feed>`:                                                                                                                                                                  "https://a.example/feed?p=2",
		`<rss version="2.0"><channel><title>a</title><item><title>b</title></item></channel></rss>`:                                                                                                                                                                                                                                                    "",
	} {
		page := blog.ParseURL("https://a.example/feed")
		f, err := Open(strings.NewReader(source), page)
		if err != nil {
			t.Fatal(err)
		}
		for _, err := range f.Items() {
			if err != nil {
				t.Fatal(err)
			}
		}
		if got := f.Older(page).URL; str(got) != want {
			t.Errorf("behind %s comes %s, want %s", source, got, want)
		}
	}
}

func TestOriginalsOfPlatforms(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		dialect *Dialect
		given   string
		want    string // the candidates, best first
	}{
		{medium, "https://cdn-images-1.medium.com/max/1024/1*k_9.png", "https://miro.medium.com/v2/1*k_9.png"},
		{medium, "https://miro.medium.com/v2/resize:fit:700/format:webp/0*k", "https://miro.medium.com/v2/0*k"},
		{medium, "https://miro.medium.com/focal/1200/632/50/50/1*k.jpeg", "https://miro.medium.com/v2/1*k.jpeg"},
		{medium, "https://miro.medium.com/v2/1*k.jpeg", ""},
		{medium, "https://a.example/max/1024/k.png", ""},
		{substack, "https://substackcdn.com/image/fetch/$s_!aB!,w_1456,f_auto/https%3A%2F%2Fb.example%2Fa%2520b.png", "https://b.example/a%20b.png"},
		{substack, "https://substackcdn.com/image/fetch/f_auto/https%3A%2F%2Fb.example%2Fa.heic", ""},
		{wordpress, "https://i2.wp.com/owl.example/wp-content/uploads/o.jpg?w=300&ssl=1", "https://owl.example/wp-content/uploads/o.jpg"},
		{wordpress, "https://i0.wp.com/owl.example/o.jpg?resize=1%2C2", "http://owl.example/o.jpg"},
		{wordpress, "https://owl.example/wp-content/uploads/2020/o-300x200.jpg", "https://owl.example/wp-content/uploads/2020/o.jpg"},
		{wordpress, "https://owl.files.wordpress.com/2020/o.jpg?w=300", "https://owl.files.wordpress.com/2020/o.jpg"},
		{wordpress, "https://owl.example/o-300x200.jpg", ""},
		{wordpress, "https://i1.wp.com/owl.example/wp-content/uploads/%C3%A9-300x200.png?ssl=1", "https://owl.example/wp-content/uploads/%C3%A9.png https://owl.example/wp-content/uploads/%C3%A9-300x200.png"},
		{wordpress, "https://cdn.statically.io/img/owl.example/f=auto%2Cw=300/wp-content/uploads/o.jpg", "https://owl.example/wp-content/uploads/o.jpg"},
		{wordpress, "https://owl.example/wp-content/uploads/o-1920x1080.jpg?w=600", "https://owl.example/wp-content/uploads/o.jpg https://owl.example/wp-content/uploads/o-1920x1080.jpg"},
		{ghost, "https://lamps.example/content/images/size/w1000h600/format/webp/2024/l.png", "https://lamps.example/content/images/2024/l.png"},
		{ghost, "https://lamps.example/content/images/size/w600/2024/l.png", "https://lamps.example/content/images/2024/l.png"},
		{hashnode, "https://cdn.hashnode.com/res/hashnode/image/upload/v1/a.png?auto=compress,format&format=webp", "https://cdn.hashnode.com/res/hashnode/image/upload/v1/a.png"},
		{blogger, "https://1.bp.blogspot.com/-a/b/c/s320/fern.png", "https://1.bp.blogspot.com/-a/b/c/s0/fern.png"},
		{blogger, "https://blogger.googleusercontent.com/img/a/AV=w400-h300", "https://blogger.googleusercontent.com/img/a/AV=s0"},
		{blogger, "https://blogger.googleusercontent.com/img/b/R29/AV/w400-h225-p-k-no-nu/fern.png", "https://blogger.googleusercontent.com/img/b/R29/AV/s0/fern.png"},
		{blogger, "https://lh3.ggpht.com/_a/b/s1600-h/fern.jpg", "https://lh3.ggpht.com/_a/b/s0/fern.jpg"},
		{blogger, "https://images-blogger-opensocial.googleusercontent.com/gadgets/proxy?url=https%3A%2F%2Ffern.example%2Fa%2520b.png&container=blogger", "https://fern.example/a%20b.png"},
		{blogger, "https://ferns.example/s320/fern.png", ""},
		{tumblr, "https://64.media.tumblr.com/ab/tumblr_x_500.jpg", "https://64.media.tumblr.com/ab/tumblr_x_1280.jpg"},
		{tumblr, "https://64.media.tumblr.com/ab/s640x960/cd.jpg", "https://64.media.tumblr.com/ab/s2048x3072/cd.jpg"},
		{squarespace, "https://images.squarespace-cdn.com/content/v1/p.jpg?format=1500w", "https://images.squarespace-cdn.com/content/v1/p.jpg?format=original"},
		{jsonFeed, "https://micro.blog/photos/1000x/https%3A%2F%2Fpebble.example%2Fa.jpg", "https://pebble.example/a.jpg"},
		{forem, "https://media.dev.to/uploads/a.png?width=800&height=400", "https://media.dev.to/uploads/a.png"},

		// Of sites of any make, and of posts that came from elsewhere.
		{generic, "https://a.example/cdn-cgi/image/width=800,format=auto/img/b.png", "https://a.example/img/b.png"},
		{generic, "https://a.example/_next/image?url=%2Fimg%2Fb.png&w=1920&q=75", "https://a.example/img/b.png"},
		{generic, "https://a.example/.netlify/images?url=https%3A%2F%2Fb.example%2Fc%2520d.png&w=800", "https://b.example/c%20d.png"},
		{generic, "https://images.weserv.nl/?url=b.example/c.png&w=300", "http://b.example/c.png"},
		{generic, "https://wsrv.nl/?url=ssl:b.example/c.png", "https://b.example/c.png"},
		{generic, "https://cdn.shortpixel.ai/spai/q_lossy+w_800/https://b.example/c.png", "https://b.example/c.png"},
		{hugo, "https://cdn-images-1.medium.com/max/800/1*k.png", "https://miro.medium.com/v2/1*k.png"},
		{jekyll, "https://2.bp.blogspot.com/-a/b/c/s640/fern.png", "https://2.bp.blogspot.com/-a/b/c/s0/fern.png"},
		{generic, "https://owl.example/wp-content/uploads/o-300x200.jpg", ""},

		// One server before another: a layer at a time, each decoded once.
		{substack, "https://substackcdn.com/image/fetch/f_auto/https%3A%2F%2Fmiro.medium.com%2Fmax%2F800%2F1%2Ak%2525.png", "https://miro.medium.com/v2/1*k%25.png https://miro.medium.com/max/800/1*k%25.png"},
	} {
		var got []string
		for _, u := range (&Item{dialect: c.dialect}).Original(blog.ParseURL(c.given)) {
			got = append(got, u.String())
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%s: behind %s lies %q, want %q", c.dialect.Name, c.given, s, c.want)
		}
	}
}
