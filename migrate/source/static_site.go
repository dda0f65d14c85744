package source

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate/blog"
	"replant/migrate/clean"
	"replant/migrate/dom"
	"replant/migrate/feedscan"
)

// jekyll is Jekyll with its plug-in for feeds, and Octopress, which it grew from. Its feed
// holds the ten latest posts and has no older pages.
var jekyll = &Dialect{
	Name:  "jekyll",
	Match: signs{generator: `^(?:Jekyll|Octopress)\b`, body: []string{"highlighter-rouge", "bogus-wrapper"}}.match(),
}

// hugo is Hugo. Its feed holds all posts, unless the site says otherwise, but of each
// only the summary that Hugo makes, unless the site has a template of its own.
var hugo = &Dialect{
	Name:  "hugo",
	Match: signs{generator: `^Hugo\b`, body: []string{`<pre tabindex="0"`, `class="chroma"`}}.match(),
	Fill:  fillHugo,
}

// fillHugo recognises a post of which the feed has the summary alone.
func fillHugo(p *blog.Post, e *feedscan.Entry) {
	if blog.IsBlank(e.Content) && !blog.IsBlank(e.Description) && hugoSummary(e) {
		p.Losses = []string{onlyExcerpt}
	}
}

// hugoWords is how many words Hugo takes for a summary (summaryLength).
const hugoWords = 70

// hugoSummary reports whether a description is a summary. Before 0.134 Hugo made plain text
// of it. Since then it cuts behind the paragraph in which it has its words; the template
// that Hugo brings along, which only writes summaries, is known by what it calls a feed.
func hugoSummary(e *feedscan.Entry) bool {
	if !markup().MatchString(e.Description) {
		return true
	}
	if !strings.HasPrefix(e.Head.Description, "Recent content ") {
		return false
	}
	body := clean.Fragment(e.Description)
	paragraphs := dom.Find(body, dom.Named(atom.P))
	if len(paragraphs) == 0 || clean.LastBlock(body) != paragraphs[len(paragraphs)-1] {
		return false
	}
	before := 0
	for _, p := range paragraphs[:len(paragraphs)-1] {
		before += len(strings.Fields(dom.Text(p)))
	}
	last := len(strings.Fields(dom.Text(paragraphs[len(paragraphs)-1])))
	return before < hugoWords && before+last >= hugoWords
}

// zola is Zola. Its feed holds all posts, unless the site says otherwise; of one with a
// summary it has nothing more.
var zola = &Dialect{
	Name:   "zola",
	Match:  signs{generator: `^Zola\b`, body: zolaMarkup}.match(),
	Clean:  cleanZola,
	Markup: zolaMarkup,
}

var zolaMarkup = []string{`class="giallo`, `class="z-code`, `class="zola-anchor`, `<pre data-lang="`, `class="footnote-definition"`}

func cleanZola(body *html.Node, _ *blog.Post) {
	for _, n := range dom.Find(body, dom.Class("giallo-ln")) {
		clean.Drop(n, clean.LineNumber)
	}
	for _, n := range dom.Find(body, dom.Class("zola-anchor")) {
		clean.Drop(n, clean.Handle)
	}
	for _, pre := range dom.Find(body, dom.Named(atom.Pre)) {
		zolaCode(pre)
	}
	zolaNotes(body)
}

// zolaCode takes what Zola says of code without a language, and the numbers that older
// versions put into a table's first column.
func zolaCode(pre *html.Node) {
	for _, code := range dom.Find(pre, dom.Named(atom.Code)) {
		if dom.HasClass(pre, "giallo") && dom.Attr(code, "data-lang") == "plain" {
			dom.DelAttr(code, "data-lang")
		}
	}
	for _, row := range dom.Find(pre, dom.Named(atom.Tr)) {
		if cell := row.FirstChild; dom.Is(cell, atom.Td) && clean.IsNumber(dom.Text(cell)) && dom.Attr(pre, "data-lang") != "" {
			clean.Remove(cell, clean.LineNumber)
		}
	}
}

// zolaNotes makes footnotes of those that Zola leaves where their author wrote them
// (bottom_footnotes = false): a box with a label, and no way back to its mark.
func zolaNotes(body *html.Node) {
	ids := map[string]*html.Node{}
	for _, n := range dom.Find(body, dom.Class("footnote-definition")) {
		if id := dom.Attr(n, "id"); id != "" && ids[id] == nil && dom.First(n, dom.Class("footnote-definition-label")) != nil {
			ids[id] = n
		}
	}
	found := map[string]bool{}
	for _, mark := range dom.Find(body, dom.Class("footnote-reference")) {
		links := dom.Find(mark, dom.Named(atom.A))
		if len(links) != 1 {
			continue
		}
		_, id, ok := strings.Cut(dom.Attr(links[0], "href"), "#")
		if ok && ids[id] != nil && !dom.Under(mark, ids[id]) && dom.Under(mark, body) {
			clean.Replace(mark, clean.Note, dom.NoteRef(id))
			found[id] = true
		}
	}
	var lists clean.Emptied
	for _, n := range dom.Find(body, dom.Class("footnote-definition")) {
		id := dom.Attr(n, "id")
		if !found[id] || ids[id] != n {
			continue
		}
		clean.Drop(dom.First(n, dom.Class("footnote-definition-label")), clean.Note)
		lists.Add(clean.MoveNote(body, n, id))
	}
	lists.Remove(body)
}
