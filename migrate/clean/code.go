package clean

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate/dom"
	"replant/migrate/regex"
)

// Code makes plain code blocks of the tables, lists and fields that highlighters
// make of code: numbers in one cell, lines in the other, the whole once more to copy.
func Code(body *html.Node) { codeBlocks(takeCensus(body, 0)) }

func codeBlocks(c *census) {
	c.after(c.classIn(highlighterClasses), highlights)
	if c.has(atom.Pre) {
		for _, pre := range dom.Find(c.body, dom.Named(atom.Pre)) {
			lineNumbers(pre)
			lineBoxes(pre)
			codeFrame(pre)
		}
	}
	c.after(c.classed(ofDocument), documents)
	if c.has(atom.Pre, atom.Textarea, atom.Script) {
		codeFields(c.body)
	}
	if c.may(holdStyles) {
		for n := range dom.Standing(c.body, dom.Named(atom.Div, atom.P)) {
			pasted(n)
		}
	}
}

// highlights reads the boxes of highlighters.
func highlights(body *html.Node) {
	present := highlightersIn(body)
	for _, h := range highlighters {
		if !present[h.class] {
			continue
		}
		for box := range dom.Standing(body, dom.Class(h.class)) {
			h.read(box)
		}
	}
}

// codeFields reads code in fields and scripts.
func codeFields(body *html.Node) {
	for _, n := range dom.Find(body, dom.Named(atom.Pre, atom.Textarea, atom.Script)) {
		switch {
		case n.DataAtom == atom.Script || dom.Attr(n, "name") == "code":
			oldHighlighter(n)
		case n.DataAtom == atom.Textarea && dom.Under(n, body) && strings.TrimSpace(dom.Text(n)) != "":
			codeBlock(n, strings.Trim(dom.Text(n), "\n"), "") // a field to copy from
		}
	}
}

// hexo reads the figure that Hexo makes of code: numbers in one cell, lines in the other, the
// language for its second class.
func hexo(box *html.Node) {
	code := dom.First(box, dom.Class("code"))
	if !dom.Is(box, atom.Figure) || code == nil {
		return
	}
	language := ""
	for class := range strings.FieldsSeq(dom.Attr(box, "class")) {
		if class != "highlight" && class != "plain" && class != "plaintext" && class != "hljs" && language == "" {
			language = class
		}
	}
	for _, caption := range dom.Find(box, dom.Named(atom.Figcaption)) {
		if dom.Words(caption) != "" {
			return // it says more than the code
		}
	}
	codeLines(box, dom.Find(code, dom.Class("line")), strings.ToLower(language))
}

// highlighters are those whose markup is more than a code block, by the class of their
// box.
var highlighters = []struct {
	class string
	read  func(box *html.Node)
}{
	{"crayon-syntax", func(box *html.Node) { crayon(box, "crayon") }},
	{"urvanov-syntax-highlighter-syntax", func(box *html.Node) { crayon(box, "urvanov-syntax-highlighter") }},
	{"syntaxhighlighter", syntaxHighlighter},
	{"highlight", hexo},
	{"enlighter", enlighter},
	{"gist", gist},
	{"wp_syntax", geshi},
	{"codecolorer", codeColorer},
	{"shcb-language", codeLabel},
	{"language-id", codeLabel},
	{"dp-highlighter", oldLines},
	{"CodeMirror", func(box *html.Node) { codeLines(box, dom.Find(box, dom.Class("CodeMirror-line")), "") }},
	{"js-file-line-container", func(table *html.Node) { codeLines(table, dom.Find(table, dom.Class("blob-code")), "") }},
	{"code-block-pro-copy-button", func(button *html.Node) { Remove(button, Button) }},
}

// highlightersIn returns the classes of those whose boxes a body has. To look for each by
// itself would take a walk for each.
func highlightersIn(body *html.Node) map[string]bool {
	var present map[string]bool
	for n := range dom.Below(body) {
		for class := range strings.FieldsSeq(dom.Attr(n, "class")) {
			if highlighterClasses[class] && !present[class] {
				if present == nil {
					present = map[string]bool{}
				}
				present[class] = true
			}
		}
	}
	return present
}

