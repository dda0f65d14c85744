package source

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate/blog"
)

// wordpressBlocks makes plain HTML of blocks whose looks a style sheet makes.
func wordpressBlocks(body *html.Node) {
	dividers(body)
	for _, n := range find(body, class("wp-block-file__button", "wp-block-file__embed")) {
		drop(n) // the file's name links to it already
	}
	for _, n := range find(body, class("wp-block-verse")) {
		verse(n)
	}
	for _, n := range find(body, class("wp-block-cover", "wp-block-cover-image")) {
		background(n)
	}
	for _, n := range find(body, class("wp-block-button")) {
		rename(n, atom.P)
	}
}

var moreID = regexp.MustCompile(`^more-\d+$`)

// dividers finds where the author parted what lists of posts show from the rest.
func dividers(body *html.Node) {
	for _, n := range find(body, named(atom.Span, atom.Div)) {
		if moreID.MatchString(blog.Attr(n, "id")) && empty(n) {
			m := blog.More()
			blog.Replace(n, m)
			lift(m)
			return // the others of its kind do nothing
		}
	}
}

// verse makes a poem of what is preformatted for its line ends alone.
func verse(n *html.Node) {
	rename(n, atom.P)
	for _, t := range descendants(n) {
		if t.Type != html.TextNode {
			continue
		}
		for i, line := range strings.Split(t.Data, "\n") {
			if i > 0 {
				t.Parent.InsertBefore(elem(atom.Br), t)
			}
			t.Parent.InsertBefore(text(line), t)
		}
		blog.Remove(t)
	}
	trimText(n)
}

var backgroundURL = regexp.MustCompile(`background-image:\s*url\(\s*["']?([^"')]+)["']?\s*\)`)

// background shows the picture that a box has behind its words.
func background(n *html.Node) {
	m := backgroundURL.FindStringSubmatch(blog.Attr(n, "style"))
	if m == nil || resolve(nil, m[1]) == nil {
		return
	}
	img := elem(atom.Img)
	blog.SetAttr(img, "src", m[1])
	n.InsertBefore(elem(atom.P, img), n.FirstChild)
}
