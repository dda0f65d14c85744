package assets

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate/dom"
	"replant/migrate/regex"
)

// mergeTwins resolves noscript elements that hold pictures. Beside a picture that a
// script would load stands the same one for readers without scripts: the two become
// one. A noscript whose picture has no twin gives way to what it holds.
func mergeTwins(root *html.Node) {
	for _, n := range all(root, "noscript") {
		expand(n)
		plain := all(n, "img")
		if len(plain) == 0 || n.Parent == nil {
			continue
		}
		if scripted := twin(n, plain[0]); scripted != nil {
			merge(scripted, plain[0])
			dom.Detach(n)
			continue
		}
		dom.Unwrap(n)
	}
}

// expand parses a noscript that holds a picture and was read as one text, as a parser
// with scripts does.
func expand(n *html.Node) {
	c := n.FirstChild
	if c == nil || c.NextSibling != nil || c.Type != html.TextNode || !imgTag().MatchString(c.Data) {
		return
	}
	body := &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body}
	nodes, err := html.ParseFragment(strings.NewReader(c.Data), body)
	if err != nil {
		return // nested deeper than the parser goes: stays text
	}
	n.RemoveChild(c)
	for _, m := range nodes {
		n.AppendChild(m)
	}
}

var imgTag = regex.Lazy(`(?i)<img\b`)

// twin returns the img right before or right after a noscript that a script would load
// in its picture's place; nil when there is none.
func twin(noscript, plain *html.Node) *html.Node {
	for _, step := range []func(*html.Node) *html.Node{
		func(n *html.Node) *html.Node { return n.PrevSibling },
		func(n *html.Node) *html.Node { return n.NextSibling },
	} {
		n := next(noscript, step)
		if n == nil || n.Type != html.ElementNode {
			continue
		}
		if img := only(n); img != nil && standsFor(img, plain) {
			return img
		}
	}
	return nil
}

// only returns the one img that n is or holds, nil when there are more or none.
func only(n *html.Node) *html.Node {
	if is(n, "img") {
		return n
	}
	if found := all(n, "img"); len(found) == 1 {
		return found[0]
	}
	return nil
}

// standsFor reports whether an img waits for a script to bring its picture, or shows the
// plain one's.
func standsFor(img, plain *html.Node) bool {
	src := attr(img, "src")
	if src == "" || scheme(src) == "data" || src == attr(plain, "src") {
		return true
	}
	for _, key := range lazyKeys(img) {
		if attr(img, key) != "" {
			return true
		}
	}
	return false
}

// merge gives an img what its plain twin says, which wins where both speak.
func merge(img, plain *html.Node) {
	for _, a := range plain.Attr {
		if strings.TrimSpace(a.Val) != "" {
			dom.SetAttr(img, a.Key, a.Val)
		}
	}
}
