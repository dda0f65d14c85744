package proof

import (
	"bytes"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// prose reads text in which nothing begins as one node, as far as it goes: nearly all of a page.
// goldmark itself looks at each character of it by many rules, which takes half the time of its
// inline parsers. It changes nothing but where texts are cut into nodes, and white space that no
// reader sees, before a line break.
type prose struct {
	quiet [256]bool // no parser begins at the byte, and it is no escape and no end of a line
	off   bool      // a page may have an escape at the end of a line, which the next one must see
}

// newProse returns a parser for a goldmark with its own inline parsers, those that are always
// on here, and some more.
func newProse(more ...parser.InlineParser) *prose {
	p := new(prose)
	for c := range p.quiet {
		p.quiet[c] = c >= 0x80 || alnum[c] || bytes.IndexByte([]byte(" .,;:?'\"()-/"), byte(c)) >= 0
	}
	for _, own := range parser.DefaultInlineParsers() {
		more = append(more, own.Value.(parser.InlineParser))
	}
	more = append(more, noteMarks{}, extension.NewStrikethroughParser(), extension.NewTaskCheckBoxParser())
	for _, other := range more {
		for _, c := range other.Trigger() {
			p.quiet[c] = false
		}
	}
	return p
}

// Extend implements [goldmark.Extender].
func (p *prose) Extend(m goldmark.Markdown) {
	m.Parser().AddOptions(parser.WithInlineParsers(util.Prioritized(p, 1000)))
}

// read prepares for a page. goldmark takes an escape at the end of a line over to the next one if
// it stands behind another, or before a hard line break's spaces.
func (p *prose) read(page []byte) {
	p.off = bytes.Contains(page, []byte("\\\\\\\n")) || bytes.Contains(page, []byte("\\  "))
}

// Trigger is what goldmark takes the beginning of each line for, too.
func (p *prose) Trigger() []byte { return []byte{' '} }

// Parse reads up to what may be something else, or a whole line.
func (p *prose) Parse(_ ast.Node, block text.Reader, _ parser.Context) ast.Node {
	const least = 16 // for less, a node of its own does not pay
	line, at := block.PeekLine()
	if p.off || at.Padding > 0 || at.ForceNewline || at.Start > 0 && block.Source()[at.Start-1] == '\\' {
		return nil
	}
	n := 0
	for n < len(line) && p.quiet[line[n]] {
		n++
	}
	ended := n == len(line) || line[n] == '\n'
	if ended && n > 0 && line[n-1] != ' ' {
		t := ast.NewTextSegment(at.WithStop(at.Start + n))
		t.SetSoftLineBreak(n < len(line))
		block.AdvanceLine()
		return t
	}
	if ended || line[n] < ' ' { // white space at the end of a line is goldmark's
		n = bytes.LastIndexByte(bytes.TrimRight(line[:n], " "), ' ')
	}
	if n < least {
		return nil
	}
	block.Advance(n)
	return ast.NewTextSegment(at.WithStop(at.Start + n))
}
