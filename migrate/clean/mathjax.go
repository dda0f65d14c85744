package clean

import (
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate/dom"
	"replant/migrate/regex"
)

// drawings writes the TeX of what MathJax has drawn where no MathML stands beside it:
// MathJax 2 has the TeX in a label or a title, MathJax 3 only in the names of its boxes,
// and MathJax 4 in attributes.
func (f *finder) drawings(body *html.Node) {
	for n := range dom.Standing(body, drawing) {
		if inCode(n) {
			continue
		}
		tex, lost := kept(n), []string(nil)
		if tex == "" {
			if math := redrawn(n); math != nil {
				tex, lost = presentation(math)
			}
		}
		if tex == "" {
			continue
		}
		for _, name := range lost {
			f.lose("what TeX cannot say of a formula in MathML: %s", name)
		}
		around := formulaAround(n)
		f.put(around, tex, displayed(around) || dom.HasClass(around, "mjpage__block"))
	}
}

// drawing matches what shows a formula by style sheets or lines alone.
func drawing(n *html.Node) bool {
	return n.Data == "mjx-container" || dom.HasClass(n, "mjx-math") || n.DataAtom == atom.Svg && strings.HasPrefix(dom.Attr(n, "aria-labelledby"), "MathJax-SVG")
}

// kept returns the TeX that a drawing has in an attribute or in its title, or "".
func kept(n *html.Node) string {
	tex := ""
	switch {
	case n.DataAtom == atom.Svg:
		tex = dom.WordsOf(n, func(c *html.Node) bool { return c.Data == "title" })
	case n.Data == "mjx-container":
		tex = dom.Attr(n, "data-latex")
		if m := dom.First(n, func(c *html.Node) bool { return dom.Attr(c, "data-latex") != "" }); m != nil && tex == "" {
			tex = dom.Attr(m, "data-latex") // the outermost has all of it
		}
	default:
		tex = dom.Attr(n, "aria-label")
	}
	if inWords(tex) { // to be read out
		return ""
	}
	return strings.TrimSpace(tex)
}

// redrawn returns the MathML that MathJax 3 has drawn: each of its boxes bears the name of
// an element, and each glyph its number in Unicode (mathjax-full, output/chtml and
// output/svg).
func redrawn(container *html.Node) *html.Node {
	root := dom.First(container, func(n *html.Node) bool { return n.Data == "mjx-math" || dom.Attr(n, "data-mml-node") == "math" })
	if root == nil {
		return nil
	}
	return box("math", root)
}

// box returns an element of MathML with what is drawn in some boxes.
func box(name string, boxes ...*html.Node) *html.Node {
	e := &html.Node{Type: html.ElementNode, Data: name}
	for _, b := range boxes {
		if b != nil { // a box may be missing
			redraw(e, b)
		}
	}
	return e
}

// redraw adds to e the element that n draws, or those in it.
func redraw(e, n *html.Node) {
	switch name := boxName(n); {
	case n.Data == "mjx-assistive-mml", n.Type != html.ElementNode:
	case tokens[name]:
		e.AppendChild(drawnToken(name, n))
	case name != "":
		e.AppendChild(drawnElement(name, n))
	default:
		for _, c := range parts(n) {
			redraw(e, c)
		}
	}
}

// tokens are the elements of MathML that hold glyphs.
var tokens = words("mi mn mo mtext ms")

// boxName returns the element of MathML that a box stands for, or "" for one that only
// places others.
func boxName(n *html.Node) string {
	name := dom.Attr(n, "data-mml-node")
	if rest, ok := strings.CutPrefix(n.Data, "mjx-"); ok {
		name = rest
	}
	switch {
	case tokens[name], drawnBoxes[name]:
		return name
	case strings.EqualFold(name, "texatom"):
		return "mrow"
	}
	return ""
}

var drawnBoxes = words("mrow mstyle mpadded mphantom mfrac msqrt mroot msub msup msubsup munder mover munderover mtable mtr mtd menclose mmultiscripts")

// drawnElement returns an element with the arguments that are drawn in n.
func drawnElement(name string, n *html.Node) *html.Node {
	args := parts(n)
	switch {
	case name == "menclose", name == "mmultiscripts":
		return box(name+" of MathJax", args...) // which does not draw all that they say
	case n.Data == "g":
		args = lined(name, args)
	case placed[name] != nil && inside(n, placed[name][0]) != nil:
		args = nil
		for _, tag := range placed[name] {
			args = append(args, inside(n, tag))
		}
	default:
		args = scripted(args)
	}
	if !argued[name] {
		return box(name, args...)
	}
	e := &html.Node{Type: html.ElementNode, Data: name}
	for _, a := range args {
		e.AppendChild(box("mrow", a))
	}
	if name == "mfrac" && inside(n, "mjx-line") == nil && inside(n, "rect") == nil {
		dom.SetAttr(e, "linethickness", "0")
	}
	return e
}

