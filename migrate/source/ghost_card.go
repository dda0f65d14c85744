package source

import (
	"cmp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate/blog"
)

// ghostChrome are the parts of cards that only work on the blog's own pages, and the card
// that asks a reader to sign up.
var ghostChrome = []string{"kg-video-overlay", "kg-video-player-container", "kg-audio-player", "kg-audio-thumbnail",
	"kg-signup-card", "kg-signup-card-form", "kg-toggle-card-icon", "kg-bookmark-thumbnail", "kg-file-card-icon"}

// ghostCards undoes the cards of Ghost's editor (TryGhost/Koenig, kg-default-nodes).
func ghostCards(body *html.Node) {
	for _, card := range find(body, class("kg-card")) {
		switch {
		case !under(card, body): // it lay in another one
		case blog.HasClass(card, "kg-bookmark-card"):
			ghostBookmark(card)
		case blog.HasClass(card, "kg-callout-card"):
			callout(card, class("kg-callout-emoji"), class("kg-callout-text"))
		case blog.HasClass(card, "kg-toggle-card"):
			ghostToggle(card)
		case blog.HasClass(card, "kg-audio-card"):
			ghostAudio(card)
		case blog.HasClass(card, "kg-file-card"):
			ghostFile(card)
		case blog.HasClass(card, "kg-product-card"):
			ghostRating(card)
		case blog.HasClass(card, "kg-header-card"):
			ghostHeader(card)
		}
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
		blocks = append(blocks, elem(atom.P, take(caption)...))
	}
	blog.Replace(n, blocks...)
}

// ghostToggle makes a card that a reader unfolds what HTML has for it.
func ghostToggle(n *html.Node) {
	heading, content := first(n, class("kg-toggle-heading-text")), first(n, class("kg-toggle-content"))
	if heading == nil || content == nil || under(content, heading) || under(heading, content) {
		return
	}
	details := elem(atom.Details, elem(atom.Summary, take(heading)...))
	moveInto(details, content)
	blog.Replace(n, details)
}

// ghostAudio gives a recording its title.
func ghostAudio(n *html.Node) {
	audio, title := first(n, named(atom.Audio)), first(n, class("kg-audio-title"))
	if audio == nil || title == nil || under(audio, title) {
		return
	}
	blog.SetAttr(audio, "title", blog.Words(title))
	drop(title)
}

// ghostFile makes a titled link of the card of a file, and keeps what its author says
// of it.
func ghostFile(n *html.Node) {
	a := first(n, class("kg-file-card-container"))
	if a == nil {
		return
	}
	name := words(n, class("kg-file-card-filename"))
	blocks := linkTo(blog.Attr(a, "href"), cmp.Or(words(n, class("kg-file-card-title")), name))
	if about := words(n, class("kg-file-card-caption")); about != "" {
		blocks = append(blocks, elem(atom.P, text(about)))
	}
	blog.Replace(n, blocks...)
}

// ghostRating writes the stars of a product, which are drawings.
func ghostRating(n *html.Node) {
	rating := first(n, class("kg-product-card-rating"))
	stars, lit := find(rating, class("kg-product-card-rating-star")), find(rating, class("kg-product-card-rating-active"))
	if len(stars) == 0 || len(stars) > 10 || len(lit) > len(stars) {
		return
	}
	blog.Replace(rating, elem(atom.P, text(strings.Repeat("★", len(lit))+strings.Repeat("☆", len(stars)-len(lit)))))
}

// ghostHeader shows the picture behind a heading, which older cards keep in a style.
func ghostHeader(n *html.Node) {
	src := blog.Attr(n, "data-kg-background-image")
	if src == "" || first(n, named(atom.Img)) != nil {
		return
	}
	img := elem(atom.Img)
	blog.SetAttr(img, "src", src)
	n.InsertBefore(img, n.FirstChild)
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
