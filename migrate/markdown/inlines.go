package markdown

import (
	"slices"
	"strings"

	"golang.org/x/net/html"

	"replant/migrate/dom"
)

// inlines gathers the tokens of one paragraph.
type inlines struct {
	tokens []token
	marks  []*mark // those now open, the outermost first; at most one of a kind
	code   []byte  // of the code span being gathered
	coding bool    // one is being gathered
	broken bool    // nothing came after the last line break
	filled bool    // the paragraph shows something
	room   *room
}

// text adds text as the source has it.
func (l *inlines) text(s string) {
	plain, isFolded := survey(s)
	if !plain {
		s = printable(s)
	}
	if l.coding {
		l.code = append(l.code, s...)
		return
	}
	before, words, after := trimGaps(s)
	if words == "" {
		l.gap(s)
		return
	}
	l.gap(before)
	shown := words
	if !isFolded && gapsIn(words) {
		l.room.words = folded(l.room.words[:0], words)
		shown = l.room.letters.text(l.room.words)
	}
	if wide := strings.Count(before, noBreak); wide > 1 && l.broken {
		shown = strings.Repeat(noBreak, wide) + shown // a line of verse that is set in
	}
	l.tokens = append(l.tokens, token{kind: text, text: shown})
	if strings.ContainsFunc(words, visible) {
		l.filled, l.broken = true, false
	}
	l.gap(after)
}

// gap adds what stands between words: a space, unless it is one that keeps the line from
// breaking.
func (l *inlines) gap(s string) {
	if s == noBreak {
		l.tokens = append(l.tokens, token{kind: noBreakSpace})
		return
	}
	l.space(s != "")
}

func (l *inlines) space(is bool) {
	if is {
		l.tokens = append(l.tokens, token{kind: space})
	}
}

// add puts something that shows into the paragraph. Code without a character shows beside
// others alone: editors make it of empty lines.
func (l *inlines) add(t token) {
	l.tokens = append(l.tokens, t)
	if t.kind != code || strings.ContainsFunc(t.text, visible) {
		l.filled, l.broken = true, false
	}
}

// raw adds a piece of Markdown as it is.
func (l *inlines) raw(markdown string) {
	l.flushCode()
	l.add(token{kind: raw, text: markdown})
}

// push opens a mark, unless one of its kind is open already.
func (l *inlines) push(m mark) bool {
	if l.marked(m.kind) {
		return false
	}
	l.flushCode()
	opened := l.room.mark(m)
	l.marks = append(l.marks, opened)
	l.tokens = append(l.tokens, token{kind: opening, mark: opened})
	return true
}

// marked reports whether a mark of a kind is open.
func (l *inlines) marked(kind markKind) bool {
	for _, m := range l.marks {
		if m.kind == kind {
			return true
		}
	}
	return false
}

// pop closes the innermost mark.
func (l *inlines) pop() {
	l.flushCode()
	last := len(l.marks) - 1
	l.tokens = append(l.tokens, token{kind: closing, mark: l.marks[last]})
	l.marks = l.marks[:last]
}

// unmarked writes without the emphasis that is open, and opens it again. Within a
// link, which cannot be taken apart, it stays.
func (l *inlines) unmarked(write func()) {
	open := slices.Clone(l.marks)
	if l.marked(link) {
		open = nil
	}
	for range open {
		l.pop()
	}
	write()
	for _, m := range open {
		l.push(mark{kind: m.kind})
	}
}

// breakLine adds a line break.
func (l *inlines) breakLine() { l.tokens = append(l.tokens, token{kind: lineBreak}) }

// closed returns the tokens of the paragraph with all marks closed, or none where it shows
// nothing. They hold until the next paragraph begins.
func (l *inlines) closed() []token {
	l.flushCode()
	if !l.filled {
		return nil
	}
	for _, m := range slices.Backward(l.marks) {
		l.tokens = append(l.tokens, token{kind: closing, mark: m})
	}
	return l.tokens
}

// begin begins the next paragraph, with the same marks open.
func (l *inlines) begin() {
	l.tokens, l.filled, l.broken = l.tokens[:0], false, false
	for i, m := range l.marks {
		again := l.room.mark(mark{kind: m.kind, dest: m.dest, title: m.title})
		l.marks[i] = again
		l.tokens = append(l.tokens, token{kind: opening, mark: again})
	}
}

// beginCode begins a code span.
func (l *inlines) beginCode() {
	l.code, l.coding = l.code[:0], true
}

// endCode ends it.
func (l *inlines) endCode() {
	l.flushCode()
	l.coding = false
}

// flushCode adds the code gathered so far. Spaces at its edges stand outside.
func (l *inlines) flushCode() {
	if !l.coding || len(l.code) == 0 {
		return
	}
	all := l.room.letters.text(l.code)
	l.code = l.code[:0]
	words := strings.Trim(all, whitespace)
	l.space(words == "" || strings.IndexByte(whitespace, all[0]) >= 0)
	if words != "" {
		l.add(token{kind: code, text: words})
		l.space(strings.IndexByte(whitespace, all[len(all)-1]) >= 0)
	}
}

// instead writes what stands for an element's text, with the space at its edges.
func (l *inlines) instead(n *html.Node, text string) {
	all := dom.Text(n)
	l.space(strings.IndexByte(whitespace, all[0]) >= 0)
	l.text(text)
	l.space(strings.IndexByte(whitespace, all[len(all)-1]) >= 0)
}
