package clean

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate/blog"
	"replant/migrate/dom"
)

// Parse parses HTML as the content of a <body>, which records what is removed from it:
// see [Finish].
func Parse(source string) (*html.Node, error) {
	body, err := parseBody(source)
	if err == nil {
		withBin(body)
	}
	return body, err
}

// Fragment parses a piece of HTML that is no body of a post. It returns nil where it
// cannot.
func Fragment(source string) *html.Node {
	body, err := parseBody(source)
	if err != nil {
		return nil
	}
	return body
}

// parseBody parses HTML as the content of a <body>. The parser refuses to nest
// elements deeper than 512: then the deepest are left out, not their text.
func parseBody(source string) (*html.Node, error) {
	body, err := dom.ParseBody(source)
	for depth := 256; err != nil && depth > 0; depth /= 4 {
		body, err = dom.ParseBody(flatten(source, depth))
	}
	if err != nil {
		body, err = dom.ParseBody(flatten(source, 0))
	}
	return body, err
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

// Strip takes out what no reader sees, and what only sources may make: comments,
// styles, scripts without a meaning of their own, elements of the neutral DOM's names,
// control characters.
func Strip(body *html.Node) {
	for _, n := range dom.Descendants(body) {
		switch {
		case n.Type == html.CommentNode, n.DataAtom == atom.Style:
			Remove(n, Unseen)
		case n.DataAtom == atom.Template:
			if !unpack(n) {
				Remove(n, Unseen)
			}
		case n.DataAtom == atom.Script:
			if scriptEmbed(n) == nil && !mathScript(n) && !codeScript(n) && !unpack(n) {
				Remove(n, Unseen)
			}
		case n.Type == html.ElementNode && dom.Own(n.Data):
			Unwrap(n, Unseen)
		case n.DataAtom == 0 && n.Type == html.ElementNode && strings.Contains(n.Data, "-"):
			plainCustom(n)
		case n.Type == html.TextNode && !isPlain(n.Data):
			n.Data = strings.Map(visible, n.Data)
		}
	}
}

// strip is [Strip] for a body of which most have only texts and comments to look at.
func (c *census) strip() {
	if c.may(holdStripped) {
		Strip(c.body)
		c.take()
		return
	}
	for _, n := range c.comments {
		Remove(n, Unseen)
	}
	cut := false
	for _, n := range c.odd {
		was := len(n.Data)
		n.Data = strings.Map(visible, n.Data)
		cut = cut || len(n.Data) < was
	}
	if cut {
		c.take()
	}
}

// plainCustom makes an ordinary element of one that AMP (https://amp.dev/documentation/components/)
// or Distill (https://distill.pub/guide/) has in its place.
func plainCustom(n *html.Node) {
	switch n.Data {
	case "d-code":
		tag := atom.Code
		if dom.HasAttr(n, "block") || dom.HasLines(n) {
			tag = atom.Pre
		}
		dom.Rename(n, tag)
		if name := dom.Attr(n, "language"); name != "" {
			dom.SetAttr(n, "data-lang", name)
		}
	case "amp-img", "amp-anim":
		for _, c := range dom.Take(n) { // an empty element has no content
			n.Parent.InsertBefore(c, n.NextSibling)
		}
		dom.Rename(n, atom.Img)
	case "amp-audio":
		dom.Rename(n, atom.Audio)
	case "amp-video":
		dom.Rename(n, atom.Video)
	}
}

// isPlain reports whether a text is of ASCII without control characters, as most are.
func isPlain(s string) bool {
	for ; len(s) >= 8; s = s[8:] {
		if !isPlainWord(s) && !isPlainText(s[:8]) {
			return false
		}
	}
	return isPlainText(s)
}

// isPlainText is isPlain, byte by byte.
func isPlainText(s string) bool {
	for i := range len(s) {
		if c := s[i]; c < ' ' && c != '\t' && c != '\n' || c >= 0x7f {
			return false
		}
	}
	return true
}

// isPlainWord reports whether the first eight bytes of s are of ASCII and none is a control
// character, or the end of a line.
func isPlainWord(s string) bool {
	const ones, highs = 0x0101010101010101, 0x8080808080808080
	w := uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 | uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
	return (w|(w-' '*ones)|(w+ones))&highs == 0
}

// visible drops control characters, which a numeric reference in HTML can make.
func visible(r rune) rune {
	if blog.IsControl(r) {
		return -1
	}
	return r
}
