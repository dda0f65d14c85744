package source

import (
	"strings"

	"golang.org/x/net/html/atom"

	"replant/migrate/blog"
	"replant/migrate/clean"
	"replant/migrate/dom"
	"replant/migrate/feedscan"
)

// hugo is Hugo. Its feed holds all posts, unless the site says otherwise, but of each
// only what Hugo takes for its summary, unless the site has a template of its own.
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
