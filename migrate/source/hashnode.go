package source

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate/blog"
	"replant/migrate/clean"
	"replant/migrate/dom"
	"replant/migrate/feedscan"
	"replant/migrate/regex"
)

// hashnode is Hashnode, on hashnode.dev and its authors' own hosts. Its feed has no
// older pages.
var hashnode = &Dialect{
	Name:    "hashnode",
	Match:   signs{generator: `^Hashnode`, body: append([]string{"https://cdn.hashnode.com/res/hashnode/"}, hashnodeMarkup...), space: "hashnode"}.match(),
	Fill:    fillHashnode,
	Clean:   cleanHashnode,
	Markup:  hashnodeMarkup,
	Servers: hashnodeServers,
	Window:  20,
	Export:  "Hashnode: the blog's dashboard, Export",
}

var hashnodeMarkup = []string{"hn-embed-widget", `data-node-type="callout"`}

// The keys of Hashnode's database: today's, and the one that it put behind slugs.
var (
	hashnodeKey    = regex.Lazy(`^[0-9a-f]{24}$`)
	hashnodeSuffix = regex.Lazy(`^(.+)-(c[a-z0-9]{24})$`)
)

// fillHashnode reads the cover, and takes the key of the database off the slug.
func fillHashnode(p *blog.Post, e *feedscan.Entry) {
	if u := blog.Resolve(p.URL, extension(e, "hashnode", "coverImage")); u != nil {
		p.Cover = u
	}
	if blog.IsBlank(e.Content) && !blog.IsBlank(e.Description) && !markup().MatchString(e.Description) {
		p.Losses = []string{onlyExcerpt} // what Hashnode calls its brief
	}
	if hashnodeKey().MatchString(p.GUID) {
		p.Names = knownAs(p.Names, "hashnode", p.GUID)
	}
	if m := hashnodeSuffix().FindStringSubmatch(lastSegment(p.URL)); m != nil {
		p.Slug, p.LongTag = blog.Slug(m[1]), blog.Slug(m[0])
		p.Names = knownAs(p.Names, "hashnode", m[2])
	}
}

func cleanHashnode(body *html.Node, _ *blog.Post) {
	for _, img := range dom.Find(body, dom.Named(atom.Img)) {
		// Its editor's own syntax for aligning leaks: src="https://… align="center"".
		if src, _, leaks := strings.Cut(dom.Attr(img, "src"), " align="); leaks {
			clean.Relink(img, "src", src, clean.Arrangement)
		}
	}
	for _, n := range dom.Find(body, func(n *html.Node) bool { return dom.Attr(n, "data-node-type") == "callout" }) {
		callout(n, nodeType("callout-emoji"), nodeType("callout-text"))
	}
	for _, n := range dom.Find(body, dom.Class("embed-wrapper", "hn-embed-widget")) {
		hashnodeEmbed(n)
	}
	for _, p := range dom.Find(body, dom.Named(atom.P)) {
		if m := hashnodeWidget().FindStringSubmatch(strings.TrimSpace(dom.Text(p))); m != nil {
			embedInstead(p, m[1])
		}
	}
}

func nodeType(kind string) func(*html.Node) bool {
	return func(n *html.Node) bool { return dom.Attr(n, "data-node-type") == kind }
}

// hashnodeWidget is an embed that Hashnode left as its author wrote it.
var hashnodeWidget = regex.Lazy(`^%\[(https?://[^\s\]]+)\]$`)

// hashnodeEmbed makes an embed of a box that a script would fill.
func hashnodeEmbed(n *html.Node) {
	if dom.First(n, dom.Named(atom.Iframe)) != nil {
		for _, loading := range dom.Find(n, dom.Class("embed-loading")) {
			clean.Drop(loading, clean.Frame)
		}
		return
	}
	if links := dom.Hrefs(n); len(links) > 0 {
		embedInstead(n, links[0])
	}
}

// hashnodeServers ask for a picture as it was uploaded.
var hashnodeServers = []server{{hosts: hosts{"cdn.hashnode.com"}, drop: []string{"auto", "w", "h", "fit", "crop", "q"}}}
