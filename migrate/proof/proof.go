// Package proof compares what a reader sees of a post's source with what the page
// made of it shows, and says what was lost on the way.
//
// Both sides are read into the same form, a [sight]: words, code, pictures and the
// like in reading order, each with its marks, its link and the block it stands in.
// The source is read from the neutral DOM, the page from the tree that goldmark makes
// of its Markdown, set up as the site generator shows it. What a page says in another
// way on purpose is named in differs.go, what pulldown-cmark reads otherwise than
// goldmark in zola.go; everything else that differs is a loss.
//
// Start at [Prover].
package proof

import (
	"golang.org/x/net/html"
)

// Generator is who shows the page.
type Generator uint8

// The generators that a page can be read as.
const (
	Hugo Generator = iota
	Zola
)

// Style is how pages are made and shown.
type Style struct {
	Generator Generator
	HTML      bool // the site shows raw HTML
	Soft      bool // line breaks in paragraphs may have become spaces
	Shift     int  // how many levels headings have moved down
}

// Prover compares pages with their sources, one after another. It is not safe for
// concurrent use: make one for each worker.
type Prover struct {
	style        Style
	source, page sight
	embeds       map[string]string // what the source embeds, by every name that a page may call it
	parsers      parsers
}

// New gives a Prover for pages of a style.
func New(s Style) *Prover {
	return &Prover{style: s, embeds: map[string]string{}, parsers: newParsers(s.Generator)}
}

// Source reads the neutral DOM of a post, and leaves it as it is. It must be called
// before the DOM is converted, since converting changes it.
func (p *Prover) Source(body *html.Node) {
	clear(p.embeds)
	p.source.reset()
	if body == nil {
		return
	}
	r := &source{sight: &p.source, style: p.style, embeds: p.embeds}
	r.read(body)
	p.source.fold(p.embeds)
}

// Page reads the Markdown of a page, without its front matter, and says what it lacks
// of the source that was read last.
func (p *Prover) Page(markdown []byte) Report {
	p.page.reset()
	r := &page{sight: &p.page, style: p.style, embeds: p.embeds}
	r.read(markdown, p.parsers)
	p.page.fold(p.embeds)
	return compare(&p.source, &p.page, p.style)
}
