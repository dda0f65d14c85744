package dom

import (
	"strings"

	"golang.org/x/net/html"
)

// IsPixel reports whether an img is shown one pixel large or not at all: it is there to be
// counted and not to be seen.
func IsPixel(img *html.Node) bool { return tiny(Attr(img, "width")) && tiny(Attr(img, "height")) }

// tiny reports whether a length in pixels is one or none.
func tiny(length string) bool {
	length = strings.TrimSuffix(strings.TrimSpace(length), "px")
	return length == "0" || length == "1"
}
