package clean

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate/dom"
	"replant/migrate/regex"
)

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
