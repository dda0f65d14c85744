package crawl

import (
	"context"
	"errors"
	"io/fs"
	"net/url"
	"path"
	"slices"
	"strings"

	"replant/migrate/feedscan"
)

// usual are the places of feeds below a blog's own address.
var usual = []string{"feed/", "rss.xml", "feed.xml", "index.xml", "atom.xml"}

// places lists where the feed of a web page may be that names none: where its platform has
// it, or where the program that made it does, and the usual places. A page in a folder may be
// that of one author of many: what its host has is not looked at then.
func places(page *url.URL, generator string) (all []*url.URL) {
	add := func(place string) {
		u, err := page.Parse(place)
		if err == nil && !slices.ContainsFunc(all, func(v *url.URL) bool { return *v == *u }) {
			all = append(all, u)
		}
	}
	if home := HomeFeed(page); home != "" {
		add(home)
		return all
	}
	names, folder := usual, strings.Trim(page.EscapedPath(), "/")
	if strings.Contains(path.Base(folder), ".") { // index.html
		folder = strings.TrimPrefix(path.Dir("/"+folder), "/")
	}
	if folder != "" {
		names, folder = usual[1:], folder+"/" // feed/ has the comments on a post of WordPress
	} else if place := generatorFeed(generator); place != "" {
		add(place)
	}
	for _, name := range names {
		add("/" + folder + name)
	}
	return all
}

// search looks, the first time, for the feed of a web page that names none, and reads it. It
// returns the error of the page, with the places where there was none, if it finds none.
func (r *Reader) search(ctx context.Context, page error) error {
	var not *feedscan.NotFeedError
	if r.feed.URL == nil || r.feed.Last != nil || !errors.As(page, &not) || !not.Page || not.Challenge || not.Alternate != "" {
		return page
	}
	var tried []string
	for _, place := range places(r.feed.URL, not.Generator) {
		r.url = place
		err := r.follow(ctx, place)
		if err == nil || over(ctx, err) {
			return err
		}
		tried = append(tried, place.RequestURI())
		if !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, feedscan.ErrNotFeed) {
			break // the server is in trouble, or wants to be left alone
		}
	}
	r.url = r.feed.URL
	with := *not
	with.Tried = tried
	return &with
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

// HomeFeed returns the address of the feed of a blog on a known platform; else empty.
func HomeFeed(page *url.URL) string {
	host := strings.ToLower(strings.TrimPrefix(page.Host, "www."))
	user, rest, _ := strings.Cut(strings.Trim(page.Path, "/"), "/")
	for _, h := range homes {
		place := h.feed
		switch {
		case host == h.host && user != "" && rest == "" && !strings.Contains(user, "feed"):
			place = strings.Replace(place, "%s", user, 1)
		case strings.HasPrefix(h.host, ".") && strings.HasSuffix(host, h.host) && page.Path != place:
		default:
			continue
		}
		return page.Scheme + "://" + page.Host + place
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
