package source

import (
	"slices"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	gfm "github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	render "github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/text"

	"replant/migrate/blog"
	"replant/migrate/source/wptext"
)

// markdownMarks are the fields by which plug-ins say that a post is written in Markdown: Jetpack
// and all that are made of it, Markdown on Save, WP Githuber MD.
var markdownMarks = []string{"_wpcom_is_markdown", "_cws_is_markdown", "_is_githuber_markdown", "_is_markdown", "wpmarkdown"}

// extra is Markdown as these plug-ins read it: Markdown Extra. An address by itself is left for
// WordPress to embed.
var extra = goldmark.New(
	goldmark.WithExtensions(gfm.Table, gfm.Strikethrough, gfm.TaskList, gfm.Footnote, gfm.DefinitionList),
	goldmark.WithParserOptions(parser.WithHeadingAttribute()),
	goldmark.WithRendererOptions(render.WithUnsafe()),
)

// isMarkdown reports whether a post is written in Markdown, and its content, or the field in which
// WordPress keeps what a plug-in was given, is that. Most plug-ins keep HTML as the content.
func isMarkdown(meta map[string]string, content, filtered string) bool {
	marked := func(key string) bool {
		v := strings.ToLower(meta[key])
		return v != "" && v != "0" && v != "no" && v != "false" && v != "off"
	}
	return slices.ContainsFunc(markdownMarks, marked) && (!blog.IsBlank(filtered) || !rendered(content))
}

// rendered reports whether a text is HTML in which every block has a tag, as programs write it.
func rendered(content string) bool {
	if strings.Contains(content, "<!-- wp:") {
		return true
	}
	blocks := 0
	for part := range strings.SplitSeq(strings.ReplaceAll(withoutListings(content), "\r\n", "\n"), "\n\n") {
		if part = strings.TrimSpace(part); part == "" {
			continue
		}
		if !blockStart(part) {
			return false
		}
		blocks++
	}
	return blocks > 0
}

// blockStart reports whether a text begins with the tag of a block, or its end.
func blockStart(s string) bool {
	name, ok := strings.CutPrefix(s, "<")
	if !ok {
		return false
	}
	name = strings.TrimPrefix(name, "/")
	end := strings.IndexAny(name, " \t\n>/")
	return end > 0 && !inlineTag[strings.ToLower(name[:end])] && name[:end] != "img" && name[:end] != "!--"
}

// withoutListings leaves out what is in preformatted blocks, whose empty lines part nothing.
func withoutListings(s string) string {
	var b strings.Builder
	for {
		before, rest, ok := strings.Cut(s, "<pre")
		b.WriteString(before)
		if !ok {
			return b.String()
		}
		_, s, ok = strings.Cut(rest, "</pre>")
		if b.WriteString("<pre></pre>"); !ok {
			return b.String()
		}
	}
}

// writtenInMarkdown has the body of a post made of Markdown.
func (i *Item) writtenInMarkdown(filtered string, shelf wptext.Library) {
	if !blog.IsBlank(filtered) {
		i.body = filtered
	}
	i.readable = func(raw string) (string, []string) { return extraHTML(raw), nil }
	i.text = func(source string, p *blog.Post) string {
		source, losses := wptext.Expand(source, shelf)
		p.Losses = append(p.Losses, losses...)
		return source
	}
}

// extraHTML makes HTML of Markdown with WordPress' shortcodes of code in it.
func extraHTML(raw string) string {
	source := []byte(strings.ReplaceAll(raw, "\r\n", "\n"))
	if strings.Contains(raw, "[") || strings.Contains(raw, "<pre") || strings.Contains(raw, "<code") {
		source = []byte(readableMarkdown(source))
	}
	var b strings.Builder
	if err := extra.Convert(source, &b); err != nil {
		return raw
	}
	return b.String()
}

// readableMarkdown makes readable what is not Markdown's own code.
func readableMarkdown(source []byte) string {
	var b strings.Builder
	done := 0
	for _, c := range codeIn(source) {
		if c[0] < done {
			continue
		}
		b.WriteString(wptext.Readable(string(source[done:c[0]])))
		b.Write(source[c[0]:c[1]])
		done = c[1]
	}
	return b.String() + wptext.Readable(string(source[done:]))
}

// codeIn returns where code stands in Markdown, in order.
func codeIn(source []byte) (places [][2]int) {
	add := func(from, to int) { places = append(places, [2]int{from, to}) }
	doc := extra.Parser().Parse(text.NewReader(source))
	err := ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.FencedCodeBlock, *ast.CodeBlock:
			if lines := n.Lines(); lines.Len() > 0 {
				add(lines.At(0).Start, lines.At(lines.Len()-1).Stop)
			}
		case *ast.CodeSpan:
			first, isText := n.FirstChild().(*ast.Text)
			last, too := n.LastChild().(*ast.Text)
			if isText && too {
				add(first.Segment.Start, last.Segment.Stop)
			}
		}
		return ast.WalkContinue, nil
	})
	if err != nil {
		return nil
	}
	return places
}
