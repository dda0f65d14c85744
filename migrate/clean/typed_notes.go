package clean

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate/blog"
	"replant/migrate/dom"
)

// typedNotes makes footnotes of what was typed as such: marks in the text, [1], [^1] or raised
// numbers, and lines at the end that begin with them, "[1]: …" or "[1] …", or a last list under the
// title of notes. Each mark must have one note and each note one mark, or else all stay as they
// are.
func typedNotes(body *html.Node) {
	for _, style := range []noteStyle{{marks: typedMarks, label: bracketed, strict: true}, {marks: raisedMarks, label: raisedLabel}} {
		marks := style.marks(body)
		if len(marks) < 1 {
			continue
		}
		if style.match(body, marks) {
			return
		}
		if style.strict {
			listedNotes(body, marks)
		}
	}
}

// noteStyle is a way to type footnotes.
type noteStyle struct {
	marks  func(body *html.Node) []typedMark
	label  func(l *typedLine, opening string) (label string, length int) // of a line that is a note
	strict bool                                                          // what looks like a mark is one: others are powers too
}

// match makes footnotes of marks and the lines that end a body, if each has its one, and reports
// whether it has.
func (s noteStyle) match(body *html.Node, marks []typedMark) bool {
	blocks, lines := s.noteLines(body)
	if len(lines) == 0 {
		return false
	}
	notes := map[string]bool{}
	for _, l := range lines {
		if notes[l.label] {
			return false
		}
		notes[l.label] = true
	}
	var outside []typedMark
	for _, m := range marks {
		switch {
		case inAny(m.text, blocks):
		case notes[m.label]:
			outside = append(outside, m)
		case s.strict:
			return false
		}
	}
	if len(outside) != len(notes) || twice(outside) {
		return false
	}
	bin := binOf(body)
	referAll(outside, bin)
	for _, l := range lines {
		body.AppendChild(l.note(bin))
	}
	for _, b := range blocks {
		if TrimEdges(b); dom.Empty(b) {
			removeBlank(b)
		}
	}
	return true
}

// referAll puts references in the place of marks, from the end, so that the places hold.
func referAll(marks []typedMark, bin *html.Node) {
	for i := len(marks) - 1; i >= 0; i-- {
		marks[i].refer(bin)
	}
}

// listedNotes makes footnotes of the items of a list that ends a body under the title of notes,
// where marks count them.
func listedNotes(body *html.Node, marks []typedMark) {
	list := body.LastChild
	for list != nil && (dom.Gap(list) || dom.Is(list, atom.Hr)) {
		list = list.PrevSibling
	}
	if !dom.Is(list, atom.Ol) || dom.HasAttr(list, "start") || twice(marks) {
		return
	}
	if title := dom.Previous(list); title == nil || !titlesNotes(title) {
		return
	}
	items := dom.Children(list)
	if len(items) != len(marks) {
		return
	}
	for i, m := range marks {
		if m.label != strconv.Itoa(i+1) || dom.Under(m.text, list) {
			return
		}
	}
	referAll(marks, binOf(body))
	for i, li := range items {
		MoveNote(body, li, strconv.Itoa(i+1))
	}
	dom.Detach(list)
}

// typedMark is a mark of a footnote in a text.
type typedMark struct {
	text     *html.Node
	from, to int
	label    string
}

// typedMarks lists the marks in a body, those that its notes begin with too, but for what
// stands in code and in links.
func typedMarks(body *html.Node) (all []typedMark) {
	for n := range dom.Below(body) {
		if n.Type != html.TextNode || !strings.Contains(n.Data, "[") || inCode(n) || codeSpan(n.Parent) || dom.Enclosing(n, atom.A) != nil {
			continue
		}
		for i := 0; i < len(n.Data); i++ {
			if label, length := labelAt(n.Data[i:]); length > 0 {
				all = append(all, typedMark{n, i, i + length, label})
				i += length - 1
			}
		}
	}
	return all
}

// labelAt returns the label of the mark that a text begins with, and the mark's length, or 0.
func labelAt(s string) (label string, length int) {
	const digitsMost, nameMost = 3, 24
	if s == "" || s[0] != '[' {
		return "", 0
	}
	end := strings.IndexByte(s[:min(len(s), nameMost)], ']')
	if end < 2 {
		return "", 0
	}
	label, named := strings.CutPrefix(s[1:end], "^")
	switch digits := strings.Trim(label, "0123456789") == ""; {
	case label == "", digits && len(label) > digitsMost, !digits && !named:
		return "", 0
	case strings.ContainsFunc(label, func(r rune) bool { return !blog.IsAlphanumeric(r) && r != '-' && r != '_' }):
		return "", 0
	}
	return label, end + 1
}

// bracketed returns the label of a line that begins with one in brackets.
func bracketed(_ *typedLine, opening string) (label string, length int) { return labelAt(opening) }

// raisedMarks lists the raised numbers in a body, but for those in code and in links.
func raisedMarks(body *html.Node) (all []typedMark) {
	for n := range dom.Below(body) {
		if n.Type != html.TextNode || inCode(n) || codeSpan(n.Parent) || dom.Enclosing(n, atom.A) != nil {
			continue
		}
		if dom.Is(n.Parent, atom.Sup) {
			before := n.Parent.PrevSibling
			power := before != nil && before.Type == html.TextNode && isBase(before.Data)
			if label := trimGaps(n.Data); isNoteNumber(label) && dom.Words(n.Parent) == label && !power {
				all = append(all, typedMark{n, 0, len(n.Data), label})
			}
			continue
		}
		if !strings.Contains(n.Data, "\xC2") && !strings.Contains(n.Data, "\xE2\x81") {
			continue
		}
		for i := 0; i < len(n.Data); i++ {
			if n.Data[i] != 0xC2 && n.Data[i] != 0xE2 { // with which superscripts begin
				continue
			}
			if label, length := raisedNumber(n.Data[i:]); length > 0 && !isBase(n.Data[:i]) {
				all = append(all, typedMark{n, i, i + length, label})
				i += length - 1
			}
		}
	}
	return all
}

