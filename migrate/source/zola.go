package source

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate/blog"
)

// zola is Zola. Its feed holds all posts, unless the site says otherwise; of one with a
// summary it has nothing more.
var zola = &Dialect{
	Name:   "zola",
	Match:  signs{generator: `^Zola\b`, body: zolaMarkup}.match(),
	Fill:   fillZola,
	Clean:  cleanZola,
	Markup: zolaMarkup,
}

var zolaMarkup = []string{`class="giallo`, `class="z-code`, `class="zola-anchor`, `<pre data-lang="`, `class="footnote-definition"`}

// fillZola knows what Zola calls the author of a post that names none.
func fillZola(p *blog.Post, _ *Entry) {
	p.Authors = slices.DeleteFunc(p.Authors, func(name string) bool { return name == "Unknown" })
}

func cleanZola(body *html.Node, _ *blog.Post) {
	for _, n := range find(body, class("giallo-ln", "zola-anchor")) {
		drop(n) // numbers of lines, and links of headings to themselves
	}
	for _, pre := range find(body, named(atom.Pre)) {
		zolaCode(pre)
	}
	zolaNotes(body)
}

// zolaCode takes what Zola says of code without a language, and the numbers that older
// versions put into a table's first column.
func zolaCode(pre *html.Node) {
	for _, code := range find(pre, named(atom.Code)) {
		if blog.HasClass(pre, "giallo") && blog.Attr(code, "data-lang") == "plain" {
			blog.DelAttr(code, "data-lang")
		}
	}
	for _, row := range find(pre, named(atom.Tr)) {
		if cell := row.FirstChild; is(cell, atom.Td) && digits(blog.Text(cell)) && blog.Attr(pre, "data-lang") != "" {
			blog.Remove(cell)
		}
	}
}

// zolaNotes makes footnotes of those that Zola leaves where their author wrote them
// (bottom_footnotes = false): a box with a label, and no way back to its mark.
func zolaNotes(body *html.Node) {
	ids := map[string]*html.Node{}
	for _, n := range find(body, class("footnote-definition")) {
		if id := blog.Attr(n, "id"); id != "" && ids[id] == nil && first(n, class("footnote-definition-label")) != nil {
			ids[id] = n
		}
	}
	found := map[string]bool{}
	for _, mark := range find(body, class("footnote-reference")) {
		links := find(mark, named(atom.A))
		if len(links) != 1 {
			continue
		}
		_, id, ok := strings.Cut(blog.Attr(links[0], "href"), "#")
		if ok && ids[id] != nil && !under(mark, ids[id]) && under(mark, body) {
			blog.Replace(mark, blog.NoteRef(id))
			found[id] = true
		}
	}
	var lists emptied
	for _, n := range find(body, class("footnote-definition")) {
		id := blog.Attr(n, "id")
		if !found[id] || ids[id] != n {
			continue
		}
		drop(first(n, class("footnote-definition-label")))
		lists.add(moveNote(body, n, id))
	}
	lists.remove(body)
}
