package markdown

import "strings"

// block is a finished block of Markdown, without the prefix of its container and
// without a newline at its end.
type block struct {
	kind   blockKind
	text   string
	marker byte // of a list: - * . or )
	start  int  // of an ordered list: its first number
}

type blockKind uint8

const (
	paragraph blockKind = iota
	title               // a heading
	fence
	blockquote
	list
	other // a table, a rule, an embed, a footnote
)

// join gives the blocks of a flow as one text. Tight ones stand on lines that
// follow each other, where Markdown allows it.
func (f *flow) join(tight bool) string {
	var b strings.Builder
	for i, next := range f.blocks {
		switch {
		case i == 0:
		case tight && touching(f.blocks[i-1], next):
			b.WriteString("\n")
		default:
			b.WriteString("\n\n")
		}
		b.WriteString(next.text)
	}
	return b.String()
}

// touching tells whether b still is a block of its own right below a.
func touching(a, b block) bool {
	switch b.kind {
	case title, fence, blockquote:
		return a.kind == paragraph || a.kind == title || a.kind == fence
	case list: // one that does not begin with 1 cannot interrupt a paragraph
		return a.kind == paragraph && (!b.ordered() || b.start == 1) || a.kind == title || a.kind == fence
	case paragraph:
		return a.kind == title || a.kind == fence
	}
	return false
}

func (b block) ordered() bool { return b.marker == '.' || b.marker == ')' }

// prefix puts first before the first line of a text and rest before the others;
// an empty line gets rest without the space at its end.
func prefix(text, first, rest string) string {
	bare := strings.TrimRight(rest, " ")
	var b strings.Builder
	b.Grow(len(text) + len(text)/16)
	b.WriteString(first)
	for line := range strings.Lines(text) {
		switch {
		case b.Len() == len(first):
		case line == "\n":
			b.WriteString(bare)
		default:
			b.WriteString(rest)
		}
		b.WriteString(line)
	}
	return strings.TrimRight(b.String(), " ")
}
