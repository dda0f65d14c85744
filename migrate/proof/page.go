package proof

import (
	"bytes"
	"html"
	"regexp"
	"strconv"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extended "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	rendered "github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/util"
	xhtml "golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate/blog"
	"replant/migrate/dom"
)

// pages shows pages as a generator does, with goldmark. Embeds and footnotes stand in what
// it shows as the elements that the neutral DOM has for them.
//
// What Zola, which reads pages with pulldown-cmark, shows otherwise than Hugo is here
// alone: which extensions are on, raw HTML, and how shortcodes are spelled. All else of
// what replant writes both read alike: the converter's own tests hold it to that with the
// real programs.
type pages struct {
	generator Generator
	goldmark.Markdown
	out bytes.Buffer
}

// newPages sets goldmark up. Hugo is as by default, but for the typographer, which would
// change the words (https://gohugo.io/configuration/markup/#goldmark). Zola has neither
// definition lists nor links of bare addresses, unless a site asks for them.
func newPages(s Style) *pages {
	extensions := []goldmark.Extender{extension.Table, extension.Strikethrough, extension.TaskList, footnotes{}}
	if s.Generator == Hugo {
		extensions = append(extensions, extension.DefinitionList, extension.Linkify)
	}
	options := []renderer.Option{renderer.WithNodeRenderers(util.Prioritized(neutral{s.HTML}, 1))}
	if s.HTML {
		options = append(options, rendered.WithUnsafe())
	}
	return &pages{generator: s.Generator, Markdown: goldmark.New(goldmark.WithExtensions(extensions...),
		goldmark.WithParserOptions(parser.WithAttribute()), goldmark.WithRendererOptions(options...))}
}

// show returns the page as a body of HTML. embed names what a shortcode shows.
func (p *pages) show(markdown []byte, embed func(call string) string) (*xhtml.Node, error) {
	text, calls := p.expand(string(markdown))
	p.out.Reset()
	if err := p.Convert([]byte(text), &p.out); err != nil {
		return nil, err
	}
	shown := p.out.Bytes()
	if len(calls) > 0 {
		shown = called.ReplaceAllFunc(shown, func(mark []byte) []byte {
			i, err := strconv.Atoi(string(bytes.Trim(mark, callMark+callEnd)))
			if err != nil || i >= len(calls) {
				return nil
			}
			return []byte(p.call(calls[i], embed))
		})
	}
	body := &xhtml.Node{Type: xhtml.ElementNode, Data: "body", DataAtom: atom.Body}
	nodes, err := xhtml.ParseFragmentWithOptions(bytes.NewReader(shown), body, xhtml.ParseOptionEnableScripting(false))
	for _, n := range nodes {
		body.AppendChild(n)
	}
	if p.generator == Zola {
		readTitles(body)
	}
	return body, err
}

// readTitles reads the titles of links to the web as Zola shows them: it writes them into
// the tag as they are, so that a browser reads the character references in them.
func readTitles(body *xhtml.Node) {
	for n := range body.Descendants() {
		if n.DataAtom != atom.A || !blog.IsWeb(dom.Attr(n, "href")) {
			continue
		}
		for i := range n.Attr {
			if a := &n.Attr[i]; a.Key == "title" {
				a.Val = xhtml.UnescapeString(a.Val)
			}
		}
	}
}

// call returns what a shortcode shows: a picture, or an embed.
func (p *pages) call(call string, embed func(string) string) string {
	given, ok := strings.CutPrefix(call, "figure ")
	if !ok || p.generator != Hugo {
		return `<replant-embed url="` + html.EscapeString(embed(call)) + `"></replant-embed>`
	}
	f := parameters(given)
	img := `<img src="` + html.EscapeString(f["src"]) + `" alt="` + html.EscapeString(f["alt"]) + `">`
	if f["link"] != "" {
		img = `<a href="` + html.EscapeString(f["link"]) + `">` + img + "</a>"
	}
	return "<figure>" + img + "</figure>"
}

// A shortcode stands in a page by its number between two marks while Markdown is read, as
// it does while the generators read it. Unicode gives both to nobody.
const (
	callMark = "\uFDD0"
	callEnd  = "\uFDD1"
)

var (
	called   = regexp.MustCompile(callMark + `\d+` + callEnd)
	hugoCall = regexp.MustCompile(`(?s)\{\{([<%])(.*?)([>%])\}\}`)
	zolaCall = regexp.MustCompile(`(?s)\{([{%])(/\*)?\s*([A-Za-z_]\w*\s*\(.*?\)|end)\s*(?:\*/)?[}%]\}`)
	named    = regexp.MustCompile("(\\w+)=(?:\"([^\"]*)\"|`([^`]*)`)")
)

