package proof

import (
	"strings"

	"github.com/yuin/goldmark/ast"
	extended "github.com/yuin/goldmark/extension/ast"
)

// page reads a page as the generator shows it.
type page struct {
	*sight
	style  Style
	embeds map[string]string
	src    string
	raw    []byte   // the same, as goldmark has it
	calls  []string // the shortcodes that stand in src by their number
	doc    ast.Node
	ids    map[string]bool // of headings; nil until a link asks
	tagged []tagged        // raw HTML that is open
}

func (r *page) read(markdown []byte, p parsers) {
	r.raw = markdown
	if r.src, r.calls = r.style.Generator.expand(string(markdown)); len(r.src) != len(markdown) {
		r.raw = []byte(r.src)
	}
	r.doc = p.parse(r.raw)
	r.children(r.doc)
}

func (r *page) children(n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		r.node(c)
	}
}

func (r *page) node(n ast.Node) {
	if n.Type() == ast.TypeInline {
		r.inline(n)
		return
	}
	r.part(newBlock)
	r.block(n)
	r.part(newBlock)
}

func (r *page) block(n ast.Node) {
	switch n := n.(type) {
	case *ast.Heading:
		r.within(func() { r.where.heading = int8(n.Level) }, n)
	case *ast.Blockquote:
		r.within(func() { r.where.quotes++ }, n)
	case *ast.List:
		r.list(n)
	case *ast.FencedCodeBlock:
		r.listing(n, r.style.Generator.language(string(n.Language(r.raw))))
	case *ast.CodeBlock:
		r.listing(n, "")
	case *ast.HTMLBlock:
		r.htmlBlock(n)
	case *ast.ThematicBreak:
		r.alone(rule, "")
	case *extended.Table:
		r.table(n)
	case *extended.FootnoteList:
		r.children(n)
	case *extended.Footnote:
		r.within(func() { r.where.note = int32(n.Index) }, n)
	case *extended.DefinitionTerm:
		r.mark(0, strong, func() { r.children(n) })
	default:
		r.children(n)
	}
}

// within reads a container and what it changes for what is in it.
func (r *page) within(enter func(), n ast.Node) {
	where := r.where
	enter()
	r.children(n)
	r.where = where
}

func (r *page) list(n *ast.List) {
	where := r.where
	r.where.lists++
	r.where.ordered = n.IsOrdered()
	number := int32(1)
	if n.IsOrdered() {
		number = int32(n.Start)
	}
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		r.where.number, r.where.task = number, noTask
		before := len(r.things)
		r.node(c)
		if n.IsOrdered() || len(r.things) > before {
			number++
		}
	}
	r.where = where
}

func (r *page) table(n *extended.Table) {
	where := r.where
	row := int32(0)
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		_, head := c.(*extended.TableHeader)
		col := int32(0)
		for cell := c.FirstChild(); cell != nil; cell = cell.NextSibling() {
			r.where.cell, r.where.row, r.where.col = true, row, col
			col++
			r.part(newBlock)
			if head {
				r.mark(0, strong, func() { r.children(cell) })
				continue
			}
			r.children(cell)
		}
		row++
	}
	r.where = where
}

func (r *page) listing(n ast.Node, language string) {
	var b strings.Builder
	lines := n.Lines()
	for i := range lines.Len() {
		at := lines.At(i)
		b.Write(at.Value(r.raw))
	}
	if text := trimListing(b.String()); text != "" {
		name := r.note(language)
		r.alone(codeBlock, text).extra = name
	}
}
