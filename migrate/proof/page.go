package proof

import (
	"bufio"
	"bytes"
	"slices"
	"strconv"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extended "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	rendered "github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate/blog"
)

// pages shows pages as a generator does: goldmark reads their Markdown, and what it would
// render as HTML is made as nodes at once. Embeds and footnotes are the elements that the
// neutral DOM has for them.
//
// What Zola, which reads pages with pulldown-cmark, shows otherwise than Hugo is here and
// in shortcodes.go alone: which extensions are on, raw HTML, and how shortcodes are
// spelled. All else of what replant writes both read alike: the converter's own tests hold
// it to that with the real programs.
type pages struct {
	style    Style
	markdown parser.Parser
	prose    *prose        // of markdown
	linking  parser.Parser // the same, with links of bare addresses where the site has those
	escapes  *escapes
	nodes    *nodes
	expanded []byte // the memory of pages with shortcodes
}

// nodes are what pages are made of. Those of a page hold until the next one is read.
type nodes struct {
	kept []html.Node // from page to page
	free []html.Node // of these or of others
	made int         // of the page
}

// nodesMost bounds the nodes that are kept from page to page, so that a huge one does not
// cost memory for as long as the run takes.
const nodesMost = 4096

// reuse takes all nodes back, and has as many ready as there were.
func (s *nodes) reuse() {
	if made := min(s.made, nodesMost); made > len(s.kept) {
		s.kept = make([]html.Node, made)
	}
	s.free, s.made = s.kept, 0
}

// next returns a node, with the memory that another one had for attributes. Many are made at
// once.
func (s *nodes) next() *html.Node {
	const some = 64
	if len(s.free) == 0 {
		s.free = make([]html.Node, some)
	}
	s.made++
	n := &s.free[0]
	s.free = s.free[1:]
	*n = html.Node{Attr: n.Attr[:0]}
	return n
}

// newPages sets goldmark up. Hugo is as by default, but for the typographer, which would
// change the words (https://gohugo.io/configuration/markup/#goldmark). Zola has neither
// definition lists nor links of bare addresses, unless a site asks for them.
func newPages(s Style) *pages {
	extensions := []goldmark.Extender{extension.Table, extension.Strikethrough, extension.TaskList, footnotes{}}
	p := &pages{style: s, escapes: new(escapes), nodes: &nodes{kept: make([]html.Node, 256)}}
	if s.Generator == Hugo {
		extensions = append(extensions, extension.DefinitionList)
	}
	p.prose = newProse()
	if !s.Formulas.None() {
		formulas := passing{s.Formulas}
		extensions = append(extensions, formulas)
		p.prose = newProse(formulas)
	}
	p.markdown = newParser(append(slices.Clone(extensions), p.prose))
	p.linking = p.markdown
	if s.Bare {
		p.linking = newParser(append(extensions, extension.Linkify))
	}
	p.escapes.into = bufio.NewWriter(&p.escapes.out)
	return p
}

func newParser(extensions []goldmark.Extender) parser.Parser {
	own := parser.NewParser(parser.WithBlockParsers(parser.DefaultBlockParsers()...), parser.WithInlineParsers(parser.DefaultInlineParsers()...),
		parser.WithParagraphTransformers(util.Prioritized(definitions{parser.LinkReferenceParagraphTransformer}, 100)))
	return goldmark.New(goldmark.WithParser(own), goldmark.WithExtensions(extensions...), goldmark.WithParserOptions(parser.WithAttribute())).Parser()
}

// definitions reads the definitions of links in the paragraphs that begin with one.
type definitions struct{ parser.ParagraphTransformer }

// Transform implements [parser.ParagraphTransformer].
func (d definitions) Transform(n *ast.Paragraph, reader text.Reader, pc parser.Context) {
	if lines := n.Lines(); lines.Len() > 0 {
		first := lines.At(0)
		if start := first.TrimLeftSpace(reader.Source()).Start; start < first.Stop && reader.Source()[start] != '[' {
			return
		}
	}
	d.ParagraphTransformer.Transform(n, reader, pc)
}

