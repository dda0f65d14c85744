package source

import (
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate/blog"
	"replant/migrate/clean"
	"replant/migrate/dom"
	"replant/migrate/feedscan"
	"replant/migrate/regex"
)

// substack is substack.com, on its own hosts and others. Its feed holds the twenty
// latest posts and has no older pages.
var substack = &Dialect{
	Name:    "substack",
	Match:   signs{generator: `^Substack$`, guid: `^substack:post:\d+$`, body: append([]string{"https://substackcdn.com/image/fetch/"}, substackMarkup...)}.match(),
	Fill:    fillSubstack,
	Look:    lookAtSubstack,
	Clean:   cleanSubstack,
	Markup:  append([]string{`class="pullquote"`, `class="button-wrapper" data-attrs=`}, substackMarkup...),
	Servers: substackServers,
	Key:     keySubstack,
	Window:  20,
	Export:  "Substack: Settings, Exports, New export",
}

var substackMarkup = []string{"captioned-image-container", "subscription-widget", "embedded-post-wrap", "digest-post-embed"}

// What Substack names a post by, where it does: its number, in the guid of an episode and
// in the address of a recording.
var (
	substackGUID    = regex.Lazy(`^substack:post:(\d+)$`)
	substackEpisode = regex.Lazy(`^https://api\.substack\.com/feed/podcast/(\d+)/`)
)

// fillSubstack reads the post's number.
func fillSubstack(p *blog.Post, e *feedscan.Entry) {
	if m := substackGUID().FindStringSubmatch(p.GUID); m != nil {
		p.Names = knownAs(p.Names, "substack", m[1])
	}
	for _, enclosure := range e.Enclosures {
		if m := substackEpisode().FindStringSubmatch(enclosure.URL); m != nil {
			p.Names = knownAs(p.Names, "substack", m[1])
		}
	}
	if p.URL != nil && strings.HasPrefix(p.URL.Path, "/p/") {
		p.Names = knownAs(p.Names, "slug", lastSegment(p.URL)) // all that its archive says of the address
	}
}

// lookAtSubstack recognises a post that only paying readers see whole: its feed ends in a
// link to it.
func lookAtSubstack(body *html.Node, p *blog.Post) {
	last := clean.LastBlock(body)
	if last == nil || p.URL == nil || dom.Words(last) != "Read more" {
		return
	}
	if links := dom.Hrefs(last); len(links) == 1 && clean.SamePage(links[0], p.URL) {
		p.Losses = append(p.Losses, blog.OnlyPart+"the beginning of it: it is for paying readers")
	}
}

// substackLitter are the boxes that ask a reader to subscribe, to share or to install
// something, and the words for a screen reader.
var substackLitter = []string{"subscription-widget", "subscribe-widget", "image-link-expand", "install-substack-app-embed", "community-chat",
	"poll-embed", "hide-text", "paywall-jump", "directMessage", "header-anchor-parent", "file-embed-thumbnail-default"}

func cleanSubstack(body *html.Node, p *blog.Post) {
	for _, n := range dom.Find(body, dom.Class(substackLitter...)) {
		clean.Drop(n, clean.Widget)
	}
	for _, n := range dom.Find(body, dom.Class("button-wrapper")) {
		substackButton(n, p)
	}
	for _, n := range dom.Find(body, dom.Class("captioned-button-wrap")) {
		if len(dom.Hrefs(n)) == 0 {
			clean.Drop(n, clean.Widget) // the words around a button that went
		}
	}
	for _, n := range dom.Find(body, dom.Class("pullquote", "callout-block")) {
		dom.Rename(n, atom.Blockquote)
	}
	substackEmbeds(body, p)
	substackNotes(body)
}

// substackButton keeps a button as a link where it leads away from Substack's own
// doings, and where the line above it does not lead already.
func substackButton(n *html.Node, p *blog.Post) {
	a := dom.First(n, dom.Named(atom.A))
	if a == nil || dom.Empty(a) {
		clean.Drop(n, clean.Widget)
		return
	}
	href := dom.Attr(a, "href")
	u := blog.Resolve(p.URL, href)
	own := u == nil || strings.HasSuffix(u.Path, "/subscribe") || u.Query().Get("action") == "share" || p.URL != nil && u.Host == p.URL.Host || strings.HasSuffix(u.Host, "substack.com")
	if own || strings.Contains(href, "%%") || slices.Contains(dom.Hrefs(dom.Previous(n)), href) {
		clean.Drop(n, clean.Widget)
	}
}

// substackNotes sets the id of each footnote to the one that its mark leads to;
// [clean.Finish] does the rest.
func substackNotes(body *html.Node) {
	for _, n := range dom.Find(body, dom.Class("footnote")) {
		number := dom.First(n, dom.Class("footnote-number"))
		if number == nil || dom.Attr(n, "id") != "" {
			continue
		}
		dom.SetAttr(n, "id", dom.Attr(number, "id"))
		dom.DelAttr(number, "id")
	}
}

// substackServers return the file behind Substack's image server. What no browser shows is
// better taken from the server, which makes a picture of it that they do.
var substackServers = []server{{
	hosts: hosts{"substackcdn.com", "cdn.substack.com"},
	by: func(u *url.URL) *url.URL {
		inner := server{path: substackImage, wraps: true}.behind(u)
		if inner == nil || !viewable(inner.Path) {
			return nil
		}
		return inner
	},
}}

var substackImage = regex.Lazy(`/image/fetch/(?:.*?/)??` + wrapped)
