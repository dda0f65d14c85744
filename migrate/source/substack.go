package source

import (
	"cmp"
	"encoding/json"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate/blog"
)

// substack is substack.com, on its own hosts and others. Its feed holds the twenty
// latest posts and has no older pages.
var substack = &Dialect{
	Name:     "substack",
	Match:    signs{generator: `^Substack$`, body: `class="captioned-image-container"|https://substackcdn\.com/image/fetch/`}.match(),
	Clean:    cleanSubstack,
	Original: unwrapSubstack,
	Window:   20,
	Export:   "Substack: Settings, Exports, New export",
}

// substackLitter are the boxes that ask a reader to subscribe, to share or to install
// something, and the words that a screen reader is told.
var substackLitter = []string{"subscription-widget", "image-link-expand", "install-substack-app-embed", "community-chat",
	"poll-embed", "hide-text", "paywall-jump", "directMessage"}

func cleanSubstack(body *html.Node, p *blog.Post) {
	for _, n := range find(body, class(substackLitter...)) {
		drop(n)
	}
	for _, n := range find(body, class("button-wrapper")) {
		substackButton(n, p)
	}
	for _, n := range find(body, class("pullquote")) {
		rename(n, atom.Blockquote)
	}
	substackEmbeds(body, p)
	substackNotes(body)
}

// substackButton keeps a button as a link where it leads away from Substack's own
// doings, and where the line above it does not lead already.
func substackButton(n *html.Node, p *blog.Post) {
	a := first(n, named(atom.A))
	if a == nil || empty(a) {
		drop(n)
		return
	}
	href := blog.Attr(a, "href")
	u := resolve(p.URL, href)
	own := u == nil || p.URL != nil && u.Host == p.URL.Host || strings.HasSuffix(u.Host, "substack.com")
	if own || strings.Contains(href, "%%") || slices.Contains(hrefs(previous(n)), href) {
		drop(n)
	}
}

// substackData is what a box says of itself in its data-attrs, as far as it is of use.
type substackData struct {
	URL       string `json:"url"`
	Canonical string `json:"canonical_url"`
	Title     string `json:"title"`
	Name      string `json:"name"`
	TeX       string `json:"persistentExpression"`
	Gallery   struct {
		Images  []struct{ Src string } `json:"images"`
		Caption string                 `json:"caption"`
	} `json:"gallery"`
}

func dataOf(n *html.Node) (d substackData) {
	// What is no JSON, or has other types, says nothing: the box stays as it is.
	if json.Unmarshal([]byte(blog.Attr(n, "data-attrs")), &d) != nil {
		return substackData{}
	}
	return d
}

// substackEmbeds makes embeds, formulas and pictures of the boxes that only a script
// would fill.
func substackEmbeds(body *html.Node, p *blog.Post) {
	for _, n := range find(body, func(n *html.Node) bool { return blog.Attr(n, "data-attrs") != "" }) {
		d := dataOf(n)
		switch {
		case !under(n, body):
		case blog.HasClass(n, "embedded-post-wrap", "digest-post-embed"):
			blog.Replace(n, linkTo(cmp.Or(d.URL, d.Canonical, lastOf(hrefs(n))), cmp.Or(d.Title, words(n, class("embedded-post-title"))))...)
		case blog.HasClass(n, "tweet"):
			blog.Replace(n, substackTweet(n, d)...)
		case blog.HasClass(n, "latex-rendered") && d.TeX != "":
			blog.Replace(n, blog.Math{TeX: d.TeX, Block: true}.Node())
		case blog.HasClass(n, "mention-wrap") && empty(n):
			blog.Replace(n, text(d.Name))
		case blog.HasClass(n, "image-gallery-embed") && first(n, named(atom.Img)) == nil:
			blog.Replace(n, substackGallery(d)...)
		case blog.HasClass(n, "native-video-embed", "native-audio-embed", "audio-embed") && empty(n):
			p.Losses = append(p.Losses, "a recording that the feed left out")
			blog.Replace(n, elem(atom.P, anchor(postAddress(p), "…")))
		}
	}
}

func substackTweet(n *html.Node, d substackData) []*html.Node {
	var blocks []*html.Node
	if !empty(n) {
		blocks = quote(n)
	}
	if e := embedAt(d.URL); e != nil {
		blocks = append(blocks, blog.Embed{Kind: e.Kind, ID: e.ID, URL: e.URL}.Node())
	}
	return blocks
}

func substackGallery(d substackData) (blocks []*html.Node) {
	for _, i := range d.Gallery.Images {
		img := elem(atom.Img)
		blog.SetAttr(img, "src", i.Src)
		blocks = append(blocks, elem(atom.Figure, img))
	}
	if caption := oneLine(d.Gallery.Caption); caption != "" && len(blocks) > 0 {
		blocks[len(blocks)-1].AppendChild(elem(atom.Figcaption, text(caption)))
	}
	return blocks
}

// substackNotes gives each footnote the id that its mark leads to; [notes] does the
// rest.
func substackNotes(body *html.Node) {
	for _, n := range find(body, class("footnote")) {
		number := first(n, class("footnote-number"))
		if number == nil || blog.Attr(n, "id") != "" {
			continue
		}
		blog.SetAttr(n, "id", blog.Attr(number, "id"))
		blog.DelAttr(number, "id")
	}
}

// unwrapSubstack gives the file behind Substack's image server. What no browser shows
// is better taken from the server, which makes a picture of it that they do.
func unwrapSubstack(image *url.URL) []*url.URL {
	inner := unwrap(image)
	if len(inner) == 1 && !viewable(inner[0].Path) {
		return nil
	}
	return inner
}
