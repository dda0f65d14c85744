package source

import (
	"net/url"
	"regexp"
	"strings"
	"time"

	"github.com/mmcdole/gofeed"
	"golang.org/x/net/html"

	"replant/migrate/blog"
	"replant/migrate/feedscan"
)

// forem is the software of dev.to, forem.com and other communities. Its feed holds
// whole posts in <description>, twelve a page, but no date of a change, no cover, no
// series and no summary (github.com/forem/forem, feed.rss.builder).
var forem = &Dialect{
	Name:    "forem",
	Match:   isForem,
	Fill:    fillForem,
	Clean:   cleanForem,
	Older:   olderForem,
	Servers: foremServers,
	Window:  12,
}

var (
	foremHead = regexp.MustCompile(`^The latest articles on .+ by .+ \(@.+\)\.$`)
	foremBody = regexp.MustCompile(`class="(?:highlight js-code-highlight|article-body-image-wrapper|table-wrapper-paragraph|ltag[_-])`)
	foremPath = regexp.MustCompile(`^/[\w-]+/.+-[a-z0-9]{2,5}$`)
	foremCDN  = regexp.MustCompile(`^https://media\d?\.(?:dev\.to|forem\.com)/`)
)

// isForem goes by what the feed says of itself, else by the markup of a post and the
// form of its address: communities live on any host.
func isForem(f *gofeed.Feed) certainty {
	switch {
	case f.FeedType != "rss" || f.Generator != "":
		return never
	case foremHead.MatchString(f.Description) && strings.Contains(f.Title, ": "):
		return byHead
	case len(f.Items) == 0:
		return never
	}
	first := f.Items[0]
	u := blog.ParseURL(first.Link)
	if u != nil && foremPath.MatchString(u.Path) && first.GUID == first.Link && first.Content == "" &&
		(foremBody.MatchString(first.Description) || f.Image != nil && foremCDN.MatchString(f.Image.URL)) {
		return byName
	}
	return never
}

var foremSuffix = regexp.MustCompile(`^(.+)-([a-z0-9]{2,5})$`)

// fillForem reads a Forem post's title, which is plain text escaped once, and its
// address. The random suffix of the slug outlives changes of everything else; the date
// keeps two posts apart that have the same one.
func fillForem(p *blog.Post, e *feedscan.Entry) {
	p.Title = blog.OneLine(e.Title)
	m := foremSuffix.FindStringSubmatch(lastSegment(p.URL))
	if m == nil {
		return
	}
	p.Slug, p.LongTag = blog.Slug(m[1]), blog.Slug(m[0])
	if !p.Published.IsZero() {
		p.Names = append(p.Names, blog.ID("forem:"+m[2]+"@"+p.Published.UTC().Format(time.RFC3339)))
	}
}

// olderForem counts the page of a feed up; behind the last one Forem answers 404.
func olderForem(page *url.URL, _ *feedscan.Head) *url.URL { return countUp(page, "page") }

// cleanForem undoes Forem's markup, of today and of older feeds.
func cleanForem(body *html.Node, _ *blog.Post) {
	liquidThings(body)
	foremCode(body)
	foremMath(body)
	foremImages(body)
	foremTables(body)
	foremText(body)
}

// foremServers are the one of dev.to announced in June 2026; the others, past and
// present, serve other sites too (see servers).
var foremServers = []server{
	{host: host(`media\d?\.(?:dev\.to|forem\.com)|dev-to-uploads\.s3\.amazonaws\.com`), drop: []string{"width", "height"}},
}
