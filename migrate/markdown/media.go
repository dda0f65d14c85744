package markdown

import (
	"path"
	"strings"

	"golang.org/x/net/html"

	"replant/migrate/blog"
	"replant/migrate/dom"
)

// embed adds what a target made of an embed, as a block of its own.
func (f *flow) embed(markdown string) {
	if !strings.HasPrefix(markdown, "{{") { // a call of a shortcode is no paragraph
		markdown = f.style.Passthrough.guard(markdown)
	}
	f.put(block{kind: other, text: strings.Trim(markdown, whitespace)})
}

// media adds a frame, a film or a sound that the source left in the DOM, as a link
// that names it, or shows the film's first picture.
func (f *flow) media(n *html.Node) {
	address := strings.Trim(mediaAddress(n), whitespace)
	if address == "" || blog.Runs(address) || strings.HasPrefix(address, "about:") {
		return
	}
	name := strings.Join(strings.Fields(dom.Attr(n, "title")), " ")
	if name == "" {
		name = strings.Join(strings.Fields(dom.Attr(n, "aria-label")), " ")
	}
	if poster := strings.Trim(dom.Attr(n, "poster"), whitespace); n.Data == "video" && poster != "" && !blog.Runs(poster) {
		f.embed("[![" + caption(name, f.place) + "](" + destination(poster) + ")](" + destination(address) + ")")
		return
	}
	f.embed(titledLink(name, address, f.place))
}

// titledLink spells a link; one without a name is named by its address.
func titledLink(name, address string, at place) string {
	dest := destination(address)
	web := strings.HasPrefix(address, "https://") || strings.HasPrefix(address, "http://")
	switch {
	case name == "" && web && dest == address:
		return "<" + address + ">"
	case name == "" && web:
		name = address
	case name == "":
		name = path.Base(address)
	}
	return "[" + caption(name, at) + "](" + dest + ")"
}

// mediaAddress finds where a film, a sound or a frame comes from.
func mediaAddress(n *html.Node) string {
	for _, key := range []string{"src", "data", "data-src"} {
		if v := dom.Attr(n, key); v != "" {
			return v
		}
	}
	for c := range n.ChildNodes() {
		if v := dom.Attr(c, "src"); v != "" && c.Data == "source" {
			return v
		}
	}
	return ""
}

// math adds a formula as its TeX between dollars, all of it text: neither target
// sets formulas by default, and so the source reads as it is. Emphasis around it is
// left out, as it changes no formula.
func (f *flow) math(m dom.Math) {
	tex := strings.TrimSpace(m.TeX)
	switch {
	case tex == "":
	case !m.Block || f.oneLine():
		f.unmarked(func() { f.text("$" + tex + "$") })
	default:
		f.unmarked(func() { f.display(tex) })
	}
}

// display adds a formula as a paragraph of its own.
func (f *flow) display(tex string) {
	f.end()
	f.text("$$")
	for i, line := range strings.Split(tex, "\n") {
		if i > 0 {
			f.lineBreak()
		}
		f.text(line)
	}
	f.text("$$")
	f.end()
}
