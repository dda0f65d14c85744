package proof

import (
	"bytes"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// parsers read Markdown as a generator does.
type parsers struct {
	plain parser.Parser
	// linking makes links of bare addresses too. That costs a look at every space, so
	// that it is used for pages alone that have one.
	linking parser.Parser
}

// newParsers sets goldmark up as the generator shows pages: for Hugo as it is by default,
// but for the typographer, which would change the words
// (https://gohugo.io/configuration/markup/#goldmark).
func newParsers(g Generator) parsers {
	if g == Zola {
		p := newParser(zolaExtensions)
		return parsers{p, p}
	}
	hugo := []goldmark.Extender{extension.Table, extension.Strikethrough, extension.TaskList, extension.Footnote, extension.DefinitionList}
	return parsers{newParser(hugo), newParser(append(hugo, extension.Linkify))}
}

func newParser(extensions []goldmark.Extender) parser.Parser {
	return goldmark.New(goldmark.WithExtensions(extensions...), goldmark.WithParserOptions(parser.WithAttribute())).Parser()
}

func (p parsers) parse(markdown []byte) ast.Node {
	if bareAddress(markdown) {
		return p.linking.Parse(text.NewReader(markdown))
	}
	return p.plain.Parse(text.NewReader(markdown))
}

// bareAddress tells whether something in a page may become a link without any mark.
func bareAddress(page []byte) bool {
	for _, mark := range []string{"://", "www.", "@"} {
		rest := page
		for {
			i := bytes.Index(rest, []byte(mark))
			if i < 0 {
				break
			}
			if bare(rest[:i], rest[i+len(mark):], mark) {
				return true
			}
			rest = rest[i+len(mark):]
		}
	}
	return false
}

// bare tells whether what stands around a mark could be an address outside of a link's
// own brackets.
func bare(before, after []byte, mark string) bool {
	switch mark {
	case "@":
		return len(before) > 0 && len(after) > 0 && addressByte(before[len(before)-1]) && addressByte(after[0])
	case "www.":
		return len(before) == 0 || !addressByte(before[len(before)-1]) && before[len(before)-1] != '/'
	}
	i := len(before)
	for i > 0 && addressByte(before[i-1]) {
		i--
	}
	switch {
	case i == 0, i == len(before):
		return i == 0
	case before[i-1] == '<':
		return false
	}
	return i < 2 || before[i-1] != '(' || before[i-2] != ']'
}

func addressByte(c byte) bool {
	return c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'z' || c == '_' || c == '-' || c == '+' || c == '.'
}
