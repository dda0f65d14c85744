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

// media adds a frame, a film or a sound that the source left in the DOM: as a player where
// the target has one, else as a link that names it, or shows the film's first picture.
func (f *flow) media(n *html.Node) {
	address := strings.Trim(dom.MediaAddress(n), whitespace)
	if address == "" || blog.Runs(address) || strings.HasPrefix(address, "about:") {
		return
	}
	name := oneLineOf(dom.Attr(n, "title"))
	if name == "" {
		name = oneLineOf(dom.Attr(n, "aria-label"))
	}
	poster := strings.Trim(dom.Attr(n, "poster"), whitespace)
	if n.Data != "video" || blog.Runs(poster) {
		poster = ""
	}
	switch {
	case f.plays(n, blog.Recording{Src: encoded(address), Poster: encoded(poster), Title: name}):
	case poster != "":
		f.embed("[![" + caption(name, f.place) + "](" + destination(poster) + ")](" + destination(address) + ")")
	default:
		f.embed(titledLink(name, address, f.place))
	}
}

// plays adds a film or a sound as a player, and reports whether the target has one.
func (f *flow) plays(n *html.Node, r blog.Recording) bool {
	if n.Data != "video" && n.Data != "audio" || f.style.Recording == nil || !takesCalls(f) || !fetched(r.Src) {
		return false
	}
	r.Film = n.Data == "video"
	r.Loop = r.Film && dom.HasAttr(n, "loop") && dom.HasAttr(n, "autoplay")
	if !strings.ContainsFunc(r.Title, blog.IsAlphanumeric) {
		r.Title = "" // a sign to click at
	}
	player := f.style.Recording(r)
	if player == "" {
		return false
	}
	f.put(block{kind: other, text: player})
	return true
}

// fetched reports whether a player gets what an address leads to: from the web, or from
// beside the page.
func fetched(address string) bool {
	if blog.IsWeb(address) {
		return true
	}
	colon := strings.IndexByte(address, ':')
	return colon < 0 || strings.ContainsAny(address[:colon], "/?#")
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

// sized returns a picture as the tag that it has in HTML, for a target that shows those and
// a picture that is not shown as large as it is; else "".
func (f *flow) sized(n *html.Node) string {
	width, height := dom.Attr(n, "width"), dom.Attr(n, "height")
	if !f.style.HTML || width+height == "" {
		return ""
	}
	var b strings.Builder
	b.WriteString("<img")
	for _, a := range []struct{ key, value string }{
		{"src", encoded(dom.Attr(n, "src"))}, {"alt", oneLineOf(dom.Attr(n, "alt"))},
		{"title", tooltip(n)}, {"width", width}, {"height", height},
	} {
		if a.value != "" || a.key == "alt" {
			b.WriteString(" " + a.key + `="` + attributeHTML.Replace(a.value) + `"`)
		}
	}
	b.WriteByte('>')
	return b.String()
}

// attributeHTML writes what would end an attribute, or act in a page before its tags are
// read, as references.
var attributeHTML = strings.NewReplacer(references("&<>\"`{|")...)

// tooltip returns a picture's title, where it says something that neither its alternative
// text nor the name of its file says: editors fill titles in from these.
func tooltip(n *html.Node) string {
	title := oneLineOf(dom.Attr(n, "title"))
	if title == "" || title == oneLineOf(dom.Attr(n, "alt")) {
		return ""
	}
	file, _, _ := strings.Cut(path.Base(dom.Attr(n, "src")), "?")
	switch says := titleLetters(title); {
	case says == "": // signs alone
	case namesNothing[says], says == titleLetters(dom.Attr(n, "alt")),
		says == titleLetters(file), says == titleLetters(strings.TrimSuffix(file, path.Ext(file))):
		return ""
	}
	return title
}

// titleLetters returns the letters and digits of a title, in small letters.
func titleLetters(s string) string { return strings.ToLower(blog.Letters(s)) }

// namesNothing are the titles that editors give to every picture.
var namesNothing = map[string]bool{"image": true, "picture": true, "photo": true, "img": true, "untitled": true, "imagetitle": true}

// oneLineOf returns a text on one line.
func oneLineOf(s string) string {
	if plain, folded := survey(s); plain && folded && s == strings.Trim(s, " ") {
		return s
	}
	return strings.Join(strings.Fields(printable(s)), " ")
}

// image adds a picture. One without an address is dropped.
func (f *flow) image(n *html.Node) {
	src := strings.Trim(dom.Attr(n, "src"), whitespace)
	if src == "" || blog.Runs(src) && !strings.HasPrefix(strings.ToLower(src), "data:image/") {
		return
	}
	if tag := f.sized(n); tag != "" {
		f.line.raw(tag)
		return
	}
	f.line.raw("![" + caption(dom.Attr(n, "alt"), f.place) + "](" + destination(src) + quoted(tooltip(n), f.place) + ")")
}

// caption escapes a plain text for the brackets of a link or a picture.
func caption(s string, at place) string {
	w := writer{inLink: true, place: at}
	w.text(oneLineOf(s), ']', false)
	return string(w.out)
}