// argued are the elements whose children are their arguments.
var argued = words("mfrac mroot msub msup msubsup munder mover munderover")

// placed are the boxes of style sheets that hold the arguments of an element, in their
// order. A script that stands beside its base has none.
var placed = map[string][]string{
	"mfrac": {"mjx-num", "mjx-den"}, "msqrt": {"mjx-box"}, "mroot": {"mjx-box", "mjx-root"},
	"munder": {"mjx-base", "mjx-under"}, "mover": {"mjx-base", "mjx-over"}, "munderover": {"mjx-base", "mjx-under", "mjx-over"},
}

// inside returns the first box of a name in n that belongs to n itself, or nil.
func inside(n *html.Node, tag string) *html.Node {
	for _, c := range parts(n) {
		if c.Data == tag {
			return c
		}
		if half := n.Data == "mjx-box" && c.Data == "mjx-munder"; boxName(c) != "" && !half { // of a munderover
			continue
		}
		if found := inside(c, tag); found != nil {
			return found
		}
	}
	return nil
}

// scripted returns a base and its scripts, of which the upper one is drawn first.
func scripted(args []*html.Node) []*html.Node {
	if len(args) != 2 || args[1].Data != "mjx-script" {
		return args
	}
	scripts := slices.DeleteFunc(parts(args[1]), func(n *html.Node) bool { return n.Data == "mjx-spacer" })
	slices.Reverse(scripts)
	return append(args[:1:1], scripts...)
}

// lined returns the arguments of an element that is drawn with lines. The lower script may
// stand before or behind the upper one; the sign of a root is the last.
func lined(name string, args []*html.Node) []*html.Node {
	args = slices.DeleteFunc(args, func(n *html.Node) bool { return n.Data != "g" })
	switch {
	case strings.HasSuffix(name, "root") || name == "msqrt":
		return args[:max(0, len(args)-1)]
	case len(args) == 3 && (name == "msubsup" || name == "munderover") && height(args[1]) > height(args[2]):
		args[1], args[2] = args[2], args[1]
	}
	return args
}

var translation = regex.Lazy(`translate\([^,]*,\s*([-\d.]+)\)`)

// height returns how far above the line an argument is drawn.
func height(n *html.Node) float64 {
	if m := translation().FindStringSubmatch(dom.Attr(n, "transform")); m != nil {
		if y, err := strconv.ParseFloat(m[1], 64); err == nil {
			return y
		}
	}
	return 0
}

// drawnToken returns an element with the glyphs that are drawn in n.
func drawnToken(name string, n *html.Node) *html.Node {
	var text []rune
	style := ""
	for c := range dom.Below(n) {
		code, face := glyph(c)
		if strings.HasPrefix(face, "C") {
			style = "script"
		}
		if r, err := strconv.ParseUint(code, 16, 32); err == nil {
			text = append(text, rune(r))
		} else if c.Type == html.TextNode {
			text = append(text, []rune(c.Data)...)
		}
	}
	if len(text) > 0 && pieces[text[0]] != 0 { // the rest are its others
		text = []rune{pieces[text[0]]}
	}
	if name == "mi" && len(text) == 1 && style == "" && strings.ContainsRune(letters, text[0]) {
		style = "normal" // a slanted letter has a glyph of its own
	}
	token := &html.Node{Type: html.ElementNode, Data: name}
	if style != "" {
		dom.SetAttr(token, "mathvariant", style)
	}
	token.AppendChild(dom.TextNode(string(text)))
	return token
}

// glyph returns the number of a glyph in hexadecimal, and the face of its type.
func glyph(n *html.Node) (code, face string) {
	if code = dom.Attr(n, "data-c"); code != "" {
		for _, a := range n.Attr {
			if _, rest, ok := strings.Cut(a.Val, "-TEX-"); ok && a.Key == "href" {
				face = rest
			}
		}
		return code, face
	}
	if n.Data != "mjx-c" && !strings.HasPrefix(n.Data, "mjx-stretchy-") {
		return "", ""
	}
	for class := range strings.FieldsSeq(dom.Attr(n, "class")) {
		if rest, ok := strings.CutPrefix(class, "mjx-c"); ok {
			code = rest
		}
		if rest, ok := strings.CutPrefix(class, "TEX-"); ok {
			face = rest
		}
	}
	return code, face
}

// pieces are the glyphs that the first piece of a large sign is, with the sign: fences, and
// the braces of MathJax's own type.
var pieces = map[rune]rune{
	'⎛': '(', '⎜': '(', '⎝': '(', '⎞': ')', '⎟': ')', '⎠': ')', '⎡': '[', '⎢': '[', '⎣': '[', '⎤': ']', '⎥': ']', '⎦': ']',
	'⎧': '{', '⎨': '{', '⎩': '{', '⎫': '}', '⎬': '}', '⎭': '}', '\uE150': '⏞', '\uE152': '⏟',
}
