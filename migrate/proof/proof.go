// Package proof compares what a reader sees of a post with what the page made of it
// shows, and says what was lost on the way. It does so in two steps:
//
// Appearance: the neutral DOM of a post and the nodes of its page, as the generator shows
// it, are read by the same code into the same form, a [sight]: words, code, pictures and
// the like in reading order, each with its marks, its link and the block it stands in.
// What a page says in another way on purpose is named in differs.go; everything else that
// differs is a loss. Start at [Prover].
//
// Conservation: every word, address and embed of the post's source, as it came, is in the
// neutral DOM or was removed for a reason. Start at [Conserve].
package proof

import (
	"slices"
	"strings"

	"golang.org/x/net/html"

	"replant/migrate/blog"
	"replant/migrate/dom"
)

// Generator is who shows the page.
type Generator uint8

// The generators that a page can be read as.
const (
	// CommonMark is a generator that shows CommonMark with tables, and has no marks of its own:
	// what a target that does not say how its pages are read is held against.
	CommonMark Generator = iota
	Hugo
	Zola
)

// Style is how pages are made and shown.
type Style struct {
	Generator Generator
	HTML      bool // the site shows raw HTML
	Bare      bool // the site makes links of bare addresses
	Soft      bool // line breaks in paragraphs may have become spaces
	Shift     int  // how many levels headings have moved down
	// Formulas are the delimiters of the formulas that the site passes through.
	Formulas dom.Delimiters
}

// Prover compares pages with their posts, one after another. It is not safe for
// concurrent use: make one for each worker.
type Prover struct {
	style      Style
	post, page sight
	embeds     map[string]string // what the post embeds, by every name that a page may call it
	pages      *pages
	texts      [3]Text // the memory of the last ones that were asked for
	small      []byte  // the text of the last one in small letters
	traced     *tracing
}

// New returns a Prover for pages of a style.
func New(s Style) *Prover {
	return &Prover{style: s, embeds: map[string]string{}, pages: newPages(s)}
}

// Source reads the neutral DOM of a post, and leaves it as it is. It must be called
// before the DOM is converted, since converting changes it.
func (p *Prover) Source(body *html.Node) {
	clear(p.embeds)
	to := record(&p.post)
	if body == nil {
		return
	}
	r := &reader{to: to, shift: p.style.Shift, plain: !p.style.Formulas.None(), embeds: p.embeds}
	r.read(body)
	p.post.fold(p.embeds)
}

// Page reads the Markdown of a page, without its front matter, and says what it lacks
// of the post that was read last.
func (p *Prover) Page(markdown []byte) Report {
	p.readPage(markdown)
	p.traced.empty()
	return compare(&p.post, &p.page, p.style, p.traced)
}

// Alike reports whether two pieces of pages show the same, and anything at all. It forgets the
// post and the page that were read last.
func (p *Prover) Alike(a, b []byte) bool {
	p.readPage(a)
	p.post, p.page = p.page, p.post
	p.readPage(b)
	return len(p.page.things) > 0 && same(&p.post, &p.page, p.style)
}

func (p *Prover) readPage(markdown []byte) {
	to := record(&p.page)
	p.page.things = slices.Grow(p.page.things, len(p.post.things))
	body, err := p.pages.body(markdown, p.called)
	if err != nil {
		return
	}
	r := &reader{to: to, page: true, embeds: p.embeds}
	r.read(body)
	p.page.fold(p.embeds)
}

// oneLine folds white space.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// address returns an address without its percent-encoding, which is spelled in many ways.
func address(s string) string {
	s = strings.Trim(s, " \t\n\f\r")
	if strings.IndexByte(s, '%') < 0 {
		return s
	}
	return blog.Unescaped(s)
}

// runs reports whether a browser would run an address. Most are of the web: none of those.
func runs(addr string) bool { return !blog.IsWeb(addr) && blog.Runs(addr) }
