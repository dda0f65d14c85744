package markdown

import (
	"slices"
	"strings"

	"github.com/JohannesKaufmann/html-to-markdown/v2/converter"
	"golang.org/x/net/html"

	"replant/migrate/blog"
	"replant/migrate/dom"
	"replant/migrate/regex"
)

// code renders a code span. Links and emphasis in it stay, around the part of the code
// that they hold. Several lines make a code block.
func (p *plugin) code(ctx converter.Context, f *flow, n *html.Node) {
	switch {
	case f.code != nil:
		ctx.RenderChildNodes(ctx, f, n)
	case hasLines(n) && !f.oneLine():
		f.codeBlock(n)
	default:
		f.code = new(strings.Builder)
		f.spans++
		ctx.RenderChildNodes(ctx, f, n)
		f.flushCode()
		f.code = nil
	}
}

// hasLines reports whether code breaks its lines, and is code alone.
func hasLines(n *html.Node) (lines bool) {
	for d := range n.Descendants() {
		switch d.Data {
		case "a", "img":
			if d.Type == html.ElementNode {
				return false
			}
		case "br", "pre":
			lines = lines || d.Type == html.ElementNode
		}
	}
	return lines
}

// flushCode adds the code gathered so far. Spaces at its edges stand outside.
func (f *flow) flushCode() {
	if f.code == nil || f.code.Len() == 0 {
		return
	}
	all := f.code.String()
	f.code.Reset()
	words := strings.Trim(all, whitespace)
	f.space(words == "" || strings.IndexByte(whitespace, all[0]) >= 0)
	if words != "" {
		f.add(token{kind: code, text: words, span: f.spans})
		f.space(strings.IndexByte(whitespace, all[len(all)-1]) >= 0)
	}
}

var (
	oneLine = strings.NewReplacer("\r\n", " ", "\n", " ", "\r", " ")
	unix    = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\f", "")
)

// codeSpan spells code between backticks (CommonMark 0.31, 6.1).
func codeSpan(s string, at place) string {
	s = oneLine.Replace(s)
	if at == cell {
		s = strings.ReplaceAll(s, "|", `\|`)
	}
	ticks := strings.Repeat("`", longestRun(s, '`')+1)
	if strings.HasPrefix(s, "`") || strings.HasSuffix(s, "`") {
		s = " " + s + " "
	}
	return ticks + s + ticks
}

// codeBlock adds a fenced code block, and the pictures that stand in the code.
func (f *flow) codeBlock(n *html.Node) {
	text := lines(n)
	if f.oneLine() {
		if text != "" {
			f.space(true)
			f.add(token{kind: code, text: text})
			f.space(true)
		}
		return
	}
	if text != "" {
		mark := strings.Repeat("`", max(3, longestRun(text, '`')+1))
		k := chunk{code: text, language: language(n), block: true}
		f.put(block{kind: fence, text: f.chunks.mark(k, mark+k.language+"\n"+text+"\n"+mark)})
	}
	for d := range n.Descendants() {
		if d.Type == html.ElementNode && d.Data == "img" {
			f.image(d)
			f.end()
		}
	}
}

// lines returns the text of code as it looks, without empty lines at either end.
func lines(n *html.Node) string {
	var b strings.Builder
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		switch {
		case n.Type == html.TextNode && endsLine(n.PrevSibling):
			b.WriteString(strings.TrimPrefix(n.Data, "\n"))
			return
		case n.Type == html.TextNode:
			b.WriteString(n.Data)
			return
		case n.Type == html.ElementNode && dropped(n.Data):
			return
		case n.Type == html.ElementNode && n.Data == "br":
			b.WriteByte('\n')
		}
		own := n.Type == html.ElementNode && blocks[n.Data]
		if own && b.Len() > 0 && !strings.HasSuffix(b.String(), "\n") {
			b.WriteByte('\n')
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
		if own && n.NextSibling != nil && !strings.HasSuffix(b.String(), "\n") {
			b.WriteByte('\n')
		}
	}
	walk(n)
	return trimBlank(unix.Replace(clean(b.String())))
}

