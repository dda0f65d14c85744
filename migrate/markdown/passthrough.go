package markdown

import (
	"bytes"
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

// passesTags reports whether a < that could begin a tag stands between two delimiters, or behind
// them, in code that one of them may have opened.
func passesTags(markdown string) bool {
	if strings.IndexByte(markdown, '<') < 0 {
		return false
	}
	for _, d := range delimitersOfFormulas {
		from := strings.Index(markdown, d.open)
		if from < 0 {
			continue
		}
		if to := strings.LastIndex(markdown, d.close); from < to && tagIn(markdown[from:]) {
			return true
		}
	}
	return false
}

// tagIn reports whether a text has a < that no white space follows (HTML, 13.2.5.6).
func tagIn(s string) bool {
	for at := strings.IndexByte(s, '<'); at >= 0; at = strings.IndexByte(s, '<') {
		if s = s[at+1:]; s == "" || strings.IndexByte(whitespace, s[0]) < 0 {
			return true
		}
	}
	return false
}

// withoutDelimiters spells a paragraph so that no delimiter of a formula is in it: dollars
// with a backslash, brackets as references. Code and addresses in angle brackets, where
// nothing is spelled, begin nothing either.
func withoutDelimiters(markdown string) string {
	var b []byte
	for i := 0; i < len(markdown); {
		n := 1
		switch c := markdown[i]; {
		case c == chunkBegin:
			n = upTo(markdown[i:], chunkEnd)
		case c == '<' && addressed(markdown[i:]):
			n = upTo(markdown[i:], '>')
		case c == '\\' && i+1 < len(markdown):
			n = 2
		}
		piece := markdown[i : i+n]
		switch {
		case piece == "$":
			piece = `\$`
		case n == 2 && strings.IndexByte("[]()", piece[1]) >= 0:
			b = withoutAddress(b)
			piece = fmt.Sprintf("&#%d;", piece[1])
		}
		b = append(b, piece...)
		i += n
	}
	return string(b)
}

// withoutAddress keeps the last word of a text from being taken for an address, of which a
// reference behind it would be a part.
func withoutAddress(b []byte) []byte {
	begin := 1 + bytes.LastIndexAny(b, whitespace+">"+string(chunkEnd))
	word := string(b[begin:])
	for _, mark := range [][2]string{{"://", `\://`}, {"www.", `www\.`}, {"@", `\@`}} {
		word = strings.ReplaceAll(strings.ReplaceAll(word, mark[1], mark[0]), mark[0], mark[1])
	}
	return append(b[:begin], word...)
}

// addressed reports whether a text begins with an address in angle brackets.
func addressed(s string) bool {
	inside, _, ends := strings.Cut(s[1:], ">")
	return ends && inside != "" && isAlnum(inside[0]) && strings.ContainsAny(inside, ":@") && !strings.ContainsAny(inside, whitespace+"<")
}

// upTo measures the part of s that ends with c; all of s where it does not.
func upTo(s string, c byte) int {
	if i := strings.IndexByte(s, c); i >= 0 {
		return i + 1
	}
	return len(s)
}