// body returns the page as a body of HTML. embed names what a shortcode shows. To look for
// bare addresses takes a quarter of goldmark's time: it does so where there may be some.
func (s *pages) body(markdown []byte, embed func(call string) string) (*html.Node, error) {
	p := page{by: s, style: s.style, embed: embed}
	p.read(p.expand(markdown))
	s.nodes.reuse()
	body := p.render(s.markdown)
	if p.bare && s.style.Bare {
		p.mixed = false
		body = p.render(s.linking)
	}
	if !p.mixed {
		return body, nil
	}
	return parseAgain(body)
}

// parseAgain parses a page that has HTML of its own: only a parser knows where that ends. It is
// not the one of package dom, which has parsed the source: a fault of that must not show on both
// sides.
func parseAgain(body *html.Node) (*html.Node, error) {
	var out bytes.Buffer
	for n := range body.ChildNodes() {
		if err := html.Render(&out, n); err != nil {
			return nil, err
		}
	}
	again := &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body}
	nodes, err := html.ParseFragmentWithOptions(&out, again, html.ParseOptionEnableScripting(false))
	for _, n := range nodes {
		again.AppendChild(n)
	}
	return again, err
}

// page is a page under way: it makes the nodes that a page shows.
type page struct {
	by      *pages
	style   Style
	source  []byte
	text    string // the same
	calls   []string
	embed   func(call string) string
	links   int  // that are open
	bare    bool // it may have addresses that are no links yet
	signs   signs
	mixed   bool   // it has HTML of its own, which is to be parsed together with the rest
	caption string // of the gallery that is open
}

// signs are what is looked for in each text of a page if it stands in the page at all: what bare
// addresses without a scheme have, and bytes that are zero.
type signs struct{ www, at, zero bool }

// read lets the page be of a text.
func (p *page) read(source []byte) {
	p.source, p.text = source, string(source)
	p.signs = signs{www: strings.Contains(p.text, "www."), at: strings.IndexByte(p.text, '@') >= 0, zero: strings.IndexByte(p.text, 0) >= 0}
}

func (p *page) render(with parser.Parser) *html.Node {
	body := &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body}
	p.by.prose.read(p.source)
	p.addChildren(body, with.Parse(text.NewReader(p.source)))
	return body
}

// addChildren adds what the children of n show. Where a page has HTML of its own, the white
// space between blocks may matter to a parser.
func (p *page) addChildren(parent *html.Node, n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		apart := p.style.HTML && c.Type() == ast.TypeBlock && c.Kind() != ast.KindTextBlock
		if apart {
			p.addText(parent, html.TextNode, "\n")
		}
		p.add(parent, c)
		if apart {
			p.addText(parent, html.TextNode, "\n")
		}
	}
}

// add adds what a node of Markdown shows.
func (p *page) add(parent *html.Node, n ast.Node) {
	if tag := simple.of(n.Kind()); tag != "" {
		p.addChildren(p.addElement(parent, tag), n)
		return
	}
	switch n := n.(type) {
	case *ast.Text:
		p.addSegment(parent, n)
	case *ast.Link:
		p.addLink(parent, n)
	case *ast.AutoLink:
		p.addAutoLink(parent, n)
	case *ast.Image:
		p.addElement(parent, "img", attr("src", p.safe(util.URLEscape(n.Destination, true))), attr("alt", p.alt(n)))
	case *ast.Emphasis:
		p.addChildren(p.addElement(parent, []string{"em", "strong"}[n.Level-1]), n)
	case *ast.CodeSpan:
		p.addCode(p.addElement(parent, "code"), n)
	case *ast.RawHTML:
		p.addRaw(parent, string(n.Segments.Value(p.source)))
	case *ast.Heading:
		id, _ := n.AttributeString("id")
		name, _ := id.([]byte)
		p.addChildren(p.addElement(parent, "h"+strconv.Itoa(n.Level), attr("id", string(name))), n)
	case *ast.List:
		p.addList(parent, n)
	case *ast.CodeBlock:
		p.addExpanded(p.addElement(p.addElement(parent, "pre"), "code"), html.TextNode, p.lines(n))
	case *ast.FencedCodeBlock:
		language := attr("class", "language-"+p.by.escapes.resolve(string(n.Language(p.source))))
		p.addExpanded(p.addElement(p.addElement(parent, "pre"), "code", language), html.TextNode, p.lines(n))
	case *ast.HTMLBlock:
		source := p.lines(n)
		if n.HasClosure() {
			source += p.segment(n.ClosureLine)
		}
		p.addRaw(p.addElement(parent, "div"), source)
	case *extended.TaskCheckBox:
		p.addCheckBox(parent, n.IsChecked)
	case *extended.FootnoteLink:
		p.addElement(parent, "replant-note-ref", attr("name", strconv.Itoa(n.Index)))
	case *extended.Footnote:
		p.addChildren(p.addElement(parent, "replant-note", attr("name", strconv.Itoa(n.Index))), n)
	case *passedFormula:
		parent.AppendChild(n.math.Node())
	case *ast.LinkReferenceDefinition:
	default: // a text block, or a list of footnotes
		p.addChildren(parent, n)
		p.addText(parent, html.TextNode, "\n")
	}
}

