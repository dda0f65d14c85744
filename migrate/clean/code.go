package clean

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate/blog"
	"replant/migrate/dom"
	"replant/migrate/regex"
)

// Code makes plain code blocks of the tables, lists and fields that highlighters
// make of code: numbers in one cell, lines in the other, the whole once more to copy.
func Code(body *html.Node) {
	present := highlightersIn(body)
	for _, h := range highlighters {
		if !present[h.class] {
			continue
		}
		for box := range dom.Standing(body, dom.Class(h.class)) {
			h.read(box)
		}
	}
	for _, pre := range dom.Find(body, dom.Named(atom.Pre)) {
		lineNumbers(pre)
		lineBoxes(pre)
		codeFrame(pre)
	}
	documents(body)
	for _, n := range dom.Find(body, dom.Named(atom.Pre, atom.Textarea, atom.Script)) {
		switch {
		case n.DataAtom == atom.Script || dom.Attr(n, "name") == "code":
			oldHighlighter(n)
		case n.DataAtom == atom.Textarea && dom.Under(n, body) && strings.TrimSpace(dom.Text(n)) != "":
			codeBlock(n, strings.Trim(dom.Text(n), "\n"), "") // a field to copy from
		}
	}
	for n := range dom.Standing(body, dom.Named(atom.Div, atom.P)) {
		pasted(n)
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

// lineNumbers removes the numbers of lines that only their style distinguishes, which
// keeps them out of what a reader copies (Chroma, without classes).
func lineNumbers(pre *html.Node) {
	for _, span := range dom.Find(pre, dom.Named(atom.Span)) {
		if style := dom.Attr(span, "style"); strings.Contains(style, "user-select:") && IsNumber(dom.Text(span)) && selectsNothing().MatchString(style) {
			Remove(span, LineNumber)
		}
	}
}

var selectsNothing = regex.Lazy(`user-select:\s*none`)

// lineBoxes ends the lines of code that only the looks of their boxes end: Chroma's without
// classes, the marked ones of Gatsby.
func lineBoxes(pre *html.Node) {
	for _, span := range dom.Find(pre, dom.Named(atom.Span)) {
		next := span.NextSibling
		if next == nil || !boxed(span) || next.Type == html.TextNode && strings.HasPrefix(next.Data, "\n") {
			continue
		}
		if text := dom.Text(span); !strings.HasSuffix(text, "\n") && dom.First(span, dom.Named(atom.Br)) == nil {
			span.AppendChild(dom.TextNode("\n"))
		}
	}
}

// boxed reports whether a span of code is shown as a line of its own.
func boxed(span *html.Node) bool {
	return dom.HasClass(span, "gatsby-highlight-code-line") || lineBox().MatchString(dom.Attr(span, "style"))
}

var lineBox = regex.Lazy(`(?:^|;)\s*display:\s*(?:block|flex|grid)`)

// codeFrame removes what a highlighter shows around code: the name of its language, which the
// code then has, and the numbers of its lines beside it (VitePress, Prism's toolbar).
func codeFrame(pre *html.Node) {
	const around = 3
	box := pre
	for range around {
		if p := box.Parent; p != nil && (p.DataAtom == atom.Div || p.DataAtom == atom.Figure) && holdsOnly(p, pre) {
			box = p
		}
	}
	if box == pre || !framesCode(pre, box) {
		return
	}
	for n := range dom.Standing(box, func(n *html.Node) bool { return !dom.Under(pre, n) && !dom.Under(n, pre) }) {
		words := dom.Words(n)
		switch {
		case words == "" || n.DataAtom == atom.P || n.DataAtom == atom.Button || dom.Heading(n) || dom.First(n, dom.Named(atom.P, atom.Img, atom.Ul)) != nil:
		case labels(n, words, languageOf(pre)):
			if languageOf(pre) == "" {
				dom.SetAttr(pre, "data-lang", languageName(words))
			}
			Drop(n, Highlighting)
		case strings.Contains(dom.Attr(n, "class"), "line-number") && strings.Trim(words, "0123456789 ") == "":
			Drop(n, LineNumber)
		}
	}
}

// holdsOnly reports whether a box is small, and holds no code but that of one element.
func holdsOnly(box, pre *html.Node) bool {
	const most = 200
	count := 0
	for n := range dom.Below(box) {
		switch {
		case dom.Under(n, pre):
			continue
		case n.DataAtom == atom.Pre, count == most:
			return false
		}
		count++
	}
	return true
}

// labels reports whether an element beside code names the language that the code is in. A word
// such as "Terminal" may be a title too.
func labels(n *html.Node, words, language string) bool {
	if len(words) > languageMost || !isLanguage(languageName(words)) {
		return false
	}
	class := dom.Attr(n, "class")
	return language == "" || infoString(languageName(words)) == language || strings.Contains(class, "lang") || strings.Contains(class, "toolbar")
}

// languageMost is how many characters the name of a language has at most.
const languageMost = 20

// languageName returns the name of a language as code is declared to be in it.
func languageName(words string) string {
	return strings.ReplaceAll(strings.ToLower(words), " ", "-")
}

// framesCode reports whether a box around code is a highlighter's: its class or one between
// says so.
func framesCode(pre, box *html.Node) bool {
	for n := pre.Parent; n != nil; n = n.Parent {
		class := strings.ToLower(dom.Attr(n, "class"))
		if strings.Contains(class, "code") || strings.Contains(class, "highlight") || strings.Contains(class, "language-") || strings.Contains(class, "prism") || strings.Contains(class, "shiki") {
			return true
		}
		if n == box {
			return false
		}
	}
	return false
}

// IsNumber reports whether a text is one number.
func IsNumber(s string) bool {
	s = strings.TrimSpace(s)
	return s != "" && strings.Trim(s, "0123456789") == ""
}

// LanguageName matches what may be the name of a language.
var LanguageName = regex.Lazy(`^[A-Za-z0-9+#._-]+$`)

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

// languages writes into each block of code which language it is written in, wherever its
// platform says so, by the name that both targets know: on the code, on the pre, on the
// boxes around it.
func languages(body *html.Node) {
	for _, block := range dom.Find(body, isListing) {
		dom.SetLanguage(block, languageOf(block))
	}
}

// isListing matches code that stands on lines of its own.
func isListing(n *html.Node) bool {
	switch n.Data {
	case "pre", "listing", "xmp":
		return true
	case "code", "kbd", "samp", "tt":
		return dom.HasLines(n)
	}
	return false
}

// languageOf returns the language of a block of code, or "" where nothing names it.
func languageOf(block *html.Node) string {
	for _, n := range speakers(block) {
		if name, ok := declared(n); ok {
			return infoString(name)
		}
	}
	return ""
}

// speakers lists the elements that may name the language of a code block, those
// nearest to the code first.
func speakers(block *html.Node) (list []*html.Node) {
	const boxes = 3
	for c := range block.ChildNodes() {
		if c.Type == html.ElementNode && c.Data == "code" {
			list = append(list, c)
		}
	}
	list = append(list, block)
	for n := block.Parent; n != nil && len(list) <= boxes && wraps[n.Data]; n = n.Parent {
		list = append(list, n)
	}
	return list
}

// wraps are the elements that highlighters put around a code block.
var wraps = map[string]bool{"div": true, "figure": true, "section": true, "span": true,
	"td": true, "tr": true, "tbody": true, "table": true}

// declared returns the language that an element declares, as it is written there.
func declared(n *html.Node) (string, bool) {
	code := n.Data == "pre" || n.Data == "code"
	for _, a := range n.Attr {
		if a.Val != "" && (a.Key == "data-lang" || a.Key == "data-language" || code && namesLanguage(a.Key)) {
			return a.Val, true
		}
	}
	classes := strings.FieldsFunc(dom.Attr(n, "class"), func(r rune) bool { return strings.ContainsRune(whitespace+";,", r) })
	for i, c := range classes {
		if m := prefixed().FindStringSubmatch(c); m != nil {
			return m[1], true
		}
		if name, ok := highlighted(c); ok {
			return name, true
		}
		if strings.EqualFold(c, "brush:") && i+1 < len(classes) {
			return classes[i+1], true
		}
	}
	if i := slices.IndexFunc(classes, highlighter().MatchString); i >= 0 {
		for _, c := range classes[i+1:] {
			if !manner().MatchString(c) {
				return c, true
			}
		}
	}
	if name := soleLanguage(classes); name != "" && code {
		return name, true
	}
	if len(classes) == 2 && classes[1] == "hljs" && n.Data == "code" && !manner().MatchString(classes[0]) {
		return classes[0], true
	}
	if v := dom.Attr(n, "lang"); v != "" && code && !spoken().MatchString(v) {
		return v, true
	}
	return "", false
}

// namesLanguage reports whether an attribute of code names its language, as data-enlighter-language
// and Medium's data-code-block-lang do.
func namesLanguage(key string) bool {
	return strings.HasPrefix(key, "data-") && (strings.HasSuffix(key, "-lang") || strings.HasSuffix(key, "language"))
}

// highlighted returns the language in a class of Sphinx or Jupyter, such as highlight-python3
// or hl-ipython3: others begin so too.
func highlighted(class string) (name string, ok bool) {
	class = strings.ToLower(class)
	for _, prefix := range []string{"highlight-", "hl-"} {
		if name, ok = strings.CutPrefix(class, prefix); ok && isLanguage(name) {
			return name, true
		}
	}
	return "", false
}

// isLanguage reports whether a word is what a language is called.
func isLanguage(word string) bool {
	word = strings.ToLower(word)
	return blog.Languages[word] || blog.LanguageAliases[word] != ""
}

// soleLanguage returns the one of a few classes that is what a language is called; empty
// without one, or with several.
func soleLanguage(classes []string) (name string) {
	const few = 3
	for _, c := range classes[:min(few, len(classes))] {
		if isLanguage(c) {
			if name != "" {
				return ""
			}
			name = c
		}
	}
	return name
}

var (
	// prefixed is a class that holds the language: Prism and Rouge, GitHub, Org,
	// SyntaxHighlighter, Crayon.
	prefixed = regex.Lazy(`(?i)^(?:language-|lang-|lang:|highlight-source-|highlight-text-|src-|brush:)(.+)$`)
	// highlighter is a class that the language follows: Rouge, highlight.js, pandoc.
	highlighter = regex.Lazy(`(?i)^(highlight|hljs|sourceCode|prettyprint|codehilite)$`)
	// manner is a class that says how the code looks.
	manner = regex.Lazy(`(?i)^(js-.*|hljs.*|highlight.*|number.*|line.*|wrap|code.*|copy.*|notranslate|prettyprinted|theme-.*|wp-.*|.*:.*|.*__.*)$`)
	// spoken is a language that people speak.
	spoken = regex.Lazy(`(?i)^([a-z]{2}-[a-z]{2,4}|en|de|fr|es|it|pt|nl|sv|da|fi|tr|ru|uk|ja|zh|ko|ar|he|hi)$`)
	// plain names no language at all.
	plain = regex.Lazy(`^(plaintext|plain-text|text|txt|none|nohighlight|no-highlight|auto|undefined|null|generic|raw|default)$`)
	// info is what may stand after a fence: Hugo reads braces there as attributes and
	// fails on what it cannot parse, Zola splits at commas.
	info = regex.Lazy(`^[a-z0-9+#._-]+$`)
)

// infoString makes a declared language one that may stand after a fence, or "".
func infoString(name string) string {
	name = strings.ToLower(strings.Trim(name, whitespace+`"'`))
	name = strings.TrimSuffix(name, "-basic") // GitHub: highlight-text-html-basic
	if plain().MatchString(name) || !info().MatchString(name) && blog.LanguageAliases[name] == "" {
		return ""
	}
	if known := blog.LanguageAliases[name]; known != "" {
		return known
	}
	return name
}
