package source

import (
	"net/url"
	"strings"

	"replant/migrate/dom"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// parseBody parses HTML as the content of a <body>. The parser refuses to nest
// elements deeper than 512: then the deepest are left out, not their text.
func parseBody(source string) (*html.Node, error) {
	body, err := parseFragment(source)
	for depth := 256; err != nil && depth > 0; depth /= 4 {
		body, err = parseFragment(flatten(source, depth))
	}
	if err != nil {
		body, err = parseFragment(flatten(source, 0))
	}
	return body, err
}

func parseFragment(source string) (*html.Node, error) {
	body := &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body}
	nodes, err := html.ParseFragmentWithOptions(strings.NewReader(source), body, html.ParseOptionEnableScripting(false))
	if err != nil {
		return nil, err
	}
	for _, n := range nodes {
		body.AppendChild(n)
	}
	return body, nil
}

// flatten leaves out the tags of all elements that lie deeper than depth.
func flatten(source string, depth int) string {
	var b strings.Builder
	z := html.NewTokenizer(strings.NewReader(source))
	for open := 0; ; {
		kind := z.Next()
		raw := z.Raw()
		switch kind {
		case html.ErrorToken:
			return b.String()
		case html.StartTagToken:
			open++
			if open > depth {
				raw = nil
			}
		case html.EndTagToken:
			if open > depth {
				raw = nil
			}
			open = max(open-1, 0)
		}
		b.Write(raw)
	}
}

// strip takes out what no reader sees, and what only sources may make: comments,
// styles, scripts without a meaning of their own, elements of the neutral DOM's names,
// control characters.
func strip(body *html.Node) {
	for _, n := range dom.Descendants(body) {
		switch {
		case n.Type == html.CommentNode, n.DataAtom == atom.Style, n.DataAtom == atom.Template:
			dom.Detach(n)
		case n.DataAtom == atom.Script:
			if scriptEmbed(n) == nil && !mathScript(n) && !codeScript(n) {
				dom.Detach(n)
			}
		case n.Type == html.ElementNode && dom.Own(n.Data):
			dom.Unwrap(n)
		case n.Type == html.TextNode:
			n.Data = strings.Map(visible, n.Data)
		}
	}
}

// visible drops control characters, which a numeric reference in HTML can make.
func visible(r rune) rune {
	if r < ' ' && r != '\n' && r != '\t' || r >= 0x7F && r < 0xA0 || r == 0xFFFE || r == 0xFFFF {
		return -1
	}
	return r
}

// addresses makes the links of a body absolute and free of the feed's tracking.
// Pictures and their like stay as they stand, since they are looked up from the post's
// own address later; but a feed that rebases its addresses has the last word.
func addresses(body *html.Node, base *url.URL, rebased bool) {
	for n := range dom.Below(body) {
		if n.Type != html.ElementNode {
			continue
		}
		for i, a := range n.Attr {
			switch {
			case a.Key == "href" || a.Key == "cite" || a.Key == "url" && dom.Own(n.Data):
				n.Attr[i].Val = link(base, a.Val)
			case rebased && (a.Key == "src" || a.Key == "poster"):
				n.Attr[i].Val = absolute(base, a.Val)
			case rebased && a.Key == "srcset":
				n.Attr[i].Val = sourceSet(base, a.Val)
			}
		}
	}
}

// link makes a link absolute, but for one within the page.
func link(base *url.URL, href string) string {
	href = strings.TrimSpace(href)
	if href == "" || href[0] == '#' {
		return href
	}
	u := parseURL(href)
	switch {
	case u == nil:
		return href
	case base != nil && !u.IsAbs():
		return untracked(base.ResolveReference(u)).String()
	}
	if clean := untracked(u); clean.RawQuery != u.RawQuery {
		return clean.String()
	}
	return href
}

func absolute(base *url.URL, src string) string {
	u := parseURL(src)
	if u == nil || u.IsAbs() || base == nil {
		return src
	}
	return base.ResolveReference(u).String()
}

// sourceSet makes the addresses of a srcset absolute.
func sourceSet(base *url.URL, set string) string {
	candidates := strings.Split(set, ", ")
	for i, c := range candidates {
		src, size, _ := strings.Cut(strings.TrimSpace(c), " ")
		candidates[i] = strings.TrimSpace(absolute(base, src) + " " + size)
	}
	return strings.Join(candidates, ", ")
}

// fragment parses a piece of HTML that is no body of a post; nil where it cannot be.
func fragment(source string) *html.Node {
	body, err := parseBody(source)
	if err != nil {
		return nil
	}
	return body
}
