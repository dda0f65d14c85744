package clean

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate/dom"
)

// mathml writes the TeX of presentation MathML (MathML Core; MathML 3, chapter 3).
type mathml struct {
	lost []string // the elements that TeX cannot say, each once
}

// presentation returns the TeX of a <math> element, and the names of the elements in it
// that TeX has nothing for. Their text stays.
func presentation(math *html.Node) (tex string, lost []string) {
	m := mathml{}
	return dom.Trim(m.row(parts(math))), m.lost
}

// parts lists the elements in n that show something.
func parts(n *html.Node) (all []*html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch {
		case c.Type == html.TextNode && strings.TrimSpace(c.Data) != "":
		case c.Type != html.ElementNode, unshown[c.Data]:
			continue
		}
		all = append(all, c)
	}
	return all
}

// unshown are the elements of MathML that show nothing by themselves.
var unshown = map[string]bool{
	"annotation": true, "annotation-xml": true, "maligngroup": true, "malignmark": true, "none": true, "mprescripts": true, "msline": true,
}

// node writes one element.
func (m *mathml) node(n *html.Node) string {
	if n.Type == html.TextNode {
		return texText(n.Data)
	}
	if unshown[n.Data] {
		return ""
	}
	if tex, ok := m.token(n); ok {
		return tex
	}
	if tex, ok := m.layout(n); ok {
		return tex
	}
	if tex, ok := m.script(n); ok {
		return tex
	}
	switch n.Data {
	case "mtable":
		return m.table(n, "matrix")
	case "mtr", "mtd", "mlabeledtr", "mrow", "math", "mstyle", "mpadded", "merror":
		return m.row(parts(n))
	case "semantics", "maction":
		return m.row(parts(n)[:min(1, len(parts(n)))])
	case "span", "b", "i", "em", "strong": // of HTML, in a token
		return m.row(parts(n))
	}
	m.lose(n.Data)
	return m.row(parts(n))
}

// lose notes an element that TeX cannot say.
func (m *mathml) lose(name string) {
	const most = 40 // bytes of a name, and names of a formula
	if len(name) <= most && len(m.lost) < most && !slices.Contains(m.lost, name) {
		m.lost = append(m.lost, name)
	}
}

// token writes an element that holds text.
func (m *mathml) token(n *html.Node) (string, bool) {
	text := strings.Join(strings.Fields(dom.Text(n)), " ")
	switch n.Data {
	case "mi":
		return identifier(text, dom.Attr(n, "mathvariant")), true
	case "mn":
		return variant(strings.ReplaceAll(symbols(text), ",", "{,}"), dom.Attr(n, "mathvariant")), true
	case "mo":
		return operator(text), true
	case "mtext":
		if strings.Trim(text, " \u00a0") == "" {
			return `\ `, true
		}
		return texText(dom.Text(n)), true
	case "ms":
		return texText(`"` + text + `"`), true
	case "mspace": // which HTML lets hold what follows, where it has a prefix
		return gap(n) + m.row(parts(n)), true
	}
	return "", false
}

// layout writes fractions, roots and what stands around other elements.
func (m *mathml) layout(n *html.Node) (string, bool) {
	all := parts(n)
	switch n.Data {
	case "mfrac":
		return m.fraction(n, all), true
	case "msqrt":
		return `\sqrt{` + m.row(all) + "}", true
	case "mroot":
		return `\sqrt[` + index(m.at(all, 1)) + "]{" + m.at(all, 0) + "}", true
	case "mphantom":
		return `\phantom{` + m.row(all) + "}", true
	case "menclose":
		return m.enclosed(dom.Attr(n, "notation"), m.row(all)), true
	case "mfenced":
		return m.fenced(n, all), true
	}
	return "", false
}

// index returns the degree of a root, which must not hold a bare bracket.
func index(tex string) string {
	if strings.Contains(tex, "]") {
		return "{" + tex + "}"
	}
	return tex
}

// at writes an argument of an element; an absent one is empty.
func (m *mathml) at(all []*html.Node, i int) string {
	if i >= len(all) {
		return ""
	}
	return m.node(all[i])
}

func (m *mathml) fraction(n *html.Node, all []*html.Node) string {
	over, under := m.at(all, 0), m.at(all, 1)
	switch {
	case flat(n):
		return `\genfrac{}{}{0pt}{}{` + over + "}{" + under + "}"
	case dom.Attr(n, "bevelled") == "true":
		return "{" + over + "}/{" + under + "}"
	}
	return `\frac{` + over + "}{" + under + "}"
}

