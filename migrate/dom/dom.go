// Package dom is the ground floor for everything that handles a post's body: a tree of
// [html.Node] with ordinary HTML and the elements of this package, the neutral DOM.
// Sources leave neutral elements ([Embed], [Math], [Note], [More]) where a platform has
// its own markup, and targets spell them. The rest are helpers to search and change
// trees.
package dom

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

// Own reports whether a tag name belongs to the neutral DOM and so must not come
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

// Node returns the embed as an element of the neutral DOM.
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
	if !IsElement(n, embedTag) {
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

// Node returns the formula as an element of the neutral DOM.
func (m Math) Node() *html.Node {
	n := &html.Node{Type: html.ElementNode, Data: mathTag, Attr: []html.Attribute{{Key: "tex", Val: m.TeX}}}
	if m.Block {
		n.Attr = append(n.Attr, html.Attribute{Key: "block", Val: "block"})
	}
	return n
}

// MathOf reads an element that [Math.Node] made.
func MathOf(n *html.Node) (Math, bool) {
	if !IsElement(n, mathTag) {
		return Math{}, false
	}
	return Math{TeX: Attr(n, "tex"), Block: Attr(n, "block") != ""}, true
}

// NoteRef returns the mark of a footnote in the text. The name is any text that the
// footnote's [Note] shares.
func NoteRef(name string) *html.Node { return noteElement(noteRefTag, name) }

// NoteRefOf reads an element that [NoteRef] made.
func NoteRefOf(n *html.Node) (name string, ok bool) { return Attr(n, "name"), IsElement(n, noteRefTag) }

// Note returns an empty footnote; its text becomes its children, which are blocks.
// It may stand anywhere in the body: what converts the body collects the notes.
func Note(name string) *html.Node { return noteElement(noteTag, name) }

// NoteOf reads an element that [Note] made.
func NoteOf(n *html.Node) (name string, ok bool) { return Attr(n, "name"), IsElement(n, noteTag) }

func noteElement(tag, name string) *html.Node {
	return &html.Node{Type: html.ElementNode, Data: tag, Attr: []html.Attribute{{Key: "name", Val: name}}}
}

// More returns the mark at which the part of a post ends that lists of posts show.
func More() *html.Node { return &html.Node{Type: html.ElementNode, Data: moreTag} }

// IsMore reports whether n is a mark that [More] made.
func IsMore(n *html.Node) bool { return IsElement(n, moreTag) }

// IsElement reports whether n is an element of a name, one of the neutral DOM's or of HTML's.
func IsElement(n *html.Node, name string) bool { return n.Type == html.ElementNode && n.Data == name }
