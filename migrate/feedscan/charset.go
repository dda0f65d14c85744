package feedscan

import "unicode/utf8"

// guessed returns the encoding of bytes that are no UTF-8 and of which nothing says what they
// are, or "" where they may as well be windows-1252.
func guessed(sample []byte) string {
	text := beyondASCII(sample)
	if len(text) == 0 {
		return latin(sample)
	}
	if found := likeliest(text); found != "" {
		return found
	}
	return latin(sample)
}

const (
	// wordsMost is how much text is weighed: more makes it no surer.
	wordsMost = 2 << 10
	// neighboursLeast is how many of a hundred bytes beyond ASCII stand beside another one, in
	// text of another script than ours. Accents of Western Europe stand alone.
	neighboursLeast = 75
)

// beyondASCII returns the words of a sample that hold bytes beyond ASCII, with spaces
// between them; nil where those are the accents of a Latin text.
func beyondASCII(sample []byte) (text []byte) {
	all, beside := 0, 0
	high := func(i int) bool { return i >= 0 && i < len(sample) && sample[i] >= utf8.RuneSelf }
	start, holds := 0, false
	for i := 0; i <= len(sample); i++ {
		switch {
		case high(i):
			all++
			holds = true
			if high(i-1) || high(i+1) || i > 0 && i+1 < len(sample) && high(i-2) && high(i+2) {
				beside++
			}
		case i < len(sample) && !separates(sample[i]):
		default:
			if holds && len(text) < wordsMost {
				text = append(append(text, sample[start:i]...), ' ')
			}
			start, holds = i+1, false
		}
	}
	if all == 0 || 100*beside < neighboursLeast*all {
		return nil
	}
	return text
}

// separates reports whether an ASCII byte is in no encoding the second one of a character.
func separates(b byte) bool { return b < '0' || b == '<' || b == '>' }

// Text makes UTF-8 of the pieces of a text that does not say its encoding, all in the same.
type Text struct{ pieces }

// NewText returns a Text for a file that begins with a sample.
func NewText(sample []byte) *Text {
	t := &Text{}
	t.weigh(sample)
	return t
}

// Decode makes UTF-8 of a piece.
func (t *Text) Decode(b []byte) []byte { return t.decode(b) }

// Damaged is in how many places the pieces so far had bytes that are no characters.
func (t *Text) Damaged() int { return t.lost }