// expand returns a page as it is before its Markdown is read: shortcodes by number, and
// those that are only shown as they show.
func (p *pages) expand(page string) (text string, calls []string) {
	call, shows, marks := hugoCall, hugoShows, [2]string{"{{<", "{{%"}
	if p.generator == Zola {
		call, shows, marks = zolaCall, zolaShows, [2]string{"{{", "{%"}
	}
	if !strings.Contains(page, marks[0]) && !strings.Contains(page, marks[1]) {
		return page, nil
	}
	text = call.ReplaceAllStringFunc(page, func(s string) string {
		shown, isCall := shows(call.FindStringSubmatch(s))
		if !isCall {
			return shown
		}
		calls = append(calls, shown)
		return callMark + strconv.Itoa(len(calls)-1) + callEnd
	})
	return text, calls
}

// hugoShows returns what a shortcode of Hugo shows: a comment inside makes it text
// (https://gohugo.io/content-management/shortcodes/#escaping), and replant's own
// empty one, which keeps marks in code apart, is nothing.
func hugoShows(m []string) (text string, call bool) {
	inner := strings.TrimSpace(m[2])
	if shown, ok := strings.CutPrefix(inner, "/*"); ok {
		if shown, ok = strings.CutSuffix(shown, "*/"); ok {
			return "{{" + m[1] + shown + m[3] + "}}", false
		}
	}
	if name := strings.TrimSpace(strings.TrimPrefix(inner, "/")); name == "x.inline" {
		return "", false
	}
	return inner, true
}

// zolaShows returns what a shortcode of Zola shows; marks of a comment make it text
// (https://www.getzola.org/documentation/content/shortcodes/).
func zolaShows(m []string) (text string, call bool) {
	if m[2] != "" {
		return strings.NewReplacer("/*", "", "*/", "").Replace(m[0]), false
	}
	return m[3], true
}

// parameters returns the named parameters of a shortcode.
func parameters(given string) map[string]string {
	all := map[string]string{}
	for _, m := range named.FindAllStringSubmatch(given, -1) {
		all[m[1]] = m[2] + m[3]
	}
	return all
}

// called returns the embed of the post that a shortcode names, else the shortcode itself.
func (p *Prover) called(call string) string {
	words := strings.FieldsFunc(call, func(c rune) bool { return strings.ContainsRune(" \t\n\"'`=(),<>{}%", c) })
	for _, w := range words[min(1, len(words)):] {
		for _, name := range []string{words[0] + " " + w, address(w)} {
			if key, ok := p.embeds[name]; ok {
				return key
			}
		}
	}
	return call
}

// neutral shows footnotes as the elements of the neutral DOM, and raw HTML that stands for
// itself as a block of its own.
type neutral struct{ html bool }

func (s neutral) RegisterFuncs(on renderer.NodeRendererFuncRegisterer) {
	on.Register(extended.KindFootnoteLink, func(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
		return tag(w, "replant-note-ref", n.(*extended.FootnoteLink).Index, entering)
	})
	on.Register(extended.KindFootnote, func(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
		return tag(w, "replant-note", n.(*extended.Footnote).Index, entering)
	})
	on.Register(extended.KindFootnoteList, nothingItself)
	on.Register(extended.KindFootnoteBacklink, nothingItself)
	if s.html {
		on.Register(ast.KindHTMLBlock, rawBlock)
	}
}

func tag(w util.BufWriter, name string, number int, entering bool) (ast.WalkStatus, error) {
	s := "</" + name + ">"
	if entering {
		s = "<" + name + ` name="` + strconv.Itoa(number) + `">`
	}
	_, err := w.WriteString(s)
	return ast.WalkContinue, err
}

func nothingItself(util.BufWriter, []byte, ast.Node, bool) (ast.WalkStatus, error) {
	return ast.WalkContinue, nil
}

func rawBlock(w util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	_, _ = w.WriteString("<div>")
	for i := range n.Lines().Len() {
		at := n.Lines().At(i)
		_, _ = w.Write(at.Value(source))
	}
	if b := n.(*ast.HTMLBlock); b.HasClosure() {
		_, _ = w.Write(b.ClosureLine.Value(source))
	}
	_, err := w.WriteString("</div>")
	return ast.WalkContinue, err
}
