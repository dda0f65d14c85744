package dom

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// ParseBody parses HTML as the content of a <body> of a page whose scripts do not run, and
// returns that element, as [html.ParseFragmentWithOptions] does.
func ParseBody(source string) (*html.Node, error) {
	if body := plainBody(source); body != nil {
		return body, nil
	}
	return mendedBody(source)
}

// mendedBody parses HTML in any form.
func mendedBody(source string) (*html.Node, error) {
	body := &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body}
	nodes, err := html.ParseFragmentWithOptions(strings.NewReader(source), body, html.ParseOptionEnableScripting(false))
	if err != nil {
		return nil, err
	}
	for _, n := range nodes {
		body.AppendChild(n)
	}
	return body, nil
}

// plainBody parses HTML in the form that programs write, which is nearly all HTML: each element
// is closed by its own tag, stands where it may, and has its attributes in quotation marks.
// There the rules by which HTML mends what is written otherwise have nothing to do, so that a
// stack of the open elements is enough. It returns nil for anything else.
func plainBody(source string) *html.Node {
	if strings.IndexByte(source, 0) >= 0 || strings.IndexByte(source, '\r') >= 0 {
		return nil
	}
	b := builder{rest: source, tags: strings.Count(source, "<")}
	body := b.node()
	body.Type, body.Data, body.DataAtom = html.ElementNode, "body", atom.Body
	b.open = append(make([]level, 0, 16), level{node: body})
	for b.rest != "" {
		if !b.next() {
			return nil
		}
	}
	return body
}

// builder makes the tree of plain HTML.
type builder struct {
	rest  string // what has not been read
	open  []level
	tags  int              // how many there are at most, from the last room for nodes on
	nodes []html.Node      // room for nodes
	attrs []html.Attribute // room for attributes
}

// level is an open element.
type level struct {
	node         *html.Node
	place        place
	inText, link bool // a paragraph, a link is open that an element in here would close
}

// depthMost is how deep elements may lie; package html refuses what is deeper than 512.
const depthMost = 256

// node returns a new node. All nodes of a tree are forgotten at once, so that they may lie
// beside each other.
func (b *builder) node() *html.Node {
	if len(b.nodes) == 0 {
		const room = 8 << 10 / 112 // the nodes that fill what Go allocates as one piece
		b.nodes = make([]html.Node, min(room, 2*b.tags+2))
	}
	n := &b.nodes[0]
	b.nodes = b.nodes[1:]
	return n
}

func (b *builder) add(n *html.Node) {
	parent := b.open[len(b.open)-1].node
	n.Parent, n.PrevSibling = parent, parent.LastChild
	if parent.LastChild == nil {
		parent.FirstChild = n
	} else {
		parent.LastChild.NextSibling = n
	}
	parent.LastChild = n
}

// next reads a text, a comment or a tag, and reports whether it is plain.
func (b *builder) next() bool {
	n := textLength(b.rest)
	switch {
	case n > 0:
		return b.text(n)
	case isLetter(b.rest[1]):
		return b.startTag()
	case b.rest[1] == '/':
		return b.endTag()
	}
	return b.comment()
}

func (b *builder) text(length int) bool {
	text := unescaped(b.rest[:length])
	b.rest = b.rest[length:]
	switch top := &b.open[len(b.open)-1]; top.place {
	case inTable, inRows, inRow:
		if strings.Trim(text, whitespace) != "" {
			return false
		}
	case preformatted:
		if top.node.FirstChild == nil {
			text = strings.TrimPrefix(strings.TrimPrefix(text, "\r"), "\n") // which a reference can make
		}
	}
	if text != "" {
		n := b.node()
		n.Type, n.Data = html.TextNode, text
		b.add(n)
	}
	return true
}

// whitespace is what HTML counts as such.
const whitespace = " \t\n\f\r"

// unescaped returns what a text says.
func unescaped(s string) string {
	if strings.IndexByte(s, '&') < 0 { // which package html looks for character by character
		return s
	}
	return html.UnescapeString(s)
}

func (b *builder) comment() bool {
	length := commentLength(b.rest)
	if length == 0 {
		return false
	}
	n := b.node()
	n.Type, n.Data = html.CommentNode, unescaped(b.rest[len("<!--"):length-len("-->")])
	b.add(n)
	b.rest = b.rest[length:]
	return true
}

func (b *builder) endTag() bool {
	name, length := endTag(b.rest)
	last := len(b.open) - 1
	if last == 0 || length == 0 || name != b.open[last].node.Data && strings.ToLower(name) != b.open[last].node.Data {
		return false
	}
	b.open = b.open[:last]
	b.rest = b.rest[length:]
	return true
}

func (b *builder) startTag() bool {
	end := 1 + nameLength(b.rest[1:])
	name := strings.ToLower(b.rest[1:end])
	e, known := plainElements[name]
	if !known && atom.Lookup([]byte(name)) != 0 {
		return false
	}
	top := &b.open[len(b.open)-1]
	if len(b.open) == depthMost || !top.takes(e.place) {
		return false
	}
	b.rest = b.rest[end:]
	attrs, ok := b.attributes()
	if !ok {
		return false
	}
	closed := strings.HasPrefix(b.rest, "/>")
	if closed {
		b.rest = b.rest[1:]
	}
	if b.rest == "" || b.rest[0] != '>' || closed && e.place != empty && e.place != emptyBlock {
		return false
	}
	b.rest = b.rest[1:]
	if e.sorts && len(attrs) > 1 { // as package html does, to compare them
		slices.SortFunc(attrs, func(a, b html.Attribute) int { return strings.Compare(a.Key, b.Key) })
	}
	n := b.node()
	n.Type, n.DataAtom, n.Data, n.Attr = html.ElementNode, e.tag, e.tag.String(), attrs
	if !known {
		n.Data = strings.Clone(name)
	}
	b.add(n)
	switch e.place {
	case empty, emptyBlock:
		return true
	case framed:
		b.rest, ok = strings.CutPrefix(b.rest, "</iframe>")
		return ok
	}
	b.open = append(b.open, top.in(n, e.place))
	return true
}