var highlighterClasses = func() map[string]bool {
	classes := map[string]bool{}
	for _, h := range highlighters {
		classes[h.class] = true
	}
	return classes
}()

// crayon reads Crayon Syntax Highlighter and its successor of another name. It keeps the plain
// text in a field to copy from, or else only in the lines.
func crayon(box *html.Node, name string) {
	if dom.HasClass(box, name+"-syntax-inline") {
		Replace(box, Highlighting, dom.Elem(atom.Code, dom.TextNode(strings.ReplaceAll(dom.Words(box), "\u00A0", " "))))
		return
	}
	language := strings.ToLower(dom.WordsOf(box, dom.Class(name+"-language")))
	plain := dom.First(box, dom.Class(name+"-plain"))
	if plain != nil && strings.TrimSpace(dom.Text(plain)) != "" {
		codeBlock(box, dom.Text(plain), language)
		return
	}
	codeLines(box, dom.Find(dom.First(box, dom.Class(name+"-code")), dom.Class(name+"-line")), language)
}

// syntaxHighlighter reads Alex Gorbatchev's SyntaxHighlighter, whose box has the
// language for its second class.
func syntaxHighlighter(box *html.Node) {
	if dom.Is(box, atom.Pre) {
		return
	}
	language := ""
	for _, c := range strings.Fields(dom.Attr(box, "class")) {
		switch c {
		case "syntaxhighlighter", "nogutter", "collapsed", "printing", "notranslate", "plain", "text":
		default:
			language = c
		}
	}
	code := dom.First(box, dom.Class("code"))
	if code == nil {
		code = box
	}
	codeLines(box, dom.Find(code, dom.Class("line")), language)
}

// oldLines reads SyntaxHighlighter 1: a list of lines, the language in its class.
func oldLines(box *html.Node) {
	list := dom.First(box, dom.Named(atom.Ol))
	if list == nil {
		return
	}
	language := ""
	for class := range strings.FieldsSeq(dom.Attr(list, "class")) {
		if name, ok := strings.CutPrefix(class, "dp-"); ok && len(name) > 1 { // dp-c is what three languages look like
			language = name
		}
	}
	codeLines(box, dom.Find(list, func(n *html.Node) bool { return n.Parent == list && dom.Is(n, atom.Li) }), language)
}

// codeLines puts a code block of lines where a box stands; without lines the box stays.
func codeLines(box *html.Node, lines []*html.Node, language string) {
	if len(lines) == 0 {
		return
	}
	var b strings.Builder
	for _, l := range lines {
		b.WriteString(strings.ReplaceAll(strings.TrimRight(dom.Text(l), "\n"), "\u00A0", " "))
		b.WriteByte('\n')
	}
	codeBlock(box, b.String(), language)
}

func codeBlock(box *html.Node, code, language string) {
	inner := dom.Elem(atom.Code, dom.TextNode(code))
	if LanguageName().MatchString(language) {
		dom.SetAttr(inner, "class", "language-"+language)
	}
	pre := dom.Elem(atom.Pre, inner)
	Replace(box, Highlighting, pre)
	Lift(pre)
}

// enlighter reads EnlighterJS as it leaves a page: a list of lines.
func enlighter(list *html.Node) {
	codeLines(list, dom.Find(list, func(n *html.Node) bool { return n.Parent == list && dom.Is(n, atom.Div) }), "")
}

// gist reads a gist as GitHub's script writes it, a table for each file.
func gist(box *html.Node) {
	for _, meta := range dom.Find(box, dom.Class("gist-meta")) {
		file := dom.First(meta, func(n *html.Node) bool { return gistFile().MatchString(dom.Attr(n, "href")) })
		if file == nil {
			Drop(meta, Button) // "view raw", "hosted with ❤ by GitHub"
			continue
		}
		dom.Detach(file)
		Replace(meta, Button, dom.Elem(atom.P, file))
	}
	for _, table := range dom.Find(box, dom.Class("js-file-line-container")) {
		codeLines(table, dom.Find(table, dom.Class("blob-code")), strings.ToLower(dom.Attr(table, "data-tagsearch-lang")))
	}
}

