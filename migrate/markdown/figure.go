package markdown

import (
	"path"
	"strings"

	"github.com/JohannesKaufmann/html-to-markdown/v2/converter"
	"golang.org/x/net/html"

	"replant/migrate/blog"
	"replant/migrate/dom"
)

// figure renders a picture that stands by itself in a size of its own, where the target
// has a call for that; n is the picture, or the link around it that leads to dest.
func (f *flow) figure(n *html.Node, dest string) bool {
	img := pictureOf(n)
	if f.style.Figure == nil || img == nil || !takesCalls(f) || !standsAlone(n) {
		return false
	}
	if dom.Attr(img, "width")+dom.Attr(img, "height") == "" || tooltip(img) != "" || n.Data == "a" && oneLineOf(dom.Attr(n, "title")) != "" {
		return false // no call has a place for the title of a link
	}
	call := callFor(f, img, dest, "")
	f.embed(call)
	return call != ""
}

// takesCalls reports whether a call of a shortcode can stand here.
func takesCalls(f *flow) bool {
	return !f.oneLine() && !f.folded && !f.line.coding && len(f.line.marks) == 0
}

// callFor returns the call for a picture with a caption, which may be empty; "" where the target
// has no call for it.
func callFor(f *flow, img *html.Node, dest, caption string) string {
	src := dom.Attr(img, "src")
	if src == "" || blog.Runs(src) {
		return ""
	}
	return f.style.Figure(blog.Picture{
		Src: encoded(src), Alt: oneLineOf(dom.Attr(img, "alt")), Caption: caption,
		Width: dom.Attr(img, "width"), Height: dom.Attr(img, "height"), Link: encoded(dest),
	})
}

// renderFigure renders a picture with its caption as one thing, by a call or by the tags
// that both have in HTML. It reports whether the target shows figures so.
func renderFigure(ctx converter.Context, f *flow, n *html.Node) bool {
	if !f.style.Captions || !takesCalls(f) {
		return false
	}
	picture, words := captioned(n)
	switch {
	case picture == nil:
		return false
	case f.style.Figure != nil:
		return renderCall(ctx, f, picture, words)
	case f.style.HTML:
		f.put(block{kind: other, text: "<figure>"})
		ctx.RenderNodes(ctx, f, picture)
		f.end()
		renderFolded(ctx, f, words, "</figure>")
		return true
	}
	return false
}

// captioned returns the picture of a figure, with what stands around it, and its caption
// below; both are nil for a figure of anything else.
func captioned(n *html.Node) (picture, words *html.Node) {
	if !dom.IsElement(n, "figure") {
		return nil, nil
	}
	picture = firstShown(n.FirstChild)
	if picture == nil {
		return nil, nil
	}
	words = firstShown(picture.NextSibling)
	if words == nil || !dom.IsElement(words, "figcaption") || firstShown(words.NextSibling) != nil || pictureOf(picture) == nil || dom.Empty(words) {
		return nil, nil
	}
	return picture, words
}

// renderCall calls for a picture with its caption, where the caption is one paragraph on one
// line.
func renderCall(ctx converter.Context, f *flow, picture, words *html.Node) bool {
	call, ok := callOf(ctx, f, picture, words)
	if ok {
		f.embed(call)
	}
	return ok
}

// callOf returns the call for a picture with its caption, which may be nil.
func callOf(ctx converter.Context, f *flow, picture, words *html.Node) (call string, ok bool) {
	img := pictureOf(picture)
	caption, says := "", ""
	if words != nil {
		says = dom.Words(words)
		if caption, ok = onOneLine(ctx, f, words); !ok {
			return "", false
		}
	}
	if title := tooltip(img); title != "" && title != says && !namesFile(title, img) {
		return "", false
	}
	dest, titled := "", false
	for p := img.Parent; p != nil && p != picture.Parent; p = p.Parent {
		if href := strings.Trim(dom.Attr(p, "href"), whitespace); p.Data == "a" && !blog.Runs(href) {
			dest, titled = href, oneLineOf(dom.Attr(p, "title")) != ""
		}
	}
	if titled {
		return "", false
	}
	call = callFor(f, img, dest, caption)
	return call, call != ""
}

// namesFile reports whether a picture's title is nothing but the name of its file, as upload
// forms write it.
func namesFile(title string, img *html.Node) bool {
	file := path.Base(dom.Attr(img, "src"))
	return strings.EqualFold(strings.TrimSuffix(title, path.Ext(title)), strings.TrimSuffix(file, path.Ext(file)))
}

// onOneLine returns what stands in an element as Markdown on one line, to be read apart from
// its page. Not ok where it is more than one paragraph, breaks a line, or has a footnote.
func onOneLine(ctx converter.Context, f *flow, n *html.Node) (markdown string, ok bool) {
	for d := range dom.Below(n) {
		if ownOfPage(d) {
			return "", false
		}
	}
	g := f.inner()
	g.folded = true
	ctx.RenderChildNodes(ctx, g, n)
	g.end()
	if len(g.blocks) != 1 || g.blocks[0].kind != paragraph || strings.Contains(g.blocks[0].text, "\\\n") {
		return "", false
	}
	text := f.chunks.plain(g.blocks[0].text)
	return strings.ReplaceAll(text, "\n", " "), true
}

// ownOfPage reports whether a node is an element of the neutral DOM that belongs to the whole
// page: an embed, a footnote, its mark.
func ownOfPage(n *html.Node) bool {
	_, isMath := dom.MathOf(n)
	return n.Type == html.ElementNode && dom.Own(n.Data) && !isMath
}

// pictureOf returns the picture that n is, or that is all there is in it; else nil.
func pictureOf(n *html.Node) *html.Node {
	for n != nil && n.Type == html.ElementNode {
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
	for n != nil && (n.Type == html.CommentNode || n.Type == html.TextNode && isGaps(n.Data) || dom.IsElement(n, "source")) {
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
			return next.Type == html.ElementNode && isBlock(next.Data)
		}
		if isBlock(n.Parent.Data) {
			return true
		}
	}
	return true
}
