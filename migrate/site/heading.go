package site

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// githubID is Hugo's way by default: letters, digits, _ and - stay, in small letters, and
// each space becomes a -. See https://gohugo.io/configuration/markup/#autoidtype.
func githubID(heading string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == ' ':
			return '-'
		case unicode.IsLetter(r), unicode.IsDigit(r), r == '_', r == '-':
			return unicode.ToLower(r)
		}
		return -1
	}, strings.TrimSpace(heading))
}

// slugID is Zola's way by default: letters of ASCII and digits stay, and what is between them
// becomes one -. Other letters are spelled in ASCII, of which only accents are known here:
// a heading of any others has no id that is known.
func slugID(heading string) string {
	var out []byte
	for _, r := range norm.NFD.String(heading) {
		switch {
		case r < unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r)):
			out = append(out, byte(unicode.ToLower(r)))
		case unicode.Is(unicode.Mn, r):
		case unicode.IsLetter(r) && r > unicode.MaxASCII:
			return ""
		case len(out) > 0 && out[len(out)-1] != '-':
			out = append(out, '-')
		}
	}
	return strings.Trim(string(out), "-")
}