var gistFile = regex.Lazy(`^https://gist\.github\.com/[^/]+/\w+#file-`)

// geshi reads WP-Syntax and its kin, which keep the code once more for a script.
func geshi(box *html.Node) {
	for _, hidden := range dom.Find(box, dom.Class("theCode")) {
		Remove(hidden, Twin)
	}
	for _, pre := range dom.Find(box, dom.Named(atom.Pre)) {
		if c := dom.Attr(pre, "class"); LanguageName().MatchString(c) {
			dom.SetAttr(pre, "class", "language-"+c)
		}
	}
}

// codeColorer reads CodeColorer, whose box has the language for its first class.
func codeColorer(box *html.Node) {
	language, _, _ := strings.Cut(dom.Attr(box, "class"), " ")
	if dom.Is(box, atom.Pre) || dom.Is(box, atom.Code) || language == "codecolorer" {
		return
	}
	for _, br := range dom.Find(box, dom.Named(atom.Br)) {
		if next := br.NextSibling; next != nil && next.Type == html.TextNode && strings.HasPrefix(next.Data, "\n") {
			dom.Detach(br)
			continue
		}
		dom.Replace(br, dom.TextNode("\n"))
	}
	if table := dom.Enclosing(box, atom.Table); table != nil {
		codeBlock(table, dom.Text(box), language)
	}
}

// codeLabel takes the name of a language out of the code that it stands in.
func codeLabel(label *html.Node) {
	name := dom.WordsOf(label, dom.Class("shcb-language__slug"))
	if name == "" {
		name = dom.Words(label)
	}
	if pre := dom.Enclosing(label, atom.Pre); pre != nil && LanguageName().MatchString(name) {
		dom.SetAttr(pre, "data-lang", strings.ToLower(name))
		Remove(label, Highlighting)
	}
}

// oldHighlighter reads SyntaxHighlighter before its third version, for which code stood
// in a pre or in a field of that name, and its third, for which it may stand in a script
// (Blogger).
func oldHighlighter(n *html.Node) {
	language := dom.Attr(n, "class")
	if _, brush, ok := strings.Cut(language, "brush:"); ok {
		language = brush
	}
	language, _, _ = strings.Cut(strings.TrimSpace(language), ":")
	language, _, _ = strings.Cut(language, ";")
	if n.DataAtom == atom.Script && !codeScript(n) {
		return
	}
	code := strings.TrimSpace(dom.Text(n))
	code = strings.TrimSuffix(strings.TrimPrefix(code, "<![CDATA["), "]]>")
	codeBlock(n, strings.Trim(code, "\n"), strings.ToLower(language))
}

// codeScript reports whether a script is code to look at.
func codeScript(n *html.Node) bool { return dom.Attr(n, "type") == "syntaxhighlighter" }

// IsNumber reports whether a text is one number.
func IsNumber(s string) bool {
	s = strings.TrimSpace(s)
	return s != "" && strings.Trim(s, "0123456789") == ""
}

// PlainCode leaves of a code block its text and its language.
func PlainCode(pre *html.Node, language string) {
	for _, br := range dom.Find(pre, dom.Named(atom.Br)) {
		dom.Replace(br, dom.TextNode("\n"))
	}
	code := dom.Elem(atom.Code, dom.TextNode(dom.Text(pre)))
	if language == "" {
		if old := dom.First(pre, dom.Named(atom.Code)); old != nil {
			code.Attr = old.Attr
		}
	} else {
		dom.SetAttr(code, "class", "language-"+language)
	}
	Clear(pre, Highlighting)
	pre.Attr = nil
	pre.AppendChild(code)
}