// endsLine reports whether an element ends a line of code, so that an end of line in the
// source after it is that same end: a br shows a line of its own inside pre alone.
func endsLine(n *html.Node) bool {
	return n != nil && (n.Data == "pre" || n.Data == "br" && !preformatted(n))
}

// preformatted reports whether the source's own line ends show where n stands.
func preformatted(n *html.Node) bool {
	for a := range n.Ancestors() {
		if a.Data == "pre" {
			return true
		}
	}
	return false
}

// trimBlank drops the empty lines at both ends of a text.
func trimBlank(s string) string {
	for {
		line, rest, ok := strings.Cut(s, "\n")
		if !ok || strings.Trim(line, whitespace) != "" {
			break
		}
		s = rest
	}
	end := len(strings.TrimRight(s, whitespace))
	if i := strings.IndexByte(s[end:], '\n'); i >= 0 {
		return s[:end+i]
	}
	if end == 0 {
		return ""
	}
	return s
}

// gutter reports whether an element holds the numbers of lines.
func gutter(n *html.Node) bool {
	return dom.HasClass(n, "gutter", "lineno", "linenos", "line-number", "line-numbers-rows", "lnt", "ln",
		"crayon-nums", "blob-num", "rouge-gutter", "linenodiv", "hljs-ln-numbers")
}

// longestRun measures the longest run of c in s.
func longestRun(s string, c byte) (longest int) {
	run := 0
	for i := range len(s) {
		if s[i] != c {
			run = 0
			continue
		}
		run++
		longest = max(longest, run)
	}
	return longest
}

// language finds what a code block is written in, wherever the platform hides it:
// on the code, on the pre, on the boxes around it. It is "" when nobody says.
func language(pre *html.Node) string {
	for _, n := range speakers(pre) {
		if name, ok := declared(n); ok {
			return infoString(name)
		}
	}
	return ""
}

// speakers lists the elements that may name the language of a code block, those
// nearest to the code first.
func speakers(pre *html.Node) (list []*html.Node) {
	const boxes = 3
	for c := range pre.ChildNodes() {
		if c.Type == html.ElementNode && c.Data == "code" {
			list = append(list, c)
		}
	}
	list = append(list, pre)
	for n := pre.Parent; n != nil && len(list) <= boxes && wraps[n.Data]; n = n.Parent {
		list = append(list, n)
	}
	return list
}

// wraps are the elements that highlighters put around a code block.
var wraps = map[string]bool{"div": true, "figure": true, "section": true, "span": true,
	"td": true, "tr": true, "tbody": true, "table": true}

// declared returns the language that an element declares, as it is written there.
func declared(n *html.Node) (string, bool) {
	for _, key := range []string{"data-lang", "data-language", "data-enlighter-language"} {
		if v := dom.Attr(n, key); v != "" {
			return v, true
		}
	}
	classes := strings.FieldsFunc(dom.Attr(n, "class"), func(r rune) bool { return folds(r) || r == ';' || r == ',' })
	for i, c := range classes {
		if m := prefixed().FindStringSubmatch(c); m != nil {
			return m[1], true
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
	if len(classes) == 1 && n.Data == "code" && blog.Languages[strings.ToLower(classes[0])] {
		return classes[0], true
	}
	if len(classes) == 2 && classes[1] == "hljs" && n.Data == "code" && !manner().MatchString(classes[0]) {
		return classes[0], true
	}
	if v := dom.Attr(n, "lang"); v != "" && (n.Data == "pre" || n.Data == "code") && !spoken().MatchString(v) {
		return v, true
	}
	return "", false
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
	plain = regex.Lazy(`^(plaintext|plain-text|text|txt|none|nohighlight|no-highlight|auto|undefined|null|generic|raw)$`)
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
