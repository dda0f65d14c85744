package clean

import (
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate/dom"
)

// looks are what a style can make of a text and Markdown can say.
type looks uint8

const (
	bold looks = 1 << iota
	italic
	struck
	underlined
)

// every lists the looks that a style can give; underlines are only taken back.
var every = [...]struct {
	look looks
	tag  atom.Atom
}{{bold, atom.Strong}, {italic, atom.Em}, {struck, atom.Del}}

// styles makes emphasis of what the style of an element says, and no emphasis of what it
// takes back: editors that people paste from (Google Docs, Word, Outlook, Blogger's own)
// write <span style="font-weight:700">, and <b style="font-weight:normal"> around a whole
// document.
//
// Headings and the heads of tables are bold by themselves, captions slanted: there a style
// is the theme's. Code is left alone.
func styles(body *html.Node) {
	if dom.First(body, saysLook) == nil {
		return
	}
	s := stylist{wants: map[*html.Node]looks{}, counts: map[*html.Node]count{}}
	s.read(body, 0, 0)
	for _, n := range s.belied {
		plainly(n)
	}
	for i := range every {
		s.look = i
		clear(s.counts)
		s.count(body, 0)
		s.mark(body)
	}
}

// saysLook reports whether an element has a style of the kinds that are read.
func saysLook(n *html.Node) bool {
	style := dom.Attr(n, "style")
	return strings.Contains(style, "font") || strings.Contains(style, "text-decoration") || style != "" && strings.ToLower(style) != style
}

// stylist works on one body.
type stylist struct {
	wants  map[*html.Node]looks // of texts, how they look, and above that what does not matter there
	belied []*html.Node         // elements whose name marks some text that does not look so
	look   int                  // which of every is under way
	counts map[*html.Node]count
}

// count is how many of the texts in a node are to look a way, and how many are not.
type count struct {
	with, without int
	block         bool // there is a block in it
}

// read notes how each text in n looks, by the names and the styles of the elements around
// it, and which elements mark some that does not look so. It returns the looks that some
// text in n has not. Neutral looks are those that do not matter there.
func (s *stylist) read(n *html.Node, has, neutral looks) (lacking looks) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch {
		case c.Type == html.TextNode && strings.TrimSpace(c.Data) != "":
			s.wants[c] = has | neutral<<4
			lacking |= ^(has | neutral)
		case c.Type != html.ElementNode, isCode(c):
		default:
			own, theme := lookOf(c), neutralIn(c)
			of := s.read(c, declaredLooks(c, has|own, own, theme), neutral|theme)
			if of&own != 0 {
				s.belied = append(s.belied, c)
			}
			lacking |= of
		}
	}
	return lacking
}

// lookOf returns how the name of an element makes its text look.
func lookOf(n *html.Node) looks {
	switch n.DataAtom {
	case atom.B, atom.Strong:
		return bold
	case atom.I, atom.Em, atom.Cite, atom.Dfn, atom.Var:
		return italic
	case atom.S, atom.Strike, atom.Del:
		return struck
	case atom.U:
		return underlined
	}
	return 0
}

// neutralIn returns the looks that do not matter in an element.
func neutralIn(n *html.Node) looks {
	switch {
	case dom.Heading(n), dom.Is(n, atom.Th), dom.Is(n, atom.Dt), dom.Is(n, atom.Summary), dom.Is(n, atom.Legend):
		return bold
	case dom.Is(n, atom.Figcaption), dom.Is(n, atom.Caption):
		return italic
	}
	return 0
}

// isCode reports whether an element shows code, by its name, by the class that a
// highlighter gives it, or by a type of one width whose spaces count.
func isCode(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Pre:
		return !dom.HasClass(n, "wp-block-verse") // a poem
	case atom.Code, atom.Kbd, atom.Samp, atom.Tt, atom.Textarea, atom.Xmp, atom.Listing, atom.Math, atom.Svg, atom.Script:
		return true
	}
	if dom.HasClass(n, "highlight", "syntaxhighlighter", "crayon-syntax", "CodeRay", "hljs", "shiki", "sourceCode", "codehilite") {
		return true
	}
	style := strings.ToLower(dom.Attr(n, "style"))
	return strings.Contains(style, "white-space") && slices.ContainsFunc([]string{"mono", "consolas", "courier", "menlo"}, func(font string) bool { return strings.Contains(style, font) })
}

// declaredLooks returns how the text of an element looks by its style, from how it would look
// without. What a heading or a caption says of all of itself is its theme's.
func declaredLooks(n *html.Node, has, own, theme looks) looks {
	for declaration := range strings.SplitSeq(dom.Attr(n, "style"), ";") {
		key, value, _ := strings.Cut(declaration, ":")
		value = strings.ToLower(strings.TrimSpace(strings.Replace(value, "!important", "", 1)))
		switch strings.ToLower(strings.TrimSpace(key)) {
		case "font-weight":
			has = weighed(has, value)
		case "font-style":
			if !dom.Heading(n) {
				has = slanted(has, value)
			}
		case "font":
			has = shorthand(has, value)
		case "text-decoration", "text-decoration-line":
			has = decorated(has, own, value)
		}
	}
	return has &^ theme
}

func weighed(has looks, value string) looks {
	switch weight, err := strconv.Atoi(value); {
	case value == "bold", value == "bolder", err == nil && weight >= 600:
		return has | bold
	case value == "normal", value == "lighter", err == nil:
		return has &^ bold
	}
	return has
}

func slanted(has looks, value string) looks {
	switch word, _, _ := strings.Cut(value, " "); word {
	case "italic", "oblique":
		return has | italic
	case "normal":
		return has &^ italic
	}
	return has
}

// shorthand reads the property that sets all of a type. What it does not name is normal
// (CSS Fonts 4, 2.7).
func shorthand(has looks, value string) looks {
	words := strings.Fields(value)
	if len(words) < 2 { // inherit, or the type of a menu
		return has
	}
	has &^= bold | italic
	for _, word := range words {
		if strings.IndexFunc(word, isDigit) == 0 && !isWeight(word) {
			break // the size: what comes then is the family
		}
		has |= weighed(0, word) | slanted(0, word)
	}
	return has
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

func isWeight(word string) bool { return len(word) == 3 && strings.TrimRight(word, "0") != word }

// decorated reads lines through and under a text. Those of an element around it stay.
func decorated(has, own looks, value string) looks {
	if strings.Contains(value, "line-through") {
		has |= struck
	} else if value != "" && value != "inherit" {
		has &^= own & struck
	}
	if value == "none" {
		has &^= own & underlined
	}
	return has
}

// plainly takes the mark of an element off.
func plainly(n *html.Node) {
	if id := dom.Attr(n, "id"); id == "" || strings.HasPrefix(id, "docs-internal-guid") {
		dom.Unwrap(n)
		return
	}
	dom.Rename(n, atom.Span)
}

// count counts the texts in n that are to look the way under way and are not marked so.
func (s *stylist) count(n *html.Node, given looks) count {
	look := every[s.look].look
	total := count{block: dom.IsBlock(n) || dom.Own(n.Data)}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		var of count
		switch has, ok := s.wants[c]; {
		case ok && given&look == 0 && has>>4&look == 0:
			if of.with = 1; has&look == 0 {
				of = count{without: 1}
			}
		case c.Type == html.ElementNode && !isCode(c):
			of = s.count(c, given|lookOf(c))
		}
		s.counts[c] = of
		total.with, total.without, total.block = total.with+of.with, total.without+of.without, total.block || of.block
	}
	return total
}

// mark puts runs of what is to look the way under way into an element for it, as large as
// they are.
func (s *stylist) mark(n *html.Node) {
	for c := n.FirstChild; c != nil; {
		of := s.counts[c]
		if of.with == 0 {
			c = c.NextSibling
			continue
		}
		if of.without > 0 || of.block {
			s.mark(c)
			c = c.NextSibling
			continue
		}
		run := dom.Elem(every[s.look].tag)
		n.InsertBefore(run, c)
		for c != nil && s.goesOn(c) {
			next := c.NextSibling
			n.RemoveChild(c)
			run.AppendChild(c)
			c = next
		}
		for last := run.LastChild; s.counts[last].with == 0; last = run.LastChild { // what it does not end in
			run.RemoveChild(last)
			n.InsertBefore(last, run.NextSibling)
		}
		c = run.NextSibling
	}
}

// goesOn reports whether a node can stand in a run: nothing in it looks otherwise.
func (s *stylist) goesOn(n *html.Node) bool {
	of := s.counts[n]
	return of.without == 0 && !of.block && !dom.IsBlock(n) && !dom.Own(n.Data) && n.DataAtom != atom.Br
}
