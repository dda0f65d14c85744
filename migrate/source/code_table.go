package source

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate/blog"
)

// codeTables makes plain code blocks of the tables, lists and fields that highlighters
// make of code: numbers in one cell, lines in the other, the whole once more to copy.
func codeTables(body *html.Node) {
	for _, h := range highlighters {
		for _, box := range find(body, class(h.class)) {
			if under(box, body) {
				h.read(box)
			}
		}
	}
	lineNumbers(body)
	for _, n := range find(body, named(atom.Pre, atom.Textarea, atom.Script)) {
		if n.DataAtom == atom.Script || blog.Attr(n, "name") == "code" {
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
	{"code-block-pro-copy-button", blog.Remove},
}

// crayon reads Crayon Syntax Highlighter and the one that goes on with it under another
// name. It keeps the plain text in a field to copy from, or else only in the lines.
func crayon(box *html.Node, name string) {
	language := strings.ToLower(words(box, class(name+"-language")))
	plain := first(box, class(name+"-plain"))
	if plain != nil && strings.TrimSpace(blog.Text(plain)) != "" {
		codeBlock(box, blog.Text(plain), language)
		return
	}
	codeLines(box, find(first(box, class(name+"-code")), class(name+"-line")), language)
}

// syntaxHighlighter reads Alex Gorbatchev's SyntaxHighlighter, whose box has the
// language for its second class.
func syntaxHighlighter(box *html.Node) {
	if is(box, atom.Pre) {
		return
	}
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
