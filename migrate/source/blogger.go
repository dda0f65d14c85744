package source

import (
	"net/url"
	"strconv"
	"strings"

	"github.com/mmcdole/gofeed"
	ext "github.com/mmcdole/gofeed/extensions"
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
// RSS has the same in feeds of all hosts.
func fillBlogger(p *blog.Post, _ *feedscan.Entry) {
	if m := bloggerPost().FindStringSubmatch(p.GUID); m != nil {
		p.Names = knownAs(p.Names, "blogger", m[1])
	}
}

// cleanBlogger makes figures of the tables in which Blogger puts a picture over its
// caption, and knows the mark at which lists cut a post.
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

// olderBlogger continues where the feed says that the next page begins. That link leads
// to another host; the host of this page has the same one. In the form of
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

// bloggerExport is Blogger's backup: Atom with all that the blog holds, its template,
// settings and comments too. Its older form says what an entry is by a category, that of
// Google Takeout (feed.atom, since 2024) by an element of its own.
var bloggerExport = &Dialect{
	Name:     "blogger-export",
	Match:    matchBloggerExport,
	Whole:    true,
	Live:     "feeds/posts/default",
	Leave:    leaveBlogger,
	Fill:     fillBloggerExport,
	Complete: completeBlogger,
	Clean:    cleanBlogger,
	Servers:  bloggerServers,
	Of:       blogger,
}

// kindOf finds the category that says what an entry is.
var kindOf = regex.Lazy(`^http://schemas\.google\.com/blogger/\d+/kind#(\w+)$`)

// bloggerKind says what an entry is, in lower case: "post", "page", "comment" and others;
// empty where nothing says.
func bloggerKind(i *gofeed.Item) string {
	if x := i.Extensions["blogger"]["type"]; len(x) > 0 {
		return strings.ToLower(strings.TrimSpace(x[0].Value))
	}
	for _, c := range i.Categories {
		if m := kindOf().FindStringSubmatch(c); m != nil {
			return m[1]
		}
	}
	return ""
}

// matchBloggerExport looks at the first entry, which is the template in the older form;
// feeds say of their posts that they are posts, too.
func matchBloggerExport(f *gofeed.Feed) certainty {
	if len(f.Items) == 0 {
		return never
	}
	i := f.Items[0]
	if kind := bloggerKind(i); len(i.Extensions["blogger"]["type"]) > 0 || kind != "" && kind != "post" {
		return byExport
	}
	return never
}

// leaveBlogger keeps posts and pages, published or yet to be.
func leaveBlogger(e *feedscan.Entry) string {
	switch kind := bloggerKind(e.Item); kind {
	case "post", "page":
	case "":
		return "entries of no kind"
	default:
		return kind
	}
	if strings.Contains(bloggerStatus(e), "TRASH") || extension(e, "blogger", "trashed") != "" {
		return "trash"
	}
	return ""
}

func bloggerStatus(e *feedscan.Entry) string {
	return strings.ToUpper(extension(e, "blogger", "status"))
}

func fillBloggerExport(p *blog.Post, e *feedscan.Entry) {
	fillBlogger(p, e)
	p.Page = bloggerKind(e.Item) == "page"
	p.Draft = bloggerStatus(e) == "DRAFT" || controlled(e)
	p.Scheduled = bloggerStatus(e) == "SCHEDULED"
	p.Summary = summaryOf(e.Content, extension(e, "blogger", "metaDescription"))
	p.Slug = blog.Slug(lastSegment(blog.ParseURL(extension(e, "blogger", "filename"))))
}

// controlled reports whether an entry is held back by app:control, whose namespace is that
// of the Atom Publishing Protocol (RFC 5023) or that of its drafts.
func controlled(e *feedscan.Entry) bool {
	for _, space := range e.Extensions {
		for _, control := range space["control"] {
			if d := control.Children["draft"]; len(d) > 0 && saysYes(d[0]) {
				return true
			}
		}
	}
	return false
}

func saysYes(x ext.Extension) bool { return strings.EqualFold(strings.TrimSpace(x.Value), "yes") }

// completeBlogger makes a post's address of the file that it had; an export of the newer
// form has no other.
func completeBlogger(i *Item, e *feedscan.Entry, f *Feed) {
	p, file := &i.Post, blog.ParseURL(extension(e, "blogger", "filename"))
	if p.URL == nil && file != nil && f.Home != nil && !p.Draft {
		p.URL = f.Home.ResolveReference(file)
		p.Names = append(names(p.URL, ""), p.Names...)
	}
	i.Hash = digest(i.Hash, bloggerKind(e.Item), bloggerStatus(e), extension(e, "blogger", "filename"), p.Summary)
}
