package blog

import (
	"strings"

	"github.com/gosimple/slug"

	"replant/migrate/regex"
)

// slugMax is the most bytes a slug has: with a section, a folder and index.md in
// front and behind it stays far below what any file system takes.
const slugMax = 100

// read is how much of a text a slug is made from: transliteration is slow on
// megabytes, and nobody sees what lies beyond slugMax.
const read = 1000

var (
	// reserved names open devices on Windows, whatever their ending; an index is no page
	// of its own for Hugo and Zola.
	reserved = regex.Lazy(`^(index|con|prn|aux|nul|com[0-9]|lpt[0-9])$`)
	// dated begins with a date, which Zola cuts off a page's name.
	dated = regex.Lazy(`^\d{4}-\d{2}-\d{2}(-|$)`)
)

// Slug turns any text into a name that both targets publish unchanged and every
// file system holds: ^[a-z0-9]+(-[a-z0-9]+)*$, at most 100 bytes, no date in
// front, no device of Windows. Text in other scripts is transliterated. It is
// empty when the text has no letter and no digit.
func Slug(text string) string {
	if len(text) > read {
		text = text[:read]
	}
	s := text
	if !plainSlug(s) {
		s = madeSlug(s)
	}
	if dated().MatchString(s) || reserved().MatchString(s) {
		s = cut("post-" + s)
	}
	return s
}

// plainSlug reports whether a text is a slug already, but for what else a name may be: words of
// small letters and digits between single dashes.
func plainSlug(text string) bool {
	if text == "" || len(text) >= slugMax {
		return false
	}
	word := false // the byte before is part of one
	for i := range len(text) {
		c := text[i]
		part := c >= 'a' && c <= 'z' || c >= '0' && c <= '9'
		if !part && (c != '-' || !word) {
			return false
		}
		word = part
	}
	return word
}

func madeSlug(text string) string {
	s := slug.Make(strings.ReplaceAll(text, "_", "-"))
	s = strings.ReplaceAll(s, "_", "-")
	return cut(strings.Trim(dashes().ReplaceAllString(s, "-"), "-"))
}

var dashes = regex.Lazy(`-{2,}`)

// cut shortens a slug to slugMax bytes, at a dash where one is near.
func cut(s string) string {
	if len(s) <= slugMax {
		return s
	}
	s = s[:slugMax]
	if i := strings.LastIndexByte(s, '-'); i > slugMax/2 {
		s = s[:i]
	}
	return strings.Trim(s, "-")
}
