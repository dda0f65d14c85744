package source

import (
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate/blog"
)

// wordpressCards makes one link of the two things that stand for a post of another
// WordPress: a quote that links to it, for those who see no frames, and a frame.
func wordpressCards(body *html.Node) {
	quoted := map[string]bool{}
	for _, n := range find(body, class("wp-embedded-content")) {
		secret := blog.Attr(n, "data-secret")
		switch links := find(n, named(atom.A)); {
		case is(n, atom.Iframe) && secret != "" && quoted[secret]:
			drop(n)
		case is(n, atom.Blockquote) && len(links) == 1 && blog.Words(n) == blog.Words(links[0]):
			quoted[secret] = true
			blocks := linkTo(blog.Attr(links[0], "href"), blog.Words(n))
			blog.Replace(n, blocks...)
			lift(blocks...)
		}
	}
}

// modernNotes makes footnotes of those of a plug-in that has their texts right behind
// their marks (Modern Footnotes).
func modernNotes(body *html.Node) {
	for _, mark := range find(body, class("modern-footnotes-footnote")) {
		note := mark.NextSibling
		if note == nil || note.Type != html.ElementNode || !blog.HasClass(note, "modern-footnotes-footnote__note") {
			continue
		}
		name := "modern-" + blog.Words(mark)
		n := blog.Note(name)
		moveInto(n, note)
		wrapRuns(n)
		blog.Remove(note)
		blog.Replace(mark, blog.NoteRef(name))
		body.AppendChild(n)
	}
}
