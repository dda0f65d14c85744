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
	address := strings.Trim(dom.MediaAddress(n), whitespace)
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

// figure renders a picture that stands by itself in a size of its own, where the target
// has a call for that; n is the picture, or the link around it that leads to dest.
func (f *flow) figure(n *html.Node, dest string) bool {
	img := pictureOf(n)
	if f.style.Figure == nil || img == nil || f.oneLine() || f.line.code != nil || len(f.line.marks) > 0 || !standsAlone(n) {
		return false
	}
	src, width, height := dom.Attr(img, "src"), dom.Attr(img, "width"), dom.Attr(img, "height")
	if width+height == "" || src == "" || blog.Runs(src) || tooltip(img) != "" {
		return false
	}
	call := f.style.Figure(blog.Picture{
		Src: encoded(src), Alt: oneLineOf(dom.Attr(img, "alt")), Width: width, Height: height, Link: encoded(dest),
	})
	if call == "" {
		return false
	}
	f.embed(call)
	return true
}

// pictureOf returns the picture that n is, or that is all there is in it; else nil.
func pictureOf(n *html.Node) *html.Node {
	for n != nil {
		switch n.Data {
		case "img":
			return n
		case "a", "picture", "span", "font", "div", "center", "figure", "p":
		default:
			return nil
		}
		only := firstShown(n.FirstChild)
		if only == nil || firstShown(only.NextSibling) != nil {
			return nil
		}
		n = only
	}
	return nil
}

// firstShown returns the first of n and its siblings that is more than white space and
// comments, or nil where there is none.
func firstShown(n *html.Node) *html.Node { return following(n, forward) }

// following returns n or the first of its siblings in a direction that is more than white
// space and comments, or nil where there is none.
func following(n *html.Node, step func(*html.Node) *html.Node) *html.Node {
	for n != nil && (n.Type == html.CommentNode || n.Type == html.TextNode && strings.Trim(n.Data, whitespace) == "" || n.Data == "source") {
		n = step(n)
	}
	return n
}

func forward(n *html.Node) *html.Node  { return n.NextSibling }
func backward(n *html.Node) *html.Node { return n.PrevSibling }

// standsAlone reports whether nothing stands in a line with n.
func standsAlone(n *html.Node) bool { return lineEnds(n, forward) && lineEnds(n, backward) }

// lineEnds reports whether nothing comes after n in a direction before its line ends.
func lineEnds(n *html.Node, step func(*html.Node) *html.Node) bool {
	for ; n.Parent != nil; n = n.Parent {
		if next := following(step(n), step); next != nil {
			return blocks[next.Data]
		}
		if blocks[n.Parent.Data] {
			return true
		}
	}
	return true
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
	if title == oneLineOf(dom.Attr(n, "alt")) {
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
func oneLineOf(s string) string { return strings.Join(strings.Fields(printable(s)), " ") }

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
