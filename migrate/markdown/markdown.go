// Package markdown turns the neutral DOM of a post into Markdown that Hugo
// (goldmark) and Zola (pulldown-cmark) show alike, without raw HTML unless the style
// allows it.
//
// It is a plugin for html-to-markdown: that library walks the tree and calls
// [plugin.render] for each element, and the text arrives at the [flow] that
// stands for the container being filled. A flow turns its paragraphs from tokens
// into text in three steps, each in a file of its own: tidy puts spaces and empty
// marks right, settle makes emphasis that CommonMark reads as meant, and write
// escapes what would act as markup. Code is marked until the page is whole, since a
// target has to see all of it at once (see [blog.Piece]).
package markdown

import (
	"fmt"

	"github.com/JohannesKaufmann/html-to-markdown/v2/converter"
	"golang.org/x/net/html"

	"replant/migrate/blog"
	"replant/migrate/dom"
)

// Style is how a target wants its Markdown.
type Style struct {
	// HTML allows raw HTML, for what Markdown has no mark of its own.
	HTML bool
	// Embed spells an embed as one block of Markdown; never nil.
	Embed func(dom.Embed) string
	// Figure calls for a picture in a size of its own, as one block of Markdown: it is
	// empty for one that the target has no call for. Nil where it has none at all.
	Figure func(blog.Picture) string
	// Title gives the title of a link to an address as the target has to read it; nil where
	// it shows every title as it is.
	Title func(address, title string) string
	// Code makes the target's template marks inside code inert, and gives the whole
	// page; nil leaves code as it is.
	Code func(page []blog.Piece) string
	// Passthrough says whether the target passes formulas through.
	Passthrough Passthrough
	// Breaks is what becomes of line breaks; empty keeps them.
	Breaks Breaks
	// Shift is how many levels headings move down, for themes that own the first;
	// negative moves them up. None moves beyond the six that there are.
	Shift int
}

// Converter turns posts into Markdown, one after another. It is not safe for
// concurrent use: make one for each worker.
type Converter struct {
	library *converter.Converter
	plugin  *plugin
}

// pageMost bounds the Markdown of a page. Each line of what lies in lists and quotes has
// the prefixes of all of them, so that a page can be many times as long as its post.
const pageMost = 10 << 20

// ErrLong says that a page would be too long to be read again.
var ErrLong = fmt.Errorf("its page would have more than %d MB", pageMost>>20)

// New gives a Converter that writes in the style of a target.
func New(s Style) *Converter {
	p := &plugin{style: s}
	return &Converter{converter.NewConverter(converter.WithPlugins(p)), p}
}

// Convert gives the Markdown of a neutral DOM, and may change the DOM. What it
// gives is valid UTF-8 with LF line ends and without control characters; it ends
// in one newline, or is empty when a reader of the DOM would see nothing. A page that
// would be too long is an [ErrLong].
func (c *Converter) Convert(body *html.Node) ([]byte, error) {
	if body == nil {
		return nil, nil
	}
	page, err := c.library.ConvertNode(body)
	if err != nil {
		return nil, fmt.Errorf("markdown: %w", err)
	}
	if c.plugin.over || len(page) > pageMost {
		return nil, ErrLong
	}
	return page, nil
}
