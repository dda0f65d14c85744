package feedscan

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// latin returns the encoding of a Latin text that is not of Western Europe, or "": Polish, Czech,
// Slovak, Hungarian and Turkish are recognised.
func latin(sample []byte) string {
	var count byteCounts
	for _, b := range sample {
		count[b]++
	}
	if label := centralEuropean(sample, &count); label != "" {
		return label
	}
	return byLetters(&count)
}

// centralEuropean returns the encoding in which a text has far fewer oddities than in
// windows-1252, or "".
func centralEuropean(sample []byte, count *byteCounts) string {
	const least = 2
	west := oddities(sample, charmap.Windows1252)
	if west < least {
		return ""
	}
	windows, iso := oddities(sample, charmap.Windows1250), oddities(sample, charmap.ISO8859_2)
	switch most := west / 3; {
	case iso <= most && iso < windows:
		return "iso-8859-2"
	case windows > most:
		return ""
	case iso == 0 && count.all("\xBE") && !count.any("\xB3"): // ž is common where ľ is rare; ł is of Polish
		return "iso-8859-2"
	}
	return "windows-1250"
}

// byLetters returns the encoding of a text that has the letters of a language together that read
// as letters of no one language in windows-1252, or "".
func byLetters(count *byteCounts) string {
	const few = 6
	switch {
	case count.beyondASCII() < few:
	case count.all("\xF8\xE8") && count.any("\xEC\xF9") && !count.any("\xE6\xE5"): // Czech: ř and č, with ě or ů; else ø and è, with ì or ù
		return "windows-1250"
	case count.all("\xF5\xFB") && count.any("\xF6\xFC") && !count.any("\xE3"): // Hungarian: ő and ű, with ö or ü; else õ and û
		return "windows-1250"
	case count[0xFD] > 1 && count.any("\xFE\xF0") && count.any("\xFC\xF6") && !count.any("\xE6\xED"): // Turkish: ı, with ş or ğ, with ü or ö; else ý, with þ or ð
		return "windows-1254"
	}
	return ""
}

// byteCounts is how often each byte stands in a text.
type byteCounts [256]int

// all reports whether the text has each of some bytes.
func (c *byteCounts) all(bytes string) bool {
	for i := range len(bytes) {
		if c[bytes[i]] == 0 {
			return false
		}
	}
	return true
}

// any reports whether the text has one of some bytes.
func (c *byteCounts) any(bytes string) bool {
	for i := range len(bytes) {
		if c[bytes[i]] > 0 {
			return true
		}
	}
	return false
}

func (c *byteCounts) beyondASCII() (n int) {
	for _, of := range c[utf8.RuneSelf:] {
		n += of
	}
	return n
}

// oddities counts what no word has in an encoding: signs between letters, controls, capitals behind
// small letters, and a sign that begins a word in the place of a letter (see [edge]). Such a sign at
// the end of a word counts where there is any of these, and may else be a footnote's.
func oddities(sample []byte, read *charmap.Charmap) (odd int) {
	edges := 0
	var before, r rune
	for i := 0; i <= len(sample); i++ {
		var next rune
		if i < len(sample) {
			next = read.DecodeByte(sample[i])
		}
		if i > 0 && sample[i-1] >= utf8.RuneSelf {
			switch {
			case r >= 0x80 && r < 0xA0, r == unicode.ReplacementChar:
				odd++
			case unicode.IsLetter(r):
				if unicode.IsUpper(r) && unicode.IsLower(before) {
					odd++
				}
			case unicode.IsLetter(before) && unicode.IsLetter(next) && !joins(r):
				odd++
			case edge(r) && !unicode.IsLetter(before) && !unicode.IsDigit(before) && unicode.IsLower(next):
				odd++
			case edge(r) && unicode.IsLetter(before):
				edges++
			}
		}
		before, r = r, next
	}
	if odd > 0 {
		odd += edges
	}
	return odd
}

// edge reports whether a sign of windows-1252 stands for a letter in one of Central Europe: ¹ ³ ¾ ¶
// for š ł ž ś.
func edge(r rune) bool { return r == '¹' || r == '³' || r == '¾' || r == '¶' }

// joins reports whether a sign stands between letters in words of Western Europe.
func joins(r rune) bool {
	switch r {
	case '’', '‘', '´', '·', '–', '—', '\u00AD', '\u00A0', '…', '•', '“', '”', '„', '«', '»':
		return true
	}
	return false
}
