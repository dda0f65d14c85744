package source

import (
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate/blog"
)

// ghost is Ghost. Its feed holds fifteen posts a page, at /rss/N/, and no date of a
// change (TryGhost/Ghost, generate-feed.js).
var ghost = &Dialect{
	Name:    "ghost",
	Match:   signs{generator: `^Ghost \d`, body: ghostMarkup}.match(),
	Fill:    fillGhost,
	Clean:   cleanGhost,
	Markup:  ghostMarkup,
	Older:   olderGhost,
	Servers: ghostServers,
	Window:  15,
}

var (
	ghostMarkup = []string{"kg-card", "kg-image", "kg-width"}
	ghostKey    = regexp.MustCompile(`^(?:[0-9a-f]{24}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$`)
)

// fillGhost reads the key of a post, which is all of its guid, and tells a post that only
// members read: of such a one the feed has an excerpt, which is plain text, and an empty
// body. Before 1.0 the whole post stood in the description.
func fillGhost(p *blog.Post, e *Entry) {
	if ghostKey.MatchString(p.GUID) {
		p.Names = knownAs(p.Names, "ghost", p.GUID)
	}
	if blank(e.Content) && !blank(e.Description) && !markup.MatchString(e.Description) {
		p.Losses = []string{onlyExcerpt + ": it is for members"}
	}
}

func cleanGhost(body *html.Node, p *blog.Post) {
	if p.URL != nil {
		ghostReferrals(body, p.URL.Hostname())
	}
	if p.Cover != nil {
		ghostCover(body, p)
	}
	ghostCards(body)
	for _, n := range find(body, class("gh-post-upgrade-cta")) {
		drop(n)
		p.Losses = append(p.Losses, blog.OnlyPart+"the beginning of it: it is for members")
	}
	for _, n := range find(body, class(ghostChrome...)) {
		drop(n)
	}
}

// ghostCover takes the copy of the cover that Ghost puts in front of a feed's first
// paragraph out again where the text shows the picture itself. Else it stands for the one
// that the blog's page has over the text.
func ghostCover(body *html.Node, p *blog.Post) {
	shown := find(body, func(n *html.Node) bool { return is(n, atom.Img) && blog.Attr(n, "src") == p.Cover.String() })
	at := slices.IndexFunc(shown, func(n *html.Node) bool { return blog.Attr(n, "class") == "" && !is(n.Parent, atom.Figure) })
	switch {
	case at < 0:
	case len(shown) > 1:
		drop(shown[at])
	default:
		p.CoverLeads = true
	}
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

// ghostServers give the file that a smaller copy was made of, on any host.
var ghostServers = []server{{path: regexp.MustCompile(`/content/images/size/w\d+(?:h\d+)?(?:/format/\w+)?/`), to: "/content/images/"}}
