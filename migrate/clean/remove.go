package clean

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate/blog"
	"replant/migrate/dom"
)

// Reason says why a part of a source's body is not in the neutral DOM.
type Reason string

const (
	// Unseen is what no reader sees: comments, styles, scripts, templates.
	Unseen Reason = blog.NeverShown
	// Counter is a picture or an empty link by which a feed counts its readers.
	Counter Reason = "a counter"
	// Advertisement is what the maker of a feed sells among the posts.
	Advertisement Reason = "an advertisement"
	// Widget is a box to share, to subscribe or to read other posts by, or one that
	// works on the blog's own pages alone.
	Widget Reason = "a box to share, subscribe or read on"
	// Button is a control of the platform: to copy code, to play, to show full screen.
	Button Reason = "a button of the platform"
	// OwnWords is what a feed adds to the end of a post: where it appeared first.
	OwnWords Reason = "the feed's own last words"
	// Onward leads from the end of a post to the post itself.
	Onward Reason = "a link at the end to the post itself"
	// Invitation asks a reader to become a member.
	Invitation Reason = "an invitation to become a member"
	// Title is the post's title or cover, repeated at the beginning of its body.
	Title Reason = "the title or the cover once more"
	// Facts are the author, the date and the tags, shown with the text.
	Facts Reason = "what the front matter says"
	// Handle is the link of a heading or a picture to itself.
	Handle Reason = "a handle to link by"
	// Detour is an address by which a platform counts clicks or asks for less than it has.
	Detour Reason = "a detour to an address that stays"
	// Respelled is an address that stays in full, or without what trackers add to it.
	Respelled Reason = "an address that stays in another spelling"
	// LineNumber is the number of a line of code.
	LineNumber Reason = "the number of a line of code"
	// Twin is what the source has a second time in another form, for other readers.
	Twin Reason = "there a second time"
	// Highlighting is the markup of a highlighter. The text of the code stays.
	Highlighting Reason = "the markup of a highlighter"
	// Glyphs show a formula whose TeX stays, or a character that stays.
	Glyphs Reason = "glyphs of a formula or a character that stays"
	// Card is a box that shows a page, a post or a file, of which a link with its title
	// stays, and what the card quotes.
	Card Reason = "a card whose link stays"
	// Frame is the markup of a thing from elsewhere, which stays as an embed.
	Frame Reason = blog.EmbedMarkup
	// Note is the mark, the label or the way back of a footnote, which the target makes.
	Note Reason = "the mark or the way back of a footnote that stays"
	// Blank is what shows nothing, such as a link without a text.
	Blank Reason = "shows nothing"
	// Typed is the mark of an item, a rule or a footnote, typed as text, that Markdown makes.
	Typed Reason = "a mark that stays as a list, a rule or a footnote"
	// Ending is a rule behind which nothing comes.
	Ending Reason = "a rule behind which nothing comes"
	// Arrangement is a table, a box or a mark that only arranged what stays.
	Arrangement Reason = "an arrangement of what stays"
)

// Remove takes n out of its tree and records why. No other function takes a node that
// carries text, an address or an embed out of a body that [Parse] returned: the cleaned
// body and what [Finish] returns are all that the source says.
func Remove(n *html.Node, why Reason) {
	bin := binOf(n)
	dom.Detach(n)
	discard(bin, n, why)
}

// Replace puts nodes where n stands, and records why n went. What shall stay of n has
// to be taken out of it before.
func Replace(n *html.Node, why Reason, with ...*html.Node) {
	if n.Parent == nil {
		return
	}
	bin := binOf(n)
	dom.Replace(n, with...)
	discard(bin, n, why)
}

// Unwrap puts the children of n where n stands, and records why n went: for elements that
// carry an address. Others need no record.
func Unwrap(n *html.Node, why Reason) { Replace(n, why, dom.Take(n)...) }

// Clear removes all that is in n.
func Clear(n *html.Node, why Reason) {
	bin := binOf(n)
	for _, c := range dom.Take(n) {
		discard(bin, c, why)
	}
}

// Relink replaces the address in an attribute of n, and records the former one.
func Relink(n *html.Node, key, addr string, why Reason) {
	former := &html.Node{Type: n.Type, DataAtom: n.DataAtom, Data: n.Data, Attr: []html.Attribute{{Key: key, Val: dom.Attr(n, key)}}}
	dom.SetAttr(n, key, addr)
	discard(binOf(n), former, why)
}

// Drop is [Remove] for n and the paragraphs, boxes and links around it that show nothing
// else. Running text before and after a block stays apart.
func Drop(n *html.Node, why Reason) {
	for {
		p, before, after := n.Parent, n.PrevSibling, n.NextSibling
		Remove(n, why)
		if p == nil || p.Parent == nil || (p.DataAtom != atom.P && p.DataAtom != atom.A && p.DataAtom != atom.Div) || !dom.Vacant(p, before, after) {
			if dom.IsBlock(n) && (runs(before) || space(before) && runs(before.PrevSibling)) && (runs(after) || space(after) && runs(after.NextSibling)) {
				p.InsertBefore(dom.Elem(atom.Div), after)
			}
			return
		}
		n = p
	}
}

// runs reports whether n shows something on a line that it shares.
func runs(n *html.Node) bool {
	return n != nil && n.Type != html.CommentNode && !dom.IsBlock(n) && !space(n)
}

// space reports whether n is white space.
func space(n *html.Node) bool {
	return n != nil && n.Type == html.TextNode && strings.TrimSpace(n.Data) == ""
}

// binTag is the element behind a body that holds what was removed from it, one child
// for each reason in turn.
const (
	binTag     = "replant-removed"
	reasonAttr = "reason"
)

// withBin puts a body into a document, beside an empty bin.
func withBin(body *html.Node) {
	doc := &html.Node{Type: html.DocumentNode}
	doc.AppendChild(body)
	doc.AppendChild(&html.Node{Type: html.ElementNode, Data: binTag})
}

// binOf returns the bin of the document that n lies in, or nil.
func binOf(n *html.Node) *html.Node {
	root := n
	for root.Parent != nil {
		root = root.Parent
	}
	if root.Type == html.DocumentNode && root.LastChild != nil && root.LastChild.Data == binTag {
		return root.LastChild
	}
	return nil
}

func discard(bin, n *html.Node, why Reason) {
	if bin == nil {
		return
	}
	last := bin.LastChild
	if last == nil || dom.Attr(last, reasonAttr) != string(why) {
		last = dom.Elem(atom.Section)
		dom.SetAttr(last, reasonAttr, string(why))
		bin.AppendChild(last)
	}
	last.AppendChild(n)
}

// removed takes a body out of its document, and returns what was removed from it, in the
// order of removal.
func removed(body *html.Node) (all []blog.Removal) {
	bin := binOf(body)
	dom.Detach(body)
	if bin == nil {
		return nil
	}
	for group := bin.FirstChild; group != nil; group = group.NextSibling {
		for _, n := range dom.Take(group) {
			all = append(all, blog.Removal{Reason: dom.Attr(group, reasonAttr), Node: n})
		}
	}
	return all
}
