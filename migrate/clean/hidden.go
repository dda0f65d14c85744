package clean

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate/dom"
	"replant/migrate/regex"
)

// hiddenMost is how many words a hidden box may have to be taken for a preview of a mail or a
// like aside. A longer one, or one with pictures or code, may be opened by a script: readers
// see it.
const hiddenMost = 60

var neverShown = regex.Lazy(`(?i)(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all)\b`)

// unseen removes boxes that no browser shows: the preview of a mail that became a post, words
// for machines.
func unseen(body *html.Node) {
	for n := range dom.Standing(body, isHidden) {
		if n.DataAtom == atom.Textarea || len(strings.Fields(dom.Text(n))) > hiddenMost {
			continue
		}
		if dom.First(n, dom.Named(atom.Img, atom.Pre, atom.Code, atom.Iframe, atom.Video, atom.Audio, atom.Table, atom.Math)) == nil {
			Drop(n, Unseen)
		}
	}
}

func isHidden(n *html.Node) bool {
	if n.Type != html.ElementNode || dom.Own(n.Data) {
		return false
	}
	for _, a := range n.Attr {
		switch {
		case a.Key == "hidden" && !strings.EqualFold(a.Val, "until-found"):
			return true
		case a.Key == "style" && neverShown().MatchString(a.Val):
			return true
		}
	}
	return false
}
