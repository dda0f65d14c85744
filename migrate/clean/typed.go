package clean

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate/blog"
	"replant/migrate/dom"
)

// typed makes elements of what authors have typed as text, where an editor had no button for
// it or nobody looked for one: rules, lists, headings that are strong as a whole.
func typed(body *html.Node) {
	typedRuns(body)
	for _, n := range dom.Descendants(body) {
		switch {
		case n.Type != html.ElementNode || n.Parent == nil:
		case dom.Heading(n) && len(n.Attr) == 0 && isRule(trimGaps(dom.Text(n))) && dom.First(n, dom.Named(atom.A, atom.Img, atom.Code)) == nil:
			Replace(n, Typed, dom.Elem(atom.Hr))
		case dom.Heading(n):
			plainHeading(n)
		case dom.Is(n, atom.Div), dom.Is(n, atom.Section), dom.Is(n, atom.Article), dom.Is(n, atom.Blockquote):
			if !paragraphed(n) {
				typedRuns(n)
			}
		}
	}
	for _, n := range dom.Find(body, paragraphed) {
		if !dom.Is(n.Parent, atom.Li) && !dom.Is(n.Parent, atom.Td) && !dom.Is(n.Parent, atom.Th) {
			typedBlocks(n)
		}
	}
}

// typedRuns makes paragraphs of the lines that stand bare in a container, where some begin as
// typed marks do.
func typedRuns(container *html.Node) {
	var run []*html.Node
	breaks := false
	flush := func(before *html.Node) {
		if breaks && slices.ContainsFunc(run, beginsMark) {
			for _, n := range run {
				dom.Detach(n)
			}
			container.InsertBefore(dom.Elem(atom.P, run...), before)
		}
		run, breaks = nil, false
	}
	for n := container.FirstChild; n != nil; n = n.NextSibling {
		if dom.IsBlock(n) || n.Type == html.ElementNode && dom.Own(n.Data) {
			flush(n)
			continue
		}
		run = append(run, n)
		breaks = breaks || dom.Is(n, atom.Br)
	}
	flush(nil)
}

// beginsMark reports whether n begins a line, and as typed marks do.
func beginsMark(n *html.Node) bool {
	before := n.PrevSibling
	for before != nil && before.Type == html.TextNode && trimGaps(before.Data) == "" {
		before = before.PrevSibling
	}
	if before != nil && !dom.Is(before, atom.Br) && !dom.IsBlock(before) {
		return false
	}
	if n.Type == html.TextNode {
		return isMarkBegin(trimGaps(n.Data))
	}
	return n.Type == html.ElementNode && mayBeTyped(n)
}

// plainHeading takes the strong marks off a heading that is strong as a whole, which headings
// are anyway.
func plainHeading(h *html.Node) {
	marks := dom.Find(h, strongMark)
	if len(marks) == 0 {
		return
	}
	for n := range dom.Below(h) {
		if n.Type == html.TextNode && !blog.IsBlank(n.Data) && !under(n, h, strongMark) {
			return
		}
	}
	for _, m := range marks {
		dom.Unwrap(m)
	}
}

var strongMark = dom.Named(atom.B, atom.Strong)

// under reports whether an element between n and root matches.
func under(n, root *html.Node, match func(*html.Node) bool) bool {
	for p := n.Parent; p != nil && p != root; p = p.Parent {
		if match(p) {
			return true
		}
	}
	return false
}

// paragraphed reports whether n is a paragraph, or a box that is one.
func paragraphed(n *html.Node) bool {
	switch {
	case n == nil || n.Type != html.ElementNode:
		return false
	case n.DataAtom == atom.P:
		return true
	case n.DataAtom != atom.Div && n.DataAtom != atom.Center:
		return false
	}
	return n.FirstChild != nil && dom.First(n, dom.IsBlock) == nil
}

// typedLine is a line of a paragraph, as its author has typed it.
type typedLine struct {
	nodes []*html.Node
	mark  string // what it begins with: a bullet, or a number and the sign behind it
	kind  byte   // of the mark: '.' or ')' for numbers, '*' for bullets, '-' for a rule; 0 for none
	count int    // the number
	label string // of a footnote, where the line is one: see [typedNotes]
}

// typedBlocks makes blocks of the lines of a paragraph, where some were typed as rules or as
// lists.
func typedBlocks(p *html.Node) {
	if !mayBeTyped(p) {
		return
	}
	if lines := linesOf(p); keepRows(lines) {
		rebuild(p, lines)
	}
}

// mayBeTyped reports whether a paragraph has a line that begins with a mark.
func mayBeTyped(p *html.Node) bool {
	begins := true
	for n := range dom.Below(p) {
		switch {
		case dom.Is(n, atom.Br):
			begins = true
		case n.Type == html.TextNode && begins:
			if text := trimGaps(n.Data); text != "" {
				if begins = false; isMarkBegin(text) {
					return true
				}
			}
		}
	}
	return false
}

// isMarkBegin reports whether a text begins as typed marks do.
func isMarkBegin(text string) bool {
	r, _ := utf8.DecodeRuneInString(text)
	return r >= '0' && r <= '9' || strings.ContainsRune(bullets+ruleSigns+lonelySigns, r)
}

