package feedscan

import (
	"unicode"

	"golang.org/x/text/encoding/charmap"
)

// latin returns the encoding of a Latin text that is none of Western Europe, or "": Polish, Czech,
// Slovak, Hungarian and Turkish letters read as windows-1252 make words that no language has.
func latin(sample []byte) string {
	var has [256]int
	high := 0
	for _, b := range sample {
		has[b]++
		if b >= 0x80 {
			high++
		}
	}
	west := oddities(sample, charmap.Windows1252)
	const least = 2
	if west >= least {
		best, fewest := "", west/3+1
		for _, c := range []struct {
			label string
			read  *charmap.Charmap
		}{{"windows-1250", charmap.Windows1250}, {"iso-8859-2", charmap.ISO8859_2}} {
			if odd := oddities(sample, c.read); odd < fewest {
				best, fewest = c.label, odd
			}
		}
		if best == "windows-1250" && has[0xBE] > 0 && has[0xB3] == 0 && oddities(sample, charmap.ISO8859_2) == 0 {
			return "iso-8859-2" // ž is common where ľ is rare; ł is of Polish
		}
		if best != "" {
			return best
		}
	}
	const few = 6
	some := func(all ...byte) bool {
		for _, b := range all {
			if has[b] == 0 {
				return false
			}
		}
		return true
	}
	switch {
	case high < few:
	case some(0xF8, 0xE8) && (some(0xEC) || some(0xF9)) && !some(0xE6) && !some(0xE5): // ř ě č ů, or ø ì è ù
		return "windows-1250"
	case some(0xF5, 0xFB) && (some(0xF6) || some(0xFC)) && !some(0xE3): // ő ű, or õ û
		return "windows-1250"
	case has[0xFD] > 1 && (some(0xFE) || some(0xF0)) && (some(0xFC) || some(0xF6)) && !some(0xE6) && !some(0xED): // ı ş ğ, or ý þ ð
		return "windows-1254"
	}
	return ""
}

// oddities counts what no word has: signs between letters, controls, and capitals behind small
// letters. Raised numbers and ¾ at the edges of words count beside these, or where there are
// several at beginnings.
func oddities(sample []byte, read *charmap.Charmap) (odd int) {
	edges := 0
	defer func() {
		if odd > 0 {
			odd += edges
		}
	}()
	var before, r rune
	for i := 0; i <= len(sample); i++ {
		var next rune
		if i < len(sample) {
			next = read.DecodeByte(sample[i])
		}
		if i > 0 && sample[i-1] >= 0x80 {
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
	return odd
}

// edge reports whether a sign is a common letter of Central Europe at the edge of a word.
func edge(r rune) bool { return r == '¹' || r == '³' || r == '¾' || r == '¶' }

// joins reports whether a sign stands between letters in words of Western Europe.
func joins(r rune) bool {
	switch r {
	case '’', '‘', '´', '·', '–', '—', '\u00AD', '\u00A0', '…', '•', '“', '”', '„', '«', '»':
		return true
	}
	return false
}
