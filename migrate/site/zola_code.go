package site

import (
	"slices"
	"sort"
	"strings"

	"replant/migrate/blog"
)

// zolaPage makes shortcodes inside code inert: a plain call by the marks that Zola takes
// away again, anything else by writing its code as raw HTML. The whole page is looked
// at, since a quoted argument may begin in one piece of code and end in another.
func zolaPage(page []blog.Piece) string {
	z := &zolaText{pieces: withoutPlaceholder(page)}
	for range patience {
		wrapped, acting := z.wrap()
		if len(acting) == 0 {
			return wrapped
		}
		z.html(acting)
	}
	z.htmlAll()
	wrapped, _ := z.wrap()
	return wrapped
}

// zolaPlaceholder is what Zola puts in the place of a shortcode while it reads Markdown. It
// does not escape the text of a picture that holds one, with lazy_async_image on
// (render_shortcodes in components/markdown/src/markdown.rs).
const zolaPlaceholder = "@@ZOLA_SC_PLACEHOLDER@@"

// withoutPlaceholder spells the placeholder so that it is none. In code it is harmless.
func withoutPlaceholder(page []blog.Piece) []blog.Piece {
	page = slices.Clone(page)
	for i, p := range page {
		if p.HTML == nil {
			page[i].Text = strings.ReplaceAll(p.Text, zolaPlaceholder, "@&#64;"+zolaPlaceholder[2:])
		}
	}
	return page
}

// patience is how often a page is looked at before all code that could matter is
// written as raw HTML. One or two looks are enough for what people write.
const patience = 8

// zolaText is a page on its way. Code that has become raw HTML counts as prose.
type zolaText struct{ pieces []blog.Piece }

// zolaUnwrap is what Zola takes a mark away from, where it first stands in a wrapped
// call: that must be the end of it.
const zolaUnwrap = "*/}}"

// wrap gives the page with each plain call in code wrapped, and the pieces that need
// another spelling; the page is no good while there are any.
func (z *zolaText) wrap() (page string, acting []int) {
	text, starts := joined(z.pieces)
	wraps := make([]int, len(z.pieces))
	edits := make([][]int, len(z.pieces))
	for _, m := range zolaScan(text) {
		i := at(starts, m.start)
		switch {
		case z.pieces[i].HTML == nil: // a shortcode that shows an embed
		case m.kind != zolaCall, m.end > starts[i+1], strings.Contains(text[m.start:m.end], zolaUnwrap):
			acting = append(acting, i)
		default:
			wraps[i]++
			edits[i] = append(edits[i], m.start+2-starts[i], m.end-2-starts[i])
		}
	}
	if len(acting) > 0 {
		return "", acting
	}
	return z.check(edits, wraps)
}

// check puts the marks in and looks again: each wrap must be read as one, and nothing
// else may have come to life.
func (z *zolaText) check(edits [][]int, wraps []int) (page string, acting []int) {
	inert := append([]blog.Piece(nil), z.pieces...)
	for i, places := range edits {
		inert[i].Text = commented(inert[i].Text, places)
	}
	text, starts := joined(inert)
	for _, m := range zolaScan(text) {
		i := at(starts, m.start)
		switch {
		case inert[i].HTML == nil:
		case m.kind == zolaShown && m.end <= starts[i+1]:
			wraps[i]--
		default:
			acting = append(acting, i)
		}
	}
	for i, left := range wraps {
		if left != 0 {
			acting = append(acting, i)
		}
	}
	return text, acting
}

// commented puts /* and */ into a text at places that take turns.
func commented(text string, places []int) string {
	var b strings.Builder
	done := 0
	for i, place := range places {
		b.WriteString(text[done:place])
		b.WriteString([...]string{"/*", "*/"}[i%2])
		done = place
	}
	b.WriteString(text[done:])
	return b.String()
}

// html writes some pieces of code as raw HTML.
func (z *zolaText) html(pieces []int) {
	for _, i := range pieces {
		if p := &z.pieces[i]; p.HTML != nil {
			*p = blog.Piece{Text: p.HTML()}
		}
	}
}

// htmlAll does so with all code that a template could begin in.
func (z *zolaText) htmlAll() {
	for i, p := range z.pieces {
		if strings.Contains(p.Text, "{{") || strings.Contains(p.Text, "{%") {
			z.html([]int{i})
		}
	}
}

// joined gives the text of pieces, and where each begins in it, the end for the last.
func joined(pieces []blog.Piece) (text string, starts []int) {
	var b strings.Builder
	for _, p := range pieces {
		starts = append(starts, b.Len())
		b.WriteString(p.Text)
	}
	return b.String(), append(starts, b.Len())
}

// at gives the piece that holds a place.
func at(starts []int, place int) int {
	return sort.Search(len(starts), func(i int) bool { return starts[i] > place }) - 1
}