const (
	// bullets begin the items of lists.
	bullets = "-*•·●▪◦‣∙■○"
	// ruleSigns make a rule in a row of three, and lonelySigns by themselves.
	ruleSigns   = "*-_=~—–·•∗◆◇❖✦✽"
	lonelySigns = "⁂❦❧⸻"
)

// trimGaps returns a text without the spaces around it.
func trimGaps(s string) string { return strings.TrimFunc(s, unicode.IsSpace) }

// linesOf returns the lines of a paragraph that breaks part.
func linesOf(p *html.Node) (all []*typedLine) {
	box := p
	for box.FirstChild != nil && box.FirstChild == box.LastChild && (dom.Is(box.FirstChild, atom.Span) || dom.Is(box.FirstChild, atom.Font)) {
		box = box.FirstChild
	}
	line := new(typedLine)
	for n := box.FirstChild; n != nil; n = n.NextSibling {
		if dom.Is(n, atom.Br) {
			all = append(all, line)
			line = new(typedLine)
			continue
		}
		line.nodes = append(line.nodes, n)
	}
	all = append(all, line)
	for _, l := range all {
		l.read()
	}
	return all
}

// blank reports whether a line shows nothing.
func (l *typedLine) blank() bool {
	return !slices.ContainsFunc(l.nodes, func(n *html.Node) bool {
		return n.Type == html.TextNode && trimGaps(n.Data) != "" || n.Type == html.ElementNode && !dom.Empty(n)
	})
}

// read finds the mark that a line begins with.
func (l *typedLine) read() {
	text := l.opening()
	switch r, n := utf8.DecodeRuneInString(text); {
	case text == "":
	case isRule(text) && l.onlyText():
		l.kind = '-'
	case r >= '0' && r <= '9':
		l.readNumber(text)
	case strings.ContainsRune(bullets, r):
		rest := text[n:]
		bare := strings.TrimLeftFunc(rest, unicode.IsSpace)
		if bare != "" && (bare != rest || r >= utf8.RuneSelf) {
			l.mark, l.kind = text[:len(text)-len(bare)], '*'
		}
	}
}

// readNumber reads a mark such as "1. " or "1) ".
func (l *typedLine) readNumber(text string) {
	const digitsMost = 3
	digits := len(text) - len(strings.TrimLeft(text, "0123456789"))
	if digits > digitsMost || digits == len(text) || text[digits] != '.' && text[digits] != ')' {
		return
	}
	rest := text[digits+1:]
	bare := strings.TrimLeftFunc(rest, unicode.IsSpace)
	if bare == "" || bare == rest {
		return
	}
	l.mark, l.kind = text[:len(text)-len(bare)], text[digits]
	l.count, _ = strconv.Atoi(text[:digits])
}

// openingMost is how many bytes at the beginning of a line are looked at; a rule may be long.
const openingMost = 200

// opening returns the first words of a line, without the space in front of them. What is no
// text shows as a letter.
func (l *typedLine) opening() string {
	var b strings.Builder
	for _, n := range l.nodes {
		for d := range leaves(n) {
			switch {
			case d.Type == html.TextNode && !inCodeSpan(d, n):
				b.WriteString(d.Data)
			case d.Type == html.TextNode, d.Type == html.ElementNode && d.FirstChild == nil && !dom.Empty(d):
				b.WriteByte('x')
			}
			if b.Len() > openingMost {
				return strings.TrimLeftFunc(b.String(), unicode.IsSpace) + "x"
			}
		}
	}
	return trimGaps(b.String())
}

// leaves iterates over n and what is below it.
func leaves(n *html.Node) func(func(*html.Node) bool) {
	return func(yield func(*html.Node) bool) {
		if !yield(n) {
			return
		}
		for d := range dom.Below(n) {
			if !yield(d) {
				return
			}
		}
	}
}

// inCodeSpan reports whether a text stands in code, within root or as it.
func inCodeSpan(text, root *html.Node) bool {
	for p := text.Parent; p != nil; p = p.Parent {
		if codeSpan(p) {
			return true
		}
		if p == root.Parent {
			return false
		}
	}
	return false
}

// onlyText reports whether a line holds nothing but text and its marks.
func (l *typedLine) onlyText() bool {
	for _, n := range l.nodes {
		for d := range leaves(n) {
			if d.Type == html.ElementNode && (dom.Is(d, atom.A) || codeSpan(d)) {
				return false
			}
		}
	}
	return true
}

// isRule reports whether a text is a separator: a sign three times or more, a row of several
// signs, or one that is a separator by itself.
func isRule(text string) bool {
	if text == "" {
		return false
	}
	const rowMost = 5 // from which on a row may be made of several signs
	kinds, count := map[rune]bool{}, 0
	for _, r := range text {
		switch {
		case unicode.IsSpace(r):
			continue
		case !strings.ContainsRune(ruleSigns+lonelySigns, r):
			return false
		}
		kinds[r] = true
		count++
	}
	r, _ := utf8.DecodeRuneInString(text)
	switch {
	case len(kinds) == 1 && strings.ContainsRune(lonelySigns, r):
		return true
	case len(kinds) == 1:
		return count > 2
	}
	return count >= rowMost && strings.Trim(text, "-=_*~ ") == ""
}

