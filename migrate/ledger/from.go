package ledger

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
)

// Digest returns a short name of what is formatted: 32 hexadecimal digits.
func Digest(format string, a ...any) string {
	sum := sha256.Sum256(fmt.Appendf(nil, format, a...))
	return hex.EncodeToString(sum[:16])
}

// From names what a page is made from: an item, by its hash, and the settings that change how
// pages look.
func From(item, looks string) string {
	return Digest("%s", item)[:24] + "-" + looks[:8]
}

// SameItem reports whether two values of [From] name the same item, by whatever settings.
func SameItem(a, b string) bool { return Item(a) == Item(b) }

// Item returns the part of a value of [From] that names the item.
func Item(from string) string {
	item, _, _ := strings.Cut(from, "-")
	return item
}
