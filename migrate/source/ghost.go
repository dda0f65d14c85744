package source

import (
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate/blog"
)

// ghost is Ghost. Its feed holds fifteen posts a page, at /rss/N/, and no date of a
// change (TryGhost/Ghost, generate-feed.js).
var ghost = &Dialect{
	Name:     "ghost",
	Match:    signs{generator: `^Ghost \d`, body: `class="kg-(?:card|image|width)`}.match(),
	Clean:    cleanGhost,
	Older:    olderGhost,
	Original: originalGhost,
	Window:   15,
}

// ghostChrome are the parts of cards that only work on the blog's own pages.
var ghostChrome = []string{"kg-video-overlay", "kg-video-player-container", "kg-audio-player", "kg-audio-thumbnail",
	"kg-signup-card", "kg-signup-card-form", "kg-toggle-card-icon", "kg-bookmark-thumbnail"}

func cleanGhost(body *html.Node, p *blog.Post) {
	if p.URL != nil {
		ghostReferrals(body, p.URL.Hostname())
	}
	for _, n := range find(body, class("kg-bookmark-card")) {
		ghostBookmark(n)
	}
	for _, n := range find(body, class("kg-callout-card")) {
		callout(n, class("kg-callout-emoji"), class("kg-callout-text"))
	}
	for _, n := range find(body, class(ghostChrome...)) {
		drop(n)
	}
}

// ghostBookmark makes a titled link of the card of another page, and keeps its caption.
func ghostBookmark(n *html.Node) {
	a := first(n, class("kg-bookmark-container"))
	if a == nil {
		return
	}
	blocks := linkTo(blog.Attr(a, "href"), words(n, class("kg-bookmark-title")))
	if caption := first(n, named(atom.Figcaption)); caption != nil {
		blog.Remove(caption)
		blocks = append(blocks, caption)
	}
	blog.Replace(n, blocks...)
}

// callout makes a quote of a box that stands out, its sign in front of its text.
func callout(n *html.Node, sign, body func(*html.Node) bool) {
	said := first(n, body)
	if said == nil {
		return
	}
	mark := words(n, sign)
	blog.Remove(said)
	q := elem(atom.Blockquote, take(said)...)
	wrapRuns(q)
	if mark != "" {
		lead(q, mark+" ")
	}
	blog.Replace(n, q)
}

// lead puts a text in front of what a quote says.
func lead(q *html.Node, mark string) {
	if p := q.FirstChild; is(p, atom.P) {
		p.InsertBefore(text(mark), p.FirstChild)
		return
	}
	q.InsertBefore(elem(atom.P, text(mark)), q.FirstChild)
}

// ghostReferrals takes off links what tells other blogs whence a reader comes: the
// blog's own name.
func ghostReferrals(body *html.Node, host string) {
	name, _, _ := strings.Cut(strings.TrimPrefix(host, "www."), ".")
	for _, a := range find(body, named(atom.A)) {
		u := parseURL(blog.Attr(a, "href"))
		if u == nil || u.RawQuery == "" {
			continue
		}
		var kept []string
		for param := range strings.SplitSeq(u.RawQuery, "&") {
			if ref, ok := strings.CutPrefix(param, "ref="); !ok || !strings.EqualFold(ref, host) && !strings.EqualFold(ref, name) {
				kept = append(kept, param)
			}
		}
		if rest := strings.Join(kept, "&"); rest != u.RawQuery {
			u.RawQuery = rest
			blog.SetAttr(a, "href", u.String())
		}
	}
}

var ghostPage = regexp.MustCompile(`^(.*/rss)(?:/(\d+))?/?$`)

// olderGhost counts the page of a feed up; behind the last one Ghost answers 404.
func olderGhost(page *url.URL, _ *head) *url.URL {
	m := ghostPage.FindStringSubmatch(page.Path)
	if m == nil {
		return nil
	}
	n, err := strconv.Atoi(m[2])
	if err != nil || n < 1 {
		n = 1
	}
	older := *page
	older.Path, older.RawPath = m[1]+"/"+strconv.Itoa(n+1)+"/", ""
	return &older
}

var ghostSize = regexp.MustCompile(`/content/images/size/w\d+(?:h\d+)?(?:/format/\w+)?/`)

// originalGhost gives the file that a smaller copy was made of.
func originalGhost(image *url.URL) []*url.URL {
	path := image.EscapedPath()
	if !ghostSize.MatchString(path) {
		return unwrap(image)
	}
	return better(image.Scheme + "://" + image.Host + ghostSize.ReplaceAllString(path, "/content/images/"))
}
