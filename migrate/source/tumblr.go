package source

import (
	"net/url"
	"regexp"
	"strconv"

	"replant/migrate/blog"
	"replant/migrate/feedscan"
)

// tumblr is Tumblr. Its feed holds twenty posts a page, at /page/N/rss.
var tumblr = &Dialect{
	Name:    "tumblr",
	Match:   signs{generator: `^Tumblr`, guid: `^https?://[\w-]+\.tumblr\.com/post/\d+`, body: tumblrMarkup}.match(),
	Fill:    fillTumblr,
	Clean:   cleanTumblr,
	Markup:  tumblrMarkup,
	Older:   olderTumblr,
	Servers: tumblrServers,
	Window:  20,
}

// fillTumblr reads the post's number, and knows that a post without a title is called
// by its kind.
func fillTumblr(p *blog.Post, _ *feedscan.Entry) {
	p.Names = knownAs(p.Names, "tumblr", tumblrNumber(p.URL))
	switch p.Title {
	case "Photo", "Photoset", "Video", "Audio", "Untitled":
		p.Title = ""
	}
}

var tumblrPage = regexp.MustCompile(`^(?:/page/(\d+))?/rss/?$`)

// olderTumblr counts the page of a feed up; behind the last one it has no items.
func olderTumblr(page *url.URL, _ *feedscan.Head) *url.URL {
	m := tumblrPage.FindStringSubmatch(page.Path)
	if m == nil {
		return nil
	}
	n, err := strconv.Atoi(m[1])
	if err != nil || n < 1 {
		n = 1
	}
	older := *page
	older.Path, older.RawPath = "/page/"+strconv.Itoa(n+1)+"/rss", ""
	return &older
}

// tumblrServers ask for the largest copy that Tumblr keeps of a picture.
var tumblrServers = []server{
	{host: host(`media\.tumblr\.com`), path: regexp.MustCompile(`_(?:75sq|100|250|400|500|540|640)(\.(?:jpe?g|png|gifv?|webp|pnj))$`), to: "_1280$1"},
	{host: host(`media\.tumblr\.com`), path: regexp.MustCompile(`/s\d+x\d+(?:_c1)?/`), to: "/s2048x3072/"},
}
