package dom

import (
	"strings"

	"golang.org/x/net/html"
)

// HasLines reports whether code breaks its lines and is code alone, so that it is a block
// and not a part of a line.
func HasLines(n *html.Node) (lines bool) {
	for d := range Below(n) {
		if d.Type != html.ElementNode {
			continue
		}
		switch d.Data {
		case "a", "img":
			return false
		case "br", "pre":
			lines = true
		}
	}
	return lines
}

// languageClass is the class by which code names its language (HTML, 4.5.15). In the neutral
// DOM it is the only class of a block of code.
const languageClass = "language-"

// Language returns the language of a block of code: the one that its first code element
// names, else its own, or "".
func Language(block *html.Node) string {
	for c := range block.ChildNodes() {
		if c.Type == html.ElementNode && c.Data == "code" {
			if name, ok := strings.CutPrefix(Attr(c, "class"), languageClass); ok {
				return name
			}
		}
	}
	if name, ok := strings.CutPrefix(Attr(block, "class"), languageClass); ok {
		return name
	}
	return ""
}

// SetLanguage names the language of a block of code, in the place of all that names one
// there; "" names none.
func SetLanguage(block *html.Node, name string) {
	at := block
	clearLanguage(block)
	for c := range block.ChildNodes() {
		if c.Type == html.ElementNode && c.Data == "code" {
			clearLanguage(c)
			if at == block {
				at = c
			}
		}
	}
	if name != "" {
		SetAttr(at, "class", languageClass+name)
	}
}

func clearLanguage(n *html.Node) {
	kept := n.Attr[:0]
	for _, a := range n.Attr {
		if a.Key != "class" && !strings.HasSuffix(a.Key, "lang") && !strings.HasSuffix(a.Key, "language") {
			kept = append(kept, a)
		}
	}
	n.Attr = kept
}
