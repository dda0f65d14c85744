package clean

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate/dom"
	"replant/migrate/regex"
)

// monospaced is the style of code that was copied out of an editor, such as VS Code: its lines
// are boxes, and only the style keeps their spaces.
var monospaced = regex.Lazy(`(?i)font-family\s*:[^;]*\b(?:monospace|consolas|menlo|monaco|courier|sfmono|fira code|jetbrains mono)\b`)

var spacesKept = regex.Lazy(`(?i)white-space\s*:\s*(?:pre|break-spaces)`)

// pasted makes a code block of what was copied out of an editor.
func pasted(box *html.Node) {
	style := dom.Attr(box, "style")
	if !spacesKept().MatchString(style) || !monospaced().MatchString(style) ||
		dom.First(box, dom.Named(atom.Pre, atom.Img, atom.P, atom.Ul, atom.Ol, atom.Table)) != nil {
		return
	}
	var b strings.Builder
	for c := box.FirstChild; c != nil; c = c.NextSibling {
		switch {
		case dom.Is(c, atom.Div):
			b.WriteString(strings.TrimRight(dom.Text(c), "\n") + "\n")
		case dom.Is(c, atom.Br):
			b.WriteByte('\n')
		case c.Type == html.TextNode && strings.TrimSpace(c.Data) == "" && strings.Contains(c.Data, "\n"): // between the lines of the source
		default:
			b.WriteString(dom.Text(c))
		}
	}
	if code := strings.ReplaceAll(strings.Trim(b.String(), "\n"), "\u00A0", " "); strings.TrimSpace(code) != "" {
		codeBlock(box, code, "")
	}
}