// keepRows forgets the marks of lines that are no items, and reports whether any are left:
// items stand in a row of two or more, with the same bullet or with numbers that count, and
// nothing between them.
func keepRows(lines []*typedLine) (some bool) {
	for i := 0; i < len(lines); {
		row, next := rowAt(lines, i)
		switch {
		case row[0].kind == '-':
			some = true
		case len(row) > 1 && !isDialogue(row):
			some = true
		default:
			for _, l := range row {
				l.kind, l.mark = 0, ""
			}
		}
		i = next
	}
	return some
}

// rowAt returns the items that stand in a row from a line on, and the place behind the last.
func rowAt(lines []*typedLine, i int) (row []*typedLine, next int) {
	last := lines[i]
	row, next = append(row, last), i+1
	for end := next; end < len(lines) && last.kind != 0 && last.kind != '-'; end++ {
		l := lines[end]
		if l.blank() {
			continue
		}
		if !last.goesOn(l) {
			break
		}
		row, last, next = append(row, l), l, end+1
	}
	return row, next
}

// goesOn reports whether a line is the next item of the list that l is in.
func (l *typedLine) goesOn(next *typedLine) bool {
	switch {
	case next.kind != l.kind:
		return false
	case l.kind == '*':
		return trimGaps(l.mark) == trimGaps(next.mark)
	}
	return next.count == l.count+1
}

// isDialogue reports whether lines that begin with a dash are what people say in turn.
func isDialogue(row []*typedLine) bool {
	if row[0].mark[0] != '-' {
		return false
	}
	return slices.ContainsFunc(row, func(l *typedLine) bool {
		var b strings.Builder
		for _, n := range l.nodes {
			b.WriteString(dom.Text(n))
			if n.Type == html.TextNode {
				b.WriteString(n.Data)
			}
		}
		text := strings.TrimRightFunc(b.String(), func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(`"”»'`, r) })
		last, _ := utf8.DecodeLastRuneInString(text)
		return strings.ContainsRune("!?…", last)
	})
}

// rebuild puts blocks in the place of a paragraph: rules, lists and what is left of it.
func rebuild(p *html.Node, lines []*typedLine) {
	bin := binOf(p)
	var list, rest *html.Node // the list, and the paragraph, that the next line may go on
	add := func(n *html.Node) *html.Node {
		p.Parent.InsertBefore(n, p)
		return n
	}
	for _, l := range lines {
		for _, n := range l.nodes {
			dom.Detach(n)
		}
		switch {
		case l.kind == '-':
			add(dom.Elem(atom.Hr))
			for _, n := range l.nodes {
				discard(bin, n, Typed)
			}
			rest, list = nil, nil
		case l.kind != 0:
			if list == nil || !l.continues(list) {
				list = add(l.newList())
			}
			list.AppendChild(l.item(bin))
			rest = nil
		case l.blank() && rest == nil:
		case rest == nil:
			rest, list = add(&html.Node{Type: p.Type, DataAtom: p.DataAtom, Data: p.Data, Attr: slices.Clone(p.Attr)}), nil
			appendAll(rest, l.nodes)
		default:
			rest.AppendChild(dom.Elem(atom.Br))
			appendAll(rest, l.nodes)
		}
	}
	dom.Detach(p)
}

func appendAll(n *html.Node, children []*html.Node) {
	for _, c := range children {
		n.AppendChild(c)
	}
}

// newList returns the list that a line begins.
func (l *typedLine) newList() *html.Node {
	if l.kind == '*' {
		return dom.Elem(atom.Ul)
	}
	list := dom.Elem(atom.Ol)
	if l.count != 1 {
		dom.SetAttr(list, "start", strconv.Itoa(l.count))
	}
	return list
}

// continues reports whether a line is the next item of a list.
func (l *typedLine) continues(list *html.Node) bool {
	if l.kind == '*' {
		return dom.Is(list, atom.Ul)
	}
	if !dom.Is(list, atom.Ol) {
		return false
	}
	first, err := strconv.Atoi(dom.Attr(list, "start"))
	if err != nil {
		first = 1
	}
	return l.count == first+len(dom.Children(list))
}

// item returns a line as an item, its mark in the bin.
func (l *typedLine) item(bin *html.Node) *html.Node {
	li := dom.Elem(atom.Li)
	appendAll(li, l.nodes)
	l.strip(li, bin)
	return li
}

// strip takes the mark of a line off the beginning of what holds it.
func (l *typedLine) strip(n, bin *html.Node) {
	left := len(l.mark)
	for _, d := range dom.Descendants(n) {
		if d.Type != html.TextNode || left == 0 {
			continue
		}
		if left == len(l.mark) { // the space in front of the mark
			d.Data = strings.TrimLeftFunc(d.Data, unicode.IsSpace)
		}
		cut := min(left, len(d.Data))
		left -= cut
		d.Data = d.Data[cut:]
	}
	discard(bin, dom.TextNode(l.mark), Typed)
}
