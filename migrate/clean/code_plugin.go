package clean

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate/dom"
)

// enlighter reads EnlighterJS as it leaves a page: a list of lines.
func enlighter(list *html.Node) {
	codeLines(list, dom.Find(list, func(n *html.Node) bool { return n.Parent == list && dom.Is(n, atom.Div) }), "")
}

// gist reads a gist as GitHub's script writes it, a table for each file.
func gist(box *html.Node) {
	for _, meta := range dom.Find(box, dom.Class("gist-meta")) {
		file := dom.First(meta, func(n *html.Node) bool { return gistFile.MatchString(dom.Attr(n, "href")) })
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

var gistFile = regexp.MustCompile(`^https://gist\.github\.com/[^/]+/\w+#file-`)

// geshi reads WP-Syntax and its kin, which keep the code once more for a script.
func geshi(box *html.Node) {
	for _, hidden := range dom.Find(box, dom.Class("theCode")) {
		Remove(hidden, Twin)
	}
	for _, pre := range dom.Find(box, dom.Named(atom.Pre)) {
		if c := dom.Attr(pre, "class"); LanguageName.MatchString(c) {
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
	if pre := dom.Enclosing(label, atom.Pre); pre != nil && LanguageName.MatchString(name) {
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

// lineNumbers removes the numbers of lines that are told by their style alone, which
// keeps them out of what a reader copies (Chroma, without classes).
func lineNumbers(body *html.Node) {
	for _, pre := range dom.Find(body, dom.Named(atom.Pre)) {
		for _, span := range dom.Find(pre, dom.Named(atom.Span)) {
			if strings.Contains(dom.Attr(span, "style"), "user-select:none") && IsNumber(dom.Text(span)) {
				Remove(span, LineNumber)
			}
		}
	}
}

// digits tells whether a text is one number.
func IsNumber(s string) bool {
	s = strings.TrimSpace(s)
	return s != "" && strings.Trim(s, "0123456789") == ""
}

var LanguageName = regexp.MustCompile(`^[A-Za-z0-9+#._-]+$`)

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
