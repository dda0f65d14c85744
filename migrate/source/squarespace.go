package source

import (
	"net/url"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate/blog"
	"replant/migrate/clean"
	"replant/migrate/dom"
	"replant/migrate/feedscan"
	"replant/migrate/regex"
)

// squarespace is Squarespace, on its authors' own hosts. Its feed is that of one section
// of a site, and has no older pages.
var squarespace = &Dialect{
	Name:    "squarespace",
	Match:   signs{generator: `squarespace\.com`, guid: squarespaceGUID().String(), body: squarespaceMarkup}.match(),
	Fill:    fillSquarespace,
	Clean:   cleanSquarespace,
	Markup:  squarespaceMarkup,
	Servers: squarespaceServers,
	Window:  20,
	Export:  "Squarespace: Settings, Import and export, Export, WordPress",
}

var (
	squarespaceMarkup = []string{"sqs-block", "sqs-layout", "sqs-html-content"}
	// squarespaceGUID names the site, the section and the post.
	squarespaceGUID = regex.Lazy(`^[0-9a-f]{24}:[0-9a-f]{24}:([0-9a-f]{24})$`)
)

// fillSquarespace takes the post's own key out of its guid, which changes when the post
// moves to another section.
func fillSquarespace(p *blog.Post, _ *feedscan.Entry) {
	if m := squarespaceGUID().FindStringSubmatch(p.GUID); m != nil {
		p.Names = knownAs(p.Names, "squarespace", m[1])
	}
}

// squarespaceLitter are the blocks that work on the site alone: forms, and lists of
// other posts.
var squarespaceLitter = []string{"newsletter-block", "sqs-block-newsletter", "sqs-block-summary-v2", "sqs-block-socialaccountlinks-v2", "sqs-block-search"}

func cleanSquarespace(body *html.Node, _ *blog.Post) {
	for _, n := range dom.Find(body, dom.Class(squarespaceLitter...)) {
		clean.Drop(n, clean.Widget)
	}
	for _, n := range dom.Find(body, func(n *html.Node) bool { return dom.Attr(n, "data-html") != "" }) {
		squarespaceHTML(n)
	}
	for _, n := range dom.Find(body, dom.Class("sqs-audio-embed")) {
		squarespaceAudio(n)
	}
}

// squarespaceHTML puts the HTML of a frame where a script would put it.
func squarespaceHTML(n *html.Node) {
	inner := clean.Fragment(dom.Attr(n, "data-html"))
	if inner == nil || !dom.Empty(n) {
		return
	}
	clean.Clear(n, clean.Blank)
	dom.MoveInto(n, inner)
	clean.Strip(n)
}

// squarespaceAudio shows the recording that a script would play.
func squarespaceAudio(n *html.Node) {
	src := strings.TrimSpace(dom.Attr(n, "data-url"))
	if blog.Resolve(nil, src) == nil {
		return
	}
	audio := dom.Elem(atom.Audio)
	dom.SetAttr(audio, "src", src)
	if title := blog.OneLine(dom.Attr(n, "data-title")); title != "" {
		dom.SetAttr(audio, "title", title)
	}
	clean.Replace(n, clean.Frame, audio)
}

// squarespaceServers ask for a picture as it was uploaded.
var squarespaceServers = []server{
	{hosts: hosts{"squarespace-cdn.com", "static1.squarespace.com"}, by: func(u *url.URL) *url.URL {
		whole := *u
		whole.RawQuery = "format=original"
		return &whole
	}},
}
