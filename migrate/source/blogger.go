package source

import (
	"net/url"
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate/blog"
)

// blogger is Google's Blogger, on blogspot.com and its authors' own hosts.
var blogger = &Dialect{
	Name:     "blogger",
	Match:    signs{generator: `^Blogger`, guid: `^tag:blogger\.com,1999:`}.match(),
	Clean:    cleanBlogger,
	Older:    olderBlogger,
	Original: originalBlogger,
}

// cleanBlogger makes figures of the tables in which Blogger puts a picture over its
// caption.
func cleanBlogger(body *html.Node, _ *blog.Post) {
	for _, table := range find(body, class("tr-caption-container")) {
		caption := first(table, class("tr-caption"))
		if caption == nil || first(table, named(atom.Img)) == nil || !is(table, atom.Table) {
			continue
		}
		figure := elem(atom.Figure)
		for _, cell := range find(table, named(atom.Td, atom.Th)) {
			if cell != caption && under(cell, table) && !under(cell, caption) {
				moveInto(figure, cell)
			}
		}
		words := elem(atom.Figcaption, take(caption)...)
		if !empty(words) {
			figure.AppendChild(words)
		}
		blog.Replace(table, figure)
	}
}

func moveInto(parent, from *html.Node) {
	for _, c := range take(from) {
		parent.AppendChild(c)
	}
}

// olderBlogger goes on where the feed says that the next page begins. That link leads
// to another host; the same page is to be had where this one came from.
func olderBlogger(page *url.URL, h *head) *url.URL {
	next := resolve(nil, h.link("next"))
	if next == nil || next.Query().Get("start-index") == "" {
		return nil
	}
	q := page.Query()
	for _, key := range []string{"start-index", "max-results"} {
		if v := next.Query().Get(key); v != "" {
			q.Set(key, v)
		}
	}
	older := *page
	older.RawQuery = q.Encode()
	return &older
}

var (
	bloggerPath = regexp.MustCompile(`/(?:s\d+|w\d+-h\d+)(?:-[a-z0-9-]+)?/([^/]*)$`)
	bloggerEnd  = regexp.MustCompile(`=(?:s\d+|w\d+(?:-h\d+)?)(?:-[a-z0-9-]+)?$`)
)

// originalBlogger asks for a picture as it was uploaded, which Google calls size 0.
func originalBlogger(image *url.URL) []*url.URL {
	host, path := image.Hostname(), image.EscapedPath()
	if !strings.HasSuffix(host, ".bp.blogspot.com") && !strings.HasSuffix(host, ".googleusercontent.com") {
		return unwrap(image)
	}
	whole := bloggerEnd.ReplaceAllString(bloggerPath.ReplaceAllString(path, "/s0/$1"), "=s0")
	if whole == path {
		return nil
	}
	return better(image.Scheme + "://" + image.Host + whole)
}
