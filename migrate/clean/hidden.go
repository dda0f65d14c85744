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
	for _, n := range dom.Find(body, isHidden) {
		if !dom.Under(n, body) || n.DataAtom == atom.Textarea || len(strings.Fields(dom.Text(n))) > hiddenMost {
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

// handleSigns are what the link of a heading to itself shows.
var handleSigns = regex.Lazy(`^[\s\x{200b}\x{feff}¶#§∞🔗⚓︎\x{fe0f}]*$`)

// handles removes the links by which headings let themselves be linked to. A heading that is
// such a link as a whole stays without it, but for one of class anchor: those were written
// around headings, for readers to take their addresses from.
func handles(body *html.Node) {
	for _, heading := range dom.Find(body, dom.Named(atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6)) {
		for _, a := range dom.Find(heading, dom.Named(atom.A)) {
			href := dom.Attr(a, "href")
			if !strings.HasPrefix(href, "#") || len(href) < 2 || dom.First(a, dom.Named(atom.Img)) != nil {
				continue
			}
			switch {
			case dom.HasClass(a, "headerlink", "hash-link", "anchor-link", "heading-anchor", "header-anchor") && len([]rune(dom.Words(a))) < 3,
				handleSigns().MatchString(dom.Text(a)):
				keepID(heading, a)
				Drop(a, Handle)
			case !dom.HasClass(a, "anchor") && dom.Words(a) == dom.Words(heading) && dom.Attr(heading, "id") == href[1:]:
				Unwrap(a, Handle)
			}
		}
	}
}

// keepID lets a heading have the id of a link that goes.
func keepID(heading, a *html.Node) {
	for _, key := range []string{"id", "name"} {
		if id := dom.Attr(a, key); id != "" && dom.Attr(heading, "id") == "" {
			dom.SetAttr(heading, "id", id)
		}
	}
}

// emptyLinks removes links that show nothing and that no other link leads to: they would part
// a word from the full stop behind it.
func emptyLinks(body *html.Node) {
	for _, a := range dom.Find(body, dom.Named(atom.A)) {
		if dom.Empty(a) && dom.Attr(a, "href") != "" && dom.Attr(a, "id")+dom.Attr(a, "name") == "" {
			Remove(a, Blank)
		}
	}
}