// attributes reads the attributes of a tag.
func (b *builder) attributes() (attrs []html.Attribute, ok bool) {
	const most = 32 // of a tag; and room for those of several
	if cap(b.attrs) < most {
		b.attrs = make([]html.Attribute, 0, 2*most)
	}
	attrs = b.attrs[:0]
	for {
		length := attributeLength(b.rest)
		if length == 0 {
			break
		}
		if len(attrs) == most {
			return nil, false
		}
		key, value, has := strings.Cut(b.rest[spaceLength(b.rest):length], "=")
		b.rest = b.rest[length:]
		if key = strings.ToLower(key); slices.ContainsFunc(attrs, func(a html.Attribute) bool { return a.Key == key }) {
			continue // the first one counts
		}
		if has {
			value = strings.Clone(attributeValue(value)) // addresses are kept for longer than the source
		}
		attrs = append(attrs, html.Attribute{Key: key, Val: value})
	}
	b.rest = b.rest[spaceLength(b.rest):]
	if len(attrs) == 0 {
		return nil, true
	}
	b.attrs = b.attrs[len(attrs):cap(b.attrs)][:0]
	return slices.Clip(attrs), true
}

// place says where an element may stand, and what may stand in it.
type place uint8

const (
	inline place = iota
	anchor       // a link, which stands in no other
	empty        // has no content
	framed       // has none that is HTML
	block        // ends a paragraph
	emptyBlock
	paragraph
	heading
	preformatted
	list
	item
	definitions
	definition
	inTable
	inRows
	inRow
	caption
	cell
)

// takes reports whether an element may stand in the one that is open, so that nothing is
// closed by it, moved or left out.
func (l *level) takes(p place) bool {
	switch l.place {
	case inTable:
		return p == inRows || p == caption
	case inRows:
		return p == inRow
	case inRow:
		return p == cell
	}
	switch p {
	case inline, empty, framed:
		return true
	case anchor:
		return !l.link
	case heading:
		return !l.inText && l.place != heading
	case item:
		return l.place == list
	case definition:
		return l.place == definitions
	case inRows, inRow, caption, cell:
		return false
	}
	return !l.inText
}

// in returns the level of an element in the one that is open.
func (l *level) in(n *html.Node, p place) level {
	in := level{node: n, place: p, inText: l.inText, link: l.link}
	switch p {
	case anchor:
		in.link = true
	case paragraph:
		in.inText = true
	case cell, caption:
		in.inText, in.link = false, false
	}
	return in
}

// plainElement is how an element is read.
type plainElement struct {
	tag   atom.Atom
	place place
	sorts bool // its attributes are sorted
}

// plainElements are the elements that need no rules of their own but where they may stand.
// Those that HTML does not know need none either.
var plainElements = func() map[string]plainElement {
	all := map[string]plainElement{}
	for place, tags := range map[place][]atom.Atom{
		inline: {atom.Abbr, atom.Acronym, atom.Audio, atom.Bdi, atom.Bdo, atom.Canvas, atom.Cite, atom.Data, atom.Del, atom.Dfn, atom.Ins, atom.Kbd,
			atom.Label, atom.Legend, atom.Mark, atom.Noscript, atom.Picture, atom.Q, atom.Ruby, atom.Samp, atom.Span, atom.Sub, atom.Sup, atom.Time, atom.Var, atom.Video},
		empty:      {atom.Area, atom.Br, atom.Embed, atom.Img, atom.Input, atom.Param, atom.Source, atom.Track, atom.Wbr},
		emptyBlock: {atom.Hr},
		framed:     {atom.Iframe},
		block: {atom.Address, atom.Article, atom.Aside, atom.Blockquote, atom.Center, atom.Details, atom.Div, atom.Fieldset, atom.Figcaption,
			atom.Figure, atom.Footer, atom.Header, atom.Main, atom.Nav, atom.Section, atom.Summary},
		paragraph:    {atom.P},
		heading:      {atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6},
		preformatted: {atom.Pre},
		list:         {atom.Ol, atom.Ul},
		item:         {atom.Li},
		definitions:  {atom.Dl},
		definition:   {atom.Dd, atom.Dt},
		inTable:      {atom.Table},
		inRows:       {atom.Tbody, atom.Tfoot, atom.Thead},
		inRow:        {atom.Tr},
		caption:      {atom.Caption},
		cell:         {atom.Td, atom.Th},
	} {
		for _, tag := range tags {
			all[tag.String()] = plainElement{tag: tag, place: place}
		}
	}
	for _, tag := range []atom.Atom{atom.B, atom.Big, atom.Code, atom.Em, atom.Font, atom.I, atom.S, atom.Small, atom.Strike, atom.Strong, atom.Tt, atom.U} {
		all[tag.String()] = plainElement{tag: tag, sorts: true}
	}
	all["a"] = plainElement{tag: atom.A, place: anchor, sorts: true}
	return all
}()