// flat reports whether a fraction has no line, as a binomial coefficient has none.
func flat(n *html.Node) bool {
	thickness := dom.Attr(n, "linethickness")
	return n.Data == "mfrac" && thickness != "" && strings.Trim(strings.TrimRight(thickness, "pxemt"), "0.") == ""
}

// enclosures are the notations of menclose that TeX has a command for.
var enclosures = map[string]string{
	"box": `\boxed`, "roundedbox": `\boxed`, "top": `\overline`, "bottom": `\underline`, "radical": `\sqrt`, "actuarial": `\overline`,
	"updiagonalstrike": `\cancel`, "downdiagonalstrike": `\bcancel`, "horizontalstrike": `\cancel`,
}

func (m *mathml) enclosed(notation, tex string) string {
	if notation == "updiagonalstrike downdiagonalstrike" || notation == "downdiagonalstrike updiagonalstrike" {
		return `\xcancel{` + tex + "}"
	}
	names := strings.Fields(notation)
	if len(names) == 0 {
		names = []string{"longdiv"} // by default (MathML 3, 3.3.9.2)
	}
	for _, name := range names {
		command := enclosures[name]
		if command == "" {
			m.lose("menclose " + name)
			continue
		}
		tex = command + "{" + tex + "}"
	}
	return tex
}

// fenced writes an mfenced: fences around its parts, and what stands between them.
func (m *mathml) fenced(n *html.Node, all []*html.Node) string {
	open, closing, between := "(", ")", ","
	for _, a := range n.Attr {
		switch a.Key {
		case "open":
			open = strings.TrimSpace(a.Val)
		case "close":
			closing = strings.TrimSpace(a.Val)
		case "separators":
			between = strings.Join(strings.Fields(a.Val), "")
		}
	}
	if len(all) == 1 && all[0].Data == "mtable" {
		return m.grid(open, all[0], closing)
	}
	high := tall(all)
	var b joiner
	if !high {
		b.add(operator(open))
	}
	marks := []rune(between)
	for i, c := range all {
		if i > 0 && len(marks) > 0 {
			b.add(operator(string(marks[min(i, len(marks))-1])))
		}
		b.add(m.node(c))
	}
	if high {
		return `\left` + delimiter(open) + " " + b.String() + ` \right` + delimiter(closing)
	}
	b.add(operator(closing))
	return b.String()
}

// row writes elements one behind the other.
func (m *mathml) row(all []*html.Node) string {
	if tex, ok := m.bracketed(all); ok {
		return tex
	}
	if len(all) == 1 {
		return m.node(all[0])
	}
	var b joiner
	for _, n := range all {
		b.add(m.node(n))
	}
	return b.String()
}

// joiner puts pieces of TeX together so that no command runs on into a letter.
type joiner struct {
	strings.Builder
	last string
}

func (j *joiner) add(tex string) {
	if tex == "" {
		return
	}
	if runsOn(j.last, tex) {
		j.WriteByte(' ')
	}
	j.WriteString(tex)
	j.last = tex
}

// runsOn reports whether a space stands between two pieces of TeX: it must behind a command
// of letters, and helps who reads it behind a script and around relations.
func runsOn(a, b string) bool {
	if a == "" || b == "" {
		return false
	}
	at := strings.LastIndexByte(a, '\\')
	named := at >= 0 && at+1 < len(a) && strings.Trim(a[at+1:], letters) == ""
	scripted := len(a) > 1 && (a[len(a)-2] == '^' || a[len(a)-2] == '_')
	return (named || scripted) && strings.IndexByte(letters, b[0]) >= 0 || spaced(a) || spaced(b)
}

const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"

// spaced reports whether TeX is a relation that is written with spaces around it.
func spaced(tex string) bool {
	switch tex {
	case "=", "<", ">", ":=":
		return true
	}
	return false
}

// bracketed writes a row with a fence at its beginning, or at both ends, where what is in
// it is taller than a line.
func (m *mathml) bracketed(all []*html.Node) (string, bool) {
	n := len(all)
	if n < 2 || !fence(all[0], opens) {
		return "", false
	}
	open, closed := dom.Words(all[0]), fence(all[n-1], closes)
	inner, closing := all[1:], ""
	if closed || unfenced(all[n-1]) {
		inner, closing = all[1:n-1], dom.Words(all[n-1])
	}
	switch {
	case !onlyOf(inner, "mtable"), !closed && open != "{":
	default:
		return m.grid(open, content(inner), closing), true
	}
	switch {
	case !closed || !tall(inner) || slices.ContainsFunc(inner, func(n *html.Node) bool { return fence(n, opens) || fence(n, closes) }):
		return "", false
	case open == "(" && closing == ")" && onlyOf(inner, "mfrac") && flat(content(inner)):
		pair := parts(content(inner))
		return `\binom{` + m.at(pair, 0) + "}{" + m.at(pair, 1) + "}", true
	}
	return `\left` + delimiter(open) + " " + m.row(inner) + ` \right` + delimiter(closing), true
}

