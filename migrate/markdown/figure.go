package markdown

import (
	"strings"

	"golang.org/x/net/html"

	"replant/migrate/blog"
	"replant/migrate/dom"
)

// figure renders a picture that stands by itself in a size of its own, where the target
// has a call for that; n is the picture, or the link around it that leads to dest.
func (p *plugin) figure(f *flow, n *html.Node, dest string) bool {
	img := pictureOf(n)
	if p.style.Figure == nil || img == nil || f.oneLine() || f.code != nil || len(f.marks) > 0 || !standsAlone(n) {
		return false
	}
	src, width, height := dom.Attr(img, "src"), dom.Attr(img, "width"), dom.Attr(img, "height")
	if width+height == "" || src == "" || blog.Runs(src) || tooltip(img) != "" {
		return false
	}
	call := p.style.Figure(blog.Picture{
		Src: encoded(src), Alt: oneLineOf(dom.Attr(img, "alt")), Width: width, Height: height, Link: encoded(dest),
	})
	if call == "" {
		return false
	}
	f.embed(call)
	return true
}

// pictureOf gives the picture that n is, or that is all there is in it; else nil.
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

// firstShown gives the first of n and its siblings that is more than white space and
// comments; nil where there is none.
func firstShown(n *html.Node) *html.Node { return following(n, forward) }

// following gives n or the first of its siblings in a direction that is more than white
// space and comments; nil where there is none.
func following(n *html.Node, step func(*html.Node) *html.Node) *html.Node {
	for n != nil && (n.Type == html.CommentNode || n.Type == html.TextNode && strings.Trim(n.Data, whitespace) == "" || n.Data == "source") {
		n = step(n)
	}
	return n
}

func forward(n *html.Node) *html.Node  { return n.NextSibling }
func backward(n *html.Node) *html.Node { return n.PrevSibling }

// standsAlone tells whether nothing stands in a line with n.
func standsAlone(n *html.Node) bool { return lineEnds(n, forward) && lineEnds(n, backward) }

// lineEnds tells whether nothing comes after n in a direction before its line ends.
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

// sized gives a picture as the tag that it has in HTML, for a target that shows those and
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

// tooltip gives a picture's title, where it says more than what stands for the picture.
func tooltip(n *html.Node) string {
	if title := oneLineOf(dom.Attr(n, "title")); title != oneLineOf(dom.Attr(n, "alt")) {
		return title
	}
	return ""
}

// oneLineOf gives a text on one line.
func oneLineOf(s string) string { return strings.Join(strings.Fields(clean(s)), " ") }
