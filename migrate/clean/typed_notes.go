package clean

import (
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate/blog"
	"replant/migrate/dom"
)

// typedNotes makes footnotes of what was typed as such: marks in the text, [1] or [^1], and
// lines at the end that begin with them, "[1]: …" or "[1] …". Each mark must have one note
// and each note one mark, or else all stay as they are.
func typedNotes(body *html.Node) {
	marks := typedMarks(body)
	if len(marks) < 2 { // a mark and its note
		return
	}
	blocks, lines := noteLines(body)
	notes := map[string]bool{}
	for _, l := range lines {
		label, _ := labelAt(l.mark)
		if notes[label] {
			return
		}
		notes[label] = true
	}
	var outside []typedMark
	for _, m := range marks {
		switch {
		case inAny(m.text, blocks):
		case !notes[m.label]:
			return
		default:
			outside = append(outside, m)
		}
	}
	if len(notes) == 0 || len(outside) != len(notes) || twice(outside) {
		return
	}
	bin := binOf(body)
	for i := len(outside) - 1; i >= 0; i-- { // from the end, so that the places hold
		outside[i].refer(bin)
	}
	for _, l := range lines {
		body.AppendChild(l.note(bin))
	}
	for _, b := range blocks {
		if TrimEdges(b); dom.Empty(b) {
			removeBlank(b)
		}
	}
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

// noteLines returns the last paragraphs of a body whose lines are all notes, and these lines
// in order. Lines in front of the first may be their title.
func noteLines(body *html.Node) (blocks []*html.Node, lines []*typedLine) {
	last := LastBlock(body)
	for n := last; n != nil; n = dom.Previous(n) {
		if dom.Is(n, atom.Hr) || n.Type == html.ElementNode && dom.Empty(n) {
			continue
		}
		if !paragraphed(n) {
			break
		}
		found, whole := notesIn(n)
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
func notesIn(p *html.Node) (notes []*typedLine, whole bool) {
	all := linesOf(p)
	for i, l := range all {
		text := l.opening()
		_, length := labelAt(text)
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
		l.mark = text[:len(text)-len(bare)]
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
	label, _ := labelAt(l.mark)
	for _, n := range l.nodes {
		dom.Detach(n)
	}
	p := dom.Elem(atom.P)
	appendAll(p, l.nodes)
	l.strip(p, bin)
	n := dom.Note(label)
	n.AppendChild(p)
	return n
}
