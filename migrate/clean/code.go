package clean

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate/dom"
)

// codeTables makes plain code blocks of the tables, lists and fields that highlighters
// make of code: numbers in one cell, lines in the other, the whole once more to copy.
func Code(body *html.Node) {
	for _, h := range highlighters {
		for _, box := range dom.Find(body, dom.Class(h.class)) {
			if dom.Under(box, body) {
				h.read(box)
			}
		}
	}
	lineNumbers(body)
	for _, n := range dom.Find(body, dom.Named(atom.Pre, atom.Textarea, atom.Script)) {
		if n.DataAtom == atom.Script || dom.Attr(n, "name") == "code" {
			oldHighlighter(n)
		}
	}
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
	{"enlighter", enlighter},
	{"gist", gist},
	{"wp_syntax", geshi},
	{"codecolorer", codeColorer},
	{"shcb-language", codeLabel},
	{"language-id", codeLabel},
	{"code-block-pro-copy-button", func(button *html.Node) { Remove(button, Button) }},
}

// crayon reads Crayon Syntax Highlighter and the one that goes on with it under another
// name. It keeps the plain text in a field to copy from, or else only in the lines.
func crayon(box *html.Node, name string) {
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
	if LanguageName.MatchString(language) {
		dom.SetAttr(inner, "class", "language-"+language)
	}
	pre := dom.Elem(atom.Pre, inner)
	Replace(box, Highlighting, pre)
	Lift(pre)
}
