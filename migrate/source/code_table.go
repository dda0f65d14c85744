package source

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate/blog"
)

// codeTables makes plain code blocks of the tables and lists that highlighters of
// WordPress make of code: numbers in one cell, lines in the other.
func codeTables(body *html.Node) {
	for _, box := range find(body, class("crayon-syntax")) {
		crayon(box)
	}
	for _, box := range find(body, class("syntaxhighlighter")) {
		if !is(box, atom.Pre) {
			syntaxHighlighter(box)
		}
	}
	for _, list := range find(body, class("enlighter")) {
		if under(list, body) {
			codeLines(list, find(list, func(n *html.Node) bool { return n.Parent == list && is(n, atom.Div) }), "")
		}
	}
}

// crayon reads Crayon Syntax Highlighter, which keeps the plain text in a field to copy
// from, or else only in the lines.
func crayon(box *html.Node) {
	language := strings.ToLower(words(box, class("crayon-language")))
	plain := first(box, class("crayon-plain"))
	if plain != nil && strings.TrimSpace(blog.Text(plain)) != "" {
		codeBlock(box, blog.Text(plain), language)
		return
	}
	codeLines(box, find(first(box, class("crayon-code")), class("crayon-line")), language)
}

// syntaxHighlighter reads Alex Gorbatchev's SyntaxHighlighter, whose box has the
// language for its second class.
func syntaxHighlighter(box *html.Node) {
	language := ""
	for _, c := range strings.Fields(blog.Attr(box, "class")) {
		switch c {
		case "syntaxhighlighter", "nogutter", "collapsed", "printing", "notranslate", "plain", "text":
		default:
			language = c
		}
	}
	code := first(box, class("code"))
	if code == nil {
		code = box
	}
	codeLines(box, find(code, class("line")), language)
}

// codeLines puts a code block of lines where a box stands; without lines the box stays.
func codeLines(box *html.Node, lines []*html.Node, language string) {
	if len(lines) == 0 {
		return
	}
	var b strings.Builder
	for _, l := range lines {
		b.WriteString(strings.ReplaceAll(strings.TrimRight(blog.Text(l), "\n"), "\u00A0", " "))
		b.WriteByte('\n')
	}
	codeBlock(box, b.String(), language)
}

func codeBlock(box *html.Node, code, language string) {
	inner := elem(atom.Code, text(code))
	if languageName.MatchString(language) {
		blog.SetAttr(inner, "class", "language-"+language)
	}
	pre := elem(atom.Pre, inner)
	blog.Replace(box, pre)
	lift(pre)
}
