package source

import (
	"cmp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate/clean"
	"replant/migrate/dom"
)

// ghostChrome are the parts of cards that only work on the blog's own pages, and the card
// that asks a reader to sign up.
var ghostChrome = []string{"kg-video-overlay", "kg-video-player-container", "kg-audio-player", "kg-audio-thumbnail",
	"kg-signup-card", "kg-signup-card-form", "kg-toggle-card-icon", "kg-bookmark-thumbnail", "kg-file-card-icon"}

// ghostCards undoes the cards of Ghost's editor (TryGhost/Koenig, kg-default-nodes).
func ghostCards(body *html.Node) {
	for _, card := range dom.Find(body, dom.Class("kg-card")) {
		switch {
		case !dom.Under(card, body): // it lay in another one
		case dom.HasClass(card, "kg-bookmark-card"):
			ghostBookmark(card)
		case dom.HasClass(card, "kg-callout-card"):
			callout(card, dom.Class("kg-callout-emoji"), dom.Class("kg-callout-text"))
		case dom.HasClass(card, "kg-toggle-card"):
			ghostToggle(card)
		case dom.HasClass(card, "kg-audio-card"):
			ghostAudio(card)
		case dom.HasClass(card, "kg-file-card"):
			ghostFile(card)
		case dom.HasClass(card, "kg-product-card"):
			ghostRating(card)
		case dom.HasClass(card, "kg-header-card"):
			ghostHeader(card)
		}
	}
}

// ghostBookmark makes a titled link of the card of another page, and keeps its caption.
func ghostBookmark(n *html.Node) {
	a := dom.First(n, dom.Class("kg-bookmark-container"))
	if a == nil {
		return
	}
	blocks := linkTo(dom.Attr(a, "href"), dom.WordsOf(n, dom.Class("kg-bookmark-title")))
	if caption := dom.First(n, dom.Named(atom.Figcaption)); caption != nil {
		dom.Detach(caption)
		blocks = append(blocks, dom.Elem(atom.P, dom.Take(caption)...))
	}
	clean.Replace(n, clean.Card, blocks...)
}

// ghostToggle makes a card that a reader unfolds what HTML has for it.
func ghostToggle(n *html.Node) {
	heading, content := dom.First(n, dom.Class("kg-toggle-heading-text")), dom.First(n, dom.Class("kg-toggle-content"))
	if heading == nil || content == nil || dom.Under(content, heading) || dom.Under(heading, content) {
		return
	}
	details := dom.Elem(atom.Details, dom.Elem(atom.Summary, dom.Take(heading)...))
	dom.MoveInto(details, content)
	clean.Replace(n, clean.Arrangement, details)
}

// ghostAudio gives a recording its title.
func ghostAudio(n *html.Node) {
	audio, title := dom.First(n, dom.Named(atom.Audio)), dom.First(n, dom.Class("kg-audio-title"))
	if audio == nil || title == nil || dom.Under(audio, title) {
		return
	}
	dom.SetAttr(audio, "title", dom.Words(title))
	clean.Drop(title, clean.Card)
}

// ghostFile makes a titled link of the card of a file, and keeps what its author says
// of it.
func ghostFile(n *html.Node) {
	a := dom.First(n, dom.Class("kg-file-card-container"))
	if a == nil {
		return
	}
	name := dom.WordsOf(n, dom.Class("kg-file-card-filename"))
	blocks := linkTo(dom.Attr(a, "href"), cmp.Or(dom.WordsOf(n, dom.Class("kg-file-card-title")), name))
	if about := dom.WordsOf(n, dom.Class("kg-file-card-caption")); about != "" {
		blocks = append(blocks, dom.Elem(atom.P, dom.TextNode(about)))
	}
	clean.Replace(n, clean.Card, blocks...)
}

// ghostRating writes the stars of a product, which are drawings.
func ghostRating(n *html.Node) {
	rating := dom.First(n, dom.Class("kg-product-card-rating"))
	stars, lit := dom.Find(rating, dom.Class("kg-product-card-rating-star")), dom.Find(rating, dom.Class("kg-product-card-rating-active"))
	if len(stars) == 0 || len(stars) > 10 || len(lit) > len(stars) {
		return
	}
	clean.Replace(rating, clean.Glyphs, dom.Elem(atom.P, dom.TextNode(strings.Repeat("★", len(lit))+strings.Repeat("☆", len(stars)-len(lit)))))
}

// ghostHeader shows the picture behind a heading, which older cards keep in a style.
func ghostHeader(n *html.Node) {
	src := dom.Attr(n, "data-kg-background-image")
	if src == "" || dom.First(n, dom.Named(atom.Img)) != nil {
		return
	}
	img := dom.Elem(atom.Img)
	dom.SetAttr(img, "src", src)
	n.InsertBefore(img, n.FirstChild)
}

// callout makes a quote of a box that stands out, its sign in front of its text.
func callout(n *html.Node, sign, body func(*html.Node) bool) {
	said := dom.First(n, body)
	if said == nil {
		return
	}
	mark := dom.WordsOf(n, sign)
	dom.Detach(said)
	q := dom.Elem(atom.Blockquote, dom.Take(said)...)
	clean.WrapRuns(q)
	if mark != "" {
		lead(q, mark+" ")
	}
	clean.Replace(n, clean.Arrangement, q)
}

// lead puts a text in front of what a quote says.
func lead(q *html.Node, mark string) {
	if p := q.FirstChild; dom.Is(p, atom.P) {
		p.InsertBefore(dom.TextNode(mark), p.FirstChild)
		return
	}
	q.InsertBefore(dom.Elem(atom.P, dom.TextNode(mark)), q.FirstChild)
}