// simple are the elements that kinds of Markdown are shown as that have nothing but
// children. Neither do a table's rows need a body, nor does it matter which of its cells
// are heads: those of its first row are.
var simple = tagsOf(map[ast.NodeKind]string{
	ast.KindParagraph: "p", ast.KindBlockquote: "blockquote", ast.KindListItem: "li", ast.KindThematicBreak: "hr",
	extended.KindTable: "table", extended.KindTableHeader: "tr", extended.KindTableRow: "tr", extended.KindTableCell: "td",
	extended.KindDefinitionList: "dl", extended.KindDefinitionTerm: "dt", extended.KindDefinitionDescription: "dd",
	extended.KindStrikethrough: "del",
})

// tags are the names of elements, by the kinds of nodes, which are small numbers.
type tags []string

func tagsOf(kinds map[ast.NodeKind]string) (all tags) {
	for kind, tag := range kinds {
		all = append(all, make(tags, max(0, int(kind)+1-len(all)))...)
		all[kind] = tag
	}
	return all
}

// of returns the element of a kind, empty for any other kind.
func (t tags) of(kind ast.NodeKind) string {
	if int(kind) < len(t) {
		return t[kind]
	}
	return ""
}

func (p *page) addList(parent *html.Node, n *ast.List) {
	if n.IsOrdered() {
		p.addChildren(p.addElement(parent, "ol", attr("start", strconv.Itoa(n.Start))), n)
		return
	}
	p.addChildren(p.addElement(parent, "ul"), n)
}

func (p *page) addLink(parent *html.Node, n *ast.Link) {
	a := p.addAnchor(parent, p.safe(util.URLEscape(n.Destination, true)))
	if n.Title != nil {
		title := p.by.escapes.resolve(string(n.Title))
		if p.style.Generator == Zola && blog.IsWeb(a.Attr[0].Val) {
			title = html.UnescapeString(title) // it writes them into the tag as they are
		}
		a.Attr = append(a.Attr, attr("title", title))
	}
	p.links++
	p.addChildren(a, n)
	p.links--
}

func (p *page) addAutoLink(parent *html.Node, n *ast.AutoLink) {
	dest := util.URLEscape(n.URL(p.source), false)
	href := p.safe(dest)
	if n.AutoLinkType == ast.AutoLinkEmail && !bytes.HasPrefix(bytes.ToLower(dest), []byte("mailto:")) {
		href = "mailto:" + href
	}
	a := p.addAnchor(parent, href)
	if p.source[n.Pos()] != '<' {
		a.Attr = append(a.Attr, attr(bareAttr, ""))
	}
	p.addExpanded(a, html.TextNode, string(n.Label(p.source)))
}

// bareAttr marks the links that the generator makes of bare addresses.
const bareAttr = "replant-bare"

// addAnchor adds a link. A parser ends one where the next begins.
func (p *page) addAnchor(parent *html.Node, href string) *html.Node {
	p.mixed = p.mixed || p.links > 0
	return p.addElement(parent, "a", attr("href", href))
}