// The fences that open and close; bars do both.
const (
	opens  = "([{|‖⟨⌈⌊∣∥"
	closes = ")]}|‖⟩⌉⌋∣∥"
)

// unfenced reports whether n is the fence that closes nothing, as TeX needs one.
func unfenced(n *html.Node) bool { return n.Data == "mo" && dom.Words(n) == "" }

// fence reports whether n is an operator of a kind.
func fence(n *html.Node, kind string) bool {
	if n = content([]*html.Node{n}); n == nil || n.Data != "mo" {
		return false
	}
	text := dom.Words(n)
	return text != "" && utf8.RuneCountInString(text) == 1 && strings.Contains(kind, text)
}

// onlyOf reports whether a row is one element of a name, in whatever other rows.
func onlyOf(all []*html.Node, name string) bool {
	n := content(all)
	return n != nil && n.Data == name
}

// content returns the only element of a row, within other rows, or nil.
func content(all []*html.Node) *html.Node {
	for len(all) == 1 {
		switch n := all[0]; n.Data {
		case "mrow", "mstyle", "mpadded":
			all = parts(n)
		default:
			return n
		}
	}
	return nil
}

// tall reports whether a row holds what is higher than a line.
func tall(all []*html.Node) bool {
	high := func(n *html.Node) bool {
		switch n.Data {
		case "mfrac", "mtable", "munderover", "munder", "mover", "msqrt", "mroot":
			return true
		}
		return false
	}
	return slices.ContainsFunc(all, func(n *html.Node) bool { return high(n) || dom.First(n, high) != nil })
}

// grids are the environments for a table between two fences.
var grids = map[string]string{"()": "pmatrix", "[]": "bmatrix", "{}": "Bmatrix", "||": "vmatrix", "‖‖": "Vmatrix", "∥∥": "Vmatrix", "∣∣": "vmatrix", "{": "cases"}

func (m *mathml) grid(open string, table *html.Node, closing string) string {
	if name := grids[open+closing]; name != "" {
		return m.table(table, name)
	}
	return `\left` + delimiter(open) + m.table(table, "matrix") + `\right` + delimiter(closing)
}

// delimiter spells a fence behind \left or \right.
func delimiter(fence string) string {
	switch fence {
	case "":
		return "."
	case "∣":
		return "|"
	case "∥":
		return `\Vert`
	}
	return operator(fence)
}

// table writes a table as an environment. Of one whose columns turn to each other the
// rows are aligned.
func (m *mathml) table(n *html.Node, environment string) string {
	if environment == "matrix" && strings.HasPrefix(strings.Join(strings.Fields(dom.Attr(n, "columnalign")), " "), "right left") {
		environment = "aligned"
	}
	var rows []string
	for _, tr := range parts(n) {
		var cells []string
		all := parts(tr)
		label := ""
		if tr.Data == "mlabeledtr" && len(all) > 0 {
			label, all = `\tag{`+m.node(all[0])+"}", all[1:]
		}
		for _, td := range all {
			cells = append(cells, m.node(td))
		}
		rows = append(rows, strings.TrimSpace(strings.Join(cells, " & ")+label))
	}
	return `\begin{` + environment + "} " + strings.Join(rows, ` \\ `) + ` \end{` + environment + "}"
}

// gap writes a space by its width.
func gap(n *html.Node) string {
	if dom.Attr(n, "linebreak") == "newline" {
		return `\\ `
	}
	width, err := strconv.ParseFloat(strings.TrimSuffix(strings.TrimSpace(dom.Attr(n, "width")), "em"), 64)
	if err != nil {
		return ""
	}
	switch {
	case width >= 2:
		return `\qquad `
	case width >= 0.9:
		return `\quad `
	case width >= 0.25:
		return `\;`
	case width > 0:
		return `\,`
	}
	return ""
}

// mathElement matches the roots of MathML outside of code.
func mathElement(n *html.Node) bool { return n.DataAtom == atom.Math && !inCode(n) }
