package source

import (
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate/clean"
	"replant/migrate/dom"
)

// wordpressCards makes one link of the two things that stand for a post of another
// WordPress: a quote that links to it, for those who see no frames, and a frame.
func wordpressCards(body *html.Node) {
	quoted := map[string]bool{}
	for _, n := range dom.Find(body, dom.Class("wp-embedded-content")) {
		secret := dom.Attr(n, "data-secret")
		switch links := dom.Find(n, dom.Named(atom.A)); {
		case dom.Is(n, atom.Iframe) && secret != "" && quoted[secret]:
			clean.Drop(n, clean.Twin)
		case dom.Is(n, atom.Blockquote) && len(links) == 1 && dom.Words(n) == dom.Words(links[0]):
			quoted[secret] = true
			blocks := linkTo(dom.Attr(links[0], "href"), dom.Words(n))
			clean.Replace(n, clean.Card, blocks...)
			clean.Lift(blocks...)
		}
	}
}

// modernNotes makes footnotes of those of a plug-in that has their texts right behind
// their marks (Modern Footnotes).
func modernNotes(body *html.Node) {
	for _, mark := range dom.Find(body, dom.Class("modern-footnotes-footnote")) {
		note := mark.NextSibling
		if note == nil || note.Type != html.ElementNode || !dom.HasClass(note, "modern-footnotes-footnote__note") {
			continue
		}
		name := "modern-" + dom.Words(mark)
		n := dom.Note(name)
		dom.MoveInto(n, note)
		clean.WrapRuns(n)
		dom.Detach(note)
		clean.Replace(mark, clean.Note, dom.NoteRef(name))
		body.AppendChild(n)
	}
}
