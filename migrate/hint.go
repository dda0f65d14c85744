package migrate

import (
	"errors"
	"net/url"
	"strings"

	"replant/migrate/feedscan"
	"replant/migrate/memory"
)

// failed returns why a feed could not be read, with the next step to try.
func (f *Feed) failed(err error) error {
	e := &FeedError{Address: f.Address, Err: err}
	var not *feedscan.NotFeedError
	if errors.As(err, &not) {
		page := f.found
		if page == nil {
			page = f.URL
		}
		e.Next = feedHint(page, not)
	}
	return e
}

// feedHint says where the feed of a page may be: where the page says, else where its
// platform has it. Page is nil for a file.
func feedHint(page *url.URL, not *feedscan.NotFeedError) string {
	switch {
	case not.Challenge:
		return "open it in a browser, save the feed as a file, and give the file"
	case not.Instead != "":
		return not.Instead
	case page == nil && not.Alternate != "":
		return "the page names its feed: " + not.Alternate
	case page == nil:
		return ""
	case not.Alternate != "":
		return "try " + not.Alternate
	}
	if addr := homeFeed(page); addr != "" {
		return "try " + addr
	}
	if path := generatorFeed(not.Generator); path != "" {
		return "try " + page.Scheme + "://" + page.Host + path
	}
	return "look for the page's RSS or Atom link; it is often at /feed, /rss.xml or /feed.xml"
}

// homes are the hosts of platforms and where the feed of a blog lies there. A host that
// begins with a dot has a blog in each of its subdomains; %s is the first part of the
// address's path.
var homes = []struct{ host, feed string }{
	{"dev.to", "/feed/%s"},
	{"forem.com", "/feed/%s"},
	{"medium.com", "/feed/%s"},
	{"hashnode.com", "/rss/%s"},
	{"write.as", "/%s/feed/"},
	{".medium.com", "/feed"},
	{".substack.com", "/feed"},
	{".wordpress.com", "/feed/"},
	{".blogspot.com", "/feeds/posts/default"},
	{".tumblr.com", "/rss"},
	{".hashnode.dev", "/rss.xml"},
	{".ghost.io", "/rss/"},
	{".bearblog.dev", "/feed/"},
	{".mataroa.blog", "/rss/"},
	{".micro.blog", "/feed.xml"},
	{".livejournal.com", "/data/rss"},
	{".weebly.com", "/blog/feed"},
	{".wixsite.com", "/blog-feed.xml"},
	{".github.io", "/feed.xml"},
}

// homeFeed returns the address of the feed of a blog on a known platform; else empty.
func homeFeed(page *url.URL) string {
	host := strings.ToLower(strings.TrimPrefix(page.Host, "www."))
	user, rest, _ := strings.Cut(strings.Trim(page.Path, "/"), "/")
	for _, h := range homes {
		path := h.feed
		switch {
		case host == h.host && user != "" && rest == "" && !strings.Contains(user, "feed"):
			path = strings.Replace(path, "%s", user, 1)
		case strings.HasPrefix(h.host, ".") && strings.HasSuffix(host, h.host) && page.Path != path:
		default:
			continue
		}
		return page.Scheme + "://" + page.Host + path
	}
	return ""
}

// generatorFeed returns where a program puts its feed; empty for one that is not known.
func generatorFeed(generator string) string {
	name, _, _ := strings.Cut(strings.ToLower(generator), " ")
	return map[string]string{
		"wordpress": "/feed/", "ghost": "/rss/", "hugo": "/index.xml", "jekyll": "/feed.xml", "zola": "/atom.xml",
		"blogger": "/feeds/posts/default", "hexo": "/atom.xml", "pelican": "/feeds/all.atom.xml", "gatsby": "/rss.xml", "eleventy": "/feed.xml",
		"drupal": "/rss.xml", "squarespace": "/blog?format=rss", "astro": "/rss.xml",
	}[name]
}

// at returns where the feed is read: an address of the web or of a file; nil for standard
// input.
func (f *Feed) at() *url.URL {
	switch {
	case f.found != nil:
		return f.found
	case f.URL == nil:
		return f.File
	}
	return f.URL
}

// foundAt returns the address of a feed that a page names, as the ledger keeps it; empty
// where the feed was named itself, or where the address could be a secret.
func (f *Feed) foundAt() string {
	if f.found == nil || f.Secret != "" || !memory.InClear(f.found.String()) {
		return ""
	}
	return f.found.String()
}
