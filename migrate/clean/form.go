package clean

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate/dom"
)

// forms removes the boxes by which a reader subscribes, searches or pays: they work on the
// blog's own pages alone. Any other form is a box around what the author wrote, such as the
// one that ASP.NET puts around a whole page, or a quiz.
func forms(body *html.Node) {
	all := dom.Find(body, dom.Named(atom.Form))
	if len(all) == 0 {
		return
	}
	whole := wordsOf(body)
	for _, n := range all {
		if said := wordsOf(n); said < whole && said <= fewWords && sent(n) {
			Drop(n, Widget)
		} else {
			dom.Rename(n, atom.Div)
		}
	}
}

// fewWords is how many characters a form may have whose words say what to do with it.
const fewWords = 300

// wordsOf counts the characters that a reader sees in n, but for what is there to be chosen
// and pressed.
func wordsOf(n *html.Node) (count int) {
	for d := range dom.Below(n) {
		if d.Type == html.TextNode && !dom.Is(d.Parent, atom.Option) && !dom.Is(d.Parent, atom.Button) && !dom.Is(d.Parent, atom.Textarea) {
			count += utf8.RuneCountInString(strings.TrimSpace(d.Data))
		}
	}
	return count
}

// sent reports whether a form is there to be filled in and sent: it has a field to write in,
// or nothing but hidden ones and a button, and none of what posts consist of.
func sent(form *html.Node) bool {
	works, writes, chooses := false, false, false
	for n := range dom.Below(form) {
		switch n.DataAtom {
		case atom.Textarea:
			works, writes = true, true
		case atom.Button, atom.Select:
			works = true
		case atom.Input:
			works = true
			switch strings.ToLower(dom.Attr(n, "type")) {
			case "radio", "checkbox":
				chooses = true
			case "", "text", "email", "search", "tel", "url", "password", "number", "date", "file":
				writes = true
			}
		case atom.Pre, atom.Table, atom.Iframe, atom.Blockquote:
			return false
		case atom.Img:
			if !dom.Is(n.Parent, atom.Button) {
				return false
			}
		}
	}
	return works && (writes || !chooses)
}
