package source

import (
	"net/url"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate/blog"
	"replant/migrate/clean"
	"replant/migrate/dom"
	"replant/migrate/feedscan"
	"replant/migrate/regex"
)

// blogger is Google's Blogger, on blogspot.com and its authors' own hosts.
var blogger = &Dialect{
	Name:    "blogger",
	Match:   signs{generator: `^Blogger`, guid: `^tag:blogger\.com,1999:`, body: bloggerMarkup}.match(),
	Fill:    fillBlogger,
	Clean:   cleanBlogger,
	Markup:  bloggerMarkup,
	Older:   olderBlogger,
	Servers: bloggerServers,
	Window:  25,
	Export:  "Blogger: Settings, Manage blog, Back up content",
}

var (
	bloggerMarkup = []string{"tr-caption", `class="separator"`, "imageanchor="}
	bloggerPost   = regex.Lazy(`^tag:blogger\.com,1999:(?:.*\.)?post-(\d+)$`)
)

// fillBlogger takes the number that a post keeps for life out of its guid. Blogger's
// RSS gives the same in feeds of all hosts.
func fillBlogger(p *blog.Post, _ *feedscan.Entry) {
	if m := bloggerPost().FindStringSubmatch(p.GUID); m != nil {
		p.Names = knownAs(p.Names, "blogger", m[1])
	}
}

// cleanBlogger makes figures of the tables in which Blogger puts a picture over its
// caption, and knows where a post goes on behind what lists show of it.
func cleanBlogger(body *html.Node, _ *blog.Post) {
	if a := dom.First(body, func(n *html.Node) bool { return dom.Is(n, atom.A) && dom.Attr(n, "name") == "more" }); a != nil && dom.Empty(a) {
		m := dom.More()
		clean.Replace(a, clean.Arrangement, m)
		clean.Lift(m)
	}
	for _, table := range dom.Find(body, dom.Class("tr-caption-container")) {
		caption := dom.First(table, dom.Class("tr-caption"))
		if caption == nil || dom.First(table, dom.Named(atom.Img)) == nil || !dom.Is(table, atom.Table) {
			continue
		}
		figure := dom.Elem(atom.Figure)
		for _, cell := range dom.Find(table, dom.Named(atom.Td, atom.Th)) {
			if cell != caption && dom.Under(cell, table) && !dom.Under(cell, caption) {
				dom.MoveInto(figure, cell)
			}
		}
		words := dom.Elem(atom.Figcaption, dom.Take(caption)...)
		if !dom.Empty(words) {
			figure.AppendChild(words)
		}
		clean.Replace(table, clean.Arrangement, figure)
	}
}

// olderBlogger goes on where the feed says that the next page begins. That link leads
// to another host; the same page is to be had where this one came from. In the form of
// RSS there is no link, but the numbers of OpenSearch.
func olderBlogger(page *url.URL, h *feedscan.Head) *url.URL {
	start, size := bloggerNext(h)
	if start == "" {
		return nil
	}
	q := page.Query()
	q.Set("start-index", start)
	if size != "" {
		q.Set("max-results", size)
	}
	older := *page
	older.RawQuery = q.Encode()
	return &older
}

// bloggerNext returns the number of the first post of the next page, and how many are on
// one; start is empty on the last page.
func bloggerNext(h *feedscan.Head) (start, size string) {
	if next := blog.Resolve(nil, h.Link("next")); next != nil {
		return next.Query().Get("start-index"), next.Query().Get("max-results")
	}
	total, first, most := openSearch(h, "totalResults"), openSearch(h, "startIndex"), openSearch(h, "itemsPerPage")
	if most < 1 || first < 1 || first+most > total {
		return "", ""
	}
	return strconv.Itoa(first + most), strconv.Itoa(most)
}

// openSearch returns a number of the OpenSearch extension; 0 without it.
func openSearch(h *feedscan.Head, name string) int {
	if h.Feed == nil {
		return 0
	}
	for _, prefix := range []string{"openSearch", "opensearch"} {
		if x := h.Extensions[prefix][name]; len(x) > 0 {
			return atoi(strings.TrimSpace(x[0].Value))
		}
	}
	return 0
}

// bloggerServers ask for a picture as it was uploaded, which Google calls size 0. Beside
// sizes a name may hold how a picture is cut (-c, -p-k-no-nu), and -h for a page that
// only shows it.
var bloggerServers = []server{
	{hosts: hosts{"bp.blogspot.com", "googleusercontent.com", "ggpht.com"}, path: regex.Lazy(`/(?:s\d+|w\d+(?:-h\d+)?|h\d+)(?:-[a-z0-9-]+)?/([^/]*)$`), to: "/s0/$1"},
	{hosts: hosts{"googleusercontent.com", "ggpht.com"}, path: regex.Lazy(`=(?:s\d+|w\d+(?:-h\d+)?|h\d+)(?:-[a-z0-9-]+)?$`), to: "=s0"},
	{hosts: hosts{"images-blogger-opensocial.googleusercontent.com"}, param: "url"},
}
