package blog

import (
	"strings"
	"unicode"
)

// Runs tells whether a browser that is sent to an address may run something instead of
// showing a page: a script, or a document whose text the address itself holds. The
// characters that browsers and text files leave out of an address are left out first.
func Runs(address string) bool {
	address = strings.ToLower(strings.Map(kept, address))
	for {
		scheme, rest, ok := strings.Cut(address, ":")
		switch {
		case !ok:
			return false
		case running[scheme]:
			return true
		case !wrapping[scheme]:
			return false
		}
		address = rest
	}
}

// running are the schemes of what runs. Browsers of today know the first three and the
// last two; older ones the others too.
var running = map[string]bool{
	"javascript": true, "vbscript": true, "data": true, "livescript": true, "mocha": true, "blob": true, "filesystem": true,
}

// wrapping are the schemes that stand in front of another address.
var wrapping = map[string]bool{"feed": true, "view-source": true, "jar": true}

// kept drops what does not show: white space, control and format characters, and the two
// that are no characters.
func kept(r rune) rune {
	if unicode.IsSpace(r) || unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == 0xfffe || r == 0xffff {
		return -1
	}
	return r
}
