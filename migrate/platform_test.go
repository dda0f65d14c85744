package migrate_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// platform is how a platform gives out the pages of its feeds.
type platform struct {
	feed  string                                // path of the first page
	older func(n int) string                    // path and query of a later page
	write func(items []int, next string) string // next is empty on the last page
}

// rss writes a feed whose items are posts by number. WordPress and Ghost have whole posts
// beside their descriptions.
func rss(head string, link func(n int) string) func([]int, string) string {
	return func(items []int, next string) string {
		var b strings.Builder
		fmt.Fprintf(&b, `<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:fh="http://purl.org/syndication/history/1.0"><channel>%s`, head)
		body := "description"
		if strings.Contains(head, "wordpress") || strings.Contains(head, "Ghost") {
			body = "content:encoded"
		}
		if next != "" && !strings.Contains(head, "<generator>") {
			fmt.Fprintf(&b, `<atom:link rel="next" href="%s"/>`, strings.ReplaceAll(next, "&", "&amp;"))
		}
		for _, n := range items {
			fmt.Fprintf(&b, "<item><title>Post %d</title><link>%s</link><guid>%[2]s</guid><pubDate>%s</pubDate><%[4]s>&lt;p&gt;Words of m%[1]dm.&lt;/p&gt;</%[4]s></item>\n",
				n, link(n), firstDay.AddDate(0, 0, n).Format(time.RFC1123Z), body)
		}
		return b.String() + "</channel></rss>"
	}
}

func jsonFeed(items []int, next string) string {
	var all []string
	for _, n := range items {
		all = append(all, fmt.Sprintf(`{"id": "%d", "url": "https://blog.example/post-%[1]d", "title": "Post %[1]d", "date_published": "%s", "content_html": "<p>Words of m%[1]dm.</p>"}`,
			n, firstDay.AddDate(0, 0, n).Format(time.RFC3339)))
	}
	if next != "" {
		next = fmt.Sprintf(`"next_url": %q, `, next)
	}
	return fmt.Sprintf(`{"version": "https://jsonfeed.org/version/1.1", "title": "A blog", %s"items": [%s]}`, next, strings.Join(all, ","))
}

func atomFeed(items []int, next string) string {
	var b strings.Builder
	b.WriteString(`<feed xmlns="http://www.w3.org/2005/Atom"><title>A blog</title><generator>Blogger</generator>`)
	if _, query, ok := strings.Cut(next, "?"); ok { // it names another host
		fmt.Fprintf(&b, `<link rel="next" href="https://www.blogger.com/feeds/7/posts/default?%s"/>`, strings.ReplaceAll(query, "&", "&amp;"))
	}
	for _, n := range items {
		fmt.Fprintf(&b, `<entry><id>tag:blogger.com,1999:blog-7.post-%d</id><title>Post %[1]d</title><link rel="alternate" href="https://blog.example/post-%[1]d"/><published>%s</published><content type="html">&lt;p&gt;Words of m%[1]dm.&lt;/p&gt;</content></entry>`,
			n, firstDay.AddDate(0, 0, n).Format(time.RFC3339))
	}
	return b.String() + "</feed>"
}

// pageSize is how many posts a page of a test's platform holds.
const pageSize = 3

func count(before, behind string) func(int) string {
	return func(n int) string { return before + strconv.Itoa(n) + behind }
}

var platforms = map[string]platform{
	"forem": {"/feed/ida", count("/feed/ida?page=", ""), rss("<title>DEV Community: Ida</title><description>The latest articles on DEV Community by Ida (@ida).</description>",
		func(n int) string { return fmt.Sprintf("https://dev.to/ida/post-%04d", n) })},
	"wordpress": {"/feed/", count("/feed/?paged=", ""), rss("<title>A blog</title><generator>https://wordpress.org/?v=6.5</generator>", count("https://blog.example/post-", "/"))},
	"ghost":     {"/rss/", count("/rss/", "/"), rss("<title>A blog</title><generator>Ghost 5.8</generator>", count("https://blog.example/post-", "/"))},
	"tumblr":    {"/rss", count("/page/", "/rss"), rss("<title>A blog</title><generator>Tumblr (3.0; @tide)</generator>", count("https://tide.tumblr.com/post/7", "/a-post"))},
	"blogger": {"/feeds/posts/default", func(n int) string {
		return fmt.Sprintf("/feeds/posts/default?max-results=%d&start-index=%d", pageSize, 1+pageSize*(n-1))
	}, atomFeed},
	"json feed": {"/feed.json", count("/feed.json?page=", ""), jsonFeed},
	"rfc 5005":  {"/feed.xml", count("/feed.xml?p=", ""), rss("<title>A blog</title>", count("https://blog.example/post-", ""))},
}

// host is a server of a platform.
type host struct {
	*httptest.Server
	platform
	posts []int // by number, the newest first
	// before, if not nil, is called before a page is made: what comes out while somebody reads.
	before func(page int)
	// behind answers for the pages behind the last one; the last one names the next if it
	// is not nil.
	behind http.HandlerFunc
	// next, if not nil, changes where the next page is said to be.
	next func(addr string) string

	mu    sync.Mutex
	asked []string
}

// serve has a platform serve posts by number, up to the latest.
func serve(t *testing.T, p platform, latest int) *host {
	h := &host{platform: p}
	for n := latest; n > 0; n-- {
		h.posts = append(h.posts, n)
	}
	h.Server = httptest.NewServer(h)
	t.Cleanup(h.Close)
	return h
}

func (h *host) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.asked = append(h.asked, r.URL.RequestURI())
	n := h.number(r.URL.RequestURI())
	if n == 0 {
		http.NotFound(w, r)
		return
	}
	if h.before != nil {
		h.before(n)
	}
	from := min((n-1)*pageSize, len(h.posts))
	if n > 1 && from == len(h.posts) {
		if h.behind == nil {
			http.NotFound(w, r)
			return
		}
		h.behind(w, r)
		return
	}
	h.page(w, n, h.posts[from:min(from+pageSize, len(h.posts))])
}

func (h *host) page(w http.ResponseWriter, n int, posts []int) {
	next := ""
	if n*pageSize < len(h.posts) || h.behind != nil {
		next = h.URL + h.older(n+1)
	}
	if h.next != nil && next != "" {
		next = h.next(next)
	}
	fmt.Fprint(w, h.write(posts, next))
}

// number finds out which page is asked for; 0 for none.
func (h *host) number(uri string) int {
	if uri == h.feed {
		return 1
	}
	for n := 2; n < 100; n++ {
		if uri == h.older(n) {
			return n
		}
	}
	return 0
}

// publish brings out new posts.
func (h *host) publish(n int) {
	for range n {
		h.posts = append([]int{h.posts[0] + 1}, h.posts...)
	}
}

// requests gives how many pages were asked for since the last time.
func (h *host) requests() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	defer func() { h.asked = nil }()
	return len(h.asked)
}
