package markdown

import (
	"fmt"
	"strings"
)

// Passthrough says whether a target shows what stands between the delimiters of formulas as
// it stands in the page, tags included, as Hugo's extension of that name does
// (https://gohugo.io/configuration/markup/#passthrough).
type Passthrough uint8

// What Passthrough may be.
const (
	NoPassthrough  Passthrough = iota // the target has nothing like it
	MayPassthrough                    // a setting of the site may turn it on
	IsPassthrough                     // it is on
)

// delimitersOfFormulas are those that Hugo's documentation proposes, and the dollar. Two of
// them are how Markdown escapes brackets.
var delimitersOfFormulas = [...]struct{ open, close string }{{`\[`, `\]`}, {`\(`, `\)`}, {"$", "$"}}

// guard keeps a paragraph from being passed through: where that would show the marks of its
// text where it is on, and whatever the setting where it could make a tag.
func (p Passthrough) guard(markdown string) string {
	if p == IsPassthrough || p == MayPassthrough && passesTags(markdown) {
		return withoutDelimiters(markdown)
	}
	return markdown
}

// passesTags tells whether a < stands between two delimiters.
func passesTags(markdown string) bool {
	for _, d := range delimitersOfFormulas {
		from, to := strings.Index(markdown, d.open), strings.LastIndex(markdown, d.close)
		if from >= 0 && from < to && strings.IndexByte(markdown[from:to], '<') >= 0 {
			return true
		}
	}
	return false
}

// withoutDelimiters spells a paragraph so that no delimiter of a formula is in it: dollars
// with a backslash, brackets as references. Code and addresses in angle brackets, where
// nothing is spelled, begin nothing either.
func withoutDelimiters(markdown string) string {
	var b strings.Builder
	for i := 0; i < len(markdown); {
		n := 1
		switch c := markdown[i]; {
		case c == chunkBegin:
			n = upTo(markdown[i:], chunkEnd)
		case c == '<' && i+1 < len(markdown) && isAlnum(markdown[i+1]):
			n = upTo(markdown[i:], '>')
		case c == '\\' && i+1 < len(markdown):
			n = 2
		}
		piece := markdown[i : i+n]
		switch {
		case piece == "$":
			piece = `\$`
		case n == 2 && strings.IndexByte("[]()", piece[1]) >= 0:
			piece = fmt.Sprintf("&#%d;", piece[1])
		}
		b.WriteString(piece)
		i += n
	}
	return b.String()
}

// upTo measures the part of s that ends with c; all of s where it does not.
func upTo(s string, c byte) int {
	if i := strings.IndexByte(s, c); i >= 0 {
		return i + 1
	}
	return len(s)
}
