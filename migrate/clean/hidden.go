package clean

import (
	"maps"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate/blog"
	"replant/migrate/dom"
	"replant/migrate/regex"
)

// hiddenMost is how many words a hidden box may have to be taken for a preview of a mail or a
// like aside. A longer one, or one with pictures or code, may be opened by a script: readers
// see it.
const hiddenMost = 60

// unseen removes boxes that no browser shows: the preview of a mail that became a post, words
// for machines and for those who hear a page; and icons, which only a font of the blog's shows. What
// a reader opens by a button stays, and so does the text of the button.
func unseen(body *html.Node) {
	var opened map[string]bool
	for n := range dom.Standing(body, func(n *html.Node) bool { return isHidden(n) || n.DataAtom == atom.Button || isIcon(n) }) {
		if opened == nil {
			opened = controlled(body)
		}
		switch {
		case n.DataAtom == atom.Button:
			buttonTitle(n)
		case isIcon(n):
			Remove(n, Glyphs)
		case n.DataAtom == atom.Textarea, len(strings.Fields(dom.Text(n))) > hiddenMost, !heardAlone(n) && isPane(n, opened):
		case dom.First(n, dom.Named(atom.Img, atom.Pre, atom.Code, atom.Iframe, atom.Video, atom.Audio, atom.Table, atom.Math)) == nil:
			Drop(n, Unseen)
		}
	}
}

var (
	neverShown = regex.Lazy(`(?i)(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all)\b`)
	// offScreen matches the styles of what stands beside the page, or is cut to nothing.
	offScreen = regex.Lazy(`(?i)(?:^|;)\s*(?:(?:left|right|top|text-indent)\s*:\s*-\d{3,}(?:px|em|rem)|clip\s*:\s*rect\((?:\s*[01](?:px)?[\s,]*){4}\)|clip-path\s*:\s*inset\(\s*(?:50|100)%)`)
)

// isHidden reports whether an element is shown to nobody, or only read aloud.
func isHidden(n *html.Node) bool {
	if n.Type != html.ElementNode || dom.Own(n.Data) {
		return false
	}
	for _, a := range n.Attr {
		switch {
		case a.Key == "hidden" && !strings.EqualFold(a.Val, "until-found"):
			return true
		case a.Key == "style" && (neverShown().MatchString(a.Val) || beside(a.Val)):
			return true
		}
	}
	return heardAlone(n)
}

// beside reports whether a style puts an element beside the page, where nobody looks.
func beside(style string) bool {
	return (strings.Contains(style, "-") || strings.Contains(style, "clip")) && offScreen().MatchString(style)
}

// aloud are the classes of texts for programs that read pages aloud: those of WordPress, Bootstrap
// and Tailwind, HTML5 Boilerplate and Elementor.
var aloud = blog.WordSet("sr-only screen-reader-text visually-hidden visuallyhidden elementor-screen-only screen-reader-only wprm-screen-reader-text a11y-hidden assistive-text")

// unseenClasses are those by which [unseen] knows what it removes.
var unseenClasses = func() map[string]bool {
	all := blog.WordSet("icon fa")
	maps.Copy(all, aloud)
	maps.Copy(all, iconFonts)
	return all
}()

// heardAlone reports whether an element is for those alone who hear a page.
func heardAlone(n *html.Node) bool { return dom.ClassIn(n, aloud) }

// controlled returns the ids that the buttons and the links of a body open.
func controlled(body *html.Node) map[string]bool {
	ids := map[string]bool{}
	for n := range dom.Below(body) {
		for _, a := range n.Attr {
			switch a.Key {
			case "aria-controls", "data-target", "data-bs-target", "for", "data-toggle-target":
				ids[strings.TrimPrefix(a.Val, "#")] = true
			case "href":
				if id, ok := strings.CutPrefix(a.Val, "#"); ok {
					ids[id] = true
				}
			}
		}
	}
	return ids
}

// panes matches the names of boxes that readers open and close.
var panes = regex.Lazy(`(?i)accordi|collaps|tab(?:s|-|_|$|\s)|tabbed|tabpanel|pane(?:l|s|-|_|$|\s)|toggle|spoiler|faq|answer|expand|reveal|drawer|readmore|read-more|show-more|slid`)

// isPane reports whether a hidden box is one that a reader opens: it or a box around it is named
// so, or a button controls it.
func isPane(n *html.Node, opened map[string]bool) bool {
	around := 4
	if !dom.IsBlock(n) {
		around = 1 // a word within an answer is none
	}
	if role := dom.Attr(n, "role"); role == "tabpanel" || role == "region" || dom.HasAttr(n, "aria-labelledby") {
		return true
	}
	for p, level := n, 0; p != nil && level < around && p.DataAtom != atom.Body; p, level = p.Parent, level+1 {
		id := dom.Attr(p, "id")
		if id != "" && opened[id] || panes().MatchString(dom.Attr(p, "class")) || panes().MatchString(id) {
			return true
		}
	}
	return false
}
