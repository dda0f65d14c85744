package source

import (
	"strings"

	"github.com/yuin/goldmark"
	gfm "github.com/yuin/goldmark/extension"
	render "github.com/yuin/goldmark/renderer/html"
)

// authored is Markdown as blogs of the web write it.
var authored = goldmark.New(goldmark.WithExtensions(gfm.GFM, gfm.Footnote), goldmark.WithRendererOptions(render.WithUnsafe()))

// markdownHTML makes HTML of an author's Markdown; text that cannot be read stays as it is.
func markdownHTML(text string) string {
	var b strings.Builder
	if err := authored.Convert([]byte(text), &b); err != nil {
		return text
	}
	return b.String()
}