// safe returns an address unless goldmark would leave it out.
func (p *page) safe(dest []byte) string {
	if !p.style.HTML && !bytes.HasPrefix(dest, []byte("http")) && rendered.IsDangerousURL(dest) {
		return ""
	}
	return string(dest)
}

func (p *page) addCheckBox(parent *html.Node, checked bool) {
	box := p.addElement(parent, "input", attr("type", "checkbox"))
	if checked {
		box.Attr = append(box.Attr, attr("checked", ""))
	}
	p.addText(parent, html.TextNode, " ")
}

func (p *page) addSegment(parent *html.Node, n *ast.Text) {
	p.bare = p.bare || p.links == 0 && p.mayLink(p.segment(n.Segment))
	p.addExpanded(parent, html.TextNode, p.textOf(n))
	if n.HardLineBreak() {
		p.addElement(parent, "br")
	}
	if n.HardLineBreak() || n.SoftLineBreak() {
		p.addText(parent, html.TextNode, "\n")
	}
}

func (p *page) textOf(n *ast.Text) string {
	if n.IsRaw() {
		return p.segment(n.Segment)
	}
	return p.by.escapes.resolve(p.segment(n.Segment))
}

// mayLink reports whether a text of the page may have a bare address.
func (p *page) mayLink(s string) bool {
	return strings.Contains(s, "://") || p.signs.www && strings.Contains(s, "www.") || p.signs.at && strings.IndexByte(s, '@') >= 0
}

func (p *page) addCode(code *html.Node, n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		s := p.segment(c.(*ast.Text).Segment)
		line, broken := strings.CutSuffix(s, "\n")
		if broken {
			line += " "
		}
		p.addExpanded(code, html.TextNode, line)
	}
}

// alt returns the text in an image.
func (p *page) alt(n ast.Node) (alt string) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		t, ok := c.(*ast.Text)
		if !ok {
			alt += p.alt(c)
			continue
		}
		if alt += p.textOf(t); t.SoftLineBreak() || t.HardLineBreak() {
			alt += "\n"
		}
	}
	return alt
}

func (p *page) segment(s text.Segment) string {
	shown := p.text[s.Start:s.Stop]
	if s.Padding > 0 || s.ForceNewline {
		shown = string(s.Value(p.source))
	}
	if p.signs.zero {
		shown = strings.ReplaceAll(shown, "\x00", "\uFFFD") // CommonMark 0.31, 2.3
	}
	return shown
}

func (p *page) lines(n ast.Node) string {
	var b strings.Builder
	for _, l := range n.Lines().Sliced(0, n.Lines().Len()) {
		b.WriteString(p.segment(l))
	}
	return b.String()
}

// addRaw adds HTML of the page's own, but for comments.
func (p *page) addRaw(parent *html.Node, source string) {
	if !p.style.HTML {
		return
	}
	if trimmed := strings.TrimSpace(source); strings.HasPrefix(trimmed, "<!--") && strings.Index(trimmed, "-->") == len(trimmed)-len("-->") {
		return
	}
	p.mixed = true
	p.addExpanded(parent, html.RawNode, source)
}

// addElement returns a new element, in parent if that is not nil.
func (p *page) addElement(parent *html.Node, tag string, attrs ...html.Attribute) *html.Node {
	n := p.by.nodes.next()
	n.Type, n.Data, n.Attr = html.ElementNode, tag, append(n.Attr, attrs...)
	if parent != nil {
		parent.AppendChild(n)
	}
	return n
}

func attr(key, val string) html.Attribute { return html.Attribute{Key: key, Val: val} }

// escapes reads escapes and references as goldmark reads them.
type escapes struct {
	out  bytes.Buffer
	into *bufio.Writer // to out
}

// resolve returns a text with escapes and references read.
func (e *escapes) resolve(s string) string {
	if strings.IndexByte(s, '\\') < 0 && strings.IndexByte(s, '&') < 0 && strings.IndexByte(s, 0) < 0 {
		return s
	}
	e.out.Reset()
	rendered.DefaultWriter.Write(e.into, []byte(s))
	_ = e.into.Flush()
	return html.UnescapeString(e.out.String())
}
