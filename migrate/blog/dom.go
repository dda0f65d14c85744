package blog

import (
	"strings"

	"golang.org/x/net/html"
)

// Element names of the neutral DOM, beside those of HTML. A feed cannot make
// them: sources strip them from what they read (see [Own]).
const (
	embedTag   = "replant-embed"
	mathTag    = "replant-math"
	noteRefTag = "replant-note-ref"
	noteTag    = "replant-note"
	moreTag    = "replant-more"
)

// Own tells whether a tag name belongs to the neutral DOM and so must not come
// from a feed.
func Own(tag string) bool { return strings.HasPrefix(tag, "replant-") }

// Embed is something that a post shows from elsewhere: a video, a tweet, another
// page's card. It stands in the DOM as a block.
type Embed struct {
	Kind  string // "youtube", "vimeo", "tweet" …; "link" for what has no kind of its own
	ID    string // the thing's own id where the kind has one; never trusted, may be empty
	URL   string // where a person reads it, absolute; never empty
	Frame string // the address of its frame (iframe src), absolute; may be empty
	Title string // what to call it; may be empty
	Start string // where playing begins, in seconds; may be empty
}

// Node gives the embed as an element of the neutral DOM.
func (e Embed) Node() *html.Node {
	n := &html.Node{Type: html.ElementNode, Data: embedTag}
	for _, a := range []html.Attribute{
		{Key: "kind", Val: e.Kind}, {Key: "id", Val: e.ID}, {Key: "url", Val: e.URL},
		{Key: "frame", Val: e.Frame}, {Key: "title", Val: e.Title}, {Key: "start", Val: e.Start},
	} {
		if a.Val != "" {
			n.Attr = append(n.Attr, a)
		}
	}
	return n
}

// EmbedOf reads an element that [Embed.Node] made.
func EmbedOf(n *html.Node) (Embed, bool) {
	if !is(n, embedTag) {
		return Embed{}, false
	}
	return Embed{Kind: Attr(n, "kind"), ID: Attr(n, "id"), URL: Attr(n, "url"),
		Frame: Attr(n, "frame"), Title: Attr(n, "title"), Start: Attr(n, "start")}, true
}

// Math is a formula, as TeX without delimiters.
type Math struct {
	TeX   string
	Block bool // stands on lines of its own
}

// Node gives the formula as an element of the neutral DOM.
func (m Math) Node() *html.Node {
	n := &html.Node{Type: html.ElementNode, Data: mathTag, Attr: []html.Attribute{{Key: "tex", Val: m.TeX}}}
	if m.Block {
		n.Attr = append(n.Attr, html.Attribute{Key: "block", Val: "block"})
	}
	return n
}

// MathOf reads an element that [Math.Node] made.
func MathOf(n *html.Node) (Math, bool) {
	if !is(n, mathTag) {
		return Math{}, false
	}
	return Math{TeX: Attr(n, "tex"), Block: Attr(n, "block") != ""}, true
}

// NoteRef gives the mark of a footnote in the text. The name is any text that the
// footnote's [Note] shares.
func NoteRef(name string) *html.Node { return named(noteRefTag, name) }

// NoteRefOf reads an element that [NoteRef] made.
func NoteRefOf(n *html.Node) (name string, ok bool) { return Attr(n, "name"), is(n, noteRefTag) }

// Note gives an empty footnote; its text becomes its children, which are blocks.
// It may stand anywhere in the body: what converts the body collects the notes.
func Note(name string) *html.Node { return named(noteTag, name) }

// NoteOf reads an element that [Note] made.
func NoteOf(n *html.Node) (name string, ok bool) { return Attr(n, "name"), is(n, noteTag) }

func named(tag, name string) *html.Node {
	return &html.Node{Type: html.ElementNode, Data: tag, Attr: []html.Attribute{{Key: "name", Val: name}}}
}

func is(n *html.Node, tag string) bool { return n.Type == html.ElementNode && n.Data == tag }

// Attr gives an attribute's value, or "" when n has none of that name.
func Attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key && a.Namespace == "" {
			return a.Val
		}
	}
	return ""
}

// SetAttr gives n the attribute, in the place of any it had of that name.
func SetAttr(n *html.Node, key, value string) {
	DelAttr(n, key)
	n.Attr = append(n.Attr, html.Attribute{Key: key, Val: value})
}

// DelAttr takes an attribute away.
func DelAttr(n *html.Node, key string) {
	kept := n.Attr[:0]
	for _, a := range n.Attr {
		if a.Key != key {
			kept = append(kept, a)
		}
	}
	n.Attr = kept
}

// HasClass tells whether n carries any of the classes.
func HasClass(n *html.Node, classes ...string) bool {
	for _, have := range strings.Fields(Attr(n, "class")) {
		for _, want := range classes {
			if have == want {
				return true
			}
		}
	}
	return false
}

// Text gives all text below n, as it stands in the source.
func Text(n *html.Node) string {
	if n.Type == html.TextNode {
		return n.Data
	}
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return b.String()
}

// Words gives all text below n on one line, white space folded.
func Words(n *html.Node) string { return strings.Join(strings.Fields(Text(n)), " ") }

// Remove takes n out of its tree; a node without a parent is left as it is.
func Remove(n *html.Node) {
	if n.Parent != nil {
		n.Parent.RemoveChild(n)
	}
}

// Replace puts nodes where n stands. The nodes must have no parent.
func Replace(n *html.Node, with ...*html.Node) {
	if n.Parent == nil {
		return
	}
	for _, w := range with {
		n.Parent.InsertBefore(w, n)
	}
	Remove(n)
}

// Unwrap puts n's children where n stands.
func Unwrap(n *html.Node) {
	if n.Parent == nil {
		return
	}
	for c := n.FirstChild; c != nil; c = n.FirstChild {
		n.RemoveChild(c)
		n.Parent.InsertBefore(c, n)
	}
	Remove(n)
}

// More gives the mark at which the part of a post ends that lists of posts show.
func More() *html.Node { return &html.Node{Type: html.ElementNode, Data: moreTag} }

// IsMore tells whether n is a mark that [More] made.
func IsMore(n *html.Node) bool { return is(n, moreTag) }
