package proof

import (
	"slices"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extended "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// footnotes reads notes as goldmark's own extension does, whose search for each mark and
// whose sorting take quadratic time: 32,000 notes took seven seconds.
type footnotes struct{}

func (footnotes) Extend(m goldmark.Markdown) {
	m.Parser().AddOptions(
		parser.WithBlockParsers(util.Prioritized(noteBlocks{extension.NewFootnoteBlockParser()}, 999)),
		parser.WithInlineParsers(util.Prioritized(noteMarks{}, 101)),
		parser.WithASTTransformers(util.Prioritized(noteOrder{}, 999)),
	)
}

// noteTable finds the notes of a page.
type noteTable struct {
	list  ast.Node // of all notes
	byRef map[string]*extended.Footnote
	count int // of notes that have a mark
}

var noteTableKey = parser.NewContextKey()

func noteTableOf(pc parser.Context) *noteTable {
	t, ok := pc.Get(noteTableKey).(*noteTable)
	if !ok {
		t = &noteTable{byRef: map[string]*extended.Footnote{}}
		pc.Set(noteTableKey, t)
	}
	return t
}

// noteBlocks notes each footnote that goldmark's parser puts into the list.
type noteBlocks struct{ parser.BlockParser }

func (b noteBlocks) Close(node ast.Node, reader text.Reader, pc parser.Context) {
	b.BlockParser.Close(node, reader, pc)
	t := noteTableOf(pc)
	t.list = node.Parent()
	if n := node.(*extended.Footnote); t.byRef[string(n.Ref)] == nil {
		t.byRef[string(n.Ref)] = n
	}
}

// noteMarks reads the marks in the text, [^1].
type noteMarks struct{}

// Trigger includes the sign of a picture, whose parser would take the mark behind it.
func (noteMarks) Trigger() []byte { return []byte{'!', '['} }

func (noteMarks) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, segment := block.PeekLine()
	open := 1
	if line[0] == '!' {
		open++
	}
	if open >= len(line) || line[open] != '^' || line[open-1] != '[' {
		return nil
	}
	label := line[open+1:]
	end := slices.IndexFunc(label, func(c byte) bool { return c == ']' || c == '[' || c == '\n' })
	if end < 0 || label[end] != ']' {
		return nil
	}
	t := noteTableOf(pc)
	n := t.byRef[string(label[:end])]
	if n == nil {
		return nil
	}
	if n.Index < 0 {
		t.count++
		n.Index = t.count
	}
	block.Advance(open + 1 + end + 1)
	if line[0] == '!' {
		parent.AppendChild(parent, ast.NewTextSegment(text.NewSegment(segment.Start, segment.Start+1)))
	}
	return extended.NewFootnoteLink(n.Index)
}

// noteOrder puts the notes behind the text, in the order of their marks; those without one
// are not shown.
type noteOrder struct{}

func (noteOrder) Transform(doc *ast.Document, _ text.Reader, pc parser.Context) {
	t := noteTableOf(pc)
	if t.list == nil {
		return
	}
	var all []*extended.Footnote
	for c := t.list.FirstChild(); c != nil; c = c.NextSibling() {
		if n := c.(*extended.Footnote); n.Index >= 0 {
			all = append(all, n)
		}
	}
	t.list.RemoveChildren(t.list)
	t.list.Parent().RemoveChild(t.list.Parent(), t.list)
	slices.SortStableFunc(all, func(a, b *extended.Footnote) int { return a.Index - b.Index })
	for _, n := range all {
		t.list.AppendChild(t.list, n)
	}
	if len(all) > 0 {
		doc.AppendChild(doc, t.list)
	}
}
