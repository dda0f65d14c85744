package proof

import (
	"slices"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	extended "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/util"
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
	ids    []string // of headings; nil until a link asks
	tagged []tagged // raw HTML that is open
}

func (r *page) read(markdown []byte, p parsers) {
	r.src, r.calls = r.style.Generator.expand(string(markdown))
	r.raw = []byte(r.src)
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
		r.listing(n, string(n.Language(r.raw)))
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

func (r *page) inline(n ast.Node) {
	switch n := n.(type) {
	case *ast.Text:
		r.show(r.src[n.Segment.Start:n.Segment.Stop])
		switch {
		case n.HardLineBreak():
			r.breakLine()
		case n.SoftLineBreak():
			r.part(space)
		}
	case *ast.String:
		r.words(string(n.Value))
	case *ast.CodeSpan:
		r.mark(code, 0, func() { r.span(n) })
	case *ast.Emphasis:
		is := em
		if n.Level == 2 {
			is = strong
		}
		r.mark(is, 0, func() { r.children(n) })
	case *extended.Strikethrough:
		r.mark(struck, 0, func() { r.children(n) })
	case *ast.Link:
		r.anchor(n, plain(string(n.Destination)))
	case *ast.AutoLink:
		end := r.leads(autoAddress(n, r.raw))
		r.words(string(n.Label(r.raw)))
		end()
	case *ast.Image:
		r.picture(n)
	case *ast.RawHTML:
		r.rawHTML(n)
	case *extended.TaskCheckBox:
		r.where.task = open
		if n.IsChecked {
			r.where.task = done
		}
	case *extended.FootnoteLink:
		r.put(noteMark, strconv.Itoa(n.Index))
	case *extended.FootnoteBacklink:
	default:
		r.children(n)
	}
}

// span reads what is in a code span, where nothing acts.
func (r *page) span(n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if t, ok := c.(*ast.Text); ok {
			r.words(string(t.Segment.Value(r.raw)))
		}
	}
}

func (r *page) anchor(n ast.Node, to string) {
	if id, ok := strings.CutPrefix(to, "#"); ok && slices.Contains(r.headingIDs(), address(id)) {
		to = "#"
	}
	end := r.leads(to)
	r.children(n)
	end()
}

func autoAddress(n *ast.AutoLink, src []byte) string {
	addr := string(n.URL(src))
	if n.AutoLinkType == ast.AutoLinkEmail && !strings.HasPrefix(strings.ToLower(addr), "mailto:") {
		return "mailto:" + addr
	}
	return addr
}

// headingIDs gives the ids that headings have been given.
func (r *page) headingIDs() []string {
	if r.ids != nil {
		return r.ids
	}
	r.ids = []string{}
	_ = ast.Walk(r.doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if h, ok := n.(*ast.Heading); ok && entering {
			if id, ok := h.AttributeString("id"); ok {
				if b, ok := id.([]byte); ok {
					r.ids = append(r.ids, address(string(b)))
				}
			}
		}
		return ast.WalkContinue, nil
	})
	return r.ids
}

func (r *page) picture(n *ast.Image) {
	var alt strings.Builder
	r.altText(&alt, n)
	text := r.note(oneLine(alt.String()))
	r.put(picture, address(plain(string(n.Destination)))).extra = text
}

func (r *page) altText(b *strings.Builder, n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch t := c.(type) {
		case *ast.Text:
			b.WriteString(plain(string(t.Segment.Value(r.raw))))
			if t.SoftLineBreak() || t.HardLineBreak() {
				b.WriteByte(' ')
			}
		case *ast.String:
			b.Write(t.Value)
		default:
			r.altText(b, c)
		}
	}
}

// show reads text as it stands in the page, shortcodes included.
func (r *page) show(text string) {
	for len(r.calls) > 0 {
		before, rest, ok := strings.Cut(text, callMark)
		if !ok {
			break
		}
		number, after, _ := strings.Cut(rest, callEnd)
		r.words(plain(before))
		if i, err := strconv.Atoi(number); err == nil && i < len(r.calls) {
			r.alone(embed, r.called(r.calls[i]))
		}
		text = after
	}
	r.words(plain(text))
}

// called gives the embed that a shortcode shows: that of the source which it names,
// else itself.
func (r *page) called(call string) string {
	words := strings.FieldsFunc(call, func(c rune) bool { return strings.ContainsRune(" \t\n\"'`=(),<>{}%", c) })
	for _, w := range words[min(1, len(words)):] {
		for _, name := range []string{words[0] + " " + w, address(w)} {
			if key, ok := r.embeds[name]; ok {
				return key
			}
		}
	}
	return call
}

// plain gives text as it shows: without the backslashes of escapes, and with the
// characters that references stand for (CommonMark 0.31, 2.4 and 2.5).
func plain(s string) string {
	if strings.IndexByte(s, '\\') < 0 && strings.IndexByte(s, '&') < 0 {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '\\' && i+1 < len(s) && util.IsPunct(s[i+1]):
			i++
			b.WriteByte(s[i])
		case s[i] == '&':
			ref := s[i : i+reference(s[i:])]
			b.Write(util.ResolveEntityNames(util.ResolveNumericReferences([]byte(ref))))
			i += len(ref) - 1
		default:
			b.WriteByte(s[i])
		}
	}
	return b.String()
}

// reference gives the length of the character reference that s begins with; 1 for the
// & alone.
func reference(s string) int {
	const longest = 40
	if end := strings.IndexByte(s[:min(len(s), longest)], ';'); end > 0 {
		return end + 1
	}
	return 1
}
