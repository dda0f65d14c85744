package source

import (
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate/blog"
	"replant/migrate/clean"
	"replant/migrate/dom"
	"replant/migrate/regex"
)

// discourse is Discourse, a forum whose categories people blog in. Its feeds hold the latest
// topics.
var discourse = &Dialect{
	Name:   "discourse",
	Match:  signs{guid: `^[\w.-]+-(?:topic|post)-\d+`, body: discourseMarkup}.match(),
	Clean:  cleanDiscourse,
	Markup: discourseMarkup,
}

var discourseMarkup = []string{`class="lightbox-wrapper"`, `class="onebox `}

// discourseCount is the line that a feed adds to a topic, in any language: "3 posts - 2
// participants".
var discourseCount = regex.Lazy(`^\d[\d.,]* \p{L}+ - \d[\d.,]* \p{L}+$`)

func cleanDiscourse(body *html.Node, _ *blog.Post) {
	for _, a := range dom.Find(body, func(n *html.Node) bool { return n.DataAtom == atom.A && dom.HasClass(n, "lightbox") }) {
		for _, meta := range dom.Find(a, dom.Class("meta")) { // name and size of the file, beside a sign
			clean.Remove(meta, clean.Button)
		}
		if img := dom.First(a, dom.Named(atom.Img)); img != nil && dom.Attr(a, "title") == dom.Attr(img, "alt") {
			clean.Relink(a, "title", "", clean.Twin)
			dom.DelAttr(a, "title")
		}
	}
	for _, p := range dom.Find(body, dom.Named(atom.P)) {
		small := p.FirstChild
		if small != nil && small.NextSibling == nil && small.DataAtom == atom.Small && discourseCount().MatchString(dom.Words(p)) {
			clean.Remove(p, clean.OwnWords)
		}
	}
}
