package markdown

import (
	"strings"

	"github.com/JohannesKaufmann/html-to-markdown/v2/converter"
	"golang.org/x/net/html"

	"replant/migrate/dom"
)

// renderCode renders a code span. Links and emphasis in it stay, around the part of the code
// that they hold. Several lines make a code block.
func renderCode(ctx converter.Context, f *flow, n *html.Node) {
	switch {
	case f.line.coding:
		ctx.RenderChildNodes(ctx, f, n)
	case dom.HasLines(n) && !f.oneLine():
		f.codeBlock(n)
	default:
		f.line.beginCode()
		ctx.RenderChildNodes(ctx, f, n)
		f.line.endCode()
	}
}

var unix = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\f", "")

// codeSpan writes code between backticks (CommonMark 0.31, 6.1).
func codeSpan(out []byte, s string, at place) []byte {
	s = onLine(s)
	if at == cell {
		s = strings.ReplaceAll(s, "|", `\|`)
	}
	ticks := strings.Repeat("`", longestRun(s, '`')+1)
	if strings.HasPrefix(s, "`") || strings.HasSuffix(s, "`") {
		s = " " + s + " "
	}
	return append(append(append(out, ticks...), s...), ticks...)
}

// onLine returns code on one line. The end of a line and what indents the next are one space,
// as they are in HTML.
func onLine(s string) string {
	if !strings.ContainsAny(s, "\n\r") {
		return s
	}
	all := strings.Split(unix.Replace(s), "\n")
	for i := range all {
		if i > 0 {
			all[i] = strings.TrimLeft(all[i], whitespace)
		}
		if i < len(all)-1 {
			all[i] = strings.TrimRight(all[i], whitespace)
		}
	}
	return strings.Join(all, " ")
}

// codeBlock adds a fenced code block, and the pictures that stand in the code.
func (f *flow) codeBlock(n *html.Node) {
	text := lines(n)
	if !strings.ContainsFunc(text, visible) {
		text = "" // an empty line of an editor's
	}
	if f.oneLine() {
		if text != "" {
			f.line.space(true)
			f.line.add(token{kind: code, text: text})
			f.line.space(true)
		}
		return
	}
	if text != "" {
		mark := strings.Repeat("`", max(3, longestRun(text, '`')+1))
		k := chunk{code: text, language: dom.Language(n), block: true}
		room := f.line.room
		room.out = f.chunks.begin(room.out[:0], k)
		for _, part := range [...]string{mark, k.language, "\n", text, "\n", mark} {
			room.out = append(room.out, part...)
		}
		room.out = append(room.out, chunkEnd)
		f.put(block{kind: fence, text: room.letters.text(room.out)})
	}
	for d := range n.Descendants() {
		if dom.IsElement(d, "img") {
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
		case dom.IsElement(n, "br"):
			b.WriteByte('\n')
		}
		own := n.Type == html.ElementNode && isBlock(n.Data)
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
	return trimBlank(unix.Replace(printable(b.String())))
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