// bases are the units that are raised to a power, in front of which no other letter stands.
var bases = blog.WordSet("km cm mm dm nm ft in yd mi")

// isBase reports whether a text ends with what a raised number is the power of: a letter or a digit
// by itself, a unit.
func isBase(before string) bool {
	rest := strings.TrimRightFunc(before, blog.IsAlphanumeric)
	word := before[len(rest):]
	return utf8.RuneCountInString(word) == 1 || bases[word] || word != "" && strings.Trim(word, "0123456789") == ""
}

// raisedDigits are the superscripts of Unicode.
var raisedDigits = map[rune]byte{'¹': '1', '²': '2', '³': '3', '⁴': '4', '⁵': '5', '⁶': '6', '⁷': '7', '⁸': '8', '⁹': '9', '⁰': '0'}

// raisedNumber returns the number in superscripts that a text begins with, and its length, or 0.
func raisedNumber(s string) (number string, length int) {
	for i, r := range s {
		digit := raisedDigits[r]
		if digit == 0 {
			break
		}
		number += string(digit)
		length = i + utf8.RuneLen(r)
	}
	if !isNoteNumber(number) {
		return "", 0
	}
	return number, length
}

func isNoteNumber(s string) bool {
	const digitsMost = 2
	return s != "" && len(s) <= digitsMost && s[0] != '0' && strings.Trim(s, "0123456789") == ""
}

// raisedLabel returns the number of a line that begins with a raised one.
func raisedLabel(l *typedLine, opening string) (label string, length int) {
	if label, length = raisedNumber(opening); length > 0 {
		return label, length
	}
	for _, n := range l.nodes {
		for d := range leaves(n) {
			if d.Type != html.TextNode || trimGaps(d.Data) == "" {
				continue
			}
			if label = trimGaps(d.Data); dom.Is(d.Parent, atom.Sup) && isNoteNumber(label) {
				return label, len(label)
			}
			return "", 0
		}
	}
	return "", 0
}

// noteLines returns the last paragraphs of a body whose lines are all notes, and these lines
// in order. Lines in front of the first may be their title.
func (s noteStyle) noteLines(body *html.Node) (blocks []*html.Node, lines []*typedLine) {
	last := LastBlock(body)
	for n := last; n != nil; n = dom.Previous(n) {
		if dom.Is(n, atom.Hr) || n.Type == html.ElementNode && dom.Empty(n) {
			continue
		}
		if !paragraphed(n) {
			break
		}
		found, whole := s.notesIn(n)
		if len(found) == 0 {
			break
		}
		blocks, lines = append(blocks, n), append(found, lines...)
		if !whole {
			break
		}
	}
	return blocks, lines
}

// notesIn returns the lines of a paragraph that are notes, if none follows them that is not,
// and whether all are.
func (s noteStyle) notesIn(p *html.Node) (notes []*typedLine, whole bool) {
	all := linesOf(p)
	for i, l := range all {
		text := l.opening()
		label, length := s.label(l, text)
		rest := strings.TrimPrefix(text[length:], ":")
		bare := strings.TrimLeftFunc(rest, unicode.IsSpace)
		switch {
		case l.blank():
			continue
		case length == 0 && len(notes) > 0:
			return nil, false
		case length == 0:
			continue
		case bare == "":
			return nil, false
		}
		l.mark, l.label = text[:len(text)-len(bare)], label
		notes = append(notes, all[i])
	}
	first := 0
	for first < len(all) && all[first].blank() {
		first++
	}
	return notes, len(notes) > 0 && notes[0] == all[first]
}

func inAny(n *html.Node, roots []*html.Node) bool {
	for _, r := range roots {
		if dom.Under(n, r) {
			return true
		}
	}
	return false
}

// twice reports whether two marks have the same label.
func twice(marks []typedMark) bool {
	seen := map[string]bool{}
	for _, m := range marks {
		if seen[m.label] {
			return true
		}
		seen[m.label] = true
	}
	return false
}

// refer puts a reference in the place of a mark, and of the superscript that it is alone in.
func (m typedMark) refer(bin *html.Node) {
	before, mark, after := m.text.Data[:m.from], m.text.Data[m.from:m.to], m.text.Data[m.to:]
	ref := dom.NoteRef(m.label)
	discard(bin, dom.TextNode(mark), Typed)
	if sup := m.text.Parent; dom.Is(sup, atom.Sup) && sup.FirstChild == sup.LastChild && blog.IsBlank(before+after) {
		dom.Replace(sup, ref)
		return
	}
	m.text.Data = strings.TrimRight(before, " ")
	m.text.Parent.InsertBefore(ref, m.text.NextSibling)
	m.text.Parent.InsertBefore(dom.TextNode(after), ref.NextSibling)
}

// note returns a line as a footnote, its label in the bin.
func (l *typedLine) note(bin *html.Node) *html.Node {
	for _, n := range l.nodes {
		dom.Detach(n)
	}
	p := dom.Elem(atom.P)
	appendAll(p, l.nodes)
	l.strip(p, bin)
	n := dom.Note(l.label)
	n.AppendChild(p)
	return n
}
