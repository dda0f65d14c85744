package markdown

import (
	"bytes"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"golang.org/x/net/html"

	"replant/migrate/blog"
	"replant/migrate/dom"
)

// differs names what a fixture cannot keep, and why.
var differs = map[string]string{
	"tables-lists: list items":     "a table that becomes a list",
	"tables-lists: strong":         "its head is strong in a list",
	"code-inline: text":            "lines of code become a block",
	"code-inline: code spans":      "emphasis and links part a span",
	"code-containers: code blocks": "numbers beside code are dropped",
	"code-lines: text":             "code of several lines",
	"code-lines: code blocks":      "becomes a block",
	"code-lines: code spans":       "of which each line is one",
	"emphasis-nesting: emphasis":   "two ems that touch the middle of one strong word",
	"emphasis-cjk: emphasis":       "em inside a word around two strongs inside a word",
	"lists-odd: list items":        "text in a list outside of its items becomes one",
	"notes: text":                  "a note without a mark stands before the others",
	"headings: text":               "code in a heading",
	"headings: code blocks":        "becomes a span",
	"headings: code spans":         "of its line",
	"scripts: text":                "parentheses say what is raised",
	"scripts: emphasis":            "what is raised as a character is not slanted",
	"links-blocks: links":          "a link around blocks becomes one in each",
	"escapes-autolinks: text":      "code like the end of a mail address has a space before it",
}

// TestReaderSeesTheSame renders each fixture as Hugo does and compares what a
// reader sees with the source.
func TestReaderSeesTheSame(t *testing.T) {
	t.Parallel()
	fixtures(t, func(t *testing.T, source, golden string) {
		page := convert(t, source)
		rendered := render(t, page)
		if strings.Contains(rendered, "raw HTML omitted") {
			t.Errorf("raw HTML in %s", page)
		}
		want, got := see(parse(t, source)), see(parseShown(t, rendered))
		for kind, w := range want {
			if g := got[kind]; !slices.Equal(w, g) && differs[strings.TrimSuffix(filepath.Base(golden), ".md")+": "+kind] == "" {
				t.Errorf("%s:\n got %q\nwant %q\nin %s", kind, g, w, page)
			}
		}
	})
}

// render renders Markdown as Hugo does by default, the typographer off. Hugo takes the
// first mark of the summary's end out beforehand.
func render(t testing.TB, page string) string {
	t.Helper()
	return renderAs(t, page, true)
}

