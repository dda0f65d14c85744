package source

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"replant/migrate/blog"
)

// Complete reports whether the feed says that it holds all posts there are.
func (f *Feed) Complete() bool { return f.head.Complete() }

// Next is where the posts before those of a page are.
type Next struct {
	// URL is nil where there are none.
	URL *url.URL
	// Guess says that the platform has its older pages there, and that the feed says
	// nothing of one: behind the last page is whatever the server has for that.
	Guess bool
	// Elsewhere is where the feed says that they are, when that is another server, whose
	// word it is not to send a reader there; else nil.
	Elsewhere *url.URL
}

// Older says where the posts before those of a page are: where the feed says so
// itself (RFC 5005, JSON Feed's next_url) there, else where the platform has them. There
// are none before a file's, whose page is nil, nor before a complete feed's.
func (f *Feed) Older(page *url.URL) Next {
	if page == nil || f.head.Complete() {
		return Next{}
	}
	if f.Dialect.Older != nil {
		if u := f.Dialect.Older(page, f.head); u != nil {
			return Next{URL: u, Guess: true}
		}
	}
	var n Next
	for _, addr := range []string{f.head.Link("prev-archive"), f.head.Link("next"), f.head.Next} {
		switch u := blog.Resolve(page, addr); {
		case u == nil:
		case sameServer(u, page):
			u.Scheme, u.Host, u.Fragment, u.RawFragment = page.Scheme, page.Host, "", ""
			return Next{URL: u}
		case n.Elsewhere == nil:
			n.Elsewhere = u
		}
	}
	return n
}

// sameServer reports whether an address leads to the server of a page. Blogs behind a proxy
// that speaks https for them name their own pages with http.
func sameServer(u, page *url.URL) bool {
	return strings.EqualFold(u.Hostname(), page.Hostname()) && (u.Port() == page.Port() || u.Port() == "" && u.Scheme != page.Scheme)
}

// countUp returns the address of a page with the number of the next one in a parameter.
func countUp(page *url.URL, param string) *url.URL {
	q := page.Query()
	q.Set(param, after(q.Get(param)))
	older := *page
	older.RawQuery = q.Encode()
	return &older
}

// after returns the number of the page after one; the first has none in its address.
func after(number string) string {
	n, err := strconv.Atoi(number)
	if err != nil || n < 1 {
		n = 1
	}
	return strconv.Itoa(n + 1)
}

// withPath returns the address of another page on the same server.
func withPath(page *url.URL, path string) *url.URL {
	other := *page
	other.Path, other.RawPath = path, ""
	return &other
}

// Rest says where the posts are that a feed does not show, once it has been read to its
// end and had so many. It is empty where nothing shows that there are any: a platform
// shows its latest posts alone, and the feed has just as many; or a file holds one page
// of a feed that has more of them.
func (f *Feed) Rest(posts int, file bool) string {
	d := f.Dialect
	switch {
	case posts == 0 || posts != d.Window:
		return ""
	case file && d.Older != nil:
		return fmt.Sprintf("a file holds one page of %d posts; give the feed's address for older ones", posts)
	case d.Export != "" && d.Older == nil:
		return fmt.Sprintf("the feed shows the latest %d posts alone; for all of them, export the blog (%s) and give the file in the place of FEED", posts, d.Export)
	case d.Export != "":
		return fmt.Sprintf("got %d posts, and the server has no older page; if there are more, export the blog (%s) and give the file in the place of FEED", posts, d.Export)
	}
	return ""
}
