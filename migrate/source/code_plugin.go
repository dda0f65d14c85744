package source

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate/blog"
)

// enlighter reads EnlighterJS as it leaves a page: a list of lines.
func enlighter(list *html.Node) {
	codeLines(list, find(list, func(n *html.Node) bool { return n.Parent == list && is(n, atom.Div) }), "")
}

// gist reads a gist as GitHub's script writes it, a table for each file.
func gist(box *html.Node) {
	for _, meta := range find(box, class("gist-meta")) {
		file := first(meta, func(n *html.Node) bool { return gistFile.MatchString(blog.Attr(n, "href")) })
		if file == nil {
			drop(meta) // "view raw", "hosted with ❤ by GitHub"
			continue
		}
		blog.Remove(file)
		blog.Replace(meta, elem(atom.P, file))
	}
	for _, table := range find(box, class("js-file-line-container")) {
		codeLines(table, find(table, class("blob-code")), strings.ToLower(blog.Attr(table, "data-tagsearch-lang")))
	}
}

var gistFile = regexp.MustCompile(`^https://gist\.github\.com/[^/]+/\w+#file-`)

// geshi reads WP-Syntax and its kin, which keep the code once more for a script.
func geshi(box *html.Node) {
	for _, hidden := range find(box, class("theCode")) {
		blog.Remove(hidden)
	}
	for _, pre := range find(box, named(atom.Pre)) {
		if c := blog.Attr(pre, "class"); languageName.MatchString(c) {
			blog.SetAttr(pre, "class", "language-"+c)
		}
	}
}

// codeColorer reads CodeColorer, whose box has the language for its first class.
func codeColorer(box *html.Node) {
	language, _, _ := strings.Cut(blog.Attr(box, "class"), " ")
	if is(box, atom.Pre) || is(box, atom.Code) || language == "codecolorer" {
		return
	}
	for _, br := range find(box, named(atom.Br)) {
		if next := br.NextSibling; next != nil && next.Type == html.TextNode && strings.HasPrefix(next.Data, "\n") {
			blog.Remove(br)
			continue
		}
		blog.Replace(br, text("\n"))
	}
	if table := enclosing(box, atom.Table); table != nil {
		codeBlock(table, blog.Text(box), language)
	}
}

// codeLabel takes the name of a language out of the code that it stands in.
func codeLabel(label *html.Node) {
	name := words(label, class("shcb-language__slug"))
	if name == "" {
		name = blog.Words(label)
	}
	if pre := enclosing(label, atom.Pre); pre != nil && languageName.MatchString(name) {
		blog.SetAttr(pre, "data-lang", strings.ToLower(name))
		blog.Remove(label)
	}
}

// oldHighlighter reads SyntaxHighlighter before its third version, for which code stood
// in a pre or in a field of that name, and its third, for which it may stand in a script
// (Blogger).
func oldHighlighter(n *html.Node) {
	language := blog.Attr(n, "class")
	if _, brush, ok := strings.Cut(language, "brush:"); ok {
		language = brush
	}
	language, _, _ = strings.Cut(strings.TrimSpace(language), ":")
	language, _, _ = strings.Cut(language, ";")
	if n.DataAtom == atom.Script && !codeScript(n) {
		return
	}
	code := strings.TrimSpace(blog.Text(n))
	code = strings.TrimSuffix(strings.TrimPrefix(code, "<![CDATA["), "]]>")
	codeBlock(n, strings.Trim(code, "\n"), strings.ToLower(language))
}

// codeScript tells whether a script is code to look at.
func codeScript(n *html.Node) bool { return blog.Attr(n, "type") == "syntaxhighlighter" }

// enclosing gives the nearest element of a name around n; nil without one.
func enclosing(n *html.Node, tag atom.Atom) *html.Node {
	for n = n.Parent; n != nil; n = n.Parent {
		if is(n, tag) {
			return n
		}
	}
	return nil
}

// lineNumbers removes the numbers of lines that are told by their style alone, which
// keeps them out of what a reader copies (Chroma, without classes).
func lineNumbers(body *html.Node) {
	for _, pre := range find(body, named(atom.Pre)) {
		for _, span := range find(pre, named(atom.Span)) {
			if strings.Contains(blog.Attr(span, "style"), "user-select:none") && digits(blog.Text(span)) {
				blog.Remove(span)
			}
		}
	}
}

// digits tells whether a text is one number.
func digits(s string) bool {
	s = strings.TrimSpace(s)
	return s != "" && strings.Trim(s, "0123456789") == ""
}
