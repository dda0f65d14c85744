package plan

import (
	"unicode"

	eastasian "golang.org/x/text/width"
)

// width returns how many columns of a terminal a text takes.
func width(text string) (n int) {
	for _, r := range text {
		switch kind := eastasian.LookupRune(r).Kind(); {
		case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		case kind == eastasian.EastAsianWide || kind == eastasian.EastAsianFullwidth:
			n += 2
		default:
			n++
		}
	}
	return n
}
