package source

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate/blog"
	"replant/migrate/clean"
	"replant/migrate/dom"
)

// wordpressBlocks makes plain HTML of blocks whose looks a style sheet makes.
func wordpressBlocks(body *html.Node) {
	dividers(body)
	for _, n := range dom.Find(body, dom.Class("wp-block-file__button", "wp-block-file__embed")) {
		clean.Drop(n, clean.Twin) // the file's name links to it already
	}
	for _, n := range dom.Find(body, dom.Class("wp-block-verse")) {
		verse(n)
	}
	for _, n := range dom.Find(body, dom.Class("wp-block-cover", "wp-block-cover-image")) {
		background(n)
	}
	for _, n := range dom.Find(body, dom.Class("wp-block-button")) {
		dom.Rename(n, atom.P)
	}
}

var moreID = regexp.MustCompile(`^more-\d+$`)

// dividers finds where the author parted what lists of posts show from the rest.
func dividers(body *html.Node) {
	for _, n := range dom.Find(body, dom.Named(atom.Span, atom.Div)) {
		if moreID.MatchString(dom.Attr(n, "id")) && dom.Empty(n) {
			m := dom.More()
			clean.Replace(n, clean.Arrangement, m)
			clean.Lift(m)
			return // the others of its kind do nothing
		}
	}
}

// verse makes a poem of what is preformatted for its line ends alone.
func verse(n *html.Node) {
	dom.Rename(n, atom.P)
	for _, t := range dom.Descendants(n) {
		if t.Type != html.TextNode {
			continue
		}
		for i, line := range strings.Split(t.Data, "\n") {
			if i > 0 {
				t.Parent.InsertBefore(dom.Elem(atom.Br), t)
			}
			t.Parent.InsertBefore(dom.TextNode(line), t)
		}
		dom.Detach(t)
	}
	clean.TrimText(n)
}

var backgroundURL = regexp.MustCompile(`background-image:\s*url\(\s*["']?([^"')]+)["']?\s*\)`)

// background shows the picture that a box has behind its words.
func background(n *html.Node) {
	m := backgroundURL.FindStringSubmatch(dom.Attr(n, "style"))
	if m == nil || blog.Resolve(nil, m[1]) == nil {
		return
	}
	img := dom.Elem(atom.Img)
	dom.SetAttr(img, "src", m[1])
	n.InsertBefore(dom.Elem(atom.P, img), n.FirstChild)
}
