package markdown

import (
	"strings"

	"golang.org/x/net/html"

	"replant/migrate/blog"
	"replant/migrate/dom"
)

// image adds a picture. One without an address is dropped.
func (f *flow) image(n *html.Node) {
	src := strings.Trim(dom.Attr(n, "src"), whitespace)
	if src == "" || blog.Runs(src) && !strings.HasPrefix(strings.ToLower(src), "data:image/") {
		return
	}
	if tag := f.sized(n); tag != "" {
		f.raw(tag)
		return
	}
	f.raw("![" + caption(dom.Attr(n, "alt"), f.place) + "](" + destination(src) + quoted(dom.Attr(n, "title"), f.place) + ")")
}

// caption escapes a plain text for the brackets of a link or a picture.
func caption(s string, at place) string {
	w := writer{inLink: true, place: at}
	w.text(oneLineOf(s), ']', false)
	return string(w.out)
}
