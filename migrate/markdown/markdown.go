// Package markdown turns the neutral DOM of a post into Markdown that Hugo
// (goldmark) and Zola (pulldown-cmark) show alike, without raw HTML unless the style
// allows it.
//
// It is a plugin for html-to-markdown: that library walks the tree and calls
// [plugin.render] for each element, and the text arrives at the [flow] that
// stands for the container being filled. A flow turns its paragraphs from tokens
// into text step by step (see [flow.paragraph]): tidy puts spaces and empty marks right,
// settle makes emphasis that CommonMark reads as meant (emphasis.go), and write escapes
// what would act as markup (escape.go). Code is marked until the page is whole, since a
// target has to see all of it at once (chunk.go, [blog.Piece]).
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
	// Figure calls for a picture in a size of its own or with a caption, as one block of
	// Markdown: it is empty for one that the target has no call for. Nil where it has none at
	// all.
	Figure func(blog.Picture) string
	// Gallery calls for a group of pictures, as one block of Markdown: it is empty for one that
	// the target has no call for. Nil where it has none at all.
	Gallery func(blog.Gallery) string
	// Recording spells a film or a sound that plays, as one block of Markdown: it is empty for
	// one that the target has no means for. Nil where it has none at all.
	Recording func(blog.Recording) string
	// Captions says that pictures keep their captions as such: by Figure, or with HTML in
	// tags. Else a caption is a paragraph of its own.
	Captions bool
	// Details calls for what a reader unfolds, as blocks of Markdown: it is empty for what the
	// target has no call for. Nil where it has none at all.
	Details func(blog.Details) string
	// Title returns the title of a link to an address as the target has to read it, or nil where
	// it shows every title as it is.
	Title func(address, title string) string
	// Code makes the target's template marks inside code inert, and returns the whole
	// page; nil leaves code as it is.
	Code func(page []blog.Piece) []byte
	// Bare says that the target makes links of bare addresses.
	Bare bool
	// Passthrough says whether the target passes formulas through.
	Passthrough Passthrough
	// Formulas are the delimiters of the formulas that it passes through.
	Formulas dom.Delimiters
	// Breaks says how line breaks are written; empty keeps them.
	Breaks Breaks
	// Shift is how many levels headings move down, for themes that own the first;
	// negative moves them up. None moves beyond the six that there are.
	Shift int
	// Divider is a mark behind the first paragraph of a post that has none, and no summary;
	// empty for no mark. See [Converter.Summarised].
	Divider string
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

// New returns a Converter that writes in the style of a target.
func New(s Style) *Converter {
	p := &plugin{style: s}
	return &Converter{converter.NewConverter(converter.WithPlugins(p)), p}
}

// Convert returns the Markdown of a neutral DOM, as package clean leaves it, and may change
// the DOM. The result is valid UTF-8 with LF line ends and without control characters; it
// ends in one newline, or is empty when a reader of the DOM would see nothing. A page that
// would be too long is an [ErrLong].
func (c *Converter) Convert(body *html.Node) ([]byte, error) {
	if body == nil {
		return nil, nil
	}
	_, err := c.library.ConvertNode(body)
	if err != nil {
		return nil, fmt.Errorf("markdown: %w", err)
	}
	page := c.plugin.page
	if c.plugin.page = nil; c.plugin.over || len(page) > pageMost {
		return nil, ErrLong
	}
	return page, nil
}

// Summarised says whether the posts to be converted next have summaries beside their text:
// they need no divider.
func (c *Converter) Summarised(yes bool) { c.plugin.summarised = yes }

// Formulas reports whether the page that was converted last shows formulas.
func (c *Converter) Formulas() bool { return c.plugin.formulas }

// plugin teaches html-to-markdown our Markdown, in the place of the library's own
// plugins: what those lose of a page, testdata shows kept.
type plugin struct {
	style      Style
	notes      footnotes // of the body being converted
	divided    bool      // the mark of its summary's end is written: the first alone counts
	over       bool      // its page is longer than pageMost
	summarised bool      // there is a summary beside it
	formulas   bool      // it shows formulas
	page       []byte    // which is not copied through the library
	room       room
}

// Name is how the library calls the plugin.
func (p *plugin) Name() string { return "replant" }

// Init registers the plugin. One renderer with a switch serves all elements,
// since the library sorts its renderers anew for every node.
func (p *plugin) Init(conv *converter.Converter) error {
	conv.Register.PreRenderer(p.prepare, converter.PriorityEarly)
	conv.Register.Renderer(p.render, converter.PriorityEarly)
	return nil
}

// prepare makes a tree that can be walked safely, and learns what the renderer
// must know before it meets it.
func (p *plugin) prepare(_ converter.Context, body *html.Node) {
	flatten(body)
	p.notes, p.divided, p.formulas = notesOf(body), false, false
}

// render writes one element into the flow that is its container.
func (p *plugin) render(ctx converter.Context, w converter.Writer, n *html.Node) converter.RenderStatus {
	f, ok := w.(*flow)
	switch {
	case !ok:
		p.page = p.document(ctx, n)
	case n.Type == html.DocumentNode:
		ctx.RenderChildNodes(ctx, f, n)
	case n.Type != html.ElementNode || dropped(n.Data):
	case p.own(f, n), renderTagged(ctx, f, n), renderDetails(ctx, f, n), renderGallery(ctx, f, n),
		renderFigure(ctx, f, n), renderInline(ctx, f, n), renderBlock(ctx, f, n): // the first that knows n renders it
	default:
		ctx.RenderChildNodes(ctx, f, n)
	}
	return converter.RenderSuccess
}

