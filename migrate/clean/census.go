package clean

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate/dom"
)

// census says what there is in a body, as far as the passes that clean it ask: most posts hold
// nothing that most of them look for, and need not be walked through for it. It may say that
// something is there that is not, never the other way about. What is taken out of a body makes
// no difference; [census.after] takes it again when a pass has run that may have put something
// in.
type census struct {
	body     *html.Node
	signs    signs
	tags     tagSet
	classes  []string // the values of all attributes of that name, most of them once
	asked    signs    // of texts, those that are looked for
	comments []*html.Node
	links    []*html.Node // all of name a
	pictures []*html.Node // all of name img and iframe
	odd      []*html.Node // texts that are not of plain ASCII
	seen     [8]string    // classes that are in the list
	every    bool         // all questions are answered by yes: see its test
}

// signs are what else passes ask for.
type signs uint32

const (
	holdStripped   signs = 1 << iota // what [Strip] takes out, but for comments and odd signs
	holdStyles                       // an attribute style
	holdBoxes                        // an attribute that keeps a frame or a background as text
	holdHidden                       // the attribute hidden, or what only sounds
	holdLitterIDs                    // an id of litterIDs
	holdScripts                      // a text that begins as a script does
	holdFragments                    // a link with a fragment
	holdItemIDs                      // an item with an id
	holdHeadingIDs                   // a heading with an id
	holdForeign                      // an element of a name that HTML does not know
	holdNeutral                      // an element of the neutral DOM
	holdEmbeds                       // what may stand for an embed
	holdPixels                       // a picture of one pixel
	holdHollow                       // a link that shows nothing
	holdStrays                       // an item outside of a list
	holdRoles                        // an attribute role
	holdFormulas                     // an attribute of those around formulas, but for classes
	holdStrong                       // emphasis in a heading
	holdBrackets                     // a text with a bracket
	holdRaised                       // a text with a raised number
	holdMarks                        // a text that begins as marks do that are typed
	holdTeX                          // one that may hold TeX
	holdOdd                          // one that is not of plain ASCII
)

// The signs of texts that each step asks for.
const (
	ofLitter   = holdOdd | holdScripts
	ofFormulas = holdTeX
	ofTyped    = holdBrackets | holdRaised | holdMarks
)

// tagSet holds names of elements, each by one of 256 bits that others may share.
type tagSet [4]uint64

func (s *tagSet) add(tag atom.Atom) {
	h := uint32(tag) * 2654435761 >> 24
	s[h>>6] |= 1 << (h & 63)
}

func (s *tagSet) has(tag atom.Atom) bool {
	h := uint32(tag) * 2654435761 >> 24
	return s[h>>6]&(1<<(h&63)) != 0
}

// takeCensus walks through a body once. It looks for some signs of texts alone, since these
// are most of a body.
func takeCensus(body *html.Node, asked signs) *census {
	c := &census{body: body, asked: asked, classes: make([]string, 0, 16), links: make([]*html.Node, 0, 32), pictures: make([]*html.Node, 0, 8)}
	c.take()
	return c
}

func (c *census) take() {
	c.signs, c.tags = 0, tagSet{}
	c.classes, c.links, c.pictures, c.odd, c.comments = c.classes[:0], c.links[:0], c.pictures[:0], c.odd[:0], c.comments[:0]
	clear(c.seen[:])
	for n := c.body.FirstChild; n != nil; n = nextNode(n, c.body) {
		switch n.Type {
		case html.TextNode:
			c.text(n)
		case html.ElementNode:
			c.element(n)
		case html.CommentNode:
			c.comments = append(c.comments, n)
		}
	}
}

// after runs a pass if something is there that it looks for, and takes the census again.
func (c *census) after(may bool, pass func(*html.Node)) {
	if may {
		pass(c.body)
		c.take()
	}
}

// may reports whether one of some signs may be there.
func (c *census) may(s signs) bool { return c.every || c.signs&s != 0 }

// has reports whether an element of one of some names may be there.
func (c *census) has(tags ...atom.Atom) bool {
	return c.every || slices.ContainsFunc(tags, c.tags.has)
}

// classed reports whether a value of an attribute class matches.
func (c *census) classed(match func(class string) bool) bool {
	return c.every || slices.ContainsFunc(c.classes, match)
}

// classIn reports whether a word of a set stands in an attribute class.
func (c *census) classIn(set map[string]bool) bool {
	return c.classed(func(class string) bool {
		for word := range strings.FieldsSeq(class) {
			if set[word] {
				return true
			}
		}
		return false
	})
}

// classNamed reports whether one of some words may stand in an attribute class, be it in
// another.
func (c *census) classNamed(words ...string) bool {
	return c.classed(func(class string) bool { return holdsAny(class, words) })
}

