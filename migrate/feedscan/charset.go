package feedscan

import (
	"strings"
	"unicode/utf8"

	"github.com/wlynxg/chardet"
)

// guessable are the encodings that a detector is believed about, as WHATWG names them, and
// how sure it has to be. The others differ from windows-1252 in too few bytes to be told by
// a text, and text of Western Europe must not become another.
var guessable = map[string]struct {
	label string
	sure  float64
}{
	"shift_jis": {"shift_jis", .3}, "cp932": {"shift_jis", .3}, "euc-jp": {"euc-jp", .3}, "euc-kr": {"euc-kr", .3}, "cp949": {"euc-kr", .3},
	"uhc": {"euc-kr", .3}, "gb2312": {"gb18030", .3}, "gbk": {"gb18030", .3}, "gb18030": {"gb18030", .3}, "big5": {"big5", .3},
	"euc-tw": {"big5", .3}, "johab": {"euc-kr", .3},
	"koi8-r": {"koi8-r", .6}, "windows-1251": {"windows-1251", .6}, "maccyrillic": {"windows-1251", .6}, "iso-8859-5": {"iso-8859-5", .6},
	"ibm866": {"ibm866", .6}, "iso-8859-7": {"windows-1253", .6}, "windows-1253": {"windows-1253", .6},
	"windows-1255": {"windows-1255", .6}, "iso-8859-8": {"windows-1255", .6}, "tis-620": {"windows-874", .6},
}

// guessed returns the encoding of bytes that are no UTF-8 and of which nothing says what they
// are, or "" where they may as well be windows-1252.
func guessed(sample []byte) string {
	text := beyondASCII(sample)
	if len(text) == 0 {
		return latin(sample)
	}
	found := chardet.Detect(text)
	if g, ok := guessable[strings.ToLower(found.Encoding)]; ok && found.Confidence >= g.sure {
		return g.label
	}
	if kana(text) {
		return "shift_jis" // of which the detector knows only what is long
	}
	return latin(sample)
}

const (
	// wordsMost is how much text the detector is given: more makes it no surer.
	wordsMost = 16 << 10
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

// kana reports whether all characters of a text beyond ASCII are pairs as Shift_JIS has
// them, several, most of which begin as those of its common characters do.
func kana(text []byte) bool {
	pairs, common := 0, 0
	for i := 0; i < len(text); i++ {
		lead := text[i]
		if lead < utf8.RuneSelf {
			continue
		}
		near := lead >= 0x81 && lead <= 0x9F
		if i++; !near && (lead < 0xE0 || lead > 0xFC) || i == len(text) || text[i] < 0x40 || text[i] == 0x7F || text[i] > 0xFC {
			return false
		}
		pairs++
		if near {
			common++
		}
	}
	return pairs > 1 && common > pairs/2
}

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