// renderAs does so with links of bare addresses or without them.
func renderAs(t testing.TB, page string, bare bool) string {
	t.Helper()
	extensions := []goldmark.Extender{extension.Table, extension.Strikethrough, extension.TaskList, extension.Footnote, extension.DefinitionList}
	if bare {
		extensions = append(extensions, extension.Linkify)
	}
	hugo := goldmark.New(goldmark.WithExtensions(extensions...), goldmark.WithParserOptions(parser.WithAutoHeadingID(), parser.WithAttribute()))
	var b bytes.Buffer
	if err := hugo.Convert([]byte(strings.Replace(page, "\n\n<!--more-->\n\n", "\n\n", 1)), &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// sight is what a reader sees, and where it leads: lists by kind.
type sight struct {
	list  map[string][]string
	shown strings.Builder
	notes map[string]*html.Node // by name, in the source
	last  []*html.Node          // footnotes, which a reader sees last
}

// look is what the elements around a text say about it.
type look struct{ strong, em, struck, code bool }

func see(body *html.Node) map[string][]string {
	s := &sight{list: map[string][]string{}, notes: map[string]*html.Node{}}
	for n := range body.Descendants() {
		if name, ok := dom.NoteOf(n); ok {
			s.notes[name] = n
		}
	}
	s.children(body, look{})
	for _, n := range s.last {
		s.children(n, look{})
	}
	s.list["links"] = slices.DeleteFunc(s.list["links"], asShown)
	s.list["text"] = strings.Fields(normal.Replace(printable(s.shown.String())))
	return s.list
}

// normal makes alike what the converter may say in another way.
var normal = strings.NewReplacer("⁰", "0", "¹", "1", "²", "2", "³", "3", "⁴", "4", "⁵", "5", "₁", "1", "₂", "2", "₅", "5",
	"⁺", "+", "⁻", "-", "⁼", "=", "⁽", "", "⁾", "", "ⁿ", "n", "ⁱ", "i", "₊", "+", "₋", "-", "₌", "=", "₍", "", "₎", "",
	"ₐ", "a", "ₑ", "e", "ₕ", "h", "ᵢ", "i", "ⱼ", "j", "ₖ", "k", "ₗ", "l", "ₘ", "m", "ₙ", "n", "ₒ", "o", "ₚ", "p", "ᵣ", "r",
	"ₛ", "s", "ₜ", "t", "ᵤ", "u", "ᵥ", "v", "ₓ", "x",
	"^", "", "☐", "", "☑", "")

func (s *sight) children(n *html.Node, is look) {
	for c := range n.ChildNodes() {
		s.walk(c, is)
	}
}

func (s *sight) walk(n *html.Node, is look) {
	switch {
	case n.Type == html.TextNode:
		s.text(n.Data, is)
		return
	case n.Type != html.ElementNode || dropped(n.Data) || dom.HasClass(n, "footnote-ref", "footnote-backref"):
		return
	case s.own(n, is):
		return
	case dom.HasClass(n, "footnotes"):
		s.last = append(s.last, n)
		return
	}
	if isBlock(n.Data) || n.Data == "br" {
		s.shown.WriteByte(' ')
		defer s.shown.WriteByte(' ')
	}
	switch n.Data {
	case "pre":
		if text := lines(n); text != "" {
			s.add("code blocks", dom.Language(n)+": "+text)
		}
	case "img":
		s.image(n)
	case "iframe", "video", "audio", "embed", "object":
		s.media(n, is)
	default:
		s.marks(n, &is)
		before, after := quoteMarks(n)
		s.shown.WriteString(before)
		s.children(n, is)
		s.shown.WriteString(after)
	}
}

// own sees the elements of the neutral DOM.
func (s *sight) own(n *html.Node, is look) bool {
	if e, ok := dom.EmbedOf(n); ok {
		s.add("links", e.URL+" "+words(e.URL))
		s.text(" "+e.URL+" ", look{})
		return true
	}
	if m, ok := dom.MathOf(n); ok && m.TeX != "" {
		dollars := map[bool]string{false: "$", true: "$$"}[m.Block]
		s.text(dollars+m.TeX+dollars, look{code: is.code}) // emphasis changes no formula
		return true
	}
	if name, ok := dom.NoteRefOf(n); ok {
		if s.notes[name] == nil {
			s.text("["+name+"]", is)
		}
		return true
	}
	_, ok := dom.NoteOf(n)
	if ok {
		s.last = append(s.last, n)
	}
	return ok
}

// marks notes what an element says about the text in it.
func (s *sight) marks(n *html.Node, is *look) {
	text := words(spaced(n))
	switch n.Data {
	case "code", "kbd", "samp", "tt":
		if text != "" && !is.code {
			s.add("code spans", text)
		}
		is.code = true
	case "strong", "b", "mark", "summary", "legend", "dt":
		is.strong = true
	case "th": // of a head, it is strong by itself
		is.strong = is.strong || contains(n.Parent, "td")
	case "em", "i", "cite", "dfn", "var", "u", "figcaption", "caption":
		is.em = true
	case "del", "s", "strike":
		is.struck = true
	case "a":
		href := strings.TrimSpace(dom.Attr(n, "href"))
		if href != "" && !blog.Runs(href) && href[0] != '#' && text != "" {
			if asShown(href + " " + text) {
				return
			}
			s.add("links", address(href)+" "+text+" "+dom.Attr(n, "title"))
		}
	case "h1", "h2", "h3", "h4", "h5", "h6":
		if text != "" {
			s.add("headings", n.Data+" "+text)
		}
	case "li":
		if text != "" {
			s.add("list items", strings.Fields(text)[0])
		}
	}
}

// asShown reports whether a link is what goldmark makes of its text, or could: those of a
// source may be text.
func asShown(link string) bool {
	to, text, _ := strings.Cut(link, " ")
	return words(to) == text || words(strings.TrimPrefix(to, "http://")) == text || words(strings.TrimPrefix(to, "mailto:")) == text
}

// spaced returns the text of an element, its blocks kept apart.
func spaced(n *html.Node) string {
	var b strings.Builder
	for c := range n.ChildNodes() {
		switch {
		case c.Type == html.TextNode:
			b.WriteString(c.Data)
		case isBlock(c.Data) || c.Data == "br":
			b.WriteString(" " + spaced(c) + " ")
		case c.Type == html.ElementNode && !dom.HasClass(c, "footnote-ref"):
			b.WriteString(spaced(c))
		}
	}
	return b.String()
}

func (s *sight) add(kind, what string) { s.list[kind] = append(s.list[kind], strings.TrimSpace(what)) }

func (s *sight) text(text string, is look) {
	s.shown.WriteString(text)
	all := words(text)
	for kind, on := range map[string]bool{"strong": is.strong, "emphasis": is.em, "struck out": is.struck} {
		if on && !is.code && all != "" {
			s.list[kind] = []string{strings.Join(s.list[kind], "") + strings.ReplaceAll(all, " ", "")}
		}
	}
}

func (s *sight) image(n *html.Node) {
	if src := strings.TrimSpace(dom.Attr(n, "src")); src != "" && !blog.Runs(src) {
		s.add("images", address(src)+" "+dom.Words(&html.Node{Type: html.TextNode, Data: dom.Attr(n, "alt")})+" "+tooltip(n))
	}
}

func (s *sight) media(n *html.Node, is look) {
	src := dom.MediaAddress(n)
	if src == "" || blog.Runs(src) || src == "about:blank" {
		return
	}
	name := dom.Attr(n, "title")
	if poster := strings.TrimSpace(dom.Attr(n, "poster")); n.Data == "video" && poster != "" && !blog.Runs(poster) {
		s.add("images", address(poster)+" "+dom.Words(&html.Node{Type: html.TextNode, Data: name})+" ")
		return // its picture leads to it
	}
	if name == "" {
		name = src
	}
	s.add("links", src+" "+words(name))
	s.text(" "+name+" ", is)
}

// quoteMarks returns the characters that browsers put around an element.
func quoteMarks(n *html.Node) (before, after string) {
	switch {
	case n.Data == "q":
		return "“", "”"
	case n.Data == "rt" && (n.PrevSibling == nil || n.PrevSibling.Data != "rp"):
		return "(", ")"
	}
	return "", ""
}

// address returns an address whatever is percent-encoded in it.
func address(s string) string {
	if plain, err := url.PathUnescape(s); err == nil {
		return plain
	}
	return s
}

// words returns the words of a text, without its punctuation.
func words(text string) string {
	return strings.Join(strings.FieldsFunc(normal.Replace(printable(text)), func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsPunct(r) || unicode.Is(unicode.Cf, r) || r == '$'
	}), " ")
}