// document renders the whole body, its footnotes last.
func (p *plugin) document(ctx converter.Context, body *html.Node) []byte {
	ctx = walk{ctx, p}
	p.room.begin()
	f := p.room.flow()
	f.style, f.chunks = &p.style, &chunks{math: p.style.Formulas.None() && p.notes.math}
	ctx.RenderChildNodes(ctx, f, body)
	f.end()
	if !p.divided && !p.summarised && p.style.Divider != "" {
		f.divide(p.style.Divider)
	}
	renderNotes(ctx, f, p.notes)
	if p.over = f.chunks.over; p.over || len(f.blocks) == 0 {
		return nil
	}
	return f.chunks.spell(f.join(false), p.style.Code)
}

// walk is a context of the library that knows its only renderer: the library's own copies
// and sorts all that are registered for every node.
type walk struct {
	converter.Context
	plugin *plugin
}

// RenderNodes implements [converter.Context].
func (c walk) RenderNodes(ctx converter.Context, w converter.Writer, nodes ...*html.Node) {
	for _, n := range nodes {
		c.node(ctx, w, n)
	}
}

// RenderChildNodes implements [converter.Context].
func (c walk) RenderChildNodes(ctx converter.Context, w converter.Writer, n *html.Node) {
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		c.node(ctx, w, child)
	}
}

func (c walk) node(ctx converter.Context, w converter.Writer, n *html.Node) {
	if n.Type == html.TextNode {
		_, _ = w.WriteString(n.Data)
		return
	}
	c.plugin.render(ctx, w, n)
}

// own renders the elements of the neutral DOM.
func (p *plugin) own(f *flow, n *html.Node) bool {
	if !dom.Own(n.Data) {
		return false
	}
	if e, ok := dom.EmbedOf(n); ok {
		f.embed(p.style.Embed(e))
		return true
	}
	if m, ok := dom.MathOf(n); ok {
		p.formulas = true
		f.math(m)
		return true
	}
	if name, ok := dom.NoteRefOf(n); ok {
		f.line.raw("[^" + name + "]")
		return true
	}
	if dom.IsMore(n) {
		if !p.divided {
			f.embed("<!--more-->")
		}
		p.divided = true
		return true
	}
	_, ok := dom.NoteOf(n) // collected by notesOf, written at the end
	return ok
}

// renderInline renders the elements that stand in a line of text.
func renderInline(ctx converter.Context, f *flow, n *html.Node) bool {
	if kind, ok := emphasisOf(n.Data); ok {
		renderSpan(ctx, f, n, mark{kind: kind})
		return true
	}
	switch n.Data {
	case "code", "kbd", "samp", "tt":
		renderCode(ctx, f, n)
	case "a":
		renderLink(ctx, f, n)
	case "br":
		f.lineBreak()
	case "img":
		if !f.figure(n, "") {
			f.image(n)
		}
	case "input":
		renderCheckbox(f, n)
	case "sup", "sub":
		renderScript(ctx, f, n)
	case "q":
		f.line.text("“")
		ctx.RenderChildNodes(ctx, f, n)
		f.line.text("”")
	case "rt":
		renderRuby(ctx, f, n)
	default:
		return false
	}
	return true
}

// emphasisOf returns what an element marks its text as: what Markdown has no mark of
// its own for takes the one that looks most like it.
func emphasisOf(tag string) (kind markKind, ok bool) {
	switch tag {
	case "strong", "b", "mark":
		return strong, true
	case "em", "i", "cite", "dfn", "var", "u":
		return em, true
	case "del", "s", "strike":
		return del, true
	}
	return 0, false
}

// renderBlock renders the elements that stand on lines of their own.
func renderBlock(ctx converter.Context, f *flow, n *html.Node) bool {
	switch n.Data {
	case "h1", "h2", "h3", "h4", "h5", "h6":
		renderHeading(ctx, f, n)
	case "blockquote":
		renderQuote(ctx, f, n)
	case "ul", "ol", "menu", "dir":
		renderList(ctx, f, n)
	case "pre", "listing", "xmp":
		f.codeBlock(n)
	case "table":
		renderTable(ctx, f, n)
	case "hr":
		renderRule(f)
	case "figcaption", "caption":
		renderParagraph(ctx, f, n, em)
	case "summary", "legend":
		renderParagraph(ctx, f, n, strong)
	case "dt":
		renderTerm(ctx, f, n)
	case "dd":
		renderDefinition(ctx, f, n)
	case "iframe", "video", "audio", "embed", "object":
		f.media(n)
	default:
		if !isBlock(n.Data) {
			return false
		}
		f.end()
		ctx.RenderChildNodes(ctx, f, n)
		f.end()
	}
	return true
}

// renderSpan renders an element as its contents within a mark.
func renderSpan(ctx converter.Context, f *flow, n *html.Node, m mark) {
	pushed := f.line.push(m)
	ctx.RenderChildNodes(ctx, f, n)
	if pushed {
		f.line.pop()
	}
}

// renderParagraph renders an element as a block of its own within a mark.
func renderParagraph(ctx converter.Context, f *flow, n *html.Node, kind markKind) {
	f.end()
	renderSpan(ctx, f, n, mark{kind: kind})
	f.end()
}