func holdsAny(s string, words []string) bool {
	for _, w := range words {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}

func (c *census) element(n *html.Node) {
	c.tags.add(n.DataAtom)
	for i := range n.Attr {
		c.attribute(n, &n.Attr[i])
	}
	switch n.DataAtom {
	case 0:
		c.unknown(n)
	case atom.A:
		c.links = append(c.links, n)
		if first := n.FirstChild; (first == nil || first.Type != html.TextNode || space(first)) && dom.Empty(n) {
			c.signs |= holdHollow
		}
	case atom.Img:
		c.pictures = append(c.pictures, n)
		if len(n.Attr) > 1 && dom.IsPixel(n) {
			c.signs |= holdPixels
		}
	case atom.Iframe:
		c.pictures = append(c.pictures, n)
		c.signs |= holdEmbeds
	case atom.Embed, atom.Object:
		c.signs |= holdEmbeds
	case atom.Script:
		c.signs |= holdEmbeds | holdStripped
	case atom.Style, atom.Template:
		c.signs |= holdStripped
	case atom.Li:
		if !isList(n.Parent) {
			c.signs |= holdStrays
		}
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		if dom.First(n, strongMark) != nil {
			c.signs |= holdStrong
		}
	}
}

// unknown takes an element of a name that HTML does not know.
func (c *census) unknown(n *html.Node) {
	c.signs |= holdForeign
	if dom.Own(n.Data) {
		c.signs |= holdNeutral | holdStripped
	}
	if strings.Contains(n.Data, "-") {
		c.signs |= holdEmbeds | holdStripped
	}
}

func (c *census) attribute(n *html.Node, a *html.Attribute) {
	switch a.Key {
	case "class":
		c.class(n, a.Val)
	case "style":
		c.signs |= holdStyles
	case "href":
		if strings.IndexByte(a.Val, '#') >= 0 {
			c.signs |= holdFragments
		}
	case "id":
		c.id(n, a.Val)
	case "hidden":
		c.signs |= holdHidden
	case "aria-hidden":
		if n.DataAtom == atom.Span {
			c.signs |= holdHidden
		}
	case "role":
		c.signs |= holdRoles
	case "src", "alt", "title", "width", "height":
	default:
		if strings.HasPrefix(a.Key, "data-") {
			c.data(n, a.Key)
		}
	}
}

func (c *census) class(n *html.Node, class string) {
	if n.DataAtom == atom.Blockquote {
		c.signs |= holdEmbeds
	}
	if class == "" {
		return
	}
	known := &c.seen[(len(class)+int(class[0])+int(class[len(class)-1]))%len(c.seen)]
	if *known == class {
		return
	}
	*known = class
	c.classes = append(c.classes, class)
	if strings.Contains(class, "wistia") {
		c.signs |= holdEmbeds
	}
}

func (c *census) id(n *html.Node, id string) {
	switch {
	case n.DataAtom == atom.Li:
		c.signs |= holdItemIDs
	case dom.Heading(n):
		c.signs |= holdHeadingIDs
	}
	if litterIDs[id] {
		c.signs |= holdLitterIDs
	}
	if strings.Contains(id, "lyte_") {
		c.signs |= holdEmbeds
	}
}

// data takes an attribute that a program has for itself.
func (c *census) data(n *html.Node, key string) {
	if isLate(n) {
		c.signs |= holdEmbeds
	}
	switch key {
	case "data-borlabs-cookie-content", "data-brlbs-content", "data-bg":
		c.signs |= holdBoxes
	case "data-mathml", "data-math-style", "data-latex", "data-tex", "data-katex-display":
		c.signs |= holdFormulas
	}
}

func (c *census) text(n *html.Node) {
	s := n.Data
	if c.asked&holdOdd != 0 && !isPlain(s) {
		c.odd = append(c.odd, n)
	}
	if c.asked&holdRaised != 0 && (strings.IndexByte(s, '\xC2') >= 0 || strings.Contains(s, "\xE2\x81")) {
		c.signs |= holdRaised
	}
	if c.asked&holdBrackets != 0 && strings.IndexByte(s, '[') >= 0 {
		c.signs |= holdBrackets
	}
	if c.asked&holdTeX != 0 && (strings.IndexByte(s, '\\') >= 0 || strings.IndexByte(s, '$') >= 0) {
		c.signs |= holdTeX
	}
	if c.asked&(holdScripts|holdMarks) != 0 {
		c.beginning(s)
	}
}

// beginning takes what a text begins with.
func (c *census) beginning(s string) {
	for s != "" && s[0] == ' ' {
		s = s[1:]
	}
	if !isLetter(s) { // with which most begin
		s = strings.TrimLeftFunc(s, unicode.IsSpace)
	}
	switch {
	case s == "":
	case s[0] == '(', s[0] == '!', s[0] == 'g':
		c.signs |= holdScripts
	case !isLetter(s) && isMarkBegin(s):
		c.signs |= holdMarks
	}
}

// isLetter reports whether a text begins with a letter of ASCII.
func isLetter(s string) bool { return s != "" && s[0]|0x20 >= 'a' && s[0]|0x20 <= 'z' }
