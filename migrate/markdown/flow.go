package markdown

import (
	"bytes"
	"slices"
	"strings"
)

// flow gathers the contents of one container: the page, a quote, an item, a cell.
// It is what the library writes text into.
type flow struct {
	style  *Style
	chunks *chunks // the code of the whole page
	blocks []block
	line   inlines // the paragraph being gathered

	place place
	depth int    // how many quotes, lists and tables stand around
	item  bool   // it is a list item
	task  string // the check box of an item, as Markdown
	// folded says that no shortcode may be called here.
	folded bool
	after  []block // what a single line cannot hold and so follows it
}

// place is where a paragraph stands; it decides what must be escaped.
type place uint8

const (
	prose   place = iota
	heading       // one line after #
	cell          // one line between |
)

// deepest is how many quotes, lists and tables may stand within each other. What
// lies deeper is flattened: each level repeats its prefix on every line, so that
// without a limit a small page could grow with the square of its size.
const deepest = 24

// inner returns an empty flow for a container within f, with f's marks open.
func (f *flow) inner() *flow {
	g := f.line.room.flow()
	g.style, g.chunks, g.depth, g.folded = f.style, f.chunks, f.depth+1, f.folded
	for _, m := range f.line.marks {
		g.line.push(*m)
	}
	return g
}

// oneLine reports whether f can hold no blocks.
func (f *flow) oneLine() bool { return f.place != prose }

// breaksInCell reports whether f is a cell in which lines can break.
func (f *flow) breaksInCell() bool { return f.place == cell && f.style.HTML && !f.line.marked(link) }

// empty reports whether f shows nothing so far.
func (f *flow) empty() bool { return len(f.blocks) == 0 && !f.line.filled }

// Write takes text from the library, like its three sisters.
func (f *flow) Write(text []byte) (int, error) { return f.WriteString(string(text)) }

// WriteByte takes one byte of text.
func (f *flow) WriteByte(c byte) error {
	f.line.text(string(rune(c)))
	return nil
}

// WriteRune takes one character of text.
func (f *flow) WriteRune(r rune) (int, error) { return f.WriteString(string(r)) }

// WriteString takes text.
func (f *flow) WriteString(text string) (int, error) {
	f.line.text(text)
	return len(text), nil
}

// lineBreak ends a line; two in a row end the paragraph, as they look.
func (f *flow) lineBreak() {
	switch l := &f.line; {
	case l.coding:
		l.code = append(l.code, ' ')
	case f.breaksInCell():
		l.breakLine()
	case f.oneLine() || l.marked(link):
		l.space(true)
	case l.broken:
		f.end()
	case l.filled:
		l.breakLine()
		l.broken = true
	}
}

// end closes the paragraph. The marks that are open go on in the next one.
func (f *flow) end() {
	f.line.flushCode()
	switch {
	case f.breaksInCell():
		f.line.breakLine()
		return
	case f.oneLine():
		f.line.space(true)
		return
	}
	if markdown := f.paragraph(); markdown != "" {
		f.blocks = append(f.blocks, block{kind: paragraph, text: markdown})
	}
}

// paragraph returns what was gathered as Markdown, and begins anew.
func (f *flow) paragraph() (markdown string) {
	if tokens := f.line.closed(); len(tokens) > 0 {
		tokens = shorten(settle(tidy(tokens, f.line.room)))
		f.style.Breaks.soften(tokens)
		markdown = f.style.Passthrough.guard(f.write(tokens))
	}
	f.line.begin()
	return markdown
}

// put adds a block that is Markdown already.
func (f *flow) put(b block) {
	if len(b.text) > pageMost {
		f.chunks.over = true
	}
	if b.text == "" || f.chunks.over {
		return
	}
	if f.oneLine() {
		f.after = append(f.after, b)
		return
	}
	f.end()
	f.blocks = append(f.blocks, b)
}

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

// divide puts a mark behind the first paragraph of words, where more follows.
func (f *flow) divide(mark string) {
	for i, b := range f.blocks {
		if b.kind != paragraph || shown(b.text) {
			continue
		}
		if i+1 < len(f.blocks) {
			f.blocks = slices.Insert(f.blocks, i+1, block{kind: other, text: mark})
		}
		return
	}
}

// shown reports whether a paragraph begins with a picture.
func shown(paragraph string) bool {
	paragraph = strings.TrimPrefix(paragraph, "[")
	return strings.HasPrefix(paragraph, "![") || strings.HasPrefix(paragraph, "<img")
}

// join returns the blocks of a flow as one text. Tight ones stand on lines that
// follow each other, where Markdown allows it.
func (f *flow) join(tight bool) string {
	if len(f.blocks) == 1 {
		return f.blocks[0].text
	}
	size := 0
	for _, k := range f.blocks {
		size += len(k.text) + len("\n\n")
	}
	var b strings.Builder
	b.Grow(size)
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

// touching reports whether b still is a block of its own right below a.
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
	return string(prefixed(make([]byte, 0, len(text)+len(text)/16+len(first)), text, first, rest))
}

// prefixed adds a text to out as [prefix] returns it.
func prefixed(out []byte, text, first, rest string) []byte {
	from := len(out)
	out = append(out, first...)
	for {
		end := strings.IndexByte(text, '\n')
		if end < 0 {
			break
		}
		out = append(out, text[:end+1]...)
		switch text = text[end+1:]; {
		case text == "":
		case text[0] == '\n':
			out = append(out, strings.TrimRight(rest, " ")...)
		default:
			out = append(out, rest...)
		}
	}
	out = append(out, text...)
	return out[:from+len(bytes.TrimRight(out[from:], " "))]
}
