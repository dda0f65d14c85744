package proof

import (
	"bytes"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"replant/migrate/dom"
)

// passing reads the formulas of a page that Hugo passes through as they are, as its
// extension of goldmark does: what stands between two delimiters of a paragraph is none of
// Markdown.
type passing struct{ delimiters dom.Delimiters }

// Extend puts formulas before escapes and code.
func (p passing) Extend(m goldmark.Markdown) {
	m.Parser().AddOptions(parser.WithInlineParsers(util.Prioritized(p, 50)))
}

// Trigger returns the bytes that a delimiter begins with.
func (p passing) Trigger() (first []byte) {
	for _, pair := range [...][2]string{p.delimiters.Block, p.delimiters.Inline} {
		if pair[0] != "" && !bytes.Contains(first, []byte{pair[0][0]}) {
			first = append(first, pair[0][0])
		}
	}
	return first
}

// Parse reads a formula. Replant writes each on one line.
func (p passing) Parse(_ ast.Node, block text.Reader, _ parser.Context) ast.Node {
	line, _ := block.PeekLine()
	for i, pair := range [...][2]string{p.delimiters.Block, p.delimiters.Inline} {
		open, closing := []byte(pair[0]), []byte(pair[1])
		if len(open) == 0 || !bytes.HasPrefix(line, open) {
			continue
		}
		if end := bytes.Index(line[len(open):], closing); end > 0 {
			block.Advance(len(open) + end + len(closing))
			return &passedFormula{math: dom.Math{TeX: string(line[len(open) : len(open)+end]), Block: i == 0}}
		}
	}
	return nil
}

// passedFormula is a formula in a page.
type passedFormula struct {
	ast.BaseInline
	math dom.Math
}

var kindFormula = ast.NewNodeKind("Formula")

// Kind implements [ast.Node].
func (n *passedFormula) Kind() ast.NodeKind { return kindFormula }

// Dump implements [ast.Node].
func (n *passedFormula) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }
