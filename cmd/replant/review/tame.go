package review

import (
	"net/url"
	"path"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate/blog"
	"replant/migrate/dom"
)

// tamer makes HTML that can only be looked at. It keeps what shows and nothing that acts: no
// script, no address that a browser would ask for but those of pictures that are here, and no
// link that leads out of the frame. It is the first of three walls; the frame's sandbox and
// its policy are the others, and each stands by itself.
type tamer struct {
	base    *url.URL                                           // of relative addresses; may be nil
	picture func(address string) (shown, file, trouble string) // where a picture is to be had
}

// atMark is the attribute in which a tamed element keeps the addresses that it had.
const atMark = "data-at"

// deepest is how deep elements may lie in each other; what lies deeper is left out. A browser
// flattens it as well.
const deepest = 500

// tame makes a body harmless, in place.
func (t *tamer) tame(body *html.Node) { t.children(body, 0) }

func (t *tamer) children(n *html.Node, depth int) {
	for c := n.FirstChild; c != nil; {
		next := c.NextSibling
		t.node(c, depth+1)
		c = next
	}
}

func (t *tamer) node(n *html.Node, depth int) {
	switch {
	case n.Type == html.TextNode:
		return
	case n.Type != html.ElementNode, depth > deepest:
		dom.Detach(n)
		return
	}
	if n.Namespace != "" { // drawings and formulas of the source: their text
		dom.Rename(n, atom.Span)
		n.Namespace, n.Attr = "", nil
	}
	n.DataAtom = atom.Lookup([]byte(n.Data)) // which the nodes of a page do not have
	switch n.DataAtom {
	case atom.Script:
		t.script(n)
		return
	case atom.Style, atom.Link, atom.Meta, atom.Base, atom.Template, atom.Head, atom.Title, atom.Param,
		atom.Source, atom.Track, atom.Area, atom.Map, atom.Canvas, atom.Noscript, atom.Noframes, atom.Noembed, atom.Frameset, atom.Textarea, atom.Select:
		dom.Detach(n)
		return
	case atom.Img, atom.Image:
		t.image(n)
		return
	case atom.Iframe, atom.Frame, atom.Embed, atom.Object, atom.Applet, atom.Video, atom.Audio:
		t.player(n)
		return
	case atom.A:
		t.link(n)
	case atom.Input:
		t.input(n)
	case atom.Form, atom.Button, atom.Dialog, atom.Marquee:
		dom.Rename(n, atom.Div)
		n.Attr = nil
	default:
		t.element(n)
	}
	t.children(n, depth)
}

// element keeps an element with the attributes that show.
func (t *tamer) element(n *html.Node) {
	if dom.Own(n.Data) {
		t.own(n)
		return
	}
	if strings.Contains(n.Data, "-") && n.FirstChild == nil {
		dom.Replace(n, box("Element "+n.Data, ""))
		return
	}
	if !known[n.DataAtom] {
		dom.Rename(n, atom.Span)
	}
	n.Attr = shownAttributes(n.Attr)
}

// own makes ordinary HTML of the neutral DOM's elements.
func (t *tamer) own(n *html.Node) {
	if name, ok := dom.NoteOf(n); ok {
		dom.Rename(n, atom.Div)
		n.Attr = []html.Attribute{{Key: "class", Val: "note"}}
		n.InsertBefore(text(atom.Sup, name), n.FirstChild)
		return
	}
	dom.Take(n)
	if name, ok := dom.NoteRefOf(n); ok {
		dom.Replace(n, text(atom.Sup, name))
		return
	}
	if m, ok := dom.MathOf(n); ok {
		dom.Replace(n, text(atom.Code, m.TeX))
		return
	}
	if dom.IsMore(n) {
		dom.Detach(n)
		return
	}
	dom.Replace(n, box("Embed", dom.Attr(n, "url")))
}

// image shows a picture that is here, and says of any other why it is not.
func (t *tamer) image(n *html.Node) {
	address := t.absolute(source(n))
	alt := dom.Attr(n, "alt")
	shown, file, trouble := t.picture(address)
	if shown == "" {
		b := box(trouble, address)
		if alt != "" {
			b.InsertBefore(text(atom.Em, alt), b.LastChild)
		}
		dom.Replace(n, b)
		return
	}
	attrs := []html.Attribute{{Key: "src", Val: shown}, {Key: "alt", Val: alt}, {Key: "loading", Val: "lazy"}, {Key: atMark, Val: address + "\n" + path.Base(file)}}
	for _, a := range n.Attr {
		if (a.Key == "width" || a.Key == "height" || a.Key == "title") && a.Namespace == "" {
			attrs = append(attrs, html.Attribute{Key: a.Key, Val: a.Val})
		}
	}
	dom.Rename(n, atom.Img)
	n.Attr = attrs
	dom.Take(n)
}

// source returns the address of a picture as a reader's browser found it: scripts that load
// pictures late keep it elsewhere.
func source(n *html.Node) string {
	src := strings.TrimSpace(dom.Attr(n, "src"))
	for _, late := range []string{"data-src", "data-lazy-src", "data-original", "data-orig-file"} {
		if (src == "" || strings.HasPrefix(src, "data:")) && dom.Attr(n, late) != "" {
			src = strings.TrimSpace(dom.Attr(n, late))
		}
	}
	if src == "" {
		src, _, _ = strings.Cut(strings.TrimSpace(dom.Attr(n, "srcset")), " ")
	}
	return src
}

// player stands for what plays or frames a page elsewhere.
func (t *tamer) player(n *html.Node) {
	what := map[atom.Atom]string{atom.Video: "Film", atom.Audio: "Sound"}[n.DataAtom]
	if what == "" {
		what = "Frame"
	}
	dom.Replace(n, box(what, t.absolute(strings.TrimSpace(dom.MediaAddress(n)))))
}

// script stands for a script from elsewhere, which may have shown something.
func (t *tamer) script(n *html.Node) {
	if dom.Attr(n, "src") == "" {
		dom.Detach(n)
		return
	}
	dom.Replace(n, box("Script, not run", t.absolute(dom.Attr(n, "src"))))
}

// link keeps a link within the post; any other one only shows where it leads.
func (t *tamer) link(n *html.Node) {
	href := strings.TrimSpace(dom.Attr(n, "href"))
	id := dom.Attr(n, "id")
	n.Attr = nil
	if id != "" {
		n.Attr = append(n.Attr, html.Attribute{Key: "id", Val: id})
	}
	switch {
	case href == "":
	case href[0] == '#':
		n.Attr = append(n.Attr, html.Attribute{Key: "href", Val: href})
	default:
		address := t.absolute(href)
		n.Attr = append(n.Attr, html.Attribute{Key: "class", Val: "to"}, html.Attribute{Key: "title", Val: address}, html.Attribute{Key: atMark, Val: address})
	}
}

// input shows the box of a task, and nothing else to type into or press.
func (t *tamer) input(n *html.Node) {
	if !strings.EqualFold(dom.Attr(n, "type"), "checkbox") {
		dom.Detach(n)
		return
	}
	mark := "☐"
	if dom.HasAttr(n, "checked") {
		mark = "☑"
	}
	dom.Replace(n, text(atom.Span, mark))
}

// absolute resolves an address.
func (t *tamer) absolute(address string) string {
	if t.base == nil || address == "" || strings.HasPrefix(address, "data:") {
		return address
	}
	if u := blog.ParseURL(address); u != nil {
		return t.base.ResolveReference(u).String()
	}
	return address
}

// box says what would stand in its place.
func box(what, address string) *html.Node {
	b := dom.Elem(atom.Span, text(atom.B, what), text(atom.Span, shortened(address)))
	b.Attr = []html.Attribute{{Key: "class", Val: "box"}, {Key: atMark, Val: address}}
	return b
}

// addressMost bounds the addresses that are shown: those of data are as long as the data.
const addressMost = 300

func shortened(address string) string {
	if len(address) > addressMost {
		return strings.ToValidUTF8(address[:addressMost], "") + "…"
	}
	return address
}

// text returns an element with a text in it.
func text(tag atom.Atom, says string) *html.Node { return dom.Elem(tag, dom.TextNode(says)) }

// known are the elements that stay what they are.
var known = func() map[atom.Atom]bool {
	all := map[atom.Atom]bool{}
	for _, a := range []atom.Atom{
		atom.P, atom.Div, atom.Span, atom.Br, atom.Hr, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Blockquote, atom.Q, atom.Cite,
		atom.Ul, atom.Ol, atom.Li, atom.Dl, atom.Dt, atom.Dd, atom.Pre, atom.Code, atom.Kbd, atom.Samp, atom.Var, atom.Tt,
		atom.B, atom.Strong, atom.I, atom.Em, atom.U, atom.S, atom.Strike, atom.Del, atom.Ins, atom.Mark, atom.Small, atom.Big, atom.Sub, atom.Sup, atom.Abbr, atom.Dfn, atom.Time,
		atom.Table, atom.Caption, atom.Thead, atom.Tbody, atom.Tfoot, atom.Tr, atom.Th, atom.Td, atom.Colgroup, atom.Col,
		atom.Figure, atom.Figcaption, atom.Picture, atom.Details, atom.Summary, atom.Section, atom.Article, atom.Aside, atom.Header, atom.Footer, atom.Main, atom.Nav, atom.Address, atom.Center,
		atom.Ruby, atom.Rt, atom.Rp, atom.Wbr, atom.Bdi, atom.Bdo, atom.Font,
	} {
		all[a] = true
	}
	return all
}()

// shownAttributes returns the attributes that show and ask for nothing.
func shownAttributes(all []html.Attribute) (kept []html.Attribute) {
	for _, a := range all {
		switch a.Key {
		case "alt", "title", "width", "height", "colspan", "rowspan", "start", "reversed", "value", "align", "dir", "lang", "datetime", "id", "open":
			kept = append(kept, html.Attribute{Key: a.Key, Val: a.Val})
		case "style":
			if style := shownStyle(a.Val); style != "" {
				kept = append(kept, html.Attribute{Key: a.Key, Val: style})
			}
		}
	}
	return kept
}

// shownStyle returns the declarations that say how text looks. Colours are left out: they would
// not be read on every background.
func shownStyle(style string) string {
	var kept []string
	for d := range strings.SplitSeq(style, ";") {
		property, value, _ := strings.Cut(d, ":")
		property, value = strings.ToLower(strings.TrimSpace(property)), strings.TrimSpace(value)
		switch property {
		case "text-align", "font-weight", "font-style", "text-decoration", "text-decoration-line", "vertical-align", "white-space":
			if value != "" && !strings.ContainsAny(value, `\(){}<>@"'`) {
				kept = append(kept, property+":"+value)
			}
		}
	}
	return strings.Join(kept, ";")
}
