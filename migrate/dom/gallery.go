package dom

import "golang.org/x/net/html"

// SetGallery marks an element as a group of pictures that belong together, as WAI-ARIA does
// (https://www.w3.org/TR/wai-aria-1.2/#group).
func SetGallery(n *html.Node) { SetAttr(n, "role", "group") }

// IsGallery reports whether an element is a group of pictures that belong together.
func IsGallery(n *html.Node) bool { return Attr(n, "role") == "group" }
