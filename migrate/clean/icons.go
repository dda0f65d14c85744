package clean

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate/blog"
	"replant/migrate/dom"
)

// iconFonts are the classes of fonts that draw an icon for the word in an element (Google's).
var iconFonts = blog.WordSet("material-icons material-icons-outlined material-icons-round material-icons-sharp material-icons-two-tone material-symbols-outlined material-symbols-rounded material-symbols-sharp")

// isIcon reports whether an element shows an icon by a font of the blog's own, or a sign that
// says in a title or on a button that there is more to do with it.
func isIcon(n *html.Node) bool {
	if n.DataAtom != atom.I && n.DataAtom != atom.Span {
		return false
	}
	if dom.ClassIn(n, iconFonts) {
		return true
	}
	silent := dom.Attr(n, "aria-hidden") == "true"
	if !silent && n.DataAtom != atom.I && !dom.HasClass(n, "icon", "fa") {
		return false
	}
	text := strings.TrimSpace(dom.Text(n))
	switch {
	case text == "" || len(text) > 16 || dom.First(n, dom.Named(atom.Img)) != nil:
		return false
	case strings.Trim(text, controls) == "":
		return silent && inTitle(n)
	}
	return !strings.ContainsFunc(text, func(r rune) bool { return r < 0xE000 || r > 0xF8FF }) // private use
}

// controls are signs of buttons and of links of headings to themselves.
const controls = "+-−–#¶§×✕✖▾▼▸►▶▿▽⌄⌃›»↑↓∞🔗\uFE0F "

// inTitle reports whether n stands in a heading, a button or what opens more.
func inTitle(n *html.Node) bool {
	for p := n.Parent; p != nil; p = p.Parent {
		if dom.Heading(p) || p.DataAtom == atom.Button || p.DataAtom == atom.Summary {
			return true
		}
	}
	return false
}
