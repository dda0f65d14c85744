package source

import (
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"replant/migrate/blog"
)

// tumblr is Tumblr. Its feed holds twenty posts a page, at /page/N/rss.
var tumblr = &Dialect{
	Name:     "tumblr",
	Match:    signs{generator: `^Tumblr`, body: `class="tmblr-full"|class="tumblr_blog"`}.match(),
	Fill:     fillTumblr,
	Older:    olderTumblr,
	Original: originalTumblr,
	Window:   20,
}

// fillTumblr knows that a post without a title is called by its kind.
func fillTumblr(p *blog.Post, _ *Entry) {
	switch p.Title {
	case "Photo", "Photoset", "Video", "Audio":
		p.Title = ""
	}
}

var tumblrPage = regexp.MustCompile(`^(?:/page/(\d+))?/rss/?$`)

// olderTumblr counts the page of a feed up; behind the last one it has no items.
func olderTumblr(page *url.URL, _ *head) *url.URL {
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

var (
	tumblrSize = regexp.MustCompile(`_(?:75sq|100|250|400|500|540|640)(\.(?:jpe?g|png|gifv?|webp|pnj))$`)
	tumblrBox  = regexp.MustCompile(`/s\d+x\d+(?:_c1)?/`)
)

// originalTumblr asks for the largest copy that Tumblr keeps of a picture.
func originalTumblr(image *url.URL) []*url.URL {
	if !strings.HasSuffix(image.Hostname(), "media.tumblr.com") {
		return unwrap(image)
	}
	path := image.EscapedPath()
	large := tumblrBox.ReplaceAllString(tumblrSize.ReplaceAllString(path, "_1280$1"), "/s2048x3072/")
	if large == path {
		return nil
	}
	return better(image.Scheme + "://" + image.Host + large)
}
