package clean

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate/blog"
	"replant/migrate/dom"
	"replant/migrate/regex"
)

// attributed reads what only attributes say: frames that plug-ins keep as text, raised and lowered
// letters, and the pictures of empty boxes.
func attributed(body *html.Node) {
	for n := range dom.Standing(body, func(n *html.Node) bool { return len(n.Attr) > 0 }) {
		style := dom.Attr(n, "style")
		switch {
		case dom.HasAttr(n, "data-borlabs-cookie-content"), dom.HasAttr(n, "data-brlbs-content"):
			unpackBox(n)
		case strings.Contains(style, "vertical-align"):
			raise(n, style)
		case strings.Contains(style, "background") || dom.HasAttr(n, "data-bg"):
			behindBox(n, style)
		}
	}
}

var raising = regex.Lazy(`(?i)(?:^|;)\s*vertical-align\s*:\s*(super|sub)\b`)

// raise makes an element of letters that only a style raises or lowers (Google Docs, Word).
func raise(n *html.Node, style string) {
	const most = 20
	m := raising().FindStringSubmatch(style)
	if m == nil || n.DataAtom != atom.Span && n.DataAtom != atom.Font || len(dom.Words(n)) > most || dom.Enclosing(n, atom.Sup) != nil || dom.Enclosing(n, atom.Sub) != nil ||
		dom.First(n, func(d *html.Node) bool { return dom.IsBlock(d) || d.DataAtom == atom.Sup || d.DataAtom == atom.Sub }) != nil {
		return
	}
	if strings.EqualFold(m[1], "sub") {
		dom.Rename(n, atom.Sub)
	} else {
		dom.Rename(n, atom.Sup)
	}
}

var (
	background = regex.Lazy(`(?i)background(?:-image)?\s*:[^;]*url\(\s*["']?([^"')]+)["']?\s*\)`)
	// showsPicture matches the classes of boxes whose background is the picture that they show.
	showsPicture = regex.Lazy(`(?i)(?:^|[\s_-])(?:image|img|photo|picture|cover|slide|hero|thumb|thumbnail|lazy|bg|background)(?:$|[\s_-])`)
)

// behindBox puts the picture behind an empty box into it: such boxes are there to show it.
func behindBox(n *html.Node, style string) {
	if n.DataAtom != atom.Div && n.DataAtom != atom.Span && n.DataAtom != atom.Figure && n.DataAtom != atom.A {
		return
	}
	addr := strings.TrimSpace(dom.Attr(n, "data-bg"))
	if m := background().FindStringSubmatch(style); addr == "" && m != nil {
		addr = strings.TrimSpace(m[1])
	}
	addr = strings.Trim(strings.TrimSuffix(strings.TrimPrefix(addr, "url("), ")"), `"'`)
	named := dom.Attr(n, "role") == "img" || dom.Attr(n, "aria-label") != "" || dom.HasAttr(n, "data-bg") || showsPicture().MatchString(dom.Attr(n, "class"))
	if addr == "" || strings.HasPrefix(addr, "data:") || !named || !dom.Empty(n) || blog.ParseURL(addr) == nil {
		return
	}
	img := dom.Elem(atom.Img)
	dom.SetAttr(img, "src", addr)
	dom.SetAttr(img, "alt", blog.OneLine(firstAttr(n, "aria-label", "title")))
	n.AppendChild(img)
}
